import type { WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { notFound } from '@wedsync/service/stale';
import { sql } from 'drizzle-orm';
import type { WeddingDates } from '../model/schedule-times.ts';

type DatesRow = {
  time_zone: string;
  date: string | null;
  rsvp_deadline: string | null;
  events: { id: string; day: string | null }[];
};

/**
 * The dates from which messages are counted.
 * @throws DomainError `not-found`
 */
export async function loadWeddingDates(tx: Tx, weddingId: WeddingId): Promise<WeddingDates> {
  const [row] = await tx.execute<DatesRow>(sql`
    select w.time_zone, w.date, w.rsvp_deadline, (
        select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'day', e.starts_on)), '[]')
        from wedding.events e where e.wedding_id = w.id) as events
    from wedding.weddings w where w.id = ${weddingId}`);
  if (!row) throw notFound('wedding');
  return {
    timeZone: row.time_zone,
    weddingDay: row.date,
    rsvpDeadline: row.rsvp_deadline,
    eventDays: new Map(row.events.map(({ id, day }) => [id, day])),
  };
}
