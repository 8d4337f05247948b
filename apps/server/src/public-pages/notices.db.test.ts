import { newUuid } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { seedMessage } from '@wedsync/testing/factories/communications';
import { seedGuest } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { afterAll, expect, it } from 'vitest';
import { linkTokenOf, startTestSite } from './test-site.ts';

const db = await createTestDatabase();
const site = await startTestSite(db);
afterAll(() => site.close());

it('the page of a household shows its news as text, and nobody else’s', async () => {
  const { weddingId } = await seedWedding(db.admin);
  const messageId = await seedMessage(db.admin, { weddingId, channel: 'notice' });
  const [mine, other] = [
    await seedGuest(db.admin, { weddingId }),
    await seedGuest(db.admin, { weddingId }),
  ];
  const post = (to: typeof mine, body: string) => db.admin`
    insert into wedding.notices (wedding_id, id, message_id, household_id, guest_id, body)
    values (${weddingId}, ${newUuid()}, ${messageId}, ${to.householdId}, ${to.guestId}, ${body})`;
  await post(mine, 'The bus leaves at <b>3</b>.');
  await post(other, 'For others alone');
  const token = await linkTokenOf(db, { weddingId, householdId: mine.householdId });
  for (const path of ['', '/done']) {
    const text = await (await fetch(`${site.url}/r/${token}${path}`)).text();
    expect(text).toContain('The bus leaves at &lt;b&gt;3&lt;/b&gt;.');
    expect(text).not.toContain('For others alone');
  }
});
