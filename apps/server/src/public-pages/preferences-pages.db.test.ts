import { smsConsentWording } from '@wedsync/contracts/communications-feedback';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { seedSending } from '@wedsync/testing/factories/deliveries';
import { seedGuest } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { afterAll, describe, expect, it } from 'vitest';
import { linkTokenOf, startTestSite } from './test-site.ts';

const db = await createTestDatabase();
const site = await startTestSite(db);
afterAll(() => site.close());

async function household() {
  const { weddingId } = await seedWedding(db.admin);
  const ana = await seedGuest(db.admin, {
    weddingId,
    firstName: 'Ana',
    email: 'ana@example.com',
    phone: '+351912345678',
  });
  const { householdId } = ana;
  const rui = await seedGuest(db.admin, { weddingId, householdId, firstName: 'Rui' });
  const token = await linkTokenOf(db, { weddingId, householdId });
  const url = `${site.url}/r/${token}/preferences`;
  return { weddingId, householdId, url, anaId: ana.guestId, ruiId: rui.guestId };
}
const post = (url: string, fields: [string, string][]) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
const stops = (weddingId: string) =>
  db.admin`select channel, reason from wedding.suppressions where wedding_id = ${weddingId}`;
const consents = (weddingId: string) =>
  db.admin<{ channel: string; purpose: string; status: string; text_version: string | null }[]>`
    select channel, purpose, status, text_version from wedding.consents
    where wedding_id = ${weddingId} order by at, purpose`;

describe('the preference page of a household', () => {
  it('shows each person with what holds, and changes nothing however often it is opened', async () => {
    const { url, weddingId, anaId } = await household();
    for (let time = 0; time < 3; time++) {
      const answer = await fetch(url);
      expect(answer.status).toBe(200);
      const text = await answer.text();
      expect(text).toContain('Ana');
      expect(text).toMatch(new RegExp(`name="email-${anaId}" value="on" checked`));
      expect(text).not.toMatch(new RegExp(`name="sms-${anaId}" value="on" checked`));
      expect(text).toContain('We have no e-mail address.');
      expect(text).not.toContain('ana@example.com');
    }
    expect(await stops(weddingId)).toHaveLength(0);
    expect(await consents(weddingId)).toHaveLength(0);
  });

  it('switches e-mail off and on again, each time as the guest’s own word', async () => {
    const { url, weddingId, anaId } = await household();
    const off = await post(url, [['guest', anaId]]);
    expect(off.status).toBe(303);
    expect(off.headers.get('location')).toMatch(/preferences\?saved=yes$/);
    expect(await stops(weddingId)).toEqual([{ channel: 'email', reason: 'unsubscribed' }]);
    await post(url, [['guest', anaId]]);
    const on: [string, string][] = [
      ['guest', anaId],
      [`email-${anaId}`, 'on'],
    ];
    await post(url, on);
    await post(url, on);
    expect(await stops(weddingId)).toEqual([]);
    expect(
      (await consents(weddingId)).map(({ purpose, status }) => `${purpose} ${status}`),
    ).toEqual(['commercial withdrawn', 'relationship withdrawn', 'relationship granted']);
  });

  it('records consent to texts with the wording that stood there', async () => {
    const { url, weddingId, anaId } = await household();
    await post(url, [
      ['guest', anaId],
      [`email-${anaId}`, 'on'],
      [`sms-${anaId}`, 'on'],
    ]);
    expect(await consents(weddingId)).toEqual([
      {
        channel: 'sms',
        purpose: 'relationship',
        status: 'granted',
        text_version: smsConsentWording.version,
      },
    ]);
    expect(await (await fetch(url)).text()).toMatch(
      new RegExp(`name="sms-${anaId}" value="on" checked`),
    );
  });

  it('leaves alone who did not stand on the page and who belongs to others', async () => {
    const { url, weddingId } = await household();
    const others = await household();
    await post(url, []);
    await post(url, [['guest', others.anaId]]);
    await post(url, [['guest', 'nonsense']]);
    expect(await stops(weddingId)).toHaveLength(0);
    expect(await stops(others.weddingId)).toHaveLength(0);
  });

  it('does not undo a bounce, and shows it as no refusal', async () => {
    const { url, weddingId, anaId } = await household();
    await db.admin`
      insert into wedding.suppressions (wedding_id, channel, address_hash, reason)
      select wedding_id, 'email', email_hash, 'bounced' from wedding.guests where id = ${anaId}`;
    await post(url, [
      ['guest', anaId],
      [`email-${anaId}`, 'on'],
    ]);
    expect(await stops(weddingId)).toEqual([{ channel: 'email', reason: 'bounced' }]);
    await post(url, [['guest', anaId]]);
    expect(await stops(weddingId)).toEqual([{ channel: 'email', reason: 'unsubscribed' }]);
  });

  it('lists what was sent, by its kind and never by the planner’s title', async () => {
    const { url, weddingId, anaId } = await household();
    await seedSending(db.admin, { weddingId, guestId: anaId, addresses: ['ana@example.com'] });
    const text = await (await fetch(url)).text();
    expect(text).toContain('Invitation by e-mail to Ana');
  });

  it('is closed to forms of other sites and to unknown links', async () => {
    const { url, weddingId, anaId } = await household();
    const foreign = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams([['guest', anaId]]),
      headers: { origin: 'https://elsewhere.example' },
    });
    expect(foreign.status).toBe(403);
    expect(await stops(weddingId)).toHaveLength(0);
    const unknown = await fetch(`${site.url}/r/${'C'.repeat(22)}/preferences`);
    expect(unknown.status).toBe(404);
  });
});
