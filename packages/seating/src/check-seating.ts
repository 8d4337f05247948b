import { CheckSeating, type SeatingCheck } from '@wedsync/contracts/seating-rules';
import { SeatingWeights } from '@wedsync/contracts/seating-runs';
import type { ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { judgePlan } from './model/warnings.ts';
import { loadFacts } from './queries/plan-facts.ts';

/**
 * Everything that is wrong with the plan as it stands, with what mends it, and what the plan costs at
 * the usual weights.
 * @throws DomainError `not-found` where the event has no layout
 */
export async function checkSeating(
  ctx: ServiceContext,
  input: CheckSeating,
): Promise<SeatingCheck> {
  const { eventId } = parseInput(CheckSeating, input);
  requirePermission(ctx, 'seating.read');
  const facts = await loadFacts(ctx, eventId);
  return {
    revision: facts.plan.layout.revision,
    ...judgePlan(facts, SeatingWeights.parse({})),
  };
}
