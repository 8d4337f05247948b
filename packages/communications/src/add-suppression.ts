import { AddSuppression } from '@wedsync/contracts/communications-feedback';
import { DomainError } from '@wedsync/contracts/errors';
import { guests } from '@wedsync/db/schema/guests';
import { actorId, requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { and, eq, isNull } from 'drizzle-orm';
import { suppressAddress } from './suppress-address.ts';

/**
 * A planner stops a channel to the present address or number of a guest, and so of everybody who
 * shares it.
 * @throws DomainError `not-found`; `precondition` `communications.no-address` where there is none
 */
export async function addSuppression(ctx: ServiceContext, input: AddSuppression): Promise<void> {
  const { guestId, channel, note } = parseInput(AddSuppression, input);
  requirePermission(ctx, 'communications.update');
  const weddingId = requireWedding(ctx);
  await writeTx(ctx, async ({ tx, audit, change }) => {
    const [guest] = await tx
      .select({ email: guests.emailHash, sms: guests.phoneHash })
      .from(guests)
      .where(
        and(eq(guests.weddingId, weddingId), eq(guests.id, guestId), isNull(guests.removedAt)),
      );
    if (!guest) throw notFound('guest');
    const addressHash = guest[channel];
    if (!addressHash) {
      throw new DomainError(
        'precondition',
        'communications.no-address',
        channel === 'email'
          ? 'This guest has no valid e-mail address, so there is nothing to stop.'
          : 'This guest has no valid telephone number, so there is nothing to stop.',
      );
    }
    const createdBy = ctx.actor.kind === 'user' ? { createdBy: ctx.actor.userId } : {};
    const stopped = { weddingId, channel, addressHash, reason: 'manual', note } as const;
    if (!(await suppressAddress(tx, { ...stopped, ...createdBy }))) return;
    await audit({
      action: 'communications.add-suppression',
      entity: 'guest',
      entityId: guestId,
      after: { channel, note, by: actorId(ctx.actor) },
    });
    await change({ entity: 'suppression', kind: 'bulk' });
  });
}
