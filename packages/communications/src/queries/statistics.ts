import type { DeliveryReason, DeliveryState } from '@wedsync/contracts/communications';
import type {
  ChannelStatistics,
  OrganizationStatistics,
  WeddingStatistics,
} from '@wedsync/contracts/communications-statistics';
import type { MessageChannel } from '@wedsync/contracts/communications-templates';
import type { WeddingId } from '@wedsync/contracts/ids';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';

type StateRow = { channel: MessageChannel; state: DeliveryState; n: string };
type ReasonRow = { reason: DeliveryReason; count: number };

/** Adds rows up by channel, in the order in which channels come. */
function byChannel(rows: Iterable<StateRow>): ChannelStatistics[] {
  const channels = new Map<MessageChannel, ChannelStatistics>();
  for (const { channel, state, n } of rows) {
    const known = channels.get(channel) ?? { channel, counts: {} };
    known.counts[state] = (known.counts[state] ?? 0) + Number(n);
    channels.set(channel, known);
  }
  return [...channels.values()];
}

/** What became of all messages of the wedding. */
export async function weddingStatistics(ctx: ServiceContext): Promise<WeddingStatistics> {
  requirePermission(ctx, 'communications.read');
  const weddingId = requireWedding(ctx);
  return readTx(ctx, async (tx) => {
    const [states, reasons, [started]] = await Promise.all([
      tx.execute<StateRow>(sql`
        select channel, state, sum(n) as n from wedding.delivery_counts
        where wedding_id = ${weddingId} group by channel, state having sum(n) > 0 order by channel`),
      tx.execute<ReasonRow>(sql`
        select reason, sum(n)::int as count from wedding.delivery_counts
        where wedding_id = ${weddingId} and reason <> ''
        group by reason having sum(n) > 0 order by count desc, reason`),
      tx.execute<{ n: number }>(sql`
        select count(*)::int as n from wedding.messages
        where wedding_id = ${weddingId} and expanded_at is not null`),
    ]);
    return { messages: started?.n ?? 0, channels: byChannel(states), reasons: [...reasons] };
  });
}

type CompanyRow = StateRow & { wedding_id: WeddingId; title: string };

/** What became of all messages of the planner company, wedding by wedding. */
export async function organizationStatistics(ctx: ServiceContext): Promise<OrganizationStatistics> {
  requirePermission(ctx, 'communications.read-compliance');
  const rows = await readTx(ctx, (tx) =>
    tx.execute<CompanyRow>(sql`
      select * from wedding.count_organization_deliveries() order by title, wedding_id, channel`),
  );
  const weddings = new Map<WeddingId, { title: string; rows: CompanyRow[] }>();
  for (const row of rows) {
    const known = weddings.get(row.wedding_id) ?? { title: row.title, rows: [] };
    known.rows.push(row);
    weddings.set(row.wedding_id, known);
  }
  return {
    channels: byChannel(rows),
    weddings: [...weddings].map(([weddingId, wedding]) => ({
      weddingId,
      title: wedding.title,
      channels: byChannel(wedding.rows),
    })),
  };
}
