import type { GuestId, WeddingId } from '@wedsync/contracts/ids';
import type { JobContext } from '@wedsync/queue/handler';
import type { ServiceContext } from '@wedsync/service/context';
import { sql } from 'drizzle-orm';
import { isOpenNow, nextOpening, zonesOfPhone } from '../model/quiet-hours.ts';
import { type Break, messagesSince } from './find-breaks.ts';

type Job = Pick<JobContext<ServiceContext>, 'serviceDb' | 'service'>;

const weddingsMax = 500;
const textsMax = 500;
/** A result is written a moment after the text left, so the hour may have passed meanwhile. */
const writtenWithinMs = 60_000;

type TextRow = {
  message_id: string;
  id: string;
  guest_id: GuestId;
  cipher: Uint8Array;
  wrapped: Uint8Array;
  sent_at: string;
  zone: string;
};

async function lookAt(ctx: ServiceContext, weddingId: WeddingId, days: number): Promise<Break[]> {
  return ctx.db.read(ctx.claims, async (tx) => {
    const rows = await tx.execute<TextRow>(sql`
      select d.message_id, d.id, d.guest_id, d.address_cipher as cipher, k.wrapped, d.sent_at,
        w.time_zone as zone
      from wedding.deliveries d
      join wedding.weddings w on w.id = d.wedding_id
      join wedding.guest_keys k on k.wedding_id = d.wedding_id and k.guest_id = d.guest_id
      where d.wedding_id = ${weddingId} and d.message_id >= ${messagesSince(days)}::uuid
        and d.channel = 'sms' and d.sent_at is not null and d.address_cipher is not null
      order by d.message_id desc, d.id limit ${textsMax}`);
    const keys = await ctx.keyRing.forWedding(
      tx,
      weddingId,
      rows.map(({ wrapped }) => wrapped),
    );
    return rows.flatMap((row): Break[] => {
      const place = { guestId: row.guest_id, field: 'phone' } as const;
      const zones = zonesOfPhone(keys.openContact(row.cipher, row.wrapped, place), row.zone);
      const sentAt = new Date(row.sent_at);
      const before = new Date(sentAt.getTime() - writtenWithinMs);
      // Where the zones of a country are never open together, the wedding's own decided.
      const places = nextOpening(zones, sentAt) ? zones : [row.zone];
      const wasOpen = isOpenNow(places, sentAt) || isOpenNow(places, before);
      if (wasOpen) return [];
      return [
        {
          check_name: 'rules.quiet_hours',
          severity: 'error',
          wedding_id: weddingId,
          message_id: row.message_id,
          entity_id: row.id,
          details: { sentAt: sentAt.toISOString() },
        },
      ];
    });
  });
}

/**
 * Texts that left at night where their number is at home. Numbers are opened in memory, one wedding
 * at a time under its own claims, and only their zones are looked at.
 */
export async function findQuietBreaks(job: Job, days: number): Promise<Break[]> {
  const weddings = await job.serviceDb.run('feedback.maintain', (tx) =>
    tx.execute<{ wedding_id: WeddingId }>(sql`
      select wedding_id from ops.list_weddings_with_texts(${messagesSince(days)}::uuid, ${weddingsMax})`),
  );
  const breaks: Break[] = [];
  for (const { wedding_id: weddingId } of weddings) {
    const ctx = job.service({ actorKind: 'system', weddingId });
    breaks.push(...(await lookAt(ctx, weddingId, days)));
  }
  return breaks;
}
