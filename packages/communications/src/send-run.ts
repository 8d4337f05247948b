import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceContext } from '@wedsync/service/context';
import { claimBatch, type ShardRef } from './claim-batch.ts';
import type { CommunicationsDeps } from './ports.ts';
import type { Breaker } from './send-breaker.ts';
import type { SendChannel } from './send-channel.ts';
import type { Pace } from './send-pace.ts';
import { createSendQueue, type SendQueue } from './send-queue.ts';
import { createResultWriter } from './write-results.ts';

export interface RunOptions<Outbound> {
  ref: ShardRef;
  deps: CommunicationsDeps;
  channel: SendChannel<Outbound>;
  pace: Pace;
  breaker: Breaker;
  /** By `performance.now()`. */
  endsAtMs: number;
  /** Called from time to time while sending goes on. */
  onProgress(): Promise<void>;
}

/** Why a run ended. */
export type RunEnd = 'exhausted' | 'stale' | 'stopped' | 'down' | 'out_of_time';

const claimSize = { first: 100, min: 50, max: 500, probe: 3 } as const;
/** A batch is as much as leaves in this time: well within its lease. */
const batchWorthMs = 2_000;
/** How far ahead of their slots deliveries are claimed, and the next slots reserved. */
const aheadMs = { slots: 300, claim: 2_000 } as const;
const progressEveryMs = 500;
/** Nobody sleeps longer than this without looking around. */
const napMs = 50;

/** Rung by whoever changes something that a sleeper waits for. */
function createBell() {
  let ring = () => {};
  return {
    ring: () => ring(),
    heard: (withinMs: number) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, withinMs);
        ring = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
  };
}

/** How many to claim: what leaves in two seconds at the speed so far. */
function nextClaim(settled: number, startedAtMs: number): number {
  if (settled === 0) return claimSize.first;
  const perMs = settled / Math.max(1, performance.now() - startedAtMs);
  return Math.round(Math.min(claimSize.max, Math.max(claimSize.min, perMs * batchWorthMs)));
}

/** Slots for the next moments where the pace is limited, and how many deliveries they are for. */
async function makeRoom<O>(queue: SendQueue<O>, pace: Pace): Promise<number | undefined> {
  const slots = await pace.reserve();
  if (!slots) return undefined;
  // Claimed only shortly before they leave: a lease is no waiting room.
  while (!queue.isStopped && (slots[0] ?? 0) - performance.now() > aheadMs.claim)
    await sleep(napMs);
  queue.pace(slots);
  return Math.max(0, slots.length - queue.waiting);
}

/** Keeps the queue filled until nothing is due; the next batch is claimed while one is being sent. */
async function claimAhead<O>(
  ctx: ServiceContext,
  queue: SendQueue<O>,
  { options, bell }: { options: RunOptions<O>; bell: ReturnType<typeof createBell> },
): Promise<void> {
  const { ref, deps, channel, pace, breaker } = options;
  const startedAtMs = performance.now();
  let progressAtMs = startedAtMs;
  let size: number = claimSize.first;
  while (!queue.isStopped) {
    const isFull = pace.isLimited
      ? queue.pacedUntilMs - performance.now() > aheadMs.slots
      : queue.waiting > size / 2;
    if (isFull) {
      await bell.heard(napMs);
      continue;
    }
    const room = await makeRoom(queue, pace);
    if (room === 0) continue;
    size = room ?? nextClaim(queue.settledCount, startedAtMs);
    const max = breaker.isTrying ? Math.min(size, claimSize.probe) : size;
    const batch = await claimBatch(ctx, ref, { deps, max });
    if (!batch) return;
    await channel.claimed?.(batch.deliveries);
    queue.push(batch);
    bell.ring();
    if (performance.now() - progressAtMs > progressEveryMs) {
      progressAtMs = performance.now();
      await options.onProgress();
    }
  }
}

/** Hands the queue to the transport whenever something may leave. */
async function sendFrom<O>(
  queue: SendQueue<O>,
  {
    channel,
    signal,
    isFilling,
    bell,
  }: {
    channel: SendChannel<O>;
    signal: AbortSignal;
    isFilling: () => boolean;
    bell: ReturnType<typeof createBell>;
  },
): Promise<void> {
  const active = new Set<Promise<void>>();
  while (!signal.aborted) {
    const delayMs = queue.delayMs();
    if (delayMs === undefined && !isFilling()) break;
    if (delayMs === undefined) {
      await bell.heard(napMs);
    } else if (delayMs > 0) {
      await sleep(Math.min(delayMs, napMs));
    } else {
      const before = queue.waiting;
      const sent = channel.send(queue.source, signal).finally(() => active.delete(sent));
      active.add(sent);
      // Under a pace each call sends what is due and the next does not wait for its answer.
      if (queue.pacedUntilMs > 0) {
        if (active.size >= channel.connectionsMax) await Promise.race(active);
        continue;
      }
      await sent;
      // A transport that takes nothing, because it was closed, is not asked in a loop.
      if (queue.waiting === before) await sleep(napMs);
    }
  }
  await Promise.all(active);
}

/** What the parts of a run share: the queue, the writer of its results, and why it ends. */
function openRun<O>(ctx: ServiceContext, { ref, deps, channel, breaker, endsAtMs }: RunOptions<O>) {
  const bells = { claim: createBell(), send: createBell() };
  const run = { end: 'exhausted' as RunEnd, failure: undefined as unknown };
  const stop = (why: RunEnd) => {
    if (queue.isStopped) return;
    run.end = why;
    queue.stop();
  };
  const fail = (error: unknown) => {
    run.failure ??= error;
    stop('stopped');
  };
  const queue = createSendQueue<O>({
    journal: deps.journal,
    prepare: (delivery) => channel.prepare(delivery),
    onResult(result) {
      writer.add(result);
      bells.claim.ring();
    },
    onOutcome(outcome) {
      breaker.observe(outcome);
      if (breaker.isOpen) stop('down');
      if (performance.now() > endsAtMs) stop('out_of_time');
    },
  });
  const writer = createResultWriter(ctx, ref, {
    onWrite: () => queue.settledBatches(),
    onFailure: fail,
    onState(state) {
      if (state !== 'sending') stop('stopped');
    },
  });
  return { run, queue, writer, bells, stop, fail };
}

/**
 * Sends what is due in a shard until nothing is left, the message is paused or cancelled, the provider
 * is down, the time is up or the process must stop. Every delivery that was claimed has its result in
 * the ledger when this ends, unless the database could not be reached.
 */
export async function runShard<O>(ctx: ServiceContext, options: RunOptions<O>): Promise<RunEnd> {
  const { channel, ref } = options;
  const { run, queue, writer, bells, stop, fail } = openRun(ctx, options);
  const { signal } = ctx;
  const onAbort = () => stop('stopped');
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();
  const unsubscribe = await ctx.wake.subscribe('changes', (weddingId) => {
    // A pause is a change; to look at once costs one statement.
    if (weddingId === ref.weddingId) writer.look();
  });
  let isFilling = true;
  const filling = claimAhead(ctx, queue, { options, bell: bells.claim })
    .catch(fail)
    .finally(() => {
      isFilling = false;
      bells.send.ring();
    });
  const sending = sendFrom(queue, {
    channel,
    signal,
    isFilling: () => isFilling,
    bell: bells.send,
  });
  await Promise.all([filling, sending.catch(fail)]);
  signal.removeEventListener('abort', onAbort);
  await unsubscribe();
  queue.release();
  await writer.close();
  if (run.failure !== undefined) throw run.failure;
  // What went back is due again, although nothing was when this last looked.
  return run.end === 'exhausted' && queue.staleCount > 0 ? 'stale' : run.end;
}
