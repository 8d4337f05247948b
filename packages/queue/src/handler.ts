import type { JobContract } from '@wedsync/contracts/job';
import type { Claims, ServiceDb, TenantDb, Tx } from '@wedsync/db/client';
import type { Logger } from '@wedsync/platform/log';
import type { z } from 'zod';

/**
 * What a job handler is given. `Service` is the verbs' context, which the floor above defines:
 * rooms write `JobContext<ServiceContext>` and the worker process brings the factory.
 */
export interface JobContext<Service> {
  /** The outbox row's id: stable over all attempts, so it serves as an idempotency key. */
  readonly id: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** True when a retryable failure of this attempt would be final. */
  readonly lastAttempt: boolean;
  /** A context of the verbs acting as `system` under the given claims. */
  readonly service: (claims: Claims) => Service;
  readonly db: TenantDb;
  readonly serviceDb: ServiceDb;
  readonly log: Logger;
  readonly clock: { now(): Date };
  /** Fires at the time-out, when the lease is lost, and when the process must stop. */
  readonly signal: AbortSignal;
  /**
   * Marks the job done inside the handler's own transaction, which makes its effect exactly-once:
   * both are committed or neither is. Call it once, last in that transaction. Throws `LeaseLost`
   * where another worker has taken the job over, which must roll the transaction back.
   */
  complete(tx: Tx): Promise<void>;
}

/** A contract with the code that carries it out. */
export interface JobHandler<Service, C extends JobContract = JobContract> {
  readonly contract: C;
  /** Takes what stands in the outbox row; refuses what the contract does not describe. */
  readonly run: (ctx: JobContext<Service>, payload: unknown) => Promise<void>;
}

/**
 * Binds a handler to its contract; the payload's type comes from the contract and is parsed again
 * before the handler sees it. A handler may run more than once (a process can die at any moment):
 * make it idempotent, or finish its effect and the job together with `ctx.complete(tx)`.
 * A room lists its handlers `as const`: the worker reads the names from the list's type.
 */
export function defineHandler<S extends z.ZodType, N extends string, Service>(
  contract: JobContract<S, N>,
  run: (ctx: JobContext<Service>, payload: z.output<S>) => Promise<void>,
): JobHandler<Service, JobContract<S, N>> {
  return { contract, run: (ctx, payload) => run(ctx, contract.payload.parse(payload)) };
}

/** This worker's claim on the job has passed to another one; nothing may be written any more. */
export class LeaseLost extends Error {
  constructor(id: string) {
    super(`job ${id} was taken over by another worker after its lease ran out`);
    this.name = 'LeaseLost';
  }
}
