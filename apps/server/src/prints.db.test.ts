import { newUuid } from '@wedsync/contracts/ids';
import { seatingPrints } from '@wedsync/contracts/seating-runs';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { seedAssignment, seedPlan } from '@wedsync/testing/factories/seating';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { createAccount } from '@wedsync/weddings/accounts';
import { afterAll, expect, it } from 'vitest';
import { Browser } from './testing/browser.ts';
import { startTestServer } from './testing/test-server.ts';

const db = await createTestDatabase();
const server = await startTestServer(db, { API_REQUESTS_PER_MINUTE: '100' });
afterAll(() => server.stop());

const password = 'correct horse battery';
const { weddingId, orgId, eventIds } = await seedWedding(db.admin);
const [emptyEvent = '', eventId = ''] = eventIds;
const plan = await seedPlan(db.admin, { weddingId, eventId, guests: 6 });
await seedAssignment(db.admin, {
  weddingId,
  eventId,
  guestId: plan.guestIds[0] ?? '',
  seatId: plan.tables[0]?.seatIds[0] ?? '',
});

async function signedIn(email: string, isMember: boolean) {
  const accounts = server.dependencies.authDatabase;
  await createAccount(accounts, { email, name: 'Ana', password });
  if (isMember) {
    await db.admin`insert into wedding.org_members (org_id, user_id, role)
      select ${orgId}, id, 'assistant' from auth.users where email = ${email}`;
  }
  const browser = new Browser(server.webUrl);
  await browser.signIn(email, password);
  return browser;
}

const path = (file: string, of = eventId) => `/print/seating/${weddingId}/${of}/${file}`;
const planner = await signedIn('planner@example.com', true);

it('every print opens in the browser as a PDF that nobody else keeps', async () => {
  for (const print of seatingPrints) {
    const answer = await planner.fetch(path(`${print}.pdf?paper=letter`));
    expect(answer.status, print).toBe(200);
    expect(answer.text.slice(0, 5)).toBe('%PDF-');
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(answer.headers.get('content-disposition')).toMatch(
      new RegExp(`^inline; filename="${print}-[a-z-]*r0\\.pdf"$`),
    );
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  }
});

it('what cannot be printed is said in a page, with what to do', async () => {
  const nothing = await planner.fetch(path('floor-plan.pdf', emptyEvent));
  expect([nothing.status, nothing.headers.get('content-type')]).toEqual([
    412,
    'text/html; charset=UTF-8',
  ]);
  expect(nothing.text).toContain('This event has no floor plan yet.');
  const paper = await planner.fetch(path('floor-plan.pdf?paper=A9'));
  expect([paper.status, paper.text.includes('Choose a paper')]).toEqual([400, true]);
  for (const file of ['menu.pdf', 'floor-plan', 'floor-plan.pdf.exe']) {
    expect((await planner.fetch(path(file))).status, file).toBe(404);
  }
  expect((await planner.fetch(path('floor-plan.pdf', newUuid()))).status).toBe(404);
});

it('a stranger and an operator’s surface know of no print; who is signed out is shown the way in', async () => {
  const stranger = await signedIn('stranger@example.com', false);
  expect((await stranger.fetch(path('place-cards.pdf'))).status).toBe(404);
  const nobody = await new Browser(server.webUrl).fetch(path('place-cards.pdf'));
  expect(nobody.status).toBe(401);
  expect(nobody.text).toContain('/sign-in?next=%2Fprint%2Fseating%2F');
  expect((await new Browser(server.adminUrl).fetch(path('place-cards.pdf'))).status).toBe(404);
});

it('who prints without end is asked to wait', async () => {
  const eager = await signedIn('eager@example.com', true);
  let answer = await eager.fetch(path('floor-plan.pdf', emptyEvent));
  for (let tries = 0; tries < 25 && answer.status !== 429; tries++) {
    answer = await eager.fetch(path('floor-plan.pdf', emptyEvent));
  }
  expect(answer.status).toBe(429);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(answer.text).toContain('Too many prints at once');
});
