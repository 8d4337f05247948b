import type { GuestId } from '@wedsync/contracts/ids';
import { type FoundGuest, SearchSeatingGuests } from '@wedsync/contracts/seating';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { readOne } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';

type Hit = {
  guest_id: GuestId;
  name: string;
  household_name: string;
  table_label: string | null;
  seat_number: number | null;
};

/** Guests of an event by name, for placing them: accents and typos forgiven, the unseated first. */
export async function searchGuests(
  ctx: ServiceContext,
  input: SearchSeatingGuests,
): Promise<FoundGuest[]> {
  const { eventId, text, onlyUnseated, limit } = parseInput(SearchSeatingGuests, input);
  requirePermission(ctx, 'seating.read');
  requireWedding(ctx);
  // NUL cannot be stored, hence cannot be found either.
  const wanted = text.replaceAll('\0', '');
  const hits = await readOne<Hit>(
    ctx,
    sql`select guest_id, name, household_name, table_label, seat_number
      from wedding.search_guests_for_assignment(${eventId}, ${wanted}, ${onlyUnseated}, ${limit})`,
  );
  return hits.map((hit) => ({
    guestId: hit.guest_id,
    name: hit.name,
    householdName: hit.household_name,
    tableLabel: hit.table_label,
    seatNumber: hit.seat_number,
  }));
}
