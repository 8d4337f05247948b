import {
  type FeedbackSummary,
  ListSuppressions,
  type Suppression,
  type SuppressionChannel,
  type SuppressionReason,
} from '@wedsync/contracts/communications-feedback';
import type { Page } from '@wedsync/contracts/paging';
import { isoMoment, jsonParameter } from '@wedsync/db/sql-values';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';

type Row = Omit<Suppression, 'guests'> & {
  guests: Suppression['guests'] | null;
  micros: string;
};

/**
 * Addresses and numbers that are not written to, newest first, with the guests who have them now.
 * The address itself is known to nobody here: the list keeps its keyed hash.
 */
export async function listSuppressions(
  ctx: ServiceContext,
  input: ListSuppressions,
): Promise<Page<Suppression>> {
  const { guestId = null, channels, reasons, cursor, limit } = parseInput(ListSuppressions, input);
  requirePermission(ctx, 'communications.read');
  const [micros = null, id = null] = cursor?.split('.') ?? [];
  const rows = await readTx(ctx, (tx) =>
    tx.execute<Row>(sql`
      with page as (
        select s.* from wedding.suppressions s
        where s.wedding_id = ${requireWedding(ctx)}
          and (${channels.length} = 0 or s.channel in (
            select value from jsonb_array_elements_text(${jsonParameter(channels)})))
          and (${reasons.length} = 0 or s.reason in (
            select value from jsonb_array_elements_text(${jsonParameter(reasons)})))
          and (${guestId}::uuid is null or exists (
            select from wedding.guests g
            where g.wedding_id = s.wedding_id and g.id = ${guestId}::uuid and s.address_hash
              = case s.channel when 'email' then g.email_hash else g.phone_hash end))
          and (${micros}::bigint is null or (s.created_at, s.id)
            < ('epoch'::timestamptz + ${micros}::bigint * interval '1 microsecond', ${id}::uuid))
        order by s.created_at desc, s.id desc limit ${limit + 1}
      )
      select p.id, p.channel, p.reason, p.note, p.created_at as "createdAt",
        (extract(epoch from p.created_at) * 1000000)::bigint::text as micros,
        (select jsonb_agg(jsonb_build_object('guestId', g.id, 'name',
            concat_ws(' ', nullif(g.first_name, ''), nullif(g.last_name, ''))) order by g.id)
          from wedding.guests g
          where g.wedding_id = p.wedding_id and g.removed_at is null
            and p.address_hash = case p.channel when 'email' then g.email_hash else g.phone_hash end
        ) as guests
      from page p order by p.created_at desc, p.id desc`),
  );
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  return {
    items: kept.map(({ micros: _, guests, ...row }) => ({
      ...row,
      createdAt: isoMoment(row.createdAt),
      guests: guests ?? [],
    })),
    nextCursor: rows.length > limit && last ? `${last.micros}.${last.id}` : null,
  };
}

type SummaryRow = Pick<FeedbackSummary, 'delivered' | 'bounced' | 'complained'>;

/** What came back about all messages of this wedding, from the counts that the ledger keeps. */
export async function getFeedbackSummary(ctx: ServiceContext): Promise<FeedbackSummary> {
  requirePermission(ctx, 'communications.read');
  const weddingId = requireWedding(ctx);
  return readTx(ctx, async (tx) => {
    const [counts] = await tx.execute<SummaryRow>(sql`
      select coalesce(sum(n) filter (where state = 'delivered'), 0)::int as delivered,
        coalesce(sum(n) filter (where state = 'bounced'), 0)::int as bounced,
        coalesce(sum(n) filter (where state = 'complained'), 0)::int as complained
      from wedding.delivery_counts where wedding_id = ${weddingId}`);
    const suppressed = await tx.execute<{
      channel: SuppressionChannel;
      reason: SuppressionReason;
      count: number;
    }>(sql`
      select channel, reason, count(*)::int as count from wedding.suppressions
      where wedding_id = ${weddingId} group by channel, reason order by channel, reason`);
    const softBounces = await tx.execute<{ inRow: number; addresses: number }>(sql`
      with bounced as (
        select d.guest_id, d.channel, d.address_hash, count(*) as n from wedding.deliveries d
        where d.wedding_id = ${weddingId} and d.state = 'bounced' and d.reason = 'bounced_soft'
          and d.guest_id is not null
          and not exists (
            select from wedding.suppressions s
            where s.wedding_id = d.wedding_id and s.channel = d.channel
              and s.address_hash = d.address_hash)
        group by d.guest_id, d.channel, d.address_hash
      ), rows as (
        -- Those after the last one that arrived.
        select b.address_hash, (
          select count(*) from wedding.deliveries d
          where d.wedding_id = ${weddingId} and d.guest_id = b.guest_id and d.channel = b.channel
            and d.address_hash = b.address_hash and d.state = 'bounced'
            and d.sent_at > coalesce((
              select max(a.sent_at) from wedding.deliveries a
              where a.wedding_id = ${weddingId} and a.guest_id = b.guest_id
                and a.channel = b.channel and a.address_hash = b.address_hash
                and a.state in ('delivered', 'complained')), '-infinity')
        ) as n
        from bounced b
      )
      select n::int as "inRow", count(*)::int as addresses from rows where n > 0
      group by n order by n desc`);
    return {
      delivered: counts?.delivered ?? 0,
      bounced: counts?.bounced ?? 0,
      complained: counts?.complained ?? 0,
      unsubscribed: suppressed
        .filter(({ reason }) => reason === 'unsubscribed')
        .reduce((sum, { count }) => sum + count, 0),
      suppressed: [...suppressed],
      softBounces: [...softBounces],
    };
  });
}
