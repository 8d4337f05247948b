import { TagId } from '@wedsync/contracts/guest-fields';
import type { GuestFilter } from '@wedsync/contracts/guests';
import { EventId, GuestId, newId } from '@wedsync/contracts/ids';
import { toDomainError } from '@wedsync/db/pg-errors';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { userContext } from '@wedsync/testing/contexts';
import { seedGuest, seedGuests, seedTag } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { describe, expect, it } from 'vitest';
import { inviteGuests, uninviteGuests } from './invite-guests.ts';
import { getGuest } from './queries/get-guest.ts';
import { findGuests, listGuests } from './queries/list-guests.ts';
import { summarizeGuests } from './queries/summarize-guests.ts';
import { recordAnswers } from './record-answers.ts';
import { removeGuests } from './remove-guests.ts';
import { tagGuests } from './tag-guests.ts';
import { updateGuest } from './update-guest.ts';
import { createTag, listTags, removeTag, updateTag } from './update-tag.ts';

const db = await createTestDatabase();
const open = async (count: number) => {
  const place = await seedWedding(db.admin);
  const guestIds = await seedGuests(db.admin, { weddingId: place.weddingId, count });
  const [dinner = newId(EventId)] = place.eventIds;
  return { ...place, guestIds, dinner, ctx: userContext(db.app, place) };
};
const auditCount = async (weddingId: string, action: string) =>
  (
    await db.admin`select from wedding.audit_log where wedding_id = ${weddingId} and action = ${action}`
  ).length;

describe('tagging many guests', () => {
  it('adds and takes away at once, counts who changed, and is idempotent', async () => {
    const { ctx, weddingId, guestIds } = await open(40);
    const choir = await seedTag(db.admin, { weddingId, name: 'Choir' });
    const hotel = await seedTag(db.admin, { weddingId, name: 'Hotel' });
    expect(await tagGuests(ctx, { guestIds, add: [choir] })).toEqual({ changed: 40 });
    expect(await tagGuests(ctx, { guestIds, add: [choir] })).toEqual({ changed: 0 });
    const some = guestIds.slice(0, 10);
    expect(await tagGuests(ctx, { guestIds: some, add: [hotel], remove: [choir] })).toEqual({
      changed: 10,
    });
    expect(await auditCount(weddingId, 'guests.tag')).toBe(50);
    expect(await findGuests(ctx, { tagIds: [hotel] })).toMatchObject({ total: 10 });
    expect(await findGuests(ctx, { tagIds: [hotel, choir] })).toMatchObject({ total: 0 });
  });

  it('leaves out guests removed meanwhile and refuses foreign ids', async () => {
    const { ctx, weddingId, guestIds } = await open(4);
    const other = await open(2);
    const tag = await seedTag(db.admin, { weddingId, name: 'VIP' });
    await removeGuests(ctx, { guestIds: guestIds.slice(0, 1) });
    expect(await tagGuests(ctx, { guestIds, add: [tag] })).toEqual({ changed: 3 });
    const gone = { kind: 'not-found' };
    await expect(tagGuests(ctx, { guestIds: other.guestIds, add: [tag] })).rejects.toMatchObject(
      gone,
    );
    await expect(
      tagGuests(other.ctx, { guestIds: other.guestIds, add: [tag] }),
    ).rejects.toMatchObject(gone);
    await expect(tagGuests(ctx, { guestIds, add: [newId(TagId)] })).rejects.toMatchObject(gone);
  });
});

describe('tags', () => {
  it('are unique whatever their case, versioned, and taken off guests when removed', async () => {
    const { ctx, guestIds } = await open(3);
    const tag = await createTag(ctx, { name: 'A-List' });
    const taken = await createTag(ctx, { name: 'a-list' }).catch(toDomainError);
    expect(taken).toMatchObject({ kind: 'conflict', code: 'guests.tag-exists' });
    const renamed = await updateTag(ctx, { tagId: tag.id, version: 1, patch: { color: 'red' } });
    expect(renamed).toEqual({ ...tag, color: 'red', version: 2 });
    await expect(
      updateTag(ctx, { tagId: tag.id, version: 1, patch: { name: 'B' } }),
    ).rejects.toMatchObject({ kind: 'conflict', details: { current: renamed } });
    await tagGuests(ctx, { guestIds, add: [tag.id] });
    await removeTag(ctx, { tagId: tag.id });
    expect(await listTags(ctx)).toEqual([]);
    expect((await listGuests(ctx, {})).items.flatMap((row) => row.tagIds)).toEqual([]);
  });
});

describe('inviting many guests', () => {
  it('invites each once, also from two browsers at the same time', async () => {
    const { ctx, weddingId, guestIds, dinner } = await open(60);
    const [left, right] = await Promise.all([
      inviteGuests(ctx, { eventId: dinner, guestIds }),
      inviteGuests(ctx, { eventId: dinner, guestIds: guestIds.toReversed() }),
    ]);
    expect(left.invited + right.invited).toBe(60);
    expect(await auditCount(weddingId, 'guests.invite')).toBe(60);
    const [row] = await db.admin`
      select count(*)::int from wedding.invitations where wedding_id = ${weddingId}`;
    expect(row?.count).toBe(60);
  });

  it('takes guests off again, but answers only when that is confirmed', async () => {
    const { ctx, guestIds, dinner } = await open(5);
    await inviteGuests(ctx, { eventId: dinner, guestIds });
    const [first] = guestIds;
    if (!first) throw new Error('no guest');
    await recordAnswers(ctx, { eventId: dinner, answer: 'yes', guests: [{ guestId: first }] });
    await expect(uninviteGuests(ctx, { eventId: dinner, guestIds })).rejects.toMatchObject({
      code: 'guests.answers-exist',
      details: { answered: 1 },
    });
    expect(await findGuests(ctx, { eventId: dinner })).toMatchObject({ total: 5 });
    expect(await uninviteGuests(ctx, { eventId: dinner, guestIds, evenAnswered: true })).toEqual({
      uninvited: 5,
      answersLost: 1,
    });
    expect(await findGuests(ctx, { eventId: dinner, answer: 'not-invited' })).toMatchObject({
      total: 5,
    });
  });

  it('is refused to viewers, for foreign events and foreign guests', async () => {
    const { ctx, guestIds, dinner, ...place } = await open(2);
    const other = await open(2);
    const viewer = userContext(db.app, { ...place, access: { weddingRole: 'photographer' } });
    const input = { eventId: dinner, guestIds };
    await expect(inviteGuests(viewer, input)).rejects.toMatchObject({ kind: 'forbidden' });
    for (const verb of [inviteGuests, uninviteGuests]) {
      await expect(verb(other.ctx, input)).rejects.toMatchObject({ kind: 'not-found' });
      await expect(verb(ctx, { ...input, guestIds: other.guestIds })).rejects.toMatchObject({
        kind: 'not-found',
      });
      await expect(verb(ctx, { ...input, guestIds: [] })).rejects.toMatchObject({
        kind: 'invalid',
      });
    }
  });
});

describe('writing down answers', () => {
  it('records who, when and how, and refuses a stale version and the uninvited', async () => {
    const { ctx, weddingId, guestIds, dinner } = await open(3);
    const [guestId = newId(GuestId), uninvited = newId(GuestId)] = guestIds;
    await inviteGuests(ctx, { eventId: dinner, guestIds: [guestId] });
    const record = (answer: 'yes' | 'no' | null, version?: number) =>
      recordAnswers(ctx, { eventId: dinner, answer, via: 'phone', guests: [{ guestId, version }] });
    expect(await record('yes', 1)).toEqual({ changed: 1 });
    expect(await record('yes')).toEqual({ changed: 0 });
    const { invitations } = await getGuest(ctx, { guestId });
    expect(invitations).toMatchObject([
      { answer: 'yes', via: 'phone', answeredByKind: 'user', version: 2 },
    ]);
    await expect(record('no', 1)).rejects.toMatchObject({
      kind: 'conflict',
      details: { current: [{ guestId, answer: 'yes', version: 2 }] },
    });
    expect(await record(null, 2)).toEqual({ changed: 1 });
    expect((await getGuest(ctx, { guestId })).invitations).toMatchObject([
      { answer: null, via: null },
    ]);
    await expect(
      recordAnswers(ctx, { eventId: dinner, answer: 'no', guests: [{ guestId: uninvited }] }),
    ).rejects.toMatchObject({ code: 'guests.not-invited', details: { notInvited: [uninvited] } });
    expect(await auditCount(weddingId, 'guests.answer')).toBe(2);
  });
});

describe('the list', () => {
  it('pages through every guest once, in order, whatever the page size', async () => {
    const { ctx } = await open(57);
    const everything = (await listGuests(ctx, { limit: 500 })).items.map((row) => row.id);
    expect(everything).toHaveLength(57);
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listGuests(ctx, { limit: 10, cursor });
      paged.push(...page.items.map((row) => row.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(paged).toEqual(everything);
    await expect(listGuests(ctx, { cursor: 'xx' })).rejects.toMatchObject({
      code: 'guests.cursor',
    });
  });

  it('orders by last name without regard to accents and case, open places last', async () => {
    const { ctx, weddingId } = await open(0);
    const host = await seedGuest(db.admin, { weddingId, firstName: 'Zed', lastName: 'ágora' });
    for (const lastName of ['Zimmer', 'Ödegård', 'azul', 'Özil']) {
      await seedGuest(db.admin, { weddingId, firstName: 'A', lastName });
    }
    await seedGuest(db.admin, {
      weddingId,
      ...host,
      plusOneOf: host.guestId,
      firstName: '',
      lastName: '',
    });
    const { items } = await listGuests(ctx, {});
    expect(items.map((row) => row.lastName)).toEqual([
      'ágora',
      'azul',
      'Ödegård',
      'Özil',
      'Zimmer',
      '',
    ]);
  });

  it('holds every filter to what a plain look at the rows says', async () => {
    const { ctx, weddingId, guestIds, dinner, eventIds } = await open(30);
    const tag = await seedTag(db.admin, { weddingId, name: 'T' });
    await inviteGuests(ctx, { eventId: dinner, guestIds: guestIds.slice(0, 20) });
    const say = (answer: 'yes' | 'no' | 'unsure', from: number) =>
      recordAnswers(ctx, {
        eventId: dinner,
        answer,
        guests: guestIds.slice(from, from + 3).map((guestId) => ({ guestId })),
      });
    await Promise.all([say('yes', 0), say('no', 3), say('unsure', 6)]);
    await tagGuests(ctx, { guestIds: guestIds.slice(5, 9), add: [tag] });
    const [vegan = newId(GuestId), allergic = newId(GuestId), phoned = newId(GuestId)] = guestIds;
    const patch = (guestId: GuestId, fields: object) =>
      updateGuest(ctx, { guestId, version: 1, patch: fields });
    await patch(vegan, { diets: [{ code: 'vegan', severity: 'preference' }], side: 'partner_a' });
    await patch(allergic, { diets: [{ code: 'nuts', severity: 'allergy' }], ageGroup: 'child' });
    await patch(phoned, { phone: '+351912345678', email: null, accessibility: ['wheelchair'] });
    const total = async (filter: GuestFilter) => (await findGuests(ctx, filter)).total;
    const brunch = eventIds[1] ?? dinner;
    expect({
      invited: await total({ eventId: dinner }),
      yes: await total({ eventId: dinner, answer: 'yes' }),
      no: await total({ eventId: dinner, answer: 'no' }),
      anyUnsure: await total({ answer: 'unsure' }),
      outstanding: await total({ eventId: dinner, answer: 'outstanding' }),
      notInvited: await total({ eventId: dinner, answer: 'not-invited' }),
      brunch: await total({ eventId: brunch, answer: 'invited' }),
      taggedUnsure: await total({ eventId: dinner, answer: 'unsure', tagIds: [tag] }),
      side: await total({ side: 'partner_a' }),
      noSide: await total({ side: 'none' }),
      vegan: await total({ diet: 'vegan' }),
      anyDiet: await total({ diet: 'any' }),
      allergy: await total({ diet: 'allergy' }),
      child: await total({ ageGroup: 'child' }),
      wheelchair: await total({ accessibility: 'wheelchair' }),
      noEmail: await total({ missing: 'email' }),
      noContact: await total({ missing: 'contact' }),
      noAddress: await total({ missing: 'address' }),
    }).toEqual({
      invited: 20,
      yes: 3,
      no: 3,
      anyUnsure: 3,
      outstanding: 11,
      notInvited: 10,
      brunch: 0,
      taggedUnsure: 3,
      side: 1,
      noSide: 29,
      vegan: 1,
      anyDiet: 2,
      allergy: 1,
      child: 1,
      wheelchair: 1,
      noEmail: 11,
      noContact: 0,
      noAddress: 30,
    });
  });

  it('adds up: the summary counts what the filters find, without removed guests', async () => {
    const { ctx, guestIds, dinner } = await open(12);
    await inviteGuests(ctx, { eventId: dinner, guestIds });
    const answered = guestIds.slice(0, 6).map((guestId) => ({ guestId }));
    await recordAnswers(ctx, { eventId: dinner, answer: 'yes', guests: answered });
    const [first = newId(GuestId), ...others] = guestIds;
    await updateGuest(ctx, {
      guestId: first,
      version: 1,
      patch: {
        ageGroup: 'child',
        diets: [{ code: 'nuts', severity: 'allergy' }],
        dietNotes: 'epi-pen',
      },
    });
    await removeGuests(ctx, { guestIds: others.slice(0, 2) });
    const summary = await summarizeGuests(ctx);
    expect(summary).toMatchObject({ guests: 10, unreachable: 2, unnamed: 0 });
    // The two whose only companion with an address has been removed; others have one at home.
    expect((await findGuests(ctx, { missing: 'contact' })).ids).toEqual(
      expect.arrayContaining([first, others[2]]),
    );
    expect((await findGuests(ctx, { missing: 'contact' })).total).toBe(2);
    expect(summary.events[0]).toEqual({
      eventId: dinner,
      invited: 10,
      yes: 4,
      no: 0,
      unsure: 0,
      outstanding: 6,
      ages: { adult: 3, teen: 0, child: 1, infant: 0 },
      diets: [{ code: 'nuts', severity: 'allergy', count: 1 }],
      withDietNotes: 1,
      withAccessibility: 0,
    });
    expect(summary.events[1]).toMatchObject({ invited: 0, yes: 0, diets: [] });
  });
});
