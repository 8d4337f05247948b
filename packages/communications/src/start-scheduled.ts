import type { MessageId, OrgId, WeddingId } from '@wedsync/contracts/ids';
import { messages } from '@wedsync/db/schema/communications';
import type { JobContext } from '@wedsync/queue/handler';
import type { ServiceContext } from '@wedsync/service/context';
import { readTx, writeTx } from '@wedsync/service/transaction';
import { and, eq, sql } from 'drizzle-orm';
import { settleSchedule } from './settle-schedule.ts';

const messagesMax = 200;

type DueRow = { org_id: OrgId; wedding_id: WeddingId; message_id: MessageId };

/** Starts what is due over all weddings, or holds it; what a worker missed, the next one finds. */
export async function startScheduled(
  job: Pick<JobContext<ServiceContext>, 'serviceDb' | 'service' | 'log'>,
): Promise<void> {
  const due = await job.serviceDb.run('communications.sweep', (tx) =>
    tx.execute<DueRow>(sql`select * from wedding.find_due_messages(${messagesMax})`),
  );
  for (const { org_id, wedding_id, message_id } of due) {
    const ctx = job.service({ actorKind: 'system', orgId: org_id, weddingId: wedding_id });
    try {
      const ref = { weddingId: wedding_id, messageId: message_id };
      const settlement = await writeTx(ctx, (scope) => settleSchedule(ctx, scope, ref));
      job.log.info({ event: 'communications.schedule_settled', ...ref, settlement });
    } catch (err) {
      // One message must not keep the others waiting.
      job.log.error({ event: 'communications.start_failed', messageId: message_id, err });
    }
  }
}

/** Works the moments of a wedding's scheduled messages out again, after its dates have changed. */
export async function rescheduleMessages(ctx: ServiceContext, weddingId: WeddingId): Promise<void> {
  const scheduled = await readTx(ctx, (tx) =>
    tx
      .select({ id: messages.id })
      .from(messages)
      .where(and(eq(messages.weddingId, weddingId), eq(messages.state, 'scheduled'))),
  );
  for (const { id: messageId } of scheduled) {
    await writeTx(ctx, (scope) => settleSchedule(ctx, scope, { weddingId, messageId }));
  }
}
