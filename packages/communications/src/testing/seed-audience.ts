import { newUuid } from '@wedsync/contracts/ids';
import type { TestDatabase } from '@wedsync/db/testing/database';
import type { KeyRing } from '@wedsync/service/key-ring';
import { sealGuests } from '@wedsync/testing/factories/sealed-guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { testKeyRing } from '@wedsync/testing/key-ring';
import type { Place } from './rig.ts';

const chunkSize = 2_000;

/** A wedding of `count` households with one guest each, invited to everything, each with an address. */
export async function seedAudience(
  admin: TestDatabase['admin'],
  count: number,
  ring: KeyRing = testKeyRing,
): Promise<Place> {
  const { orgId, weddingId } = await seedWedding(admin);
  await admin`update wedding.organizations set tier = 'enterprise' where id = ${orgId}`;
  for (let from = 0; from < count; from += chunkSize) {
    const rows = Array.from({ length: Math.min(chunkSize, count - from) }, (_, index) => ({
      id: newUuid(),
      household: newUuid(),
      name: `Guest ${from + index}`,
      email: `guest${from + index}@example.com`,
    }));
    const batch = admin.json(rows);
    await admin`
      insert into wedding.households (wedding_id, id, name)
      select ${weddingId}, r.household, 'Household of ' || r.name
      from jsonb_to_recordset(${batch}) as r (household uuid, name text)`;
    await admin`
      insert into wedding.guests (wedding_id, id, household_id, first_name)
      select ${weddingId}, r.id, r.household, r.name
      from jsonb_to_recordset(${batch}) as r (id uuid, household uuid, name text)`;
    await admin`
      insert into wedding.invitations (wedding_id, guest_id, event_id)
      select ${weddingId}, r.id, e.id
      from jsonb_to_recordset(${batch}) as r (id uuid), wedding.events e
      where e.wedding_id = ${weddingId}`;
    await sealGuests(
      admin,
      { weddingId, ring },
      rows.map(({ id, email }) => ({ id, email })),
    );
  }
  await admin`analyze wedding.guests`;
  return { orgId, weddingId };
}
