import { MessageAtVersion } from '@wedsync/contracts/communications';
import { DomainError } from '@wedsync/contracts/errors';
import { messageChecks, messages } from '@wedsync/db/schema/communications';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { staleVersion } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { and, eq } from 'drizzle-orm';
import { messageOf } from './queries/messages.ts';
import { lockMessage } from './rows.ts';

/**
 * Throws a draft away. What was sent stays: it is the record of who got what.
 * @throws DomainError `precondition` `communications.not-a-draft`
 */
export async function removeMessage(ctx: ServiceContext, input: MessageAtVersion): Promise<void> {
  const { id, version } = parseInput(MessageAtVersion, input);
  requirePermission(ctx, 'communications.update');
  await writeTx(ctx, async ({ tx, audit, change }) => {
    const current = await lockMessage(tx, ctx, id);
    if (current.state !== 'draft') {
      throw new DomainError(
        'precondition',
        'communications.not-a-draft',
        'Only drafts can be removed. A message that was started stays as the record of who got what; you can cancel it.',
      );
    }
    if (current.version !== version) throw staleVersion(await messageOf(tx, current), 'message');
    const weddingId = requireWedding(ctx);
    await tx
      .delete(messageChecks)
      .where(and(eq(messageChecks.weddingId, weddingId), eq(messageChecks.messageId, id)));
    await tx.delete(messages).where(and(eq(messages.weddingId, weddingId), eq(messages.id, id)));
    const { title, kind } = current;
    await audit({
      action: 'communications.remove-message',
      entity: 'message',
      entityId: id,
      before: { title, kind },
    });
    await change({ entity: 'message', entityId: id, kind: 'removed' });
  });
}
