import { newUuid } from '@wedsync/contracts/ids';
import { sealGuests } from '@wedsync/testing/factories/sealed-guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import type postgres from 'postgres';

/** A wedding with a full guest list, invited to its first event. */
export interface SeededWedding {
  orgId: string;
  weddingId: string;
  ownerId: string;
  eventId: string;
  guestIds: string[];
}

const guestsPerHousehold = 3;

/** Writes a wedding with `count` guests in households of three. */
export async function seedGuests(admin: postgres.Sql, count: number): Promise<SeededWedding> {
  const { orgId, weddingId, ownerId, eventIds } = await seedWedding(admin, { events: 1 });
  const [eventId = ''] = eventIds;
  const householdIds = Array.from({ length: Math.ceil(count / guestsPerHousehold) }, () =>
    newUuid(),
  );
  const guestIds = Array.from({ length: count }, () => newUuid());
  await admin`
    insert into wedding.households (wedding_id, id, name)
    select ${weddingId}, id, 'Household ' || n
    from unnest(${householdIds}::uuid[]) with ordinality as given (id, n)`;
  await admin`
    insert into wedding.guests (wedding_id, id, household_id, first_name, last_name)
    select ${weddingId}, id, (${householdIds}::uuid[])[(n - 1) / ${guestsPerHousehold}::int + 1],
      'Guest ' || n, 'Family ' || (n - 1) / ${guestsPerHousehold}::int
    from unnest(${guestIds}::uuid[]) with ordinality as given (id, n)`;
  await admin`
    insert into wedding.invitations (wedding_id, guest_id, event_id)
    select ${weddingId}, id, ${eventId} from unnest(${guestIds}::uuid[]) as id`;
  await sealGuests(
    admin,
    { weddingId },
    guestIds.map((id, index) => ({ id, email: `guest-${index + 1}@example.com` })),
  );
  // As a list that nobody has written for a while: without the dead rows of the sealing.
  await admin`vacuum (full, analyze) wedding.guests`;
  await admin`analyze wedding.households, wedding.invitations`;
  return { orgId, weddingId, ownerId, eventId, guestIds };
}
