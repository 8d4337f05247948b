import { DomainError } from '@wedsync/contracts/errors';
import { RemovalId } from '@wedsync/contracts/guest-fields';
import { EventId, GuestId, HouseholdId, newId } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import type { ServiceContext } from '@wedsync/service/context';
import { userContext } from '@wedsync/testing/contexts';
import { seedGuest, seedHousehold, seedTag } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { describe, expect, it } from 'vitest';
import { createGuest } from './create-guest.ts';
import { getGuest } from './queries/get-guest.ts';
import { getGuestHistory } from './queries/get-guest-history.ts';
import { listGuests } from './queries/list-guests.ts';
import { removeGuests, removeHousehold } from './remove-guests.ts';
import { restoreGuests } from './restore-guests.ts';
import { updateGuest } from './update-guest.ts';

const db = await createTestDatabase();
const place = await seedWedding(db.admin);
const foreign = await seedWedding(db.admin);
const ctx = userContext(db.app, place);
const foreignCtx = userContext(db.app, foreign);
const viewer = userContext(db.app, { ...place, access: { weddingRole: 'viewer' } });

const changesOf = async (weddingId: string) =>
  (
    await db.admin`select entity, kind from wedding.changes where wedding_id = ${weddingId} order by seq`
  ).map((row) => `${row.entity} ${row.kind}`);
const refusal = async (work: Promise<unknown>): Promise<DomainError> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof DomainError) return error;
  throw new Error(`expected a refusal, got ${String(error)}`);
};

describe('creating a guest', () => {
  it('stores every field, normalised, in a new household named after them', async () => {
    const tagId = await seedTag(db.admin, { weddingId: place.weddingId, name: 'Choir' });
    const guest = await createGuest(ctx, {
      firstName: ' Zoë ',
      lastName: 'Müller',
      email: 'Zoe@Example.COM',
      phone: '912 345 678',
      ageGroup: 'adult',
      side: 'both',
      diets: [{ code: 'nuts', severity: 'allergy' }],
      dietNotes: 'also no sesame\noil',
      accessibility: ['wheelchair'],
      tagIds: [tagId, tagId],
      eventIds: place.eventIds,
    });
    expect(guest).toMatchObject({
      firstName: 'Zoë',
      householdName: 'Müller',
      email: 'Zoe@example.com',
      phone: '+351912345678',
      tagIds: [tagId],
      diets: [{ code: 'nuts', severity: 'allergy' }],
      accessibility: ['wheelchair'],
      version: 1,
    });
    expect(guest.invitations.map((one) => one.answer)).toEqual([null, null]);
    expect(await getGuest(ctx, { guestId: guest.id })).toEqual(guest);
    const { items } = await getGuestHistory(ctx, { guestId: guest.id });
    expect(items).toMatchObject([{ action: 'guests.create', actorName: null, before: null }]);
    expect(await changesOf(place.weddingId)).toContain('guest created');
  });

  it('puts a companion without a name into the household of the host', async () => {
    const host = await createGuest(ctx, { firstName: 'Rui' });
    const open = await createGuest(ctx, { plusOneOf: host.id });
    expect(open).toMatchObject({
      plusOneOf: host.id,
      householdId: host.householdId,
      firstName: '',
    });
    expect(await refusal(createGuest(ctx, { plusOneOf: open.id }))).toMatchObject({
      code: 'guests.companion-of-companion',
    });
  });

  it.each([
    ['no name', {}, 'guests.name-missing'],
    ['a NUL byte', { firstName: 'A\0na' }, 'service.invalid-input'],
    ['a line break in a name', { firstName: 'A\nna' }, 'service.invalid-input'],
    ['half an e-mail address', { firstName: 'A', email: 'a@' }, 'service.invalid-input'],
    ['no telephone number', { firstName: 'A', phone: '000000' }, 'guests.phone'],
    ['an unknown diet', { firstName: 'A', diets: [{ code: 'air' }] }, 'service.invalid-input'],
    [
      'a household of another wedding',
      { firstName: 'A', householdId: newId(HouseholdId) },
      'service.not-found',
    ],
    [
      'an event of another wedding',
      { firstName: 'A', eventIds: [newId(EventId)] },
      'service.not-found',
    ],
  ])('refuses %s and writes nothing', async (...[, input, code]) => {
    const before = await listGuests(ctx, { limit: 500 });
    const changes = await changesOf(place.weddingId);
    expect(await refusal(createGuest(ctx, input as never))).toMatchObject({ code });
    expect(await listGuests(ctx, { limit: 500 })).toEqual(before);
    expect(await changesOf(place.weddingId)).toEqual(changes);
  });

  it('is refused to a viewer, and beyond the plan of the company', async () => {
    expect(await refusal(createGuest(viewer, { firstName: 'A' }))).toMatchObject({
      kind: 'forbidden',
    });
    await db.admin`insert into wedding.tier_limits values ('free', 3, 2, 3)
      on conflict (tier) do update set guests_per_wedding_max = 2`;
    const small = await seedWedding(db.admin);
    await db.admin`update wedding.organizations set tier = 'free' where id = ${small.orgId}`;
    const smallCtx = userContext(db.app, small);
    // Four at once: the lock on the wedding lets exactly two through.
    const results = await Promise.allSettled(
      ['A', 'B', 'C', 'D'].map((firstName) => createGuest(smallCtx, { firstName })),
    );
    expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(2);
    expect((await listGuests(smallCtx, {})).items).toHaveLength(2);
  });
});

describe('editing a guest', () => {
  const seeded = () => seedGuest(db.admin, { weddingId: place.weddingId, firstName: 'Old' });

  it('counts the version and records only what changed', async () => {
    const { guestId } = await seeded();
    const after = await updateGuest(ctx, {
      guestId,
      version: 1,
      patch: { firstName: 'New', lastName: 'Almeida' },
    });
    expect(after).toMatchObject({ firstName: 'New', version: 2 });
    const { items } = await getGuestHistory(ctx, { guestId });
    expect(items).toMatchObject([
      { action: 'guests.update', before: { firstName: 'Old' }, after: { firstName: 'New' } },
    ]);
    expect(Object.keys(items[0]?.after ?? {})).toEqual(['firstName']);
  });

  it('writes nothing where nothing changed', async () => {
    const { guestId } = await seeded();
    const changes = await changesOf(place.weddingId);
    expect(
      await updateGuest(ctx, { guestId, version: 1, patch: { firstName: 'Old' } }),
    ).toMatchObject({
      version: 1,
    });
    expect(await changesOf(place.weddingId)).toEqual(changes);
  });

  it('lets one of two editors win and hands the current row to the other', async () => {
    const { guestId } = await seeded();
    const edit = (firstName: string) =>
      updateGuest(ctx, { guestId, version: 1, patch: { firstName } });
    const results = await Promise.allSettled([edit('First'), edit('Second')]);
    const winner = results.find((one) => one.status === 'fulfilled');
    const loser = results.find((one) => one.status === 'rejected');
    expect(loser?.reason).toMatchObject({ kind: 'conflict', code: 'service.stale-version' });
    expect(loser?.reason.details.current).toEqual(winner?.value);
  });

  it('moves companions along with their host, and never alone', async () => {
    const { weddingId } = place;
    const host = await seedGuest(db.admin, { weddingId });
    const companion = await seedGuest(db.admin, { weddingId, ...host, plusOneOf: host.guestId });
    const householdId = await seedHousehold(db.admin, { weddingId, name: 'New home' });
    const move = (guestId: GuestId, version: number) =>
      updateGuest(ctx, { guestId, version, patch: { householdId } });
    expect(await refusal(move(companion.guestId, 1))).toMatchObject({
      code: 'guests.companion-moves-with-host',
    });
    await move(host.guestId, 1);
    expect(await getGuest(ctx, { guestId: companion.guestId })).toMatchObject({ householdId });
  });

  it('is refused to a viewer, to another wedding and without a name', async () => {
    const { guestId } = await seeded();
    const edit = (who: ServiceContext, patch: object) =>
      updateGuest(who, { guestId, version: 1, patch });
    expect(await refusal(edit(viewer, { firstName: 'X' }))).toMatchObject({ kind: 'forbidden' });
    expect(await refusal(edit(foreignCtx, { firstName: 'X' }))).toMatchObject({
      kind: 'not-found',
    });
    expect(await refusal(edit(ctx, { firstName: '', lastName: '' }))).toMatchObject({
      code: 'guests.name-missing',
    });
  });
});

describe('removing guests', () => {
  it('hides them with companions and empty households, and brings the same rows back', async () => {
    const { weddingId, eventIds } = place;
    const host = await seedGuest(db.admin, { weddingId, firstName: 'Gone', eventIds });
    await seedGuest(db.admin, { weddingId, ...host, plusOneOf: host.guestId });
    const before = await listGuests(ctx, { limit: 500 });
    const { removalId, removed } = await removeGuests(ctx, { guestIds: [host.guestId] });
    expect(removed).toBe(2);
    expect(await refusal(getGuest(ctx, host))).toMatchObject({ kind: 'not-found' });
    expect((await listGuests(ctx, { limit: 500 })).items).toHaveLength(before.items.length - 2);
    const [household] = await db.admin`
      select removed_at from wedding.households where id = ${host.householdId}`;
    expect(household?.removed_at).not.toBeNull();

    expect(await refusal(restoreGuests(foreignCtx, { removalId }))).toMatchObject({
      kind: 'not-found',
    });
    expect(await restoreGuests(ctx, { removalId })).toEqual({ restored: 2 });
    const after = await listGuests(ctx, { limit: 500 });
    const still = ({ version: _, ...row }: (typeof after.items)[number]) => row;
    expect(after.items.map(still)).toEqual(before.items.map(still));
    expect(await refusal(restoreGuests(ctx, { removalId }))).toMatchObject({ kind: 'not-found' });
    const { items } = await getGuestHistory(ctx, { guestId: host.guestId });
    expect(items.map((item) => item.action)).toEqual(['guests.restore', 'guests.remove']);
  });

  it('brings a household back even when its last member went later', async () => {
    const { weddingId } = place;
    const first = await seedGuest(db.admin, { weddingId, firstName: 'First' });
    const second = await seedGuest(db.admin, { weddingId, ...first, firstName: 'Second' });
    const { removalId } = await removeGuests(ctx, { guestIds: [first.guestId] });
    await removeGuests(ctx, { guestIds: [second.guestId] });
    await restoreGuests(ctx, { removalId });
    expect(await getGuest(ctx, first)).toMatchObject({ firstName: 'First' });
    expect(await refusal(getGuest(ctx, second))).toMatchObject({ kind: 'not-found' });
  });

  it('removes a household with everybody in it', async () => {
    const { weddingId } = place;
    const guest = await seedGuest(db.admin, { weddingId });
    const { removalId, removed } = await removeHousehold(ctx, guest);
    expect(removed).toBe(1);
    await restoreGuests(ctx, { removalId });
    expect(await getGuest(ctx, guest)).toMatchObject({ id: guest.guestId });
    const householdId = await seedHousehold(db.admin, { weddingId });
    expect(await removeHousehold(ctx, { householdId })).toMatchObject({ removed: 0 });
    expect(await refusal(removeHousehold(ctx, { householdId }))).toMatchObject({
      kind: 'not-found',
    });
  });

  it('is refused to a viewer and to another wedding', async () => {
    const { guestId, householdId } = await seedGuest(db.admin, { weddingId: place.weddingId });
    const gone = { kind: 'not-found' };
    expect(await refusal(removeGuests(viewer, { guestIds: [guestId] }))).toMatchObject({
      kind: 'forbidden',
    });
    expect(await refusal(removeGuests(foreignCtx, { guestIds: [guestId] }))).toMatchObject(gone);
    expect(await refusal(removeHousehold(foreignCtx, { householdId }))).toMatchObject(gone);
    expect(await refusal(restoreGuests(ctx, { removalId: newId(RemovalId) }))).toMatchObject(gone);
    expect(await refusal(getGuest(ctx, { guestId: newId(GuestId) }))).toMatchObject(gone);
  });
});
