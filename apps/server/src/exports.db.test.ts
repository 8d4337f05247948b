import { newUuid } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { seedMessage } from '@wedsync/testing/factories/communications';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { createAccount } from '@wedsync/weddings/accounts';
import { afterAll, expect, it } from 'vitest';
import { Browser } from './testing/browser.ts';
import { startTestServer } from './testing/test-server.ts';

const db = await createTestDatabase();
const server = await startTestServer(db);
afterAll(() => server.stop());

const password = 'correct horse battery';
const place = await seedWedding(db.admin);
const messageId = await seedMessage(db.admin, place);

async function signedIn(email: string, { isMember }: { isMember: boolean }) {
  const userId = await createAccount(server.dependencies.authDatabase, {
    email,
    name: 'Ana',
    password,
  });
  if (isMember) {
    await db.admin`insert into wedding.org_members (org_id, user_id, role)
      select ${place.orgId}, id, 'planner' from auth.users where email = ${email}`;
  }
  const browser = new Browser(server.webUrl);
  await browser.signIn(email, password);
  return { browser, userId };
}
const path = (weddingId = place.weddingId as string, id = messageId as string) =>
  `/exports/messages/${weddingId}/${id}/deliveries.csv`;

it('a planner downloads the ledger of a message as a file', async () => {
  const { browser } = await signedIn('planner@example.com', { isMember: true });
  const answer = await browser.fetch(`${path()}?state=failed&state=nonsense`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(answer.headers.get('content-disposition')).toMatch(
    /^attachment; filename="deliveries-.*\.csv"$/,
  );
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.text).toContain('Guest,Household,Channel');
});

it('nobody else does', async () => {
  const { browser } = await signedIn('stranger@example.com', { isMember: false });
  expect((await browser.fetch(path())).status).toBe(404);
  expect((await new Browser(server.webUrl).fetch(path())).status).toBe(401);
  const { browser: planner } = await signedIn('second@example.com', { isMember: true });
  expect((await planner.fetch(path(place.weddingId, newUuid()))).status).toBe(404);
  expect((await planner.fetch(path('nothing', 'at-all'))).status).toBe(404);
  expect((await new Browser(server.adminUrl).fetch(path())).status).toBe(404);
});
