import type { EventId, WeddingId } from '@wedsync/contracts/ids';
import type { SeatingRelationship } from '@wedsync/contracts/seating-rules';
import type { Tx } from '@wedsync/db/client';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { notFound } from '@wedsync/service/stale';
import { readTx } from '@wedsync/service/transaction';
import type { PlanFacts } from '../model/plan-index.ts';
import { relationshipsOf } from '../update-relationship.ts';
import { readPlan } from './get-plan.ts';

/**
 * A plan with the rules that hold for it, as of one moment where the transaction is a snapshot or
 * holds the lock of the layout.
 * @throws DomainError `not-found` where the event has no layout
 */
export async function readFacts(
  tx: Tx,
  where: { weddingId: WeddingId; eventId: EventId },
): Promise<PlanFacts> {
  const { weddingId, eventId } = where;
  // One connection: the statements travel together and are answered in order.
  const [plan, relationships] = await Promise.all([
    readPlan(tx, { weddingId, eventId, userId: null }),
    tx.execute<SeatingRelationship & Record<string, unknown>>(relationshipsOf(weddingId, eventId)),
  ]);
  if (!plan) throw notFound('floor plan');
  return { plan, relationships: [...relationships] };
}

/** The same in a transaction of its own. */
export function loadFacts(ctx: ServiceContext, eventId: EventId): Promise<PlanFacts> {
  return readTx(ctx, (tx) => readFacts(tx, { weddingId: requireWedding(ctx), eventId }));
}
