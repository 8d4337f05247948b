import { EventId, newId } from '@wedsync/contracts/ids';
import { toDomainError } from '@wedsync/db/pg-errors';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { userContext } from '@wedsync/testing/contexts';
import { seedWedding, seedWeddingMember } from '@wedsync/testing/factories/weddings';
import { expect, it } from 'vitest';
import {
  createEvent,
  listEvents,
  orderEvents,
  removeEvent,
  updateEvent,
  updateWedding,
} from './index.ts';

const db = await createTestDatabase();
const failure = async (call: Promise<unknown>) => {
  const [result] = await Promise.allSettled([call]);
  if (result.status === 'fulfilled') throw new Error('it did not fail');
  return toDomainError(result.reason);
};

async function programme() {
  const seeded = await seedWedding(db.admin, { events: 3 });
  const { orgId, weddingId, ownerId } = seeded;
  return { ...seeded, ctx: userContext(db.app, { userId: ownerId, orgId, weddingId }) };
}
const kinds = async (ctx: Parameters<typeof listEvents>[0]) =>
  (await listEvents(ctx)).map(({ kind, position }) => `${position} ${kind}`);

it('an event goes to the end of the programme, with wall times as they were typed', async () => {
  const { ctx } = await programme();
  const party = { kind: 'party' as const, name: 'Party', startsAt: '22:00', endsAt: '03:30' };
  expect(await createEvent(ctx, party)).toMatchObject({ ...party, position: 4, version: 1 });
  expect(await kinds(ctx)).toEqual(['1 ceremony', '2 dinner', '3 brunch', '4 party']);
});

it('events that are appended at the same moment get different places', async () => {
  const { ctx } = await programme();
  const created = await Promise.all(
    Array.from({ length: 6 }, (_, index) => createEvent(ctx, { kind: 'other', name: `E${index}` })),
  );
  expect(created.map(({ position }) => position).sort((a, b) => a - b)).toEqual([4, 5, 6, 7, 8, 9]);
});

it('an event is changed once per version', async () => {
  const { ctx, eventIds } = await programme();
  const eventId = eventIds[0] ?? '';
  const update = { eventId: EventId.parse(eventId), version: 1, patch: { startsAt: '15:30' } };
  expect(await updateEvent(ctx, update)).toMatchObject({ startsAt: '15:30', version: 2 });
  expect(await failure(updateEvent(ctx, update))).toMatchObject({
    kind: 'conflict',
    details: { current: { startsAt: '15:30' } },
  });
  const audit = await db.admin`
    select before, after from wedding.audit_log where entity_id = ${eventId} and action = 'weddings.update-event'`;
  expect(audit).toMatchObject([{ before: { startsAt: '16:00' }, after: { startsAt: '15:30' } }]);
});

it('the programme takes another order, and moves up where an event is removed', async () => {
  const { ctx, eventIds } = await programme();
  const [ceremony, dinner, brunch] = eventIds.map((id) => EventId.parse(id));
  if (!ceremony || !dinner || !brunch) throw new Error('three events were seeded');
  await orderEvents(ctx, { eventIds: [brunch, ceremony, dinner] });
  expect(await kinds(ctx)).toEqual(['1 brunch', '2 ceremony', '3 dinner']);
  await removeEvent(ctx, { eventId: ceremony, version: 2 });
  expect(await kinds(ctx)).toEqual(['1 brunch', '2 dinner']);
});

it('an order that is not the whole programme is refused', async () => {
  const { ctx, eventIds } = await programme();
  const [first, second] = eventIds;
  if (!first || !second) throw new Error('three events were seeded');
  for (const wrong of [
    [first, second],
    [first, first, second],
    [first, second, newId(EventId)],
  ]) {
    expect((await failure(orderEvents(ctx, { eventIds: wrong }))).code).toBe(
      'weddings.programme-changed',
    );
  }
});

it('times and kinds that are none are refused', async () => {
  const { ctx } = await programme();
  const base = { kind: 'party' as const, name: 'Party' };
  expect((await failure(createEvent(ctx, { ...base, startsAt: '25:00' }))).kind).toBe('invalid');
  expect((await failure(createEvent(ctx, { ...base, name: '  ' }))).kind).toBe('invalid');
});

it('a viewer changes nothing, and another wedding has no such event', async () => {
  const { orgId, weddingId, eventIds } = await programme();
  const userId = await seedWeddingMember(db.admin, { orgId, weddingId, role: 'viewer' });
  const viewer = userContext(db.app, {
    userId,
    orgId,
    weddingId,
    access: { weddingRole: 'viewer' },
  });
  const eventId = EventId.parse(eventIds[0]);
  const update = { eventId, version: 1, patch: { name: 'Mine' } };
  expect((await failure(updateEvent(viewer, update))).kind).toBe('forbidden');
  const { ctx: stranger } = await programme();
  expect((await failure(updateEvent(stranger, update))).kind).toBe('not-found');
  expect((await failure(removeEvent(stranger, { eventId, version: 1 }))).kind).toBe('not-found');
});

it('a day that moves or goes lets scheduled messages be worked out again, other changes do not', async () => {
  const { ctx, weddingId, eventIds } = await programme();
  const [eventId = newId(EventId), other = newId(EventId)] = eventIds;
  const jobs = async () => {
    const [row] = await db.admin<{ n: number }[]>`
      select count(*)::int as n from ops.outbox
      where job_name = 'communications.reschedule-messages' and payload ->> 'weddingId' = ${weddingId}`;
    return row?.n;
  };
  await updateEvent(ctx, { eventId, version: 1, patch: { venue: 'Garden' } });
  expect(await jobs()).toBe(0);
  await updateEvent(ctx, { eventId, version: 2, patch: { startsOn: '2031-05-05' } });
  expect(await jobs()).toBe(1);
  await removeEvent(ctx, { eventId: other, version: 1 });
  expect(await jobs()).toBe(2);
  await updateWedding(ctx, { version: 1, patch: { venue: 'Porto' } });
  expect(await jobs()).toBe(2);
  await updateWedding(ctx, { version: 2, patch: { rsvpDeadline: '2031-04-04' } });
  expect(await jobs()).toBe(3);
});
