import { setTimeout } from 'node:timers/promises';
import type { QueueName } from '@wedsync/contracts/job';
import type { Tx } from '@wedsync/db/client';
import { sql as drizzleSql } from 'drizzle-orm';
import type postgres from 'postgres';
import { createBatcher } from './batcher.ts';
import { LeaseLost } from './handler.ts';
import { putBack } from './relay.ts';
import { isTransient } from './retry.ts';

/** A job this process may work on until its lease runs out. */
export interface Claim {
  id: string;
  jobName: string;
  queue: QueueName;
  payload: unknown;
  /** This attempt included. */
  attempts: number;
  /** A bigint, kept as text. Every claim raises it; whoever holds an older one is fenced off. */
  epoch: string;
  requestId: string | null;
  /** From the moment the job was due to this claim. */
  waitMs: number;
}

export type Lease = Pick<Claim, 'id' | 'epoch'>;

/** What became of one attempt. */
export type Outcome =
  | { state: 'done' }
  | { state: 'failed'; error: string }
  | { state: 'pending'; error: string; delayMs: number };

export interface LedgerOptions {
  sql: postgres.Sql;
  leaseMs: number;
}

const batchMax = 500;
const statementAttemptsMax = 4;

/**
 * A parameter on purpose: beside a literal the planner would take the partial index of relayed
 * rows, which is the whole queue, and not the primary key.
 */
const relayed = 'relayed';

/**
 * The authority over jobs: rows of `ops.outbox`, claimed under a lease and a fencing epoch. Claims
 * and finishes of concurrent jobs share statements, which is what makes a durable job cost little
 * more than a volatile one. All times are the database's.
 */
export interface Ledger {
  /** Undefined where the job is done, cancelled, not due, or in another worker's hands. */
  claim(id: string): Promise<Claim | undefined>;
  /** False where the epoch is stale: then nothing was written. */
  finish(lease: Lease, outcome: Outcome): Promise<boolean>;
  /** As `finish`, in a statement of its own: for a row that its own handler may hold locked. */
  finishAlone(lease: Lease, outcome: Outcome): Promise<boolean>;
  /** Renews the leases and returns the ids of those that are lost. */
  renew(leases: readonly Lease[]): Promise<string[]>;
  /** Leaves jobs that were never claimed to another process. */
  putBack(ids: readonly string[]): Promise<void>;
  /** Gives jobs back unfinished: due at once, the attempt not counted, the epoch raised. */
  handBack(leases: readonly Lease[]): Promise<void>;
}

export function createLedger({ sql, leaseMs }: LedgerOptions): Ledger {
  const finishBatch = (items: readonly Finish[]) => withRetries(() => finish(sql, items));
  const claim = createBatcher({
    run: (ids: readonly string[]) => withRetries(() => claimBatch(sql, ids, leaseMs)),
    sizeMax: batchMax,
    parallelMax: 1,
  });
  const finishTogether = createBatcher({ run: finishBatch, sizeMax: batchMax, parallelMax: 1 });
  return {
    claim,
    finish: (lease, outcome) => finishTogether({ lease, outcome }),
    async finishAlone(lease, outcome) {
      const [finished = false] = await finishBatch([{ lease, outcome }]);
      return finished;
    },
    renew: (leases) => renew(sql, leases, leaseMs),
    putBack: (ids) => putBack(sql, ids),
    handBack: (leases) => handBack(sql, leases),
  };
}

/** A deadlock or a short outage must not cost a whole batch its results. */
async function withRetries<R>(run: () => Promise<R>): Promise<R> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (attempt === statementAttemptsMax || !isTransient(error)) throw error;
      await setTimeout(100 * 2 ** attempt);
    }
  }
}

/** A row that somebody holds locked is skipped: one stuck transaction must not hold up a batch. */
async function claimBatch(
  sql: postgres.Sql,
  ids: readonly string[],
  leaseMs: number,
): Promise<(Claim | undefined)[]> {
  const rows = await sql<Claim[]>`
    with free as (
      select id from ops.outbox
      where id = any(${ids}::uuid[]) and state = ${relayed}
        and (lease_until is null or lease_until < now())
      for update skip locked
    )
    update ops.outbox o
    set lease_until = now() + ${leaseMs}::float8 * interval '1 ms',
      lease_epoch = lease_epoch + 1,
      attempts = attempts + 1
    from free
    where o.id = free.id
    returning o.id, job_name as "jobName", queue, payload, attempts, lease_epoch as epoch,
      request_id as "requestId",
      (extract(epoch from now() - greatest(run_at, created_at)) * 1000)::float8 as "waitMs"`;
  const byId = new Map(rows.map((row) => [row.id, row]));
  // The same id twice in one batch is one claim: the second asker gets nothing.
  return ids.map((id) => {
    const row = byId.get(id);
    byId.delete(id);
    return row;
  });
}

interface Finish {
  lease: Lease;
  outcome: Outcome;
}

async function finish(sql: postgres.Sql, items: readonly Finish[]): Promise<boolean[]> {
  const rows = await sql<{ id: string; epoch: string }[]>`
    update ops.outbox o
    set state = f.state,
      last_error = f.error,
      lease_until = null,
      run_at = case f.state when 'pending' then now() + f.delay_ms * interval '1 ms' else run_at end,
      finished_at = case f.state when 'pending' then null else now() end
    from unnest(
      ${items.map(({ lease }) => lease.id)}::uuid[],
      ${items.map(({ lease }) => lease.epoch)}::bigint[],
      ${items.map(({ outcome }) => outcome.state)}::text[],
      ${items.map(({ outcome }) => ('error' in outcome ? outcome.error : null))}::text[],
      ${items.map(({ outcome }) => ('delayMs' in outcome ? outcome.delayMs : 0))}::float8[]
    ) as f (id, epoch, state, error, delay_ms)
    where o.id = f.id and o.lease_epoch = f.epoch and o.state = ${relayed}
    returning o.id, o.lease_epoch as epoch`;
  const finished = new Set(rows.map((row) => `${row.id} ${row.epoch}`));
  return items.map(({ lease }) => finished.has(`${lease.id} ${lease.epoch}`));
}

/** A row that its own handler is completing right now is locked, and neither renewed nor lost. */
async function renew(sql: postgres.Sql, leases: readonly Lease[], leaseMs: number) {
  const ids = leases.map(({ id }) => id);
  const epochs = leases.map(({ epoch }) => epoch);
  const rows = await sql<{ id: string }[]>`
    with held as (
      select h.id, h.epoch, o.lease_epoch = h.epoch and o.state = ${relayed} as mine
      from unnest(${ids}::uuid[], ${epochs}::bigint[]) as h (id, epoch)
      left join ops.outbox o on o.id = h.id
    ), free as (
      select o.id from ops.outbox o join held on o.id = held.id and o.lease_epoch = held.epoch
      where o.state = ${relayed}
      for update of o skip locked
    ), renewed as (
      update ops.outbox o set lease_until = now() + ${leaseMs}::float8 * interval '1 ms'
      from free where o.id = free.id
    )
    select id from held where mine is not true`;
  return rows.map((row) => row.id);
}

async function handBack(sql: postgres.Sql, leases: readonly Lease[]): Promise<void> {
  await sql`
    update ops.outbox o
    set state = 'pending', run_at = now(), lease_until = null,
      lease_epoch = lease_epoch + 1, attempts = attempts - 1
    from unnest(
      ${leases.map(({ id }) => id)}::uuid[], ${leases.map(({ epoch }) => epoch)}::bigint[]
    ) as h (id, epoch)
    where o.id = h.id and o.lease_epoch = h.epoch and o.state = ${relayed}`;
}

/**
 * Marks a job done inside the caller's transaction, under the epoch of its claim.
 * @throws LeaseLost where the claim is no longer valid
 */
export async function completeIn(tx: Tx, lease: Lease): Promise<void> {
  const rows = await tx.execute(drizzleSql`
    update ops.outbox set state = 'done', finished_at = now(), lease_until = null, last_error = null
    where id = ${lease.id} and lease_epoch = ${lease.epoch}::bigint and state = 'relayed'
    returning id`);
  if (rows.length === 0) throw new LeaseLost(lease.id);
}
