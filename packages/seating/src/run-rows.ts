import type { EventId, SeatingRunId, WeddingId } from '@wedsync/contracts/ids';
import type { SeatingRun } from '@wedsync/contracts/seating-runs';
import type { Tx } from '@wedsync/db/client';
import { isoMoment } from '@wedsync/db/sql-values';
import { notFound } from '@wedsync/service/stale';
import { type SQL, sql } from 'drizzle-orm';
import type { RunSeat } from './model/rebase-run.ts';

/** A run as its row reads; numbers of bigint columns arrive as text. */
export type RunRecord = Omit<
  SeatingRun,
  | 'baseRevision'
  | 'queuedAt'
  | 'startedAt'
  | 'endedAt'
  | 'startCost'
  | 'cost'
  | 'bound'
  | 'appliedRevision'
> & {
  baseRevision: string;
  queuedAt: string;
  startedAt: string | null;
  endedAt: string | null;
  startCost: string | null;
  cost: string | null;
  bound: string | null;
  appliedRevision: string | null;
  version: number;
};

/** Columns of a run `r`, without its result. */
export const runColumns: SQL = sql`r.id, r.event_id as "eventId", r.mode, r.state, r.weights, r.seed,
  r.base_revision as "baseRevision", r.started_by as "startedBy",
  coalesce((select u.name from auth.users u where u.id = r.started_by), '') as "startedByName",
  r.queued_at as "queuedAt", r.started_at as "startedAt", r.ended_at as "endedAt",
  r.start_cost as "startCost", r.cost, r.bound, r.gap, r.curve,
  r.moves_per_second as "movesPerSecond", r.moved_count as "movedCount",
  r.applied_revision as "appliedRevision", r.infeasible, r.error, r.version`;

const asNumber = (value: string | null) => (value === null ? null : Number(value));

export function toRun({ version: _, ...record }: RunRecord): SeatingRun {
  return {
    ...record,
    baseRevision: Number(record.baseRevision),
    queuedAt: isoMoment(record.queuedAt),
    startedAt: isoMoment(record.startedAt),
    endedAt: isoMoment(record.endedAt),
    startCost: asNumber(record.startCost),
    cost: asNumber(record.cost),
    bound: asNumber(record.bound),
    appliedRevision: asNumber(record.appliedRevision),
  };
}

export interface RunPlace {
  weddingId: WeddingId;
  runId: SeatingRunId;
}

/** @throws DomainError `not-found` */
export async function readRun(tx: Tx, { weddingId, runId }: RunPlace): Promise<RunRecord> {
  const [record] = await tx.execute<RunRecord>(sql`
    select ${runColumns} from wedding.seating_runs r
    where r.wedding_id = ${weddingId} and r.id = ${runId}`);
  if (!record) throw notFound('optimization');
  return record;
}

/** A run with what it would change. */
export interface StoredResult {
  run: SeatingRun;
  result: RunSeat[] | null;
}

/** @throws DomainError `not-found` */
export async function readResult(tx: Tx, { weddingId, runId }: RunPlace): Promise<StoredResult> {
  const [record] = await tx.execute<RunRecord & { result: RunSeat[] | null }>(sql`
    select ${runColumns}, r.result from wedding.seating_runs r
    where r.wedding_id = ${weddingId} and r.id = ${runId}`);
  if (!record) throw notFound('optimization');
  const { result, ...row } = record;
  return { run: toRun(row as RunRecord), result };
}

/** How long a worker that has fallen silent keeps its run. */
export const runLeaseMs = 4_000;

/**
 * Ends runs whose worker fell silent so long ago that no other will take them over: the job's own
 * attempts are used up by then. Without this an event could never be optimized again.
 */
export async function endSilentRuns(tx: Tx, weddingId: WeddingId, eventId: EventId): Promise<void> {
  await tx.execute(sql`
    update wedding.seating_runs set state = 'failed', ended_at = now(), lease_until = null,
      error = 'The server that was optimizing has stopped. Start again.'
    where wedding_id = ${weddingId} and event_id = ${eventId}
      and state = 'running' and lease_until < now() - interval '5 minutes'`);
}
