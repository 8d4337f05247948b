import type { RunState } from '@wedsync/contracts/seating-runs';
import type { Tx } from '@wedsync/db/client';
import { LeaseLost } from '@wedsync/queue/handler';
import { isTransient } from '@wedsync/queue/retry';
import type { ServiceContext } from '@wedsync/service/context';
import { type SQL, sql } from 'drizzle-orm';
import { type RunPlace, runLeaseMs } from './run-rows.ts';

/**
 * A worker's hold on a run. Every write renews it and is refused once another worker has the run;
 * one write is under way at a time, and what comes meanwhile is left out.
 */
export class RunInLease {
  readonly #ctx: ServiceContext;
  readonly #place: RunPlace;
  readonly #epoch: number;
  readonly #abort = new AbortController();
  #writing: Promise<void> | undefined;
  #isCancelRequested = false;

  constructor(ctx: ServiceContext, place: RunPlace, epoch: number) {
    this.#ctx = ctx;
    this.#place = place;
    this.#epoch = epoch;
  }

  /** Fires when somebody cancels the run, and when the lease is lost. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get isCancelRequested(): boolean {
    return this.#isCancelRequested;
  }

  /** Sets columns of the run, unless the write before is still under way. */
  write(columns: SQL): Promise<void> {
    this.#writing ??= this.#write(columns).finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  /** Waits for the write under way; after this the row is written by `end` alone. */
  async settle(): Promise<void> {
    await this.#writing;
    if (this.#abort.signal.reason instanceof LeaseLost) throw this.#abort.signal.reason;
  }

  /** @throws LeaseLost where another worker has the run, which must roll the transaction back */
  async end(tx: Tx, state: RunState, columns: SQL): Promise<void> {
    const rows = await tx.execute(sql`
      update wedding.seating_runs set state = ${state}, ended_at = now(), lease_until = null, ${columns}
      where ${this.#mine} returning id`);
    if (rows.length === 0) throw new LeaseLost(this.#place.runId);
  }

  /** After a failure: another attempt may begin at once; after the last one the run has failed. */
  async release(error: unknown, isLast: boolean): Promise<void> {
    if (error instanceof LeaseLost) return;
    const { db, claims, log, signal } = this.#ctx;
    const isFinal = !signal.aborted && (isLast || !isTransient(error));
    const columns = isFinal
      ? sql`state = 'failed', ended_at = now(), lease_until = null,
          error = 'Something went wrong on our side. Nothing was changed; please start again.'`
      : sql`lease_until = now()`;
    await db
      .writeOne(claims, sql`update wedding.seating_runs set ${columns} where ${this.#mine}`)
      .catch((failure: unknown) => log.warn({ err: failure }, 'seating.run_not_released'));
  }

  get #mine(): SQL {
    const { weddingId, runId } = this.#place;
    return sql`wedding_id = ${weddingId} and id = ${runId} and state = 'running'
      and lease_epoch = ${this.#epoch}`;
  }

  async #write(columns: SQL): Promise<void> {
    const { db, claims, log } = this.#ctx;
    try {
      const [row] = await db.writeOne<{ cancelled: boolean }>(
        claims,
        sql`update wedding.seating_runs
          set lease_until = now() + ${runLeaseMs} * interval '1 ms', ${columns}
          where ${this.#mine} returning is_cancel_requested as cancelled`,
      );
      if (!row) this.#abort.abort(new LeaseLost(this.#place.runId));
      if (!row?.cancelled) return;
      this.#isCancelRequested = true;
      this.#abort.abort();
    } catch (error) {
      // The next write tries again; without any, the lease runs out and another worker takes over.
      log.warn({ err: error }, 'seating.run_progress_not_written');
    }
  }
}
