import { type GuestHit, SearchGuests } from '@wedsync/contracts/guests';
import type { GuestId, HouseholdId } from '@wedsync/contracts/ids';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';

type HitRecord = {
  id: GuestId;
  household_id: HouseholdId;
  household_name: string;
  first_name: string;
  last_name: string;
  email: string | null;
  score: number;
};

/** Guests whose names resemble the query or whose e-mail or phone contains it, best first. */
export async function searchGuests(ctx: ServiceContext, input: SearchGuests): Promise<GuestHit[]> {
  const { query, limit } = parseInput(SearchGuests, input);
  requirePermission(ctx, 'guests.read');
  const weddingId = requireWedding(ctx);
  // NUL cannot be stored, hence cannot be found either.
  const wanted = query.replaceAll('\0', '');
  const hits = await readTx(ctx, (tx) =>
    tx.execute<HitRecord>(sql`
      select g.id, g.household_id, h.name as household_name, g.first_name, g.last_name, g.email, hit.score
      from wedding.search_guests(${wanted}, ${limit}) as hit
      join wedding.guests g on g.wedding_id = ${weddingId} and g.id = hit.guest_id
      join wedding.households h on h.wedding_id = ${weddingId} and h.id = g.household_id
      order by hit.score desc, g.sort_name, g.id`),
  );
  return hits.map((hit) => ({
    id: hit.id,
    householdId: hit.household_id,
    householdName: hit.household_name,
    firstName: hit.first_name,
    lastName: hit.last_name,
    email: hit.email,
    score: hit.score,
  }));
}
