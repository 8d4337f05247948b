import { expandMessageJob, expandSingleJob } from '@wedsync/contracts/communications-jobs';
import type { MessageId, OrgId, WeddingId } from '@wedsync/contracts/ids';
import type { JobContext } from '@wedsync/queue/handler';
import type { ServiceContext } from '@wedsync/service/context';
import { writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { dueShards, enqueueShardJob } from './enqueue-shards.ts';
import { fallOverMessages } from './fall-over.ts';
import { finishMessage } from './finish-message.ts';
import type { CommunicationsDeps } from './ports.ts';
import { recoverDeliveries } from './recover-deliveries.ts';
import { lockMessage } from './rows.ts';

const stalledAfter = '10 seconds';
const messagesMax = 500;

type StalledRow = { org_id: OrgId; wedding_id: WeddingId; message_id: MessageId };

/** Wakes shards that have something due and nobody at work. */
async function wakeShards(
  ctx: ServiceContext,
  weddingId: WeddingId,
  messageId: MessageId,
): Promise<void> {
  await writeTx(ctx, async (scope) => {
    const { state, lane } = await lockMessage(scope.tx, ctx, messageId);
    if (state === 'queued') {
      const job = lane === 'single' ? expandSingleJob : expandMessageJob;
      const dedupeKey = `${job.name}/${messageId}`;
      await scope.enqueue(job, { v: 1, weddingId, messageId }, { dedupeKey });
      return;
    }
    if (state !== 'sending') return;
    const idle = await dueShards(scope.tx, { weddingId, messageId, isIdle: true });
    for (const shard of idle) {
      const ref = { weddingId, messageId, ...shard };
      // A key of the sweep's own: the job of a killed worker still holds the usual one.
      await enqueueShardJob(scope, { lane }, { ref, occasion: 'sweep' });
    }
    if (idle.length === 0 && (await finishMessage(scope, { weddingId, id: messageId }))) {
      await scope.change({ entity: 'message', entityId: messageId, kind: 'updated' });
    }
  });
}

/**
 * Returns expired leases and restarts what stands still, over all weddings. What it does is decided
 * by rows alone, so a lost queue, a killed worker or a missed wake-up only costs time.
 */
export async function sweepDeliveries(
  job: Pick<JobContext<ServiceContext>, 'serviceDb' | 'service' | 'log'>,
  deps: CommunicationsDeps,
): Promise<void> {
  const stalled = await job.serviceDb.run('communications.sweep', (tx) =>
    tx.execute<StalledRow>(sql`
      select * from wedding.find_stalled_messages(${stalledAfter}::interval, ${messagesMax})`),
  );
  for (const { org_id, wedding_id, message_id } of stalled) {
    const ctx = job.service({ actorKind: 'system', orgId: org_id, weddingId: wedding_id });
    try {
      const where = { weddingId: wedding_id, messageId: message_id };
      const settled = await recoverDeliveries(ctx, where, deps);
      if (settled > 0)
        job.log.warn({ event: 'communications.leases_recovered', ...where, settled });
      await wakeShards(ctx, wedding_id, message_id);
    } catch (err) {
      // One message must not keep the others from being swept.
      job.log.error({ event: 'communications.sweep_failed', messageId: message_id, err });
    }
  }
  await fallOverMessages(job);
}
