import { CreateMessage, type MessageSummary } from '@wedsync/contracts/communications';
import { MessageId, newId } from '@wedsync/contracts/ids';
import { messages } from '@wedsync/db/schema/communications';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { writeTx } from '@wedsync/service/transaction';
import { compileWordings } from './compile-wordings.ts';
import { toMessageColumns } from './message-columns.ts';
import { summaryOf } from './queries/messages.ts';
import { saveWordings } from './queries/wordings.ts';

/**
 * Writes a draft. Nothing is sent before `sendMessage`.
 * @throws DomainError `invalid` `communications.wording` for an unknown merge field, with its line
 */
export async function createMessage(
  ctx: ServiceContext,
  input: CreateMessage,
): Promise<MessageSummary> {
  const fields = parseInput(CreateMessage, input);
  requirePermission(ctx, 'communications.update');
  const wordings = await compileWordings(fields.wordings);
  return writeTx(ctx, async ({ tx, audit, change }) => {
    const id = newId(MessageId);
    const createdBy = ctx.actor.kind === 'user' ? ctx.actor.userId : null;
    const weddingId = requireWedding(ctx);
    const columns = await toMessageColumns(tx, weddingId, fields);
    const [row] = await tx
      .insert(messages)
      .values({ ...columns, weddingId, id, createdBy })
      .returning();
    if (!row) throw new Error('insert returned no row');
    await saveWordings(tx, { weddingId, messageId: id }, wordings);
    await audit({
      action: 'communications.create-message',
      entity: 'message',
      entityId: id,
      after: { title: fields.title, kind: fields.kind },
    });
    await change({ entity: 'message', entityId: id, kind: 'created' });
    return summaryOf(tx, row);
  });
}
