import { type MessageSummary, UpdateMessage } from '@wedsync/contracts/communications';
import { DomainError } from '@wedsync/contracts/errors';
import { messages } from '@wedsync/db/schema/communications';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound, staleVersion } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { and, eq } from 'drizzle-orm';
import { checkWording } from './model/wording.ts';
import { lockMessage, toMessage, toSummary } from './rows.ts';

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
  checkWording(fields);
  return writeTx(ctx, async ({ tx, audit, change }) => {
    const current = await lockMessage(tx, ctx, id);
    if (current.state !== 'draft') {
      throw new DomainError(
        'precondition',
        'communications.not-a-draft',
        'This message is already on its way, so its wording and audience are fixed. Write a new message instead.',
      );
    }
    if (current.version !== version) throw staleVersion(toMessage(current, null, []), 'message');
    const [row] = await tx
      .update(messages)
      .set(fields)
      .where(and(eq(messages.weddingId, requireWedding(ctx)), eq(messages.id, id)))
      .returning();
    if (!row) throw notFound('message');
    const { title, subject, body, audience } = current;
    await audit({
      action: 'communications.update-message',
      entity: 'message',
      entityId: id,
      before: { title, subject, body, audience },
      after: { title: row.title, subject: row.subject, body: row.body, audience: row.audience },
    });
    await change({ entity: 'message', entityId: id, kind: 'updated' });
    return toSummary(row, null);
  });
}
