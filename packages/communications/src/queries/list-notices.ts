import { isoMoment } from '@wedsync/db/sql-values';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { requirePermission } from '@wedsync/service/permission';
import { readOne } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';

/** News on the answer page of a household. */
export interface HouseholdNotice {
  body: string;
  at: string;
}

const shownMax = 5;
const shownDays = 90;

/** What the bearer of a household's link has not long ago been told, newest first. */
export async function listNotices(ctx: ServiceContext): Promise<HouseholdNotice[]> {
  requirePermission(ctx, 'communications.read', { allow: ['guest_link'] });
  if (ctx.actor.kind !== 'guest_link') return [];
  const rows = await readOne<{ body: string; at: string }>(
    ctx,
    sql`
      select n.body, n.created_at as at from wedding.notices n
      where n.wedding_id = ${requireWedding(ctx)} and n.household_id = ${ctx.actor.householdId}
        and n.created_at > now() - ${shownDays} * interval '1 day'
      order by n.created_at desc, n.id limit ${shownMax}`,
  );
  return rows.map(({ body, at }) => ({ body, at: isoMoment(at) }));
}
