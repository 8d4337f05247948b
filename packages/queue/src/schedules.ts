import { createHash } from 'node:crypto';
import type { JobContract, JobSchedule } from '@wedsync/contracts/job';
import type { Logger } from '@wedsync/platform/log';
import type { JobSchedulerJson, Processor } from 'bullmq';
import type postgres from 'postgres';
import { type QueueConnection, tickQueue, type WakeWorker, wakeJobOptions } from './connection.ts';
import type { Wake } from './wake.ts';

export interface ScheduleOptions {
  connection: QueueConnection;
  sql: postgres.Sql;
  wake: Wake;
  log: Logger;
  contracts: readonly JobContract[];
}

type Scheduled = JobContract & { schedule: JobSchedule };

export interface Schedules {
  /** Makes the queue's calendar equal to the contracts': unknown entries go, changed ones change. */
  apply(): Promise<void>;
  /** Adds entries that the queue has lost. Removes none: a newer worker may know more than this. */
  restore(): Promise<void>;
  close(): Promise<void>;
}

/** Puts contracts with a `schedule` into the calendar and turns its ticks into outbox rows. */
export function startSchedules(options: ScheduleOptions): Schedules {
  const { connection, log } = options;
  const scheduled = options.contracts.filter((contract): contract is Scheduled => {
    return contract.schedule !== undefined;
  });
  for (const contract of scheduled) tickPayload(contract);
  const byName = new Map(scheduled.map((contract) => [contract.name, contract]));

  const processor: Processor = async (job) => {
    const contract = byName.get(job.name);
    if (contract) await recordTick(options, contract, tickMsOf(job.id ?? ''));
  };
  const worker: WakeWorker = connection.worker(tickQueue, processor, { concurrency: 1 });
  worker.run().catch((err: unknown) => {
    log.error({ event: 'queue.calendar_failed', err }, 'the calendar stopped');
  });

  async function upsertMissing(): Promise<readonly JobSchedulerJson[]> {
    const present = await connection.queue(tickQueue).getJobSchedulers(0, -1);
    for (const contract of scheduled) {
      const entry = present.find(({ key }) => key === contract.name);
      if (!entry || !sameSchedule(entry, contract.schedule)) await upsert(connection, contract);
    }
    return present;
  }

  return {
    async apply() {
      for (const { key } of await upsertMissing()) {
        if (byName.has(key)) continue;
        await connection.queue(tickQueue).removeJobScheduler(key);
        log.info({ event: 'queue.schedule_removed', schedule: key }, 'a schedule has ended');
      }
    },
    async restore() {
      await upsertMissing();
    },
    close: () => worker.close(),
  };
}

/** An entry is touched only where it differs, so that a restart does not shift the next tick. */
function sameSchedule(entry: JobSchedulerJson, { pattern, everyMs, tz }: JobSchedule): boolean {
  return (
    entry.pattern === pattern && entry.every === everyMs && (entry.tz ?? 'UTC') === (tz ?? 'UTC')
  );
}

async function upsert(connection: QueueConnection, { name, schedule }: Scheduled): Promise<void> {
  const { pattern, everyMs, tz = 'UTC' } = schedule;
  await connection
    .queue(tickQueue)
    .upsertJobScheduler(name, pattern ? { pattern, tz } : { every: everyMs ?? 0, tz }, {
      name,
      data: {},
      opts: { ...wakeJobOptions, attempts: 5, backoff: { type: 'exponential', delay: 1_000 } },
    });
}

/** A tick carries no payload but the version. Fails at start where the contract wants more. */
function tickPayload(contract: JobContract): unknown {
  return contract.payload.parse({ v: 1 });
}

/** The moment a tick stands for; BullMQ names its jobs `repeat:<schedule>:<milliseconds>`. */
export function tickMsOf(jobId: string): number {
  const tickMs = Number(jobId.slice(jobId.lastIndexOf(':') + 1));
  if (!Number.isSafeInteger(tickMs) || tickMs <= 0) {
    throw new RangeError(`not a tick of the calendar: ${jobId}`);
  }
  return tickMs;
}

/** The same id for the same tick in every process: an 8th-version UUID (RFC 9562 §5.8). */
export function tickId(name: string, tickMs: number): string {
  const hex = createHash('sha256').update(`${name}@${tickMs}`).digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/**
 * Writes the tick's job. The id makes a tick happen once, whoever sees it and however often; the
 * key makes a tick step back while the run before it has not ended.
 */
export async function recordTick(
  { sql, wake }: Pick<ScheduleOptions, 'sql' | 'wake'>,
  contract: JobContract,
  tickMs: number,
): Promise<void> {
  const payload = JSON.stringify(tickPayload(contract));
  const rows = await sql`
    insert into ops.outbox (id, job_name, queue, payload, dedupe_key)
    values (${tickId(contract.name, tickMs)}, ${contract.name}, ${contract.queue},
      ${payload}::text::jsonb, ${`schedule:${contract.name}`})
    on conflict do nothing
    returning id`;
  if (rows.length > 0) await wake.publish('outbox', '');
}
