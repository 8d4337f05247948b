import type { Preflight } from '@wedsync/contracts/communications-control';
import type { MessageChannel } from '@wedsync/contracts/communications-templates';
import type { OrgId, WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { sql } from 'drizzle-orm';

/** Where nothing was measured yet and nothing limits: what any relay manages. */
const assumedPerSecond = { email: 50, sms: 5, notice: 5_000 } as const;
/** Fewer say more about waiting than about sending. */
const measuredMin = 100;

type RateRow = { limited: number | null; measured: number | null };

/** How fast a message is likely to leave: the limit that binds it, or what was seen, or a guess. */
export async function loadSendRate(
  tx: Tx,
  of: { orgId: OrgId; weddingId: WeddingId; channel: MessageChannel },
): Promise<Preflight['rate']> {
  const { orgId, weddingId, channel } = of;
  const [row] = await tx.execute<RateRow>(sql`
    select (
        select min(r.per_second)::float8 from ops.send_rates r
        where r.scope = ${`org:${orgId}`}
          or (r.scope like 'provider:%' and (r.scope like 'provider:sms%') = ${channel === 'sms'})
      ) as limited, (
        select percentile_cont(0.5) within group (
          order by m.audience_count / extract(epoch from m.finished_at - m.expanded_at))::float8
        from wedding.messages m
        where m.wedding_id = ${weddingId} and m.channel = ${channel} and m.state = 'sent'
          and m.audience_count >= ${measuredMin} and m.finished_at > m.expanded_at
          and m.finished_at > now() - interval '90 days'
      ) as measured`);
  const limited = channel === 'notice' ? null : (row?.limited ?? null);
  const measured = row?.measured ?? null;
  if (limited !== null && (measured === null || limited <= measured)) {
    return { perSecond: limited, basis: 'limit' };
  }
  if (measured !== null) return { perSecond: measured, basis: 'measured' };
  return { perSecond: assumedPerSecond[channel], basis: 'assumed' };
}
