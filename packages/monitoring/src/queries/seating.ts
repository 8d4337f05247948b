import {
  ListAllSeatingRuns,
  type SeatingMetrics,
  type SeatingRunReading,
  type SeatingViewReading,
  seatingViewStaleMs,
} from '@wedsync/contracts/monitoring-seating';
import type { Page } from '@wedsync/contracts/paging';
import type { Tx } from '@wedsync/db/client';
import type { ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requireOperator } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { moment } from './moment.ts';

type RunRow = Pick<
  SeatingRunReading,
  'id' | 'company' | 'mode' | 'state' | 'seconds' | 'gap' | 'error'
> & {
  wedding_id: SeatingRunReading['weddingId'];
  event_id: SeatingRunReading['eventId'];
  is_stuck: boolean;
  queued_at: string;
  waited_ms: number | null;
  took_ms: number | null;
  start_cost: string | null;
  cost: string | null;
  moved_count: number | null;
  is_applied: boolean;
};

const whole = (text: string | null) => (text === null ? null : Number(text));
const rounded = (value: number | null) => (value === null ? null : Math.round(value));

const toRun = (row: RunRow): SeatingRunReading => ({
  id: row.id,
  weddingId: row.wedding_id,
  eventId: row.event_id,
  company: row.company,
  mode: row.mode,
  state: row.state,
  isStuck: row.is_stuck,
  seconds: row.seconds,
  queuedAt: moment(row.queued_at),
  waitedMs: rounded(row.waited_ms),
  tookMs: rounded(row.took_ms),
  startCost: whole(row.start_cost),
  cost: whole(row.cost),
  gap: row.gap,
  movedCount: row.moved_count,
  isApplied: row.is_applied,
  error: row.error,
});

/** Optimizations of all weddings, newest first, without anybody's name. */
export async function listSeatingRuns(
  ctx: ServiceContext,
  input: ListAllSeatingRuns,
): Promise<Page<SeatingRunReading>> {
  requireOperator(ctx);
  const { cursor, limit } = parseInput(ListAllSeatingRuns, input);
  const rows = await readTx(ctx, (tx) =>
    tx.execute<RunRow>(
      sql`select * from ops.list_seating_runs(${cursor ?? null}::uuid, ${limit + 1}::int)`,
    ),
  );
  const items = rows.slice(0, limit).map(toRun);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

type ViewRow = { view_name: string; refreshed_at: string; duration_ms: number; row_count: string };

async function readViews(tx: Tx, now: Date): Promise<SeatingViewReading[]> {
  const rows = await tx.execute<ViewRow>(
    sql`select view_name, refreshed_at, duration_ms, row_count from ops.seating_view_refreshes order by view_name`,
  );
  return rows.map((row) => ({
    name: row.view_name,
    refreshedAt: moment(row.refreshed_at),
    durationMs: row.duration_ms,
    rowCount: Number(row.row_count),
    isStale: now.getTime() - Date.parse(row.refreshed_at) > seatingViewStaleMs,
  }));
}

/** How fresh the figures are that operators read of all plans. */
export async function listSeatingViews(ctx: ServiceContext): Promise<SeatingViewReading[]> {
  requireOperator(ctx);
  return readTx(ctx, (tx) => readViews(tx, ctx.clock.now()));
}

/** As `wedding.collect_seating_performance_metrics` answers. */
interface Collected {
  plans: {
    layouts: number;
    tables: number;
    seats: number;
    seated: number;
    unseated: number;
    declinedSeated: number;
    withBrokenRules: number;
  };
  tables: { empty: number };
  changes: { lastHour: number };
  runs: {
    lastDay: number;
    failed: number;
    proven: number;
    withBound: number;
    averageGap: number | null;
    medianSeconds: number | null;
  };
}
type RefusalRow = Omit<SeatingMetrics['refusals'][number], 'weddingId' | 'userId'> & {
  wedding_id: SeatingRunReading['weddingId'];
  user_id: SeatingMetrics['refusals'][number]['userId'];
  last_day: string;
};

const refusalsShown = 50;

/** Seating over all weddings in figures; those of plans are as old as the views. */
export async function getSeatingMetrics(ctx: ServiceContext): Promise<SeatingMetrics> {
  requireOperator(ctx);
  const now = ctx.clock.now();
  return readTx(ctx, async (tx) => {
    const [[collected], refusals, views] = await Promise.all([
      tx.execute<{ metrics: Collected }>(
        sql`select wedding.collect_seating_performance_metrics() as metrics`,
      ),
      tx.execute<RefusalRow>(sql`select * from ops.list_seating_refusals(${refusalsShown}::int)`),
      readViews(tx, now),
    ]);
    if (!collected) throw new Error('the metrics of seating were not collected');
    const { plans, tables, changes, runs } = collected.metrics;
    const { layouts, seats, seated, unseated } = plans;
    const guests = seated + unseated;
    const ages = views.map(({ refreshedAt }) => now.getTime() - Date.parse(refreshedAt));
    return {
      plans: {
        layouts,
        tables: plans.tables,
        emptyTables: tables.empty,
        changesLastHour: changes.lastHour,
      },
      seats: { seats, seated, unseated, share: guests > 0 ? seated / guests : null },
      runs: { lastDay: runs.lastDay, failed: runs.failed, medianSeconds: runs.medianSeconds },
      gaps: {
        proven: runs.proven,
        known: runs.withBound,
        average: runs.averageGap,
      },
      conflicts: {
        plansWithBrokenRules: plans.withBrokenRules,
        declinedSeated: plans.declinedSeated,
        refusalsLastDay: Number(refusals[0]?.last_day ?? 0),
      },
      viewAgeMs: ages.length > 0 ? Math.max(0, ...ages) : null,
      refusals: refusals.map(({ at, company, action, wedding_id, user_id }) => ({
        at: moment(at),
        company,
        action,
        weddingId: wedding_id,
        userId: user_id,
      })),
    };
  });
}
