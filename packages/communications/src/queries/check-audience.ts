import {
  type AudienceCheck,
  CheckAudience,
  type DeliveryReason,
} from '@wedsync/contracts/communications';
import { jsonParameter } from '@wedsync/db/sql-values';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';

const unreachedMax = 100;

type CheckRow = Omit<AudienceCheck, 'skips' | 'unreached'> & {
  skips: Partial<Record<DeliveryReason, number>>;
  unreached: AudienceCheck['unreached'];
};

/**
 * Whom a message to this audience would reach, by the very rules that sending uses.
 */
export async function checkAudience(
  ctx: ServiceContext,
  input: CheckAudience,
): Promise<AudienceCheck> {
  const { audience, channel } = parseInput(CheckAudience, input);
  requirePermission(ctx, 'communications.read');
  const weddingId = requireWedding(ctx);
  const [row] = await readTx(ctx, (tx) =>
    tx.execute<CheckRow>(sql`
      with plan as materialized (
        select * from wedding.plan_audience(${weddingId}, ${jsonParameter(audience)}, ${channel})
      ), unreached as (
        select p.guest_id, p.reason, g.sort_name,
          coalesce(nullif(btrim(concat_ws(' ', g.title, g.first_name, g.last_name)), ''), h.name) as name
        from plan p
        join wedding.guests g on g.wedding_id = ${weddingId} and g.id = p.guest_id
        join wedding.households h on h.wedding_id = ${weddingId} and h.id = p.household_id
        where p.state = 'skipped' and p.carrier_id is null
        order by g.sort_name, p.guest_id limit ${unreachedMax}
      )
      select count(*)::int as guests, count(distinct household_id)::int as households,
        count(*) filter (where state = 'ready')::int as emails,
        (select coalesce(jsonb_object_agg(reason, n), '{}') from (
          select reason, count(*) as n from plan where reason is not null group by reason) as r) as skips,
        (select coalesce(jsonb_agg(jsonb_build_object(
            'guestId', guest_id, 'name', name, 'reason', reason) order by sort_name, guest_id), '[]')
          from unreached) as unreached
      from plan`),
  );
  if (!row) return { guests: 0, households: 0, emails: 0, skips: [], unreached: [] };
  const skips = Object.entries(row.skips) as [DeliveryReason, number][];
  return { ...row, skips: skips.map(([reason, count]) => ({ reason, count })) };
}
