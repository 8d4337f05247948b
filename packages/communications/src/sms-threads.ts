import type { DeliveryId, GuestId } from '@wedsync/contracts/ids';
import { jsonParameter } from '@wedsync/db/sql-values';
import type { ServiceContext } from '@wedsync/service/context';
import { sql } from 'drizzle-orm';
import type { ClaimedDelivery, ShardRef } from './claim-batch.ts';
import { threadHash, threadKey } from './model/sms/thread.ts';

/** Which conversations the texts of a batch belong to, and whose owner has had enough. */
export interface SmsThreads {
  /** Opens the threads of these deliveries and looks who opted out of our number. */
  open(deliveries: readonly ClaimedDelivery[]): Promise<void>;
  /** Looks again for those who wrote STOP meanwhile, unless it did so within `youngMs`. */
  refresh(youngMs: number): Promise<void>;
  isStopped(id: DeliveryId): boolean;
  /** The first text of a thread says how to stop, also when it is tried again. */
  isFirst(id: DeliveryId): boolean;
  /** The provider took these. */
  noteSent(ids: readonly DeliveryId[]): Promise<void>;
}

interface Thread {
  id: DeliveryId;
  guest: GuestId;
  /** Hexadecimal. */
  phone: string;
  thread: string;
}

type ThreadRow = { phone: string; first_delivery_id: DeliveryId; is_stopped: boolean };

/** @param options `from` is our number */
export function openSmsThreads(
  ctx: ServiceContext,
  { weddingId }: ShardRef,
  options: { from: string; linkSecret: string },
): SmsThreads {
  const key = threadKey(options.linkSecret);
  // A little earlier, because the clocks of two machines may differ.
  const openedAt = new Date(Date.now() - 2_000);
  const threadOf = new Map<DeliveryId, string>();
  const firsts = new Set<DeliveryId>();
  const stopped = new Set<string>();
  let lookedAt = 0;

  async function hashed(deliveries: readonly ClaimedDelivery[]): Promise<Thread[]> {
    const keys = await ctx.db.read(ctx.claims, (tx) => ctx.keyRing.forWedding(tx, weddingId));
    return deliveries.map((delivery) => {
      const theirs = delivery.openAddress();
      return {
        id: delivery.id,
        guest: delivery.guestId,
        phone: keys.hashPhone(theirs).toString('hex'),
        thread: threadHash(key, { ours: options.from, theirs }).toString('hex'),
      };
    });
  }

  /** Two guests of different households may share a number: one of their texts is the first. */
  const upsert = (threads: readonly Thread[]) =>
    ctx.db.write(ctx.claims, (tx) =>
      tx.execute<ThreadRow>(sql`
        with given as (
          select distinct on (phone) id, decode(phone, 'hex') as phone_hash,
            decode(thread, 'hex') as thread_hash, s.thread_hash is not null as is_stopped
          from jsonb_to_recordset(${jsonParameter(threads)})
            as g (id uuid, guest uuid, phone text, thread text)
          left join wedding.consent_states c on c.wedding_id = ${weddingId} and c.guest_id = g.guest
            and c.channel = 'sms' and c.status = 'granted' and c.purpose = 'relationship'
          -- Who has agreed again since, by whatever way, is not held to the STOP of before.
          left join ops.sms_opt_outs s on s.thread_hash = decode(thread, 'hex')
            and s.opted_out_at > coalesce(c.at, '-infinity')
          order by phone, s.thread_hash is null, id
        ), opened as (
          insert into wedding.sms_threads as t (wedding_id, phone_hash, thread_hash, first_delivery_id)
          select ${weddingId}, phone_hash, thread_hash, id from given order by phone_hash
          on conflict on constraint sms_threads_pk do update set
            thread_hash = excluded.thread_hash,
            first_delivery_id = case
              when t.thread_hash = excluded.thread_hash and t.told_at is not null
              then t.first_delivery_id else excluded.first_delivery_id end,
            told_at = case when t.thread_hash = excluded.thread_hash then t.told_at end,
            last_sent_at = now()
          returning phone_hash, first_delivery_id
        ), stopped as (
          insert into wedding.suppressions (wedding_id, channel, address_hash, reason)
          select ${weddingId}, 'sms', phone_hash, 'unsubscribed' from given where is_stopped
          on conflict do nothing
        )
        select encode(o.phone_hash, 'hex') as phone, o.first_delivery_id, g.is_stopped
        from opened o join given g on g.phone_hash = o.phone_hash`),
    );

  return {
    async open(deliveries) {
      if (deliveries.length === 0) return;
      const threads = await hashed(deliveries);
      const rows = new Map((await upsert(threads)).map((row) => [row.phone, row]));
      for (const { id, phone, thread } of threads) {
        const row = rows.get(phone);
        threadOf.set(id, thread);
        if (row?.first_delivery_id === id) firsts.add(id);
        if (row?.is_stopped) stopped.add(thread);
      }
    },
    async refresh(youngMs) {
      if (performance.now() - lookedAt < youngMs) return;
      lookedAt = performance.now();
      const hashes = [...new Set(threadOf.values())];
      if (hashes.length === 0) return;
      const rows = await ctx.db.read(ctx.claims, (tx) =>
        tx.execute<{ thread: string }>(sql`
          select encode(thread_hash, 'hex') as thread from ops.sms_opt_outs
          where opted_out_at > ${openedAt.toISOString()}::timestamptz and thread_hash in (
            select decode(value, 'hex') from jsonb_array_elements_text(${jsonParameter(hashes)}))`),
      );
      for (const { thread } of rows) stopped.add(thread);
    },
    isStopped: (id) => stopped.has(threadOf.get(id) ?? ''),
    isFirst: (id) => firsts.has(id),
    async noteSent(ids) {
      const told = ids.filter((id) => firsts.has(id));
      for (const id of ids) threadOf.delete(id);
      if (told.length === 0) return;
      await ctx.db.write(ctx.claims, (tx) =>
        tx.execute(sql`
          update wedding.sms_threads set told_at = now()
          where wedding_id = ${weddingId} and told_at is null and first_delivery_id in (
            select value::uuid from jsonb_array_elements_text(${jsonParameter(told)}))`),
      );
    },
  };
}
