import { DomainError } from '@wedsync/contracts/errors';
import type { EventId, GuestId } from '@wedsync/contracts/ids';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { notFound } from '@wedsync/service/stale';
import { readOne } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { canPrint } from '../prints/fonts.ts';
import { buildPrintScene, type PrintScene } from '../prints/print-scene.ts';
import { getPlan } from './get-plan.ts';

type Facts = {
  couple: string;
  eventName: string;
  day: string | null;
  venue: string;
  locale: string;
  timeZone: string;
  notes: Record<GuestId, string>;
};

/** A day as `2027-06-19`, where the wedding is. */
const dayIn = (timeZone: string, at: Date): string =>
  // The Swedish form of a date is ISO 8601.
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);

/**
 * The plan of an event with what the prints say besides.
 * @throws DomainError `not-found`, `precondition` `seating.no-layout`
 */
export async function readPrintScene(ctx: ServiceContext, eventId: EventId): Promise<PrintScene> {
  const weddingId = requireWedding(ctx);
  const [plan, [facts]] = await Promise.all([
    getPlan(ctx, { eventId }),
    readOne<Facts>(
      ctx,
      sql`
      select coalesce(nullif(concat_ws(' & ', nullif(w.partner_a_name, ''), nullif(w.partner_b_name, '')), ''), w.title) as couple,
        e.name as "eventName", e.starts_on::text as day, e.venue, w.locale, w.time_zone as "timeZone",
        (select coalesce(jsonb_object_agg(g.id, g.diet_notes), '{}') from wedding.guests g
          where g.wedding_id = ${weddingId} and g.diet_notes <> '' and g.removed_at is null) as notes
      from wedding.events e join wedding.weddings w on w.id = e.wedding_id
      where e.wedding_id = ${weddingId} and e.id = ${eventId}`,
    ),
  ]);
  if (!facts) throw notFound('event');
  if (!plan) {
    throw new DomainError(
      'precondition',
      'seating.no-layout',
      'This event has no floor plan yet. Make one on its seating page, then print it.',
    );
  }
  const { notes, timeZone, ...about } = facts;
  const dietNotes = new Map(Object.entries(notes) as [GuestId, string][]);
  const asOf = dayIn(timeZone, ctx.clock.now());
  return buildPrintScene(plan, { ...about, asOf, dietNotes }, canPrint);
}
