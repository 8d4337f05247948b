import type { JobContract } from '@wedsync/contracts/job';
import type { Claims, ServiceDb, TenantDb, Tx } from '@wedsync/db/client';
import type { Logger } from '@wedsync/platform/log';
import { type JobContext, type JobHandler, LeaseLost } from './handler.ts';
import { type Claim, completeIn, type Outcome } from './ledger.ts';
import { outcomeOf } from './retry.ts';

/** What the process brings to every job. */
export interface JobGround<Service> {
  db: TenantDb;
  serviceDb: ServiceDb;
  log: Logger;
  clock: { now(): Date };
  /** Jitter of the back-off, in [0, 1). */
  random: () => number;
  /** Makes the verbs' context of a job acting under `claims`. */
  service: (claims: Claims, job: JobInfo) => Service;
}

/** What a verbs' context takes over from the job it acts for. */
export interface JobInfo {
  name: string;
  requestId: string;
  log: Logger;
  signal: AbortSignal;
}

/** How an attempt ended: an outcome to record, or nothing (somebody else decides about the job). */
export type RunResult = Outcome | { state: 'completed' | 'lost' | 'handed-back' | 'timed-out' };

class TimedOut extends Error {
  constructor(timeoutMs: number) {
    super(`not finished within ${timeoutMs} ms`);
    this.name = 'TimedOut';
  }
}

/** The process must stop; the job goes back to the outbox. */
class Stopping extends Error {
  constructor() {
    super('the worker is stopping');
    this.name = 'Stopping';
  }
}

/** One attempt at one job. */
export class JobRun<Service> implements JobContext<Service> {
  readonly claim: Claim;
  readonly #handler: JobHandler<Service>;
  readonly #ground: JobGround<Service>;
  readonly #abort = new AbortController();
  #log: Logger | undefined;
  #completed = false;
  #leave: ((reason: Error) => void) | undefined;

  constructor(claim: Claim, handler: JobHandler<Service>, ground: JobGround<Service>) {
    this.claim = claim;
    this.#handler = handler;
    this.#ground = ground;
  }

  get id() {
    return this.claim.id;
  }
  get attempt() {
    return this.claim.attempts;
  }
  get lastAttempt() {
    return this.claim.attempts >= this.contract.attempts;
  }
  get contract(): JobContract {
    return this.#handler.contract;
  }
  get db() {
    return this.#ground.db;
  }
  get serviceDb() {
    return this.#ground.serviceDb;
  }
  get clock() {
    return this.#ground.clock;
  }
  get signal() {
    return this.#abort.signal;
  }
  get log() {
    const { jobName, id, attempts } = this.claim;
    this.#log ??= this.#ground.log.child({ job: jobName, jobId: id, attempt: attempts });
    return this.#log;
  }

  // An arrow, so that handlers may take it out of the context.
  readonly service = (claims: Claims): Service => {
    const { jobName: name, requestId } = this.claim;
    const { log, signal } = this;
    return this.#ground.service(claims, { name, requestId: requestId ?? this.id, log, signal });
  };

  readonly complete = async (tx: Tx): Promise<void> => {
    await completeIn(tx, this.claim);
    this.#completed = true;
  };

  /** Runs the handler to its end, its time-out, the loss of the lease or the end of the process. */
  async run(): Promise<RunResult> {
    const { timeoutMs } = this.contract;
    const left = new Promise<never>((_, reject) => {
      this.#leave = reject;
    });
    const timer = setTimeout(() => this.#giveUp(new TimedOut(timeoutMs)), timeoutMs);
    try {
      await Promise.race([this.#handler.run(this, this.claim.payload), left]);
      return { state: this.#completed ? 'completed' : 'done' };
    } catch (error) {
      return this.#resultOf(error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** The lease has passed to another worker: stop, and write nothing. */
  loseLease(): void {
    this.#giveUp(new LeaseLost(this.id));
  }

  /** Asks the handler to stop; whatever it throws from now on hands the job back. */
  askToStop(): void {
    this.#abort.abort(new Stopping());
  }

  /** Waits for the handler no longer. */
  abandon(): void {
    this.#giveUp(new Stopping());
  }

  #giveUp(reason: Error): void {
    this.#abort.abort(reason);
    this.#leave?.(reason);
  }

  #resultOf(error: unknown): RunResult {
    if (error instanceof LeaseLost) return { state: 'lost' };
    if (error instanceof TimedOut) return { state: 'timed-out' };
    if (this.signal.reason instanceof Stopping) return { state: 'handed-back' };
    const { attempts } = this.claim;
    return outcomeOf(error, this.contract, { attempts, random: this.#ground.random() });
  }
}
