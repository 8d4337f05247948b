import { ResolveDelivery } from '@wedsync/contracts/communications';
import { DomainError } from '@wedsync/contracts/errors';
import { deliveries, messages } from '@wedsync/db/schema/communications';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { writeTx } from '@wedsync/service/transaction';
import { and, eq, sql } from 'drizzle-orm';
import { enqueueShards } from './enqueue-shards.ts';
import { lockMessage } from './rows.ts';

/**
 * A person decides about a delivery in doubt. `send_again` may give the guest the message twice,
 * which is why no machine decides it.
 * @throws DomainError `precondition` `communications.not-in-doubt` when it was settled meanwhile
 */
export async function resolveDelivery(ctx: ServiceContext, input: ResolveDelivery): Promise<void> {
  const { id, messageId, resolution } = parseInput(ResolveDelivery, input);
  requirePermission(ctx, 'communications.send');
  const weddingId = requireWedding(ctx);
  await writeTx(ctx, async (scope) => {
    const { tx } = scope;
    const message = await lockMessage(tx, ctx, messageId);
    const again = resolution === 'send_again';
    if (again && message.state === 'cancelled') {
      throw new DomainError(
        'precondition',
        'communications.wrong-state',
        'This message was cancelled, so nothing more of it is sent. Write a new message instead.',
      );
    }
    const [row] = await tx
      .update(deliveries)
      .set({
        state: again ? 'ready' : 'sent',
        reason: null,
        sentAt: again ? null : sql`now()`,
        nextAttemptAt: sql`now()`,
        updatedAt: sql`now()`,
      })
      .where(
        and(
          eq(deliveries.weddingId, weddingId),
          eq(deliveries.messageId, messageId),
          eq(deliveries.id, id),
          eq(deliveries.state, 'in_doubt'),
        ),
      )
      .returning({ id: deliveries.id });
    if (!row) {
      throw new DomainError(
        'precondition',
        'communications.not-in-doubt',
        'This delivery is no longer in doubt. Reload to see what became of it.',
      );
    }
    if (again) {
      const itself = and(eq(messages.weddingId, weddingId), eq(messages.id, messageId));
      if (message.state === 'sent') {
        await tx.update(messages).set({ state: 'sending', finishedAt: null }).where(itself);
      }
      await enqueueShards(scope, message);
    }
    await scope.audit({
      action: 'communications.resolve-delivery',
      entity: 'delivery',
      entityId: id,
      before: { state: 'in_doubt' },
      after: { resolution },
    });
    await scope.change({ entity: 'message', entityId: messageId, kind: 'updated' });
  });
}
