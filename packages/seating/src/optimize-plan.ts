import type { EventId } from '@wedsync/contracts/ids';
import type { JobPayload } from '@wedsync/contracts/job';
import type {
  optimizeSeatingJob,
  RunMode,
  RunPoint,
  RunState,
  SeatingWeights,
} from '@wedsync/contracts/seating-runs';
import { jsonParameter } from '@wedsync/db/sql-values';
import { type JobContext, LeaseLost } from '@wedsync/queue/handler';
import type { ServiceContext } from '@wedsync/service/context';
import { writeTx } from '@wedsync/service/transaction';
import { type SQL, sql } from 'drizzle-orm';
import { checkPlan, type PlannedSeat } from './model/check-plan.ts';
import type { PlanFacts } from './model/plan-index.ts';
import type { RunSeat } from './model/rebase-run.ts';
import { loadFacts } from './queries/plan-facts.ts';
import { RunInLease } from './run-lease.ts';
import { type RunPlace, runLeaseMs } from './run-rows.ts';
import { type Solution, type SolveProgress, solvePlan } from './solve-plan.ts';

type Job = JobContext<ServiceContext>;

/** What a worker that claimed a run needs to know of it. */
interface ClaimedRun {
  eventId: EventId;
  mode: RunMode;
  weights: SeatingWeights;
  includesUndecided: boolean;
  seconds: number;
  seed: number;
  isRepeatable: boolean;
  epoch: number;
}

/** Points of the curve that are kept; of more, every other one is dropped. */
const curveMax = 240;

/** Takes a run that waits, or one whose worker let its lease run out. */
async function claimRun(ctx: ServiceContext, place: RunPlace): Promise<ClaimedRun | undefined> {
  const [row] = await ctx.db.writeOne<ClaimedRun & Record<string, unknown>>(
    ctx.claims,
    sql`
      update wedding.seating_runs r set state = 'running', lease_epoch = r.lease_epoch + 1,
        lease_until = now() + ${runLeaseMs} * interval '1 ms',
        started_at = coalesce(r.started_at, now()), curve = '[]', cost = null, bound = null, gap = null
      where r.wedding_id = ${place.weddingId} and r.id = ${place.runId}
        and (r.state = 'queued' or (r.state = 'running' and coalesce(r.lease_until, now()) <= now()))
      returning r.event_id as "eventId", r.mode, r.weights,
        r.includes_undecided as "includesUndecided", r.seconds, r.seed,
        r.is_repeatable as "isRepeatable", r.lease_epoch::int as epoch`,
  );
  return row;
}

/** Whether somebody else holds the run and may still finish it. */
async function isHeldByOther(ctx: ServiceContext, place: RunPlace): Promise<boolean> {
  const rows = await ctx.db.readOne(
    ctx.claims,
    sql`select 1 as held from wedding.seating_runs r
      where r.wedding_id = ${place.weddingId} and r.id = ${place.runId} and r.state = 'running'`,
  );
  return rows.length > 0;
}

/** What was found while a run went on, thinned out so that the row stays small. */
class Curve {
  #points: RunPoint[] = [];
  readonly #startedAt = performance.now();

  add(cost: number, bound: number | null): readonly RunPoint[] {
    const last = this.#points.at(-1);
    if (last?.cost === cost && last.bound === bound) return this.#points;
    const atMs = Math.round(performance.now() - this.#startedAt);
    this.#points.push({ atMs, cost, bound });
    if (this.#points.length > curveMax)
      this.#points = this.#points.filter((_, at) => at % 2 === 0 || at > curveMax - 20);
    return this.#points;
  }

  get points(): readonly RunPoint[] {
    return this.#points;
  }

  get elapsedMs(): number {
    return performance.now() - this.#startedAt;
  }
}

const gapOf = (cost: number, bound: number | null): number | null =>
  bound === null ? null : Math.max(0, (cost - bound) / Math.max(1, Math.abs(cost)));

/** What a plan changes in the stored one, guest by guest. */
function changesOf({ plan }: PlanFacts, seats: readonly PlannedSeat[]): RunSeat[] {
  const place = (seat: PlannedSeat | undefined) =>
    seat ? { tableId: seat.tableId, seatNumber: seat.seatNumber } : null;
  const now = new Map(plan.assignments.map((seat) => [seat.guestId, seat]));
  const next = new Map(seats.map((seat) => [seat.guestId, seat]));
  return plan.guests.flatMap(({ id }): RunSeat[] => {
    const [from, to] = [place(now.get(id)), place(next.get(id))];
    const isSame = from?.tableId === to?.tableId && from?.seatNumber === to?.seatNumber;
    return isSame ? [] : [{ guestId: id, from, to }];
  });
}

/** Guests who sit at another table than before. */
const countMoved = (changes: readonly RunSeat[]): number =>
  changes.filter(({ from, to }) => from && to && from.tableId !== to.tableId).length;

/** Columns of a run that has ended with a plan. */
function planColumns(facts: PlanFacts, solution: Extract<Solution, { kind: 'solved' }>): SQL {
  const changes = changesOf(facts, solution.seats);
  return sql`cost = ${solution.cost}, bound = ${solution.bound},
    gap = ${gapOf(solution.cost, solution.bound)}, moved_count = ${countMoved(changes)},
    result = ${jsonParameter(changes)}`;
}

const unsolvedMessage =
  'No plan that keeps all rules was found in this time, and it is not proven that there is none. Give it more time or loosen some rules.';

/** How a run ends with what was found. */
export function endColumns(
  facts: PlanFacts,
  solution: Solution,
  isCancelled: boolean,
): { state: RunState; columns: SQL } {
  const ended: RunState = isCancelled ? 'cancelled' : 'done';
  switch (solution.kind) {
    case 'solved':
      return { state: ended, columns: planColumns(facts, solution) };
    case 'infeasible':
      return { state: 'infeasible', columns: sql`infeasible = ${jsonParameter(solution.reason)}` };
    case 'unsolved':
      return isCancelled
        ? { state: 'cancelled', columns: sql`error = null` }
        : { state: 'failed', columns: sql`error = ${unsolvedMessage}` };
  }
}

/** Writes progress while the lease holds; hears there of a wish to cancel. */
function reporter(lease: RunInLease, curve: Curve) {
  return ({ cost, bound, moves }: SolveProgress) => {
    const seconds = Math.max(0.001, curve.elapsedMs / 1_000);
    const pace = sql`moves_per_second = ${Math.round(moves / seconds)}`;
    if (cost === null) return lease.write(pace);
    const points = jsonParameter(curve.add(cost, bound));
    return lease.write(sql`${pace}, cost = ${cost}, bound = ${bound}, gap = ${gapOf(cost, bound)},
      curve = ${points}`);
  };
}

/**
 * Carries out one run: claims it with a lease and an epoch, optimizes, keeps its row up to date, and
 * ends it together with the job. A worker that dies lets the lease run out, and whoever takes the job
 * over begins the run again; a worker that was overtaken can write nothing any more.
 */
export async function optimizePlan(
  job: Job,
  ctx: ServiceContext,
  { weddingId, runId }: JobPayload<typeof optimizeSeatingJob>,
): Promise<void> {
  const place = { weddingId, runId };
  const run = await claimRun(ctx, place);
  if (!run) {
    // The job's own lease says that its worker is gone; the run's may still have a moment to go.
    if (await isHeldByOther(ctx, place)) throw new LeaseLost(runId);
    return;
  }
  const lease = new RunInLease(ctx, place, run.epoch);
  const curve = new Curve();
  const report = reporter(lease, curve);
  const { mode, weights, includesUndecided, seconds, seed, isRepeatable } = run;
  try {
    const facts = await loadFacts(ctx, run.eventId);
    const { cost: startCost } = checkPlan(facts, { weights, includesUndecided });
    // Between the wish and now the plan may have been changed: what is optimized is what is read here.
    const { revision } = facts.plan.layout;
    await lease.write(sql`start_cost = ${startCost}, base_revision = ${revision}`);
    const solution = await solvePlan(
      facts,
      { mode, weights, includesUndecided },
      {
        seconds,
        seed,
        isRepeatable,
        signal: AbortSignal.any([job.signal, lease.signal]),
        onProgress: report,
      },
    );
    job.signal.throwIfAborted();
    if (solution.kind === 'solved') curve.add(solution.cost, solution.bound);
    const end = endColumns(facts, solution, lease.isCancelRequested);
    await lease.settle();
    await writeTx(ctx, async ({ tx, change }) => {
      await lease.end(tx, end.state, sql`${end.columns}, curve = ${jsonParameter(curve.points)}`);
      await change({ entity: 'seating-run', entityId: run.eventId, kind: 'updated' });
      await job.complete(tx);
    });
  } catch (error) {
    await lease.release(error, job.lastAttempt);
    throw error;
  }
}
