import type { MessageChannel } from '@wedsync/contracts/communications-templates';
import type { DeliveryId, MessageId, WeddingId } from '@wedsync/contracts/ids';
import { jsonParameter } from '@wedsync/db/sql-values';
import type { ServiceContext } from '@wedsync/service/context';
import { sql } from 'drizzle-orm';
import { decideRecovery, type ExpiredDelivery, type RecoveryDecision } from './model/recovery.ts';
import type { JournalReading, SendJournal, SmsTransport } from './ports.ts';

const rowsMax = 1_000;

type ExpiredRow = {
  id: DeliveryId;
  channel: MessageChannel;
  lease_owner: string;
  lease_epoch: string;
  expired_ms: number;
};

/** Up to `rowsMax` of them in one transaction, so that nobody waits long for its locks. */
async function recoverSome(
  ctx: ServiceContext,
  where: { weddingId: WeddingId; messageId: MessageId },
  { journal, sms }: { journal: Pick<SendJournal, 'read'>; sms?: SmsTransport | undefined },
): Promise<number> {
  const { weddingId, messageId } = where;
  return ctx.db.write(ctx.claims, async (tx) => {
    const rows = await tx.execute<ExpiredRow>(sql`
      select id, channel, lease_owner, lease_epoch,
        (extract(epoch from now() - lease_until) * 1000)::float8 as expired_ms
      from wedding.deliveries
      where wedding_id = ${weddingId} and message_id = ${messageId}
        and state = 'claimed' and lease_until < now()
      order by id limit ${rowsMax}
      for update skip locked`);
    const journals = new Map<number, JournalReading | undefined>();
    const decisions: RecoveryDecision[] = [];
    for (const row of rows) {
      const epoch = Number(row.lease_epoch);
      if (!journals.has(epoch)) journals.set(epoch, await journal.read(row.lease_owner, epoch));
      const expired: ExpiredDelivery = { id: row.id, expiredMs: row.expired_ms };
      // A notice is a row of ours: writing it again changes nothing.
      const isRepeatable =
        row.channel === 'notice' || (row.channel === 'sms' && sms?.isIdempotent === true);
      const decision = decideRecovery({ ...expired, isRepeatable }, journals.get(epoch));
      if (decision) decisions.push(decision);
    }
    if (decisions.length === 0) return 0;
    const settled = await tx.execute(sql`
      update wedding.deliveries d set
        state = case when r.state = 'ready' and m.state = 'cancelled' then 'cancelled' else r.state end,
        reason = r.reason, lease_until = null, updated_at = now(),
        sent_at = case when r.state = 'sent' then now() end
      from jsonb_to_recordset(${jsonParameter(decisions)}) as r (id uuid, state text, reason text)
      cross join wedding.messages m
      where m.wedding_id = ${weddingId} and m.id = ${messageId}
        and d.wedding_id = ${weddingId} and d.message_id = ${messageId}
        and d.id = r.id and d.state = 'claimed' and d.lease_until < now()
      returning d.id`);
    return settled.length;
  });
}

/**
 * Settles deliveries whose claimant let its lease run out, by what its journal says: sent, back to
 * ready, or in doubt. Never a guess. All there are at once: a worker that is killed again and again
 * leaves more behind than one turn takes.
 * @returns how many were settled
 */
export async function recoverDeliveries(
  ctx: ServiceContext,
  where: { weddingId: WeddingId; messageId: MessageId },
  ground: { journal: Pick<SendJournal, 'read'>; sms?: SmsTransport | undefined },
): Promise<number> {
  let settled = 0;
  for (;;) {
    const some = await recoverSome(ctx, where, ground);
    settled += some;
    if (some < rowsMax) return settled;
  }
}
