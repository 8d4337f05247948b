import type { DeliveryReason } from '@wedsync/contracts/communications';
import type { MergeFieldName } from '@wedsync/contracts/communications-templates';
import type { Tx } from '@wedsync/db/client';
import { jsonParameter } from '@wedsync/db/sql-values';
import { type SQL, sql } from 'drizzle-orm';
import type { MessageRow } from '../rows.ts';

/**
 * Whom a message would reach, as the expansion would decide it now, with the merge fields that are
 * empty for each: a `with` list whose last member is `judged`.
 */
export function plannedAudience(message: MessageRow): SQL {
  const { weddingId, audience, channel, purpose, lane } = message;
  return sql`
    plan as materialized (
      select * from wedding.plan_audience(${weddingId}, ${jsonParameter(audience)}, ${channel},
        ${purpose}, ${lane})
    ), spoken as (
      select p.guest_id as reader, p.guest_id from plan p where p.state = 'ready'
      union all
      select p.carrier_id, p.guest_id from plan p where p.carrier_id is not null
    ), invited as (
      select distinct s.reader from spoken s
      join wedding.invitations i on i.wedding_id = ${weddingId} and i.guest_id = s.guest_id
    ), judged as (
      select p.*, g.title, g.first_name, g.last_name, g.sort_name, h.name as household_name,
        case when p.state = 'ready' then array_remove(array[
          case when g.first_name = '' then 'first_name' end,
          case when g.last_name = '' then 'last_name' end,
          case when g.first_name || g.last_name = '' then 'full_name' end,
          case when g.first_name || g.last_name = '' then 'names' end,
          case when h.name = '' then 'household_name' end,
          case when v.reader is null then 'events' end], null)
        else '{}' end as missing
      from plan p
      join wedding.guests g on g.wedding_id = ${weddingId} and g.id = p.guest_id
      join wedding.households h on h.wedding_id = ${weddingId} and h.id = p.household_id
      left join invited v on v.reader = p.guest_id
    )`;
}

export interface PlanSummary {
  guests: number;
  households: number;
  sends: number;
  skips: { reason: DeliveryReason; count: number }[];
  /** Of those who get the message; null = the wedding's own. */
  languages: { language: string | null; count: number }[];
  missing: { field: MergeFieldName; guests: number; example: string | null }[];
}

/** The audience in numbers, in one statement. */
export async function summarizePlan(tx: Tx, message: MessageRow): Promise<PlanSummary> {
  const [row] = await tx.execute<PlanSummary & Record<string, unknown>>(sql`
    with ${plannedAudience(message)}
    select count(*)::int as guests, count(distinct household_id)::int as households,
      count(*) filter (where state = 'ready')::int as sends,
      (select coalesce(jsonb_agg(jsonb_build_object('reason', reason, 'count', n) order by n desc, reason), '[]')
        from (select reason, count(*) as n from judged where reason is not null group by reason) as r) as skips,
      (select coalesce(jsonb_agg(jsonb_build_object('language', language, 'count', n) order by n desc), '[]')
        from (select language, count(*) as n from judged where state = 'ready' group by language) as l) as languages,
      (select coalesce(jsonb_agg(jsonb_build_object(
          'field', field, 'guests', n, 'example', example) order by n desc, field), '[]')
        from (
          select field, count(*) as n, min(coalesce(nullif(
            btrim(concat_ws(' ', title, first_name, last_name)), ''), household_name)) as example
          from judged cross join unnest(missing) as field group by field) as m) as missing
    from judged`);
  return row ?? { guests: 0, households: 0, sends: 0, skips: [], languages: [], missing: [] };
}
