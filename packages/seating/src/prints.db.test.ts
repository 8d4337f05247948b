import { newUuid } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { guestLinkContext, userContext } from '@wedsync/testing/contexts';
import { seedAssignment, seedPlan } from '@wedsync/testing/factories/seating';
import { seedUser, seedWedding } from '@wedsync/testing/factories/weddings';
import { describe, expect, it } from 'vitest';
import {
  checkPrint,
  exportSeating,
  getPlan,
  getSeatPublication,
  importSeating,
  listHouseholdSeats,
  previewImport,
  printSeating,
  publishSeats,
  undo,
} from './index.ts';
import { collect } from './testing/read-pdf.ts';

const db = await createTestDatabase();

/** A wedding whose dinner has three tables of four and six guests, two of them seated. */
async function dinner() {
  const { orgId, weddingId, ownerId, eventIds } = await seedWedding(db.admin);
  const eventId = eventIds[1] ?? newUuid();
  const plan = await seedPlan(db.admin, { weddingId, eventId, seatCount: 4, guests: 6 });
  for (const index of [0, 1]) {
    await seedAssignment(db.admin, {
      weddingId,
      eventId,
      guestId: plan.guestIds[index] ?? '',
      seatId: plan.tables[0]?.seatIds[index] ?? '',
    });
  }
  const ctx = userContext(db.app, { userId: ownerId, orgId, weddingId });
  return { ...plan, orgId, weddingId, eventId, ctx };
}

/** Somebody who may look at the wedding and change nothing. */
async function viewerOf({ orgId, weddingId }: { orgId: string; weddingId: string }) {
  const { userId } = await seedUser(db.admin, { name: 'Vera Viewer' });
  await db.admin`insert into wedding.wedding_members (org_id, wedding_id, user_id, role)
    values (${orgId}, ${weddingId}, ${userId}, 'viewer')`;
  return userContext(db.app, { userId, orgId, weddingId, access: { weddingRole: 'viewer' } });
}

const auditOf = (weddingId: string) => db.admin<{ action: string }[]>`
  select action from wedding.audit_log where wedding_id = ${weddingId} order by at`;

describe('a print', () => {
  it('is drawn from the plan, and leaves a line in the history', async () => {
    const { ctx, eventId, weddingId } = await dinner();
    const { fileName, content } = await printSeating(ctx, { eventId, print: 'place-cards' });
    expect(fileName).toMatch(/^place-cards-[a-z-]+-r0\.pdf$/);
    expect((await collect(content)).subarray(0, 5).toString()).toBe('%PDF-');
    expect((await auditOf(weddingId)).map(({ action }) => action)).toContain('seating.print');
  });

  it('says before printing which names must be written by hand', async () => {
    const { ctx, eventId, guestIds } = await dinner();
    expect((await checkPrint(ctx, { eventId })).notes).toEqual([]);
    await db.admin`update wedding.guests set first_name = '伟' where id = ${guestIds[0] ?? ''}`;
    expect((await checkPrint(ctx, { eventId })).notes).toEqual([
      expect.objectContaining({
        where: expect.stringContaining('table 1, seat 1'),
        characters: ['伟'],
      }),
    ]);
  });

  it('is refused without a floor plan, and to strangers', async () => {
    const { ctx, eventId } = await dinner();
    const { weddingId, eventIds, orgId, ownerId } = await seedWedding(db.admin);
    const other = userContext(db.app, { userId: ownerId, orgId, weddingId });
    const ask = { eventId: eventIds[0] ?? '', print: 'floor-plan' as const };
    await expect(printSeating(other, ask)).rejects.toMatchObject({ code: 'seating.no-layout' });
    await expect(printSeating(other, { ...ask, eventId })).rejects.toMatchObject({
      kind: 'not-found',
    });
    const nobody = userContext(db.app, { weddingId: ctx.weddingId, access: {} });
    await expect(printSeating(nobody, { ...ask, eventId })).rejects.toMatchObject({
      kind: 'forbidden',
    });
  });
});

describe('a file of seats', () => {
  it('changes nothing when it comes back as it left', async () => {
    const { ctx, eventId } = await dinner();
    const { csv, name } = await exportSeating(ctx, { eventId });
    expect(name).toBe('seating-r0.csv');
    const { moves, problems, digest } = await previewImport(ctx, { eventId, csv });
    expect({ moves, problems }).toEqual({ moves: [], problems: [] });
    const change = await importSeating(ctx, { eventId, csv, digest, revision: 0 });
    expect(change.revision).toBe(0);
  });

  it('moves everybody in one change, which undo takes back; the same file again does nothing', async () => {
    const { ctx, eventId, weddingId, guestIds, tables } = await dinner();
    const lines = [
      ['Table', 'Seat', 'WedSync ID'],
      // Two exchange their seats, a third comes, and nobody by this id exists.
      ['1', '2', guestIds[0]],
      ['1', '1', guestIds[1]],
      ['2', '', guestIds[2]],
      ['2', '', newUuid()],
    ];
    const csv = lines.map((cells) => cells.join(';')).join('\r\n');
    const preview = await previewImport(ctx, { eventId, csv });
    expect(preview.moves).toHaveLength(3);
    expect(preview.problems).toEqual([{ line: 5, message: expect.stringContaining('has the id') }]);
    const before = await getPlan(ctx, { eventId });
    const change = await importSeating(ctx, { eventId, csv, digest: preview.digest, revision: 0 });
    expect(change).toMatchObject({ revision: 1, kind: 'imported' });
    const seats = new Map(
      (await getPlan(ctx, { eventId }))?.assignments.map(({ guestId, seatId }) => [
        guestId,
        seatId,
      ]),
    );
    expect(guestIds.slice(0, 3).map((id) => seats.get(id))).toEqual([
      tables[0]?.seatIds[1],
      tables[0]?.seatIds[0],
      tables[1]?.seatIds[0],
    ]);
    const again = await previewImport(ctx, { eventId, csv });
    expect(again.moves).toEqual([]);
    await importSeating(ctx, { eventId, csv, digest: again.digest, revision: 1 });
    expect((await getPlan(ctx, { eventId }))?.layout.revision).toBe(1);
    expect((await auditOf(weddingId)).map(({ action }) => action)).toContain('seating.import');
    await undo(ctx, { eventId });
    const after = await getPlan(ctx, { eventId });
    const places = (plan: typeof after) =>
      plan?.assignments.map(({ guestId, seatId }) => `${guestId} ${seatId}`).toSorted();
    expect(places(after)).toEqual(places(before));
  });

  it('is refused over a plan or guests that have changed, and nothing is written', async () => {
    const { ctx, eventId, guestIds } = await dinner();
    const csv = `Table,WedSync ID\n3,${guestIds[4]}`;
    const { digest } = await previewImport(ctx, { eventId, csv });
    const input = { eventId, csv, digest, revision: 0 };
    await expect(importSeating(ctx, { ...input, revision: 7 })).rejects.toMatchObject({
      code: 'seating.stale-plan',
    });
    await expect(importSeating(ctx, { ...input, csv: `${csv}\n` })).rejects.toMatchObject({
      code: 'seating.import-differs',
    });
    expect((await getPlan(ctx, { eventId }))?.layout.revision).toBe(0);
  });

  it('is not for viewers, who may print and export', async () => {
    const place = await dinner();
    const { eventId } = place;
    const viewer = await viewerOf(place);
    const csv = 'Table,Guest\n1,Ana';
    await expect(previewImport(viewer, { eventId, csv })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    const digest = '0'.repeat(64);
    await expect(
      importSeating(viewer, { eventId, csv, digest, revision: 0 }),
    ).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(exportSeating(viewer, { eventId })).resolves.toHaveProperty('csv');
  });
});

describe('a household', () => {
  async function household() {
    const place = await dinner();
    const { weddingId, guestIds } = place;
    const [guest] = await db.admin<{ household_id: string }[]>`
      select household_id from wedding.guests where wedding_id = ${weddingId} and id = ${guestIds[0] ?? ''}`;
    const householdId = guest?.household_id ?? '';
    const link = guestLinkContext(db.app, { weddingId, householdId });
    const setDay = (days: number) => db.admin`
      update wedding.events e set starts_on = (now() at time zone w.time_zone)::date + ${days}::int
      from wedding.weddings w where w.id = e.wedding_id and e.wedding_id = ${weddingId}`;
    return { ...place, householdId, link, setDay };
  }

  it('reads its table from the day of the event on, and not the day before', async () => {
    const { link, setDay, guestIds, ctx, eventId } = await household();
    await setDay(1);
    expect(await listHouseholdSeats(link)).toEqual([]);
    expect(await getSeatPublication(ctx, { eventId })).toMatchObject({
      isShown: false,
      shows: 'table',
    });
    await setDay(0);
    const seats = await listHouseholdSeats(link);
    expect(
      seats.map(({ guestId, tableLabel, seatNumber }) => [guestId, tableLabel, seatNumber]),
    ).toEqual([
      [guestIds[0], '1', null],
      [guestIds[1], '1', null],
    ]);
  });

  it('reads what the planner chose, from the day that the planner chose', async () => {
    const { link, setDay, ctx, eventId, weddingId } = await household();
    await setDay(30);
    const published = await publishSeats(ctx, { eventId, shows: 'seat', shownFrom: '2020-01-01' });
    expect(published).toMatchObject({ isShown: true, shows: 'seat', shownFrom: '2020-01-01' });
    expect((await listHouseholdSeats(link)).map(({ seatNumber }) => seatNumber)).toEqual([1, 2]);
    await publishSeats(ctx, { eventId, shows: 'nothing', shownFrom: '2020-01-01' });
    expect(await listHouseholdSeats(link)).toEqual([]);
    const actions = (await auditOf(weddingId)).map(({ action }) => action);
    expect(actions.filter((action) => action === 'seating.publish')).toHaveLength(2);
  });

  it('reads nobody else’s seat, whatever it asks the database', async () => {
    const { link, setDay, guestIds, tables, eventId, weddingId } = await household();
    await setDay(0);
    await seedAssignment(db.admin, {
      weddingId,
      eventId,
      guestId: guestIds[4] ?? '',
      seatId: tables[2]?.seatIds[0] ?? '',
    });
    const found = await link.db.read(link.claims, async (tx) => ({
      assignments: await tx.execute<{ guest_id: string }>(
        'select guest_id from wedding.seating_assignments',
      ),
      tables: await tx.execute<{ label: string }>('select label from wedding.seating_tables'),
    }));
    expect(found.assignments.map(({ guest_id }) => guest_id).toSorted()).toEqual(
      guestIds.slice(0, 2).toSorted(),
    );
    expect(found.tables.map(({ label }) => label)).toEqual(['1']);
    await expect(
      link.db.read(link.claims, (tx) => tx.execute('select notes from wedding.seating_layouts')),
    ).rejects.toThrow();
  });

  it('is not told about a seat of somebody who declined', async () => {
    const { link, setDay, guestIds, weddingId } = await household();
    await setDay(0);
    await db.admin`update wedding.invitations set answer = 'no', answered_at = now(), via = 'phone', answered_by_kind = 'user'
      where wedding_id = ${weddingId} and guest_id = ${guestIds[0] ?? ''}`;
    expect((await listHouseholdSeats(link)).map(({ guestId }) => guestId)).toEqual([guestIds[1]]);
  });

  it('is the only one who reads by link, and planners who may not change it cannot publish', async () => {
    const { ctx, ...place } = await household();
    await expect(listHouseholdSeats(ctx)).rejects.toMatchObject({ code: 'seating.link-only' });
    const viewer = await viewerOf(place);
    const publish = publishSeats(viewer, { eventId: place.eventId, shows: 'seat' });
    await expect(publish).rejects.toMatchObject({ kind: 'forbidden' });
  });
});
