import {
  type Message,
  type MessageSummary,
  UpdateMessage,
} from '@wedsync/contracts/communications';
import { DomainError } from '@wedsync/contracts/errors';
import { messages } from '@wedsync/db/schema/communications';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound, staleVersion } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { and, eq } from 'drizzle-orm';
import { compileWordings } from './compile-wordings.ts';
import { toMessageColumns } from './message-columns.ts';
import { messageOf, summaryOf } from './queries/messages.ts';
import { saveWordings } from './queries/wordings.ts';
import { lockMessage } from './rows.ts';

/** What the history keeps of a draft: whom it is for and which texts there are, not what they say. */
const historyOf = (message: Pick<Message, 'title' | 'audience' | 'wordings'>) => ({
  title: message.title,
  audience: message.audience,
  wordings: message.wordings.map(({ channel, language, subject }) => ({
    channel,
    language,
    subject,
  })),
});

/**
 * Changes a draft.
 * @throws DomainError `precondition` `communications.not-a-draft` once it was sent
 * @throws DomainError `conflict` `service.stale-version` with the current message
 */
export async function updateMessage(
  ctx: ServiceContext,
  input: UpdateMessage,
): Promise<MessageSummary> {
  const { id, version, ...fields } = parseInput(UpdateMessage, input);
  requirePermission(ctx, 'communications.update');
  const wordings = await compileWordings(fields.wordings);
  return writeTx(ctx, async ({ tx, audit, change }) => {
    const current = await lockMessage(tx, ctx, id);
    if (current.state !== 'draft') {
      throw new DomainError(
        'precondition',
        'communications.not-a-draft',
        'This message is already on its way, so its wording and audience are fixed. Write a new message instead.',
      );
    }
    if (current.version !== version) throw staleVersion(await messageOf(tx, current), 'message');
    const weddingId = requireWedding(ctx);
    const columns = await toMessageColumns(tx, weddingId, fields);
    const [row] = await tx
      .update(messages)
      .set(columns)
      .where(and(eq(messages.weddingId, weddingId), eq(messages.id, id)))
      .returning();
    if (!row) throw notFound('message');
    const before = await messageOf(tx, current);
    await saveWordings(tx, { weddingId, messageId: id }, wordings);
    await audit({
      action: 'communications.update-message',
      entity: 'message',
      entityId: id,
      before: historyOf(before),
      after: historyOf({ ...row, wordings: fields.wordings }),
    });
    await change({ entity: 'message', entityId: id, kind: 'updated' });
    return summaryOf(tx, row);
  });
}
