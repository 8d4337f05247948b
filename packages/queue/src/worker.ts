import { setTimeout } from 'node:timers/promises';
import { type QueueName, queueNames } from '@wedsync/contracts/job';
import type { Processor } from 'bullmq';
import type { QueueConnection, WakeWorker } from './connection.ts';
import type { JobHandler } from './handler.ts';
import { type JobGround, JobRun, type RunResult } from './job-run.ts';
import type { Claim, Ledger } from './ledger.ts';
import type { QueueMetrics } from './metrics.ts';
import type { QueuedRow, Ticket } from './relay.ts';
import { Slots } from './slots.ts';

export interface JobWorkerOptions<Service> {
  connection: QueueConnection;
  ledger: Ledger;
  handlers: readonly JobHandler<Service>[];
  ground: JobGround<Service>;
  /** Of jobs that somebody waits for; the same as of the others when absent. */
  interactiveGround?: JobGround<Service> | undefined;
  metrics: QueueMetrics;
  leaseMs: number;
  /** Jobs at once per queue in this process. */
  concurrency: Readonly<Record<QueueName, number>>;
}

export interface JobWorker {
  /** Jobs under way in this process. */
  readonly running: number;
  /** Starts a row that was just relayed, without the queue; false where there is no room for it. */
  takeNow(row: QueuedRow): boolean;
  /**
   * Takes no new job and waits for those under way. At half of the time they are asked to stop; at
   * its end they are handed back to the outbox, unfinished.
   */
  close(deadlineMs: number): Promise<void>;
}

/** A handed-back job needs one statement, and the queue needs to hear of it. */
const handBackMs = 500;
/** How often, and how far apart, a job without a handler is offered to a newer worker. */
const unknownAttemptsMax = 10;
const unknownDelayMs = 30_000;

/** Works the three queues. The queue only says that a job waits; the outbox says whether and what. */
export function startJobWorker<Service>(options: JobWorkerOptions<Service>): JobWorker {
  const { connection, ledger, concurrency, leaseMs } = options;
  const runs = new Set<JobRun<Service>>();
  const handlers = new Map(options.handlers.map((handler) => [handler.contract.name, handler]));

  let closing = false;

  async function workOnRow(id: string): Promise<void> {
    const claim = await ledger.claim(id);
    if (claim) await workOn(options, claim, { handler: handlers.get(claim.jobName), runs });
  }

  /** Works through a ticket, as far as this queue has room for its rows. */
  async function workOnTicket(ids: readonly string[], slots: Slots): Promise<void> {
    const working: Promise<void>[] = [];
    const left: string[] = [];
    for (const id of ids) {
      await slots.take();
      if (closing) {
        slots.giveBack();
        left.push(id);
      } else {
        working.push(workOnRow(id).finally(() => slots.giveBack()));
      }
    }
    if (left.length > 0) await ledger.putBack(left);
    const results = await Promise.allSettled(working);
    for (const result of results) {
      if (result.status === 'rejected') throw result.reason;
    }
  }

  const slotsOf = new Map(queueNames.map((name) => [name, new Slots(concurrency[name])]));
  /** Rows that came without a ticket: closing waits for them too. */
  const taken = new Set<Promise<void>>();
  const workers = queueNames.map((name) => {
    const slots = slotsOf.get(name) ?? new Slots(concurrency[name]);
    const processor: Processor<Ticket> = (job) => workOnTicket(job.data.ids, slots);
    return connection.worker(name, processor, { concurrency: concurrency[name] });
  });
  for (const worker of workers) start(worker, options);
  const renewing = setInterval(() => void renewLeases(options, runs), leaseMs / 3);

  return {
    get running() {
      return runs.size;
    },
    takeNow({ id, queue }) {
      const slots = slotsOf.get(queue);
      if (closing || !slots?.tryTake()) return false;
      const working = workOnRow(id)
        .catch((err: unknown) => {
          // The sweep offers it again.
          options.ground.log.warn({ event: 'queue.claim_failed', jobId: id, err }, 'a job waits');
        })
        .finally(() => {
          slots.giveBack();
          taken.delete(working);
        });
      taken.add(working);
      return true;
    },
    async close(deadlineMs) {
      closing = true;
      const closed = Promise.all([...workers.map((worker) => worker.close()), ...taken]);
      const waitMs = Math.max(0, deadlineMs - handBackMs) / 2;
      await Promise.race([closed, setTimeout(waitMs, undefined, { ref: false })]);
      for (const run of runs) run.askToStop();
      await Promise.race([closed, setTimeout(waitMs, undefined, { ref: false })]);
      for (const run of runs) run.abandon();
      await closed;
      clearInterval(renewing);
    },
  };
}

function start<Service>(worker: WakeWorker, { ground: { log } }: JobWorkerOptions<Service>): void {
  worker.run().catch((err: unknown) => {
    log.error({ event: 'queue.worker_failed', err }, 'a worker stopped taking jobs');
  });
}

interface Work<Service> {
  handler: JobHandler<Service> | undefined;
  runs: Set<JobRun<Service>>;
}

async function workOn<Service>(
  { ground, interactiveGround = ground, ledger, metrics }: JobWorkerOptions<Service>,
  claim: Claim,
  { handler, runs }: Work<Service>,
): Promise<void> {
  const labels = { queue: claim.queue, job: claim.jobName };
  metrics.wait.observe(labels, claim.waitMs / 1_000);
  if (!handler) {
    // During a deployment a newer producer meets an older worker: leave the job to a newer worker.
    const error = 'this version of the worker has no handler';
    const later = claim.attempts < unknownAttemptsMax;
    await ledger.finish(
      claim,
      later ? { state: 'pending', error, delayMs: unknownDelayMs } : { state: 'failed', error },
    );
    return;
  }
  if (claim.attempts > handler.contract.attempts) {
    const error = `given up: the worker ended during each of ${claim.attempts - 1} attempts`;
    await ledger.finish(claim, { state: 'failed', error });
    return;
  }
  const isInteractive = handler.contract.queue === 'interactive';
  const run = new JobRun(claim, handler, isInteractive ? interactiveGround : ground);
  const startedAt = performance.now();
  runs.add(run);
  try {
    const result = await run.run();
    metrics.run.observe(labels, (performance.now() - startedAt) / 1_000);
    metrics.attempts.inc({ ...labels, outcome: result.state });
    await record(ledger, run, result);
  } finally {
    runs.delete(run);
  }
}

/** Writes down how the attempt ended, and says so where it did not end well. */
async function record<Service>(
  ledger: Ledger,
  run: JobRun<Service>,
  result: RunResult,
): Promise<void> {
  const { claim } = run;
  switch (result.state) {
    case 'completed':
      return;
    case 'lost':
      run.log.warn({ event: 'queue.lease_lost' }, 'another worker has taken the job over');
      return;
    case 'handed-back':
      run.log.info(
        { event: 'queue.handed_back' },
        'the worker is stopping; the job is handed back',
      );
      await ledger.handBack([claim]);
      return;
    case 'timed-out': {
      const error = `timed out after ${run.contract.timeoutMs} ms`;
      run.log.error({ event: 'queue.job_failed', error }, 'a job failed for good');
      await ledger.finishAlone(claim, { state: 'failed', error });
      return;
    }
    case 'pending':
      run.log.warn({ event: 'queue.job_retried', ...result }, 'a job failed and is tried again');
      break;
    case 'failed':
      run.log.error({ event: 'queue.job_failed', error: result.error }, 'a job failed for good');
      break;
    case 'done':
      break;
  }
  const recorded = await ledger.finish(claim, result);
  if (!recorded) run.log.warn({ event: 'queue.lease_lost' }, 'the result came too late');
}

async function renewLeases<Service>(
  { ledger, ground: { log } }: JobWorkerOptions<Service>,
  runs: ReadonlySet<JobRun<Service>>,
): Promise<void> {
  if (runs.size === 0) return;
  try {
    const lost = new Set(await ledger.renew([...runs].map((run) => run.claim)));
    for (const run of runs) if (lost.has(run.id)) run.loseLease();
  } catch (err) {
    log.warn({ event: 'queue.renew_failed', err }, 'leases could not be renewed this time');
  }
}
