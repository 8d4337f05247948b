import type { MessageId, OrgId, WeddingId } from '@wedsync/contracts/ids';
import type { JobContext } from '@wedsync/queue/handler';
import type { ServiceContext } from '@wedsync/service/context';
import { writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { enqueueShards } from './enqueue-shards.ts';
import { requireMessage } from './rows.ts';

const messagesMax = 200;
/** As many to a shard as an expansion puts there. */
const shardSize = 2_500;

type FallbackRow = { org_id: OrgId; wedding_id: WeddingId; message_id: MessageId };

/**
 * Writes to those whom a message did not reach on its other channel. Running it again, also at the
 * same time, adds nobody twice: the ledger's key is guest, message and channel.
 * @returns how many are ready to leave on the other channel
 */
export async function fallOver(
  ctx: ServiceContext,
  { weddingId, messageId }: { weddingId: WeddingId; messageId: MessageId },
): Promise<number> {
  return writeTx(ctx, async (scope) => {
    const [row] = await scope.tx.execute<{ ready: number }>(sql`
      select wedding.fall_over_deliveries(${weddingId}, ${messageId}, ${shardSize}) as ready`);
    const ready = row?.ready ?? 0;
    if (ready === 0) return 0;
    await scope.audit({
      action: 'communications.fall-over',
      entity: 'message',
      entityId: messageId,
      after: { ready },
    });
    await enqueueShards(scope, await requireMessage(scope.tx, ctx, messageId));
    await scope.change({ entity: 'message', entityId: messageId, kind: 'updated' });
    return ready;
  });
}

/** Looks over all weddings for guests whom a message did not reach. */
export async function fallOverMessages(
  job: Pick<JobContext<ServiceContext>, 'serviceDb' | 'service' | 'log'>,
): Promise<void> {
  const found = await job.serviceDb.run('communications.sweep', (tx) =>
    tx.execute<FallbackRow>(sql`select * from wedding.find_fallback_messages(${messagesMax})`),
  );
  for (const { org_id, wedding_id, message_id } of found) {
    const ctx = job.service({ actorKind: 'system', orgId: org_id, weddingId: wedding_id });
    try {
      await fallOver(ctx, { weddingId: wedding_id, messageId: message_id });
    } catch (err) {
      // One message must not keep the others waiting.
      job.log.error({ event: 'communications.fall_over_failed', messageId: message_id, err });
    }
  }
}
