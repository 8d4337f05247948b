import { DomainError } from '@wedsync/contracts/errors';
import { newId, OutboxId } from '@wedsync/contracts/ids';
import type { JobContract } from '@wedsync/contracts/job';
import type { Tx } from '@wedsync/db/client';
import { sql } from 'drizzle-orm';
import type { z } from 'zod';

export interface EnqueueOptions {
  /**
   * At most one unfinished job per key: while one waits or runs, another request with the same key
   * is the same job.
   */
  dedupeKey?: string;
  /** Not before this moment; now when absent. */
  runAt?: Date;
}

export interface JobRequest<C extends JobContract> extends EnqueueOptions {
  contract: C;
  payload: z.input<C['payload']>;
  /** Of the request that caused the job, so that logs can be followed across processes. */
  requestId?: string;
}

/** The unfinished job that holds the key may finish between insert and look-up: look again. */
const dedupeAttemptsMax = 5;

/**
 * Writes a job into the caller's transaction: it exists if and only if that transaction commits.
 * The relay moves it to the queue afterwards; wake the `outbox` channel after the commit to spare
 * the job the relay's next poll.
 *
 * @returns the job's id; with a dedupe key, the id of the unfinished job that holds the key
 * @throws DomainError bug when the payload is not what the contract describes
 */
export async function enqueue<C extends JobContract>(
  tx: Tx,
  request: JobRequest<C>,
): Promise<OutboxId> {
  const payload = JSON.stringify(parsePayload(request.contract, request.payload));
  for (let attempt = 1; attempt <= dedupeAttemptsMax; attempt++) {
    const id = newId(OutboxId);
    const inserted = await tx.execute<{ id: string }>(sql`
      insert into ops.outbox (id, job_name, queue, payload, dedupe_key, run_at, request_id)
      values (${id}, ${request.contract.name}, ${request.contract.queue}, ${payload}::jsonb,
        ${request.dedupeKey ?? null}, coalesce(${request.runAt?.toISOString() ?? null}::timestamptz, now()),
        ${request.requestId ?? null})
      on conflict (dedupe_key) where dedupe_key is not null and state in ('pending', 'relayed')
        do nothing
      returning id`);
    if (inserted.length > 0) return id;
    const [holder] = await tx.execute<{ id: string }>(sql`
      select id from ops.outbox
      where dedupe_key = ${request.dedupeKey ?? null} and state in ('pending', 'relayed')`);
    if (holder) return OutboxId.parse(holder.id);
  }
  throw new DomainError(
    'unavailable',
    'queue.dedupe-contended',
    'The same work was started and finished several times at this moment. Try again.',
  );
}

/** Parses what a producer hands over: a mistake must surface here and not in the worker. */
function parsePayload<C extends JobContract>(contract: C, payload: unknown): unknown {
  const parsed = contract.payload.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw new DomainError('bug', 'queue.invalid-payload', 'The job could not be started.', {
    job: contract.name,
    paths: parsed.error.issues.map((issue) => issue.path.join('.')),
  });
}
