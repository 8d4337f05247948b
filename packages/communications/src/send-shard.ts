import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceContext } from '@wedsync/service/context';
import { writeTx } from '@wedsync/service/transaction';
import type { ShardRef } from './claim-batch.ts';
import { enqueueShardJob } from './enqueue-shards.ts';
import { finishMessage } from './finish-message.ts';
import { openNoticeChannel } from './notice-channel.ts';
import type { CommunicationsDeps } from './ports.ts';
import { requireMessage } from './rows.ts';
import { createBreaker } from './send-breaker.ts';
import { openEmailChannel, type SendChannel } from './send-channel.ts';
import { createPace } from './send-pace.ts';
import { runShard } from './send-run.ts';
import { openSmsChannel } from './sms-channel.ts';

/** Leaves time within the job's own limit to end in order; another job goes on. */
const budgetMsDefault = 240_000;
/** While the provider is left alone, how often it is looked whether the process must stop. */
const napMs = 250;

/** A line in the change feed, and the end of the message where this was the last of it. */
async function report(ctx: ServiceContext, { weddingId, messageId }: ShardRef): Promise<void> {
  await writeTx(ctx, async (scope) => {
    await finishMessage(scope, { weddingId, id: messageId });
    await scope.change({ entity: 'message', entityId: messageId, kind: 'updated' });
  });
}

/** A further job for a shard, after one whose time was up. */
async function continueLater(ctx: ServiceContext, ref: ShardRef): Promise<void> {
  await writeTx(ctx, async (scope) => {
    const message = await requireMessage(scope.tx, ctx, ref.messageId);
    if (message.state !== 'sending') return;
    await enqueueShardJob(scope, message, { ref, occasion: `after ${ctx.requestId}` });
  });
}

/** Waits while the provider is left alone; false when the time or the process is over. */
async function untilOpen(ctx: ServiceContext, waitMs: number, endsAtMs: number): Promise<boolean> {
  const until = performance.now() + waitMs;
  while (performance.now() < until) {
    if (ctx.signal.aborted || performance.now() > endsAtMs) return false;
    await sleep(Math.min(napMs, until - performance.now()));
  }
  return !ctx.signal.aborted;
}

async function sendOver<Outbound>(
  ctx: ServiceContext,
  ref: ShardRef,
  { deps, channel }: { deps: CommunicationsDeps; channel: SendChannel<Outbound> },
): Promise<void> {
  const endsAtMs = performance.now() + (deps.budgetMs ?? budgetMsDefault);
  const breaker = createBreaker(ctx, channel.provider);
  const scopes = [`provider:${channel.provider}`, ...(ctx.orgId ? [`org:${ctx.orgId}`] : [])];
  const pace = createPace(ctx, scopes);
  for (;;) {
    const isReady = await untilOpen(ctx, await breaker.waitMs(), endsAtMs);
    const end = isReady
      ? await runShard(ctx, {
          ref,
          deps,
          channel,
          pace,
          breaker,
          endsAtMs,
          onProgress: () => report(ctx, ref),
        })
      : 'out_of_time';
    if (end === 'down' || end === 'stale') continue;
    // Also tells the others that the provider is back.
    if (breaker.isOpen || !breaker.isTrying) await breaker.waitMs();
    await report(ctx, ref);
    if (end === 'out_of_time' && !ctx.signal.aborted) await continueLater(ctx, ref);
    return;
  }
}

/**
 * Sends what is due in one shard of a message, batch by batch, until nothing is left, the message is
 * paused or cancelled, or the process must stop. While the provider cannot be reached nobody's
 * attempts are counted: it is left alone for a while and tried with a few.
 */
export async function sendShard(
  ctx: ServiceContext,
  ref: ShardRef,
  deps: CommunicationsDeps,
): Promise<void> {
  if (ref.channel === 'sms') {
    const channel = await openSmsChannel(ctx, ref, deps);
    if (channel) await sendOver(ctx, ref, { deps, channel });
  } else if (ref.channel === 'notice') {
    const channel = await openNoticeChannel(ctx, ref);
    if (channel) await sendOver(ctx, ref, { deps, channel });
  } else {
    const channel = await openEmailChannel(ctx, ref, deps);
    if (channel) await sendOver(ctx, ref, { deps, channel });
  }
}
