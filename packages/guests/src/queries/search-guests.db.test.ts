import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { guestLinkContext, userContext } from '@wedsync/testing/contexts';
import { seedGuest, seedGuests } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { createGuest } from '../create-guest.ts';
import { removeGuests } from '../remove-guests.ts';
import { searchGuests } from './search-guests.ts';

const db = await createTestDatabase();
const place = await seedWedding(db.admin);
const foreign = await seedWedding(db.admin);
const ctx = userContext(db.app, place);

/** Distinct surnames as guests write them; each is typed in several wrong ways below. */
const people = [
  ['Quitéria', 'Mühlhäuser'],
  ['Wojciech', 'Brzęczyszczykiewicz'],
  ['Saoirse', 'O’Flaherty'],
  ['Xiomara', 'Ibáñez-Núñez'],
  ['Þórdís', 'Sigurðardóttir'],
  ['Katharina', 'Großkopf'],
  ['Jean-Luc', 'Delacroix'],
  ['Nguyễn', 'Thị Hương'],
  ['Ayşegül', 'Çelikoğlu'],
  ['Håkon', 'Bjørnstad'],
] as const;

beforeAll(async () => {
  const { weddingId } = place;
  for (const [firstName, lastName] of people)
    await seedGuest(db.admin, { weddingId, firstName, lastName });
  await seedGuests(db.admin, { weddingId, count: 1_500 });
  await seedGuest(db.admin, {
    weddingId: foreign.weddingId,
    firstName: 'Xiomara',
    lastName: 'Foreign',
  });
  await db.admin`analyze wedding.guests`;
});

const found = async (query: string) =>
  (await searchGuests(ctx, { query, limit: 10 })).map((hit) => `${hit.firstName} ${hit.lastName}`);

describe('searching as one types', () => {
  it.each([
    ['quiteria', 'Quitéria'],
    ['QUITÉRIA', 'Quitéria'],
    ['muhlhauser', 'Quitéria'],
    ['Muehlhaeuser', 'Quitéria'],
    ['mulhauser', 'Quitéria'],
    ['brzeczysz', 'Wojciech'],
    ['wojceich', 'Wojciech'],
    ['oflaherty', 'Saoirse'],
    ["o'flaherty", 'Saoirse'],
    ['flahrety', 'Saoirse'],
    ['sersha flaherty', 'Saoirse'],
    ['ibanez', 'Xiomara'],
    ['nunez xiomara', 'Xiomara'],
    ['xiomra', 'Xiomara'],
    ['thordis', 'Þórdís'],
    ['sigurdardottir', 'Þórdís'],
    ['sigurdadotir', 'Þórdís'],
    ['grosskopf', 'Katharina'],
    ['katarina groskopf', 'Katharina'],
    ['jean luc', 'Jean-Luc'],
    ['jeanluc', 'Jean-Luc'],
    ['delacrox', 'Jean-Luc'],
    ['nguyen huong', 'Nguyễn'],
    ['huong', 'Nguyễn'],
    ['aysegul', 'Ayşegül'],
    ['celikoglu', 'Ayşegül'],
    ['hakon', 'Håkon'],
    ['bjornstad', 'Håkon'],
    ['bjoernstad', 'Håkon'],
    ['bjornsatd', 'Håkon'],
  ])('finds for “%s” %s first', async (query, firstName) => {
    expect((await found(query))[0]).toContain(firstName);
  });

  it('starts with the first letter and narrows with each one', async () => {
    for (let length = 1; length <= 7; length++) {
      const hits = await searchGuests(ctx, { query: 'Xiomara'.slice(0, length), limit: 50 });
      expect(hits.map((hit) => hit.firstName)).toContain('Xiomara');
    }
  });

  it('finds a whole e-mail address however it is written, and no part of one', async () => {
    expect(await searchGuests(ctx, { query: ' Guest124@EXAMPLE.com' })).toMatchObject([
      { email: 'guest124@example.com' },
    ]);
    expect(await searchGuests(ctx, { query: 'guest124@ex' })).toEqual([]);
    expect(await searchGuests(ctx, { query: 'guest99999@example.com' })).toEqual([]);
  });

  it('finds a phone number as it is written in the wedding’s country, and a second one', async () => {
    const ana = await createGuest(ctx, {
      firstName: 'Ana',
      phone: '912 345 678',
      otherPhones: ['+44 20 7946 0018'],
      otherEmails: ['second@ana.example'],
    });
    for (const query of ['912345678', '+351 912-345-678', '+442079460018', 'second@ana.example']) {
      expect([query, ...(await searchGuests(ctx, { query })).map(({ id }) => id)]).toEqual([
        query,
        ana.id,
      ]);
    }
    expect(await searchGuests(ctx, { query: '912 345' })).toEqual([]);
  });

  it.each([
    '',
    '   ',
    '%',
    '_',
    '\\',
    '%%%',
    "'; drop table x",
    'zzqqxx',
    '\0',
    '🎉',
    '()',
    'a'.repeat(100),
  ])('takes %j as a text like any other', async (query) => {
    const hits = await searchGuests(ctx, { query });
    expect(hits.every((hit) => hit.score > 0)).toBe(true);
    if (/^[\s%_\\]*$/.test(query)) expect(hits).toEqual([]);
  });

  it('does not find removed guests', async () => {
    const gone = await seedGuest(db.admin, { weddingId: place.weddingId, firstName: 'Zebedee' });
    expect(await found('zebedee')).toHaveLength(1);
    await removeGuests(ctx, { guestIds: [gone.guestId] });
    expect(await found('zebedee')).toEqual([]);
  });
});

describe('the search function', () => {
  const direct = (claims: Parameters<typeof db.app.read>[0]) =>
    db.app.read(claims, (tx) =>
      tx.execute<{ guest_id: string }>(
        sql`select guest_id from wedding.search_guests('xiomara', 50, null)`,
      ),
    );

  it('answers for the claimed wedding only, and for no claim with nothing', async () => {
    const [own] = await direct(ctx.claims);
    const theirs = await direct(userContext(db.app, foreign).claims);
    expect(theirs).toHaveLength(1);
    expect(theirs[0]?.guest_id).not.toBe(own?.guest_id);
    expect(await direct({ actorKind: 'user' })).toHaveLength(0);
    expect(await direct({ actorKind: 'user', orgId: place.orgId })).toHaveLength(0);
  });

  it('is closed to a guest link', async () => {
    const { householdId } = await seedGuest(db.admin, { weddingId: place.weddingId });
    const link = guestLinkContext(db.app, { ...place, householdId });
    await expect(direct(link.claims)).rejects.toMatchObject({ cause: { code: '42501' } });
    await expect(searchGuests(link, { query: 'xiomara' })).rejects.toMatchObject({
      kind: 'forbidden',
    });
  });
});
