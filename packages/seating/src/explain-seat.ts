import { ExplainSeat, type SeatExplanation } from '@wedsync/contracts/seating-runs';
import type { ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { explainGuest } from './model/explain-guest.ts';
import { loadFacts } from './queries/plan-facts.ts';

/**
 * Why a guest sits where they sit, and what each other table would change.
 * @throws DomainError `not-found` where the event has no layout or the guest is not invited
 */
export async function explainSeat(
  ctx: ServiceContext,
  input: ExplainSeat,
): Promise<SeatExplanation> {
  const { eventId, guestId } = parseInput(ExplainSeat, input);
  requirePermission(ctx, 'seating.read');
  const explanation = explainGuest(await loadFacts(ctx, eventId), guestId);
  if (!explanation) throw notFound('guest');
  return explanation;
}
