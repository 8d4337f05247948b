import type { MessageState } from '@wedsync/contracts/communications';
import { DomainError } from '@wedsync/contracts/errors';
import { jsonParameter } from '@wedsync/db/sql-values';
import type { ServiceContext } from '@wedsync/service/context';
import { readTx, writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { type ClaimedBatch, claimBatch, type ShardRef } from './claim-batch.ts';
import { finishMessage } from './finish-message.ts';
import { addressOf, type WordedFrame } from './model/assemble-email.ts';
import { compileWording } from './model/wording.ts';
import type { CommunicationsDeps } from './ports.ts';
import { loadWeddingFrame } from './queries/wedding-frame.ts';
import { loadChannelWordings } from './queries/wordings.ts';
import { requireMessage } from './rows.ts';
import { type DeliveryResult, type SendScope, sendDelivery, untouched } from './send-delivery.ts';

/** After this many e-mails results are written and pause and cancel are looked for. */
const sliceSize = 20;
/** Leaves time within the job's own limit to end in order; the sweep starts the rest again. */
const budgetMs = 240_000;

async function loadFrame(
  ctx: ServiceContext,
  { weddingId, messageId }: ShardRef,
  deps: CommunicationsDeps,
): Promise<WordedFrame | undefined> {
  return readTx(ctx, async (tx) => {
    const message = await requireMessage(tx, ctx, messageId);
    if (message.state !== 'sending') return undefined;
    const { wedding, senderAddress, replyTo } = await loadWeddingFrame(tx, weddingId);
    const { channel } = message;
    const wording = (await loadChannelWordings(tx, { weddingId, messageId, channel })).of(null);
    if (!wording) return undefined;
    return {
      kind: message.kind,
      wording: compileWording(wording),
      wedding: { ...wedding, locale: wording.language },
      language: wording.language,
      feedbackId: null,
      senderAddress,
      fromAddress: addressOf(deps.mailFrom),
      replyTo: message.replyTo ?? replyTo,
    };
  });
}

async function complete(
  ctx: ServiceContext,
  { weddingId, messageId }: ShardRef,
  written: { epoch: number; results: readonly DeliveryResult[] },
): Promise<MessageState> {
  const { epoch, results } = written;
  const [row] = await ctx.db.write(ctx.claims, (tx) =>
    tx.execute<{ message_state: MessageState; accepted: number }>(sql`
      select * from wedding.complete_deliveries(
        ${weddingId}, ${messageId}, ${epoch}, ${jsonParameter(results)})`),
  );
  if (row && row.accepted < results.length) {
    const refused = results.length - row.accepted;
    ctx.log.warn(
      { event: 'communications.results_fenced', messageId, refused },
      'results came too late',
    );
  }
  return row?.message_state ?? 'cancelled';
}

/** As many at once as there are connections; results in the order of `items`. */
async function inLanes<T, R>(
  items: readonly T[],
  lanes: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      const index = next++;
      const item = items[index];
      if (item !== undefined) results[index] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
  return results;
}

interface BatchEnd {
  isDown: boolean;
  isStopped: boolean;
}

async function sendBatch(ctx: ServiceContext, ref: ShardRef, scope: SendScope): Promise<BatchEnd> {
  const { batch, deps } = scope;
  const waiting = [...batch.deliveries];
  const orphaned: DeliveryResult[] = batch.orphans.map((id) => ({
    id,
    state: 'skipped',
    reason: 'guest_removed',
    counts: false,
  }));
  let end: BatchEnd = { isDown: false, isStopped: false };
  let results = orphaned;
  while (waiting.length > 0 && batch.isFresh() && !end.isDown && !end.isStopped) {
    const slice = waiting.splice(0, sliceSize);
    const sent = await inLanes(slice, deps.transport.connectionsMax, (delivery) =>
      sendDelivery(scope, delivery),
    );
    results.push(...sent.map(({ result }) => result));
    const state = await complete(ctx, ref, { epoch: batch.epoch, results });
    results = [];
    end = {
      isDown: sent.some(({ isDown }) => isDown),
      isStopped: state !== 'sending' || ctx.signal.aborted,
    };
  }
  results.push(...waiting.map(({ id }) => untouched(id)));
  if (results.length > 0) await complete(ctx, ref, { epoch: batch.epoch, results });
  scope.journal.end();
  return end;
}

/** One line in the change feed per batch, and the end of the message where this was the last one. */
async function report(ctx: ServiceContext, { weddingId, messageId }: ShardRef): Promise<void> {
  await writeTx(ctx, async (scope) => {
    await finishMessage(scope, { weddingId, id: messageId });
    await scope.change({ entity: 'message', entityId: messageId, kind: 'updated' });
  });
}

/**
 * Sends what is due in one shard, batch by batch, until nothing is left, the message is paused or
 * cancelled, or the process must stop.
 * @throws DomainError `unavailable` `communications.relay-unreachable`: no attempt was counted
 */
export async function sendShard(
  ctx: ServiceContext,
  ref: ShardRef,
  deps: CommunicationsDeps,
): Promise<void> {
  const frame = await loadFrame(ctx, ref, deps);
  if (!frame) return;
  const startedAt = performance.now();
  for (;;) {
    if (ctx.signal.aborted || performance.now() - startedAt > budgetMs) return;
    const batch: ClaimedBatch | undefined = await claimBatch(ctx, ref, deps);
    if (!batch) return report(ctx, ref);
    const journal = deps.journal.begin(batch.epoch);
    const end = await sendBatch(ctx, ref, { deps, frame, batch, journal });
    await report(ctx, ref);
    if (end.isDown) {
      throw new DomainError(
        'unavailable',
        'communications.relay-unreachable',
        'The mail server cannot be reached. The e-mails wait and are sent as soon as it answers.',
      );
    }
    if (end.isStopped) return;
  }
}
