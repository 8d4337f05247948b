import { DomainError } from '@wedsync/contracts/errors';
import type { WeddingId } from '@wedsync/contracts/ids';
import type { PlanChange } from '@wedsync/contracts/seating';
import {
  ApplySeatingRun,
  PreviewSeatingRun,
  type SeatingDiff,
  type SeatingRun,
} from '@wedsync/contracts/seating-runs';
import type { Tx } from '@wedsync/db/client';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { readTx, writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import type { PlanFacts } from './model/plan-index.ts';
import { type Rebased, rebaseRun } from './model/rebase-run.ts';
import { judgePlan } from './model/warnings.ts';
import { requireSeating } from './permission.ts';
import { placeGuests } from './place-guests.ts';
import { readFacts } from './queries/plan-facts.ts';
import { type RunPlace, readResult } from './run-rows.ts';
import { lockLayout, stalePlan } from './write-plan.ts';

interface Rebasing {
  run: SeatingRun;
  facts: PlanFacts;
  rebased: Rebased;
}

const noResult = (state: SeatingRun['state']) =>
  new DomainError(
    'precondition',
    'seating.run-without-plan',
    state === 'queued' || state === 'running'
      ? 'The optimization is still under way. Wait until it ends, or cancel it to keep the best plan so far.'
      : 'This optimization ended without a plan. Start another one.',
  );

/** Guests that were touched since a run began; what was taken back since then does not count. */
async function readTouched(
  tx: Tx,
  weddingId: WeddingId,
  { eventId, baseRevision }: SeatingRun,
): Promise<ReadonlySet<string>> {
  const rows = await tx.execute<{ id: string }>(sql`
    select distinct unnest(o.touched) as id from wedding.seating_operations o
    where o.wedding_id = ${weddingId} and o.event_id = ${eventId} and o.revision > ${baseRevision}
      and o.undone_by is null and not (o.kind = 'undone' and o.undoes > ${baseRevision})`);
  return new Set(rows.map(({ id }) => id));
}

/** @throws DomainError `not-found`, `precondition` `seating.run-without-plan` */
async function rebase(tx: Tx, where: RunPlace): Promise<Rebasing> {
  const { run, result } = await readResult(tx, where);
  if (!result || run.state === 'running') throw noResult(run.state);
  const facts = await readFacts(tx, { weddingId: where.weddingId, eventId: run.eventId });
  const since = { weights: run.weights, touched: await readTouched(tx, where.weddingId, run) };
  return { run, facts, rebased: rebaseRun(facts, result, since) };
}

/**
 * What applying a run would change in the plan as it is now, and what of the run no longer fits.
 * @throws DomainError `not-found`, `precondition` `seating.run-without-plan`
 */
export async function previewRun(
  ctx: ServiceContext,
  input: PreviewSeatingRun,
): Promise<SeatingDiff> {
  const { runId } = parseInput(PreviewSeatingRun, input);
  requirePermission(ctx, 'seating.read');
  const { run, facts, rebased } = await readTx(ctx, (tx) =>
    rebase(tx, { weddingId: requireWedding(ctx), runId }),
  );
  const { moves, dropped, seats } = rebased;
  const judged = (plan?: Rebased['seats']) => {
    const { cost, warnings } = judgePlan(facts, run.weights, plan);
    return { cost, warnings };
  };
  return {
    baseRevision: run.baseRevision,
    revision: facts.plan.layout.revision,
    moves,
    dropped,
    before: judged(),
    after: judged(seats),
  };
}

/**
 * Applies the plan of a run as one change, under the lock of the layout: who was locked or moved by
 * hand since the run began stays, what no longer fits is left out, exactly as the preview of the same
 * revision said.
 * @throws DomainError `not-found`, `precondition` `seating.run-without-plan`, `conflict`
 * `seating.stale-plan` with `details.revision` where the plan has moved on
 */
export async function applyRun(ctx: ServiceContext, input: ApplySeatingRun): Promise<PlanChange> {
  const { runId, revision } = parseInput(ApplySeatingRun, input);
  await requireSeating(ctx, 'seating.update');
  const where = { weddingId: requireWedding(ctx), runId };
  return writeTx(ctx, async (scope) => {
    const { run } = await readResult(scope.tx, where);
    const layout = await lockLayout(scope.tx, where.weddingId, sql`l.event_id = ${run.eventId}`);
    if (layout.revision !== revision) throw stalePlan(layout.revision);
    const { rebased } = await rebase(scope.tx, where);
    const applied = await placeGuests(ctx, scope, {
      eventId: run.eventId,
      placements: rebased.moves.flatMap(({ guestId, to }) => (to ? [{ guestId, ...to }] : [])),
      unseat: rebased.moves.flatMap(({ guestId, to }) => (to ? [] : [guestId])),
      revision,
      by: 'optimizer',
      kind: 'run-applied',
      action: 'seating.assign',
    });
    await scope.tx.execute(sql`
      update wedding.seating_runs set applied_revision = ${applied.revision}
      where wedding_id = ${where.weddingId} and id = ${runId}`);
    await scope.audit({
      action: 'seating.apply-run',
      entity: 'seating-run',
      entityId: runId,
      after: { revision: applied.revision },
    });
    await scope.change({ entity: 'seating-run', entityId: run.eventId, kind: 'updated' });
    return applied;
  });
}
