import { newId, SeatingRunId } from '@wedsync/contracts/ids';
import { ProposeReflow, type SeatingRun, SeatingWeights } from '@wedsync/contracts/seating-runs';
import { jsonParameter } from '@wedsync/db/sql-values';
import { actorId, requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { checkPlan } from './model/check-plan.ts';
import { endColumns } from './optimize-plan.ts';
import { requireSeating } from './permission.ts';
import { loadFacts } from './queries/plan-facts.ts';
import { repairPlan } from './repair-plan.ts';
import { readRun, toRun } from './run-rows.ts';

/**
 * Finds the fewest moves that repair the plan after answers changed: who declined leaves, who comes
 * newly is seated, and as few others as it pays are moved. Answers a run that has ended, to preview
 * and apply like any other.
 * @throws DomainError `not-found` where the event has no layout
 */
export async function proposeReflow(
  ctx: ServiceContext,
  input: ProposeReflow,
): Promise<SeatingRun> {
  const { eventId } = parseInput(ProposeReflow, input);
  await requireSeating(ctx, 'seating.optimize');
  const weddingId = requireWedding(ctx);
  const weights = SeatingWeights.parse({});
  const facts = await loadFacts(ctx, eventId);
  const { cost: startCost } = checkPlan(facts, { weights, includesUndecided: false });
  const solution = await repairPlan(facts, weights);
  const { state, columns } = endColumns(facts, solution, false);
  const runId = newId(SeatingRunId);
  return writeTx(ctx, async ({ tx, audit, change }) => {
    await tx.execute(sql`
      insert into wedding.seating_runs (wedding_id, event_id, id, mode, state, weights, seconds, seed,
        is_repeatable, base_revision, started_by, started_at, ended_at, start_cost)
      values (${weddingId}, ${eventId}, ${runId}, 'reflow', 'done', ${jsonParameter(weights)}, 1, 1,
        true, ${facts.plan.layout.revision}, ${actorId(ctx.actor) ?? null}::uuid, now(), now(), ${startCost})`);
    await tx.execute(sql`
      update wedding.seating_runs set state = ${state}, ${columns}
      where wedding_id = ${weddingId} and id = ${runId}`);
    await audit({
      action: 'seating.propose-reflow',
      entity: 'seating-run',
      entityId: runId,
      after: { eventId },
    });
    await change({ entity: 'seating-run', entityId: eventId, kind: 'created' });
    return toRun(await readRun(tx, { weddingId, runId }));
  });
}
