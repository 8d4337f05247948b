import { createRig, type Place } from '@wedsync/communications/testing/rig';
import { seedAudience } from '@wedsync/communications/testing/seed-audience';
import type { TestDatabase } from '@wedsync/db/testing/database';
import { seedMessage } from '@wedsync/testing/factories/communications';
import { atMost, type Measure, median } from '../report.ts';
import { raiseWeeklyLimit, wording } from './mailing.ts';

const rounds = 3;

/**
 * A guest list as it is: of a hundred guests two have no address, one opted out, one withdrew consent,
 * and ten share the address of somebody in their household.
 */
export async function seedOrdinaryAudience(db: TestDatabase, guests: number): Promise<Place> {
  const place = await seedAudience(db.admin, guests);
  const { weddingId } = place;
  await db.admin.begin(async (sql) => {
    // Only the numbers matter here, not who changed what when.
    await sql`set local session_replication_role = replica`;
    await sql`
      create temporary table numbered on commit drop as
      select id, household_id, email_hash, email_cipher, row_number() over (order by id) as n
      from wedding.guests where wedding_id = ${weddingId}`;
    await sql`
      update wedding.guests g set household_id = first.household_id, email_hash = first.email_hash
      from numbered n join numbered first on first.n = n.n - 1
      where g.wedding_id = ${weddingId} and g.id = n.id and n.n % 10 = 5`;
    await sql`
      update wedding.guests g set email_hash = null, email_cipher = null
      from numbered n where g.wedding_id = ${weddingId} and g.id = n.id and n.n % 50 = 7`;
    await sql`
      insert into wedding.suppressions (wedding_id, channel, address_hash, reason)
      select ${weddingId}, 'email', email_hash, 'unsubscribed'
      from numbered where n % 100 = 11`;
    await sql`
      insert into wedding.consent_states
        (wedding_id, guest_id, channel, purpose, status, how, at, consent_id)
      select ${weddingId}, id, 'email', 'relationship', 'withdrawn', 'link', now(), gen_random_uuid()
      from numbered where n % 100 = 13`;
  });
  await db.admin`vacuum analyze wedding.guests`;
  await raiseWeeklyLimit(db, place);
  return place;
}

/** Freezing an audience with all rules, to the commit. */
export async function measureExpansion(
  db: TestDatabase,
  { place, guests }: { place: Place; guests: number },
): Promise<Measure> {
  const rig = createRig(db, { smtpUrl: 'smtp://127.0.0.1:1' });
  const times: number[] = [];
  const reached: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const messageId = await seedMessage(db.admin, { ...place, ...wording, state: 'queued' });
    const startedAt = performance.now();
    await rig.expand(place, messageId);
    times.push((performance.now() - startedAt) / 1_000);
    const [row] = await db.admin<{ n: number }[]>`
      select count(*)::int as n from wedding.deliveries
      where wedding_id = ${place.weddingId} and message_id = ${messageId} and state = 'ready'`;
    reached.push(row?.n ?? 0);
    // Nobody is to send it.
    await db.admin`
      update wedding.messages set state = 'cancelled', finished_at = now()
      where wedding_id = ${place.weddingId} and id = ${messageId}`;
    await db.admin`delete from ops.outbox where state = 'pending'`;
  }
  await rig.close();
  return atMost(
    2,
    {
      measure: `expansion of ${guests.toLocaleString('en')} guests`,
      value: median(times),
      unit: 's',
      yardstick: `${median(reached).toLocaleString('en')} to be sent, everybody else with a reason`,
    },
    1,
  );
}
