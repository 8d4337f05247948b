import { z } from 'zod';

/** A job that runs by the calendar. `pattern` is cron with seconds optional; `tz` an IANA zone. */
export interface JobSchedule {
  pattern?: string;
  everyMs?: number;
  tz?: string;
}

/** What a producer and a consumer agree on. Payloads carry ids only, never personal data. */
export interface JobContract<S extends z.ZodType = z.ZodType, N extends string = string> {
  /** `<room>.<verb>-<noun>`; its literal type lets the worker prove that every job has a handler. */
  name: N;
  queue: QueueName;
  payload: S;
  attempts: number;
  /** First delay of the exponential back-off between attempts. */
  backoffMs: number;
  timeoutMs: number;
  schedule?: JobSchedule;
}

/** Few queues with clear service classes; a job's room is in its name, not in its queue. */
export const queueNames = ['interactive', 'bulk', 'maintenance'] as const;
export type QueueName = (typeof queueNames)[number];

export type JobPayload<C extends JobContract> = z.output<C['payload']>;

/** Declares a job contract; defaults suit a short idempotent job. */
export function defineJob<S extends z.ZodType, const N extends string>(
  contract: Pick<JobContract<S, N>, 'name' | 'queue' | 'payload'> & Partial<JobContract<S, N>>,
): JobContract<S, N> {
  return { attempts: 5, backoffMs: 1_000, timeoutMs: 60_000, ...contract };
}

/** Every payload starts with its version, so that an old producer is told apart from a new one. */
export const jobVersion = <V extends number>(version: V) => z.literal(version);
