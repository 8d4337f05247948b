import { newUuid, SeatingRelationshipId } from '@wedsync/contracts/ids';
import { toDomainError } from '@wedsync/db/pg-errors';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { createTestWake, userContext } from '@wedsync/testing/contexts';
import { seedTag } from '@wedsync/testing/factories/guests';
import { seedPlan } from '@wedsync/testing/factories/seating';
import { seedOrgMember, seedWedding, seedWeddingMember } from '@wedsync/testing/factories/weddings';
import { describe, expect, it } from 'vitest';
import {
  assignSeats,
  compareVersion,
  createRelationship,
  getPlan,
  listRelationships,
  listVersions,
  lockSeats,
  removeRelationships,
  removeTables,
  removeVersion,
  restoreVersion,
  saveVersion,
  showPresence,
  streamPresence,
  undo,
  updateRelationship,
} from './index.ts';

const db = await createTestDatabase();

const failure = async (call: Promise<unknown>) => {
  const [result] = await Promise.allSettled([call]);
  if (result.status === 'fulfilled') throw new Error('it did not fail');
  return toDomainError(result.reason);
};
const must = <T>(value: T | undefined | null): T => {
  if (value === undefined || value === null) throw new Error('the test expected a value');
  return value;
};

async function dinner() {
  const seeded = await seedWedding(db.admin);
  const { orgId, weddingId, ownerId } = seeded;
  const eventId = must(seeded.eventIds[1]);
  const plan = await seedPlan(db.admin, { weddingId, eventId });
  const where = { orgId, weddingId };
  const wake = createTestWake();
  const ctx = userContext(db.app, { userId: ownerId, wake, ...where });
  const viewer = userContext(db.app, {
    userId: await seedWeddingMember(db.admin, { ...where, role: 'viewer' }),
    access: { weddingRole: 'viewer' },
    wake,
    ...where,
  });
  const colleague = userContext(db.app, {
    userId: await seedOrgMember(db.admin, { orgId, role: 'planner' }),
    wake,
    ...where,
  });
  const [ann, bo, cy] = plan.guestIds;
  return {
    ...seeded,
    ...plan,
    eventId,
    ctx,
    viewer,
    colleague,
    ann: must(ann),
    bo: must(bo),
    cy: must(cy),
  };
}
const guest = (id: string) => ({ kind: 'guest' as const, id: id as never });

describe('relationships', () => {
  it('are made, changed once per version, and removed, each a change of the plan', async () => {
    const { ctx, eventId, ann, bo, weddingId } = await dinner();
    const rule = await createRelationship(ctx, {
      kind: 'prefer',
      one: guest(ann),
      other: guest(bo),
      weight: 7,
    });
    expect(rule).toMatchObject({
      eventId: null,
      kind: 'prefer',
      one: guest(ann),
      other: guest(bo),
      weight: 7,
      version: 1,
    });
    expect(await listRelationships(ctx, { eventId })).toEqual([rule]);
    const changed = await updateRelationship(ctx, {
      relationshipId: rule.id,
      version: 1,
      kind: 'must',
    });
    expect(changed).toMatchObject({ kind: 'must', weight: 7, version: 2 });
    expect(
      await failure(updateRelationship(ctx, { relationshipId: rule.id, version: 1, weight: 1 })),
    ).toMatchObject({
      code: 'service.stale-version',
      details: { current: { kind: 'must' } },
    });
    expect(must(await getPlan(ctx, { eventId })).layout.revision).toBe(2);
    expect(await removeRelationships(ctx, { relationshipIds: [rule.id] })).toEqual({ removed: 1 });
    expect(await failure(removeRelationships(ctx, { relationshipIds: [rule.id] }))).toMatchObject({
      kind: 'not-found',
    });
    const audit = await db.admin`
      select action from wedding.audit_log where wedding_id = ${weddingId} and entity_id = ${rule.id} order by at`;
    expect(audit.map(({ action }) => action)).toEqual([
      'seating.create-relationship',
      'seating.update-relationship',
      'seating.remove-relationship',
    ]);
  });

  it('are the same the other way round, and hold between tags and households', async () => {
    const { ctx, eventId, ann, bo, weddingId } = await dinner();
    await createRelationship(ctx, { kind: 'never', one: guest(ann), other: guest(bo) });
    expect(
      await failure(createRelationship(ctx, { kind: 'never', one: guest(bo), other: guest(ann) })),
    ).toMatchObject({
      kind: 'conflict',
      code: 'seating.relationship-exists',
    });
    await createRelationship(ctx, { kind: 'avoid', one: guest(bo), other: guest(ann) });
    const tag = { kind: 'tag' as const, id: await seedTag(db.admin, { weddingId, name: 'Choir' }) };
    await createRelationship(ctx, { eventId, kind: 'prefer', one: tag, other: tag });
    expect(
      await failure(createRelationship(ctx, { kind: 'must', one: guest(ann), other: guest(ann) })),
    ).toMatchObject({
      code: 'seating.relationship-self',
    });
    expect(await listRelationships(ctx, { eventId })).toHaveLength(3);
  });

  it('need sides of this wedding and the right to change the plan', async () => {
    const { ctx, viewer, ann, bo } = await dinner();
    const theirs = await dinner();
    expect(
      await failure(
        createRelationship(ctx, { kind: 'must', one: guest(ann), other: guest(theirs.ann) }),
      ),
    ).toMatchObject({
      kind: 'not-found',
    });
    const input = { kind: 'must' as const, one: guest(ann), other: guest(bo) };
    expect(
      await failure(createRelationship(ctx, { ...input, eventId: theirs.eventId })),
    ).toMatchObject({ kind: 'not-found' });
    expect(await failure(createRelationship(viewer, input))).toMatchObject({ kind: 'forbidden' });
    const relationshipId = SeatingRelationshipId.parse(newUuid());
    expect(await failure(updateRelationship(viewer, { relationshipId, version: 1 }))).toMatchObject(
      { kind: 'forbidden' },
    );
    expect(
      await failure(removeRelationships(viewer, { relationshipIds: [relationshipId] })),
    ).toMatchObject({ kind: 'forbidden' });
  });
});

describe('kept versions', () => {
  it('bring everybody back to where they sat, as a change that can be undone', async () => {
    const { ctx, eventId, ann, bo, cy, tables, weddingId } = await dinner();
    const [one, two] = [must(tables[0]).id, must(tables[1]).id];
    await assignSeats(ctx, {
      eventId,
      placements: [
        { guestId: ann, tableId: one },
        { guestId: bo, tableId: two },
      ],
    });
    const version = await saveVersion(ctx, { eventId, name: 'First try' });
    expect(version).toMatchObject({
      name: 'First try',
      revision: 1,
      seatedCount: 2,
      savedByName: 'Ines Planner',
    });
    await assignSeats(ctx, {
      eventId,
      placements: [
        { guestId: bo, tableId: one },
        { guestId: cy, tableId: two },
      ],
    });
    const diff = await compareVersion(ctx, { versionId: version.id });
    expect(
      diff.moves.map(({ guestId, to }) => [guestId, to?.tableLabel ?? null]).toSorted(),
    ).toEqual(
      [
        [bo, '2'],
        [cy, null],
      ].toSorted(),
    );
    expect(diff).toMatchObject({ dropped: [], revision: 2 });
    const change = await restoreVersion(ctx, { versionId: version.id, revision: 2 });
    expect(change).toMatchObject({
      kind: 'version-restored',
      summary: 'Plan "First try" brought back',
      unseatedGuestIds: [cy],
    });
    const seats = must(await getPlan(ctx, { eventId })).assignments.map((a) => [
      a.guestId,
      a.tableId,
      a.seatNumber,
    ]);
    expect(seats.toSorted()).toEqual(
      [
        [ann, one, 1],
        [bo, two, 1],
      ].toSorted(),
    );
    await undo(ctx, { eventId });
    expect(must(await getPlan(ctx, { eventId })).assignments).toHaveLength(3);
    expect(await listVersions(ctx, { eventId })).toEqual([version]);
    await removeVersion(ctx, { versionId: version.id });
    expect(await listVersions(ctx, { eventId })).toEqual([]);
    expect(await failure(removeVersion(ctx, { versionId: version.id }))).toMatchObject({
      kind: 'not-found',
    });
    const audit = await db.admin`
      select action from wedding.audit_log where wedding_id = ${weddingId} and entity_id = ${version.id} order by at`;
    expect(audit.map(({ action }) => action)).toEqual([
      'seating.save-version',
      'seating.remove-version',
    ]);
  });

  it('leave locks alone and name what does not fit any more', async () => {
    const { ctx, layoutId, eventId, ann, bo, cy, tables } = await dinner();
    const [one, two] = [must(tables[0]).id, must(tables[1]).id];
    await assignSeats(ctx, {
      eventId,
      placements: [ann, bo].map((guestId) => ({ guestId, tableId: one })),
    });
    await assignSeats(ctx, { eventId, placements: [{ guestId: cy, tableId: two }] });
    const { id: versionId } = await saveVersion(ctx, { eventId, name: 'Old' });
    await assignSeats(ctx, {
      eventId,
      placements: [{ guestId: ann, tableId: must(tables[2]).id }],
    });
    await lockSeats(ctx, { eventId, guestIds: [ann], isLocked: true });
    await removeTables(ctx, { layoutId, tableIds: [two] });
    await assignSeats(ctx, { eventId, placements: [{ guestId: bo, tableId: must(tables[2]).id }] });
    const diff = await compareVersion(ctx, { versionId });
    expect(diff.dropped.map(({ guestId, reason }) => [guestId, reason]).toSorted()).toEqual(
      [
        [ann, 'The guest or the table is locked.'],
        [cy, 'Table 2 was removed since.'],
      ].toSorted(),
    );
    expect(await failure(restoreVersion(ctx, { versionId, revision: 1 }))).toMatchObject({
      code: 'seating.stale-plan',
    });
    await restoreVersion(ctx, { versionId, revision: diff.revision });
    const plan = must(await getPlan(ctx, { eventId }));
    expect(plan.assignments.find(({ guestId }) => guestId === ann)).toMatchObject({
      isLocked: true,
      tableId: must(tables[2]).id,
    });
    expect(plan.assignments.find(({ guestId }) => guestId === bo)).toMatchObject({
      tableId: one,
      seatNumber: 2,
      placedBy: 'version',
    });
  });

  it('need the right to change the plan, and are nobody else’s', async () => {
    const { ctx, viewer, eventId } = await dinner();
    const { id: versionId } = await saveVersion(ctx, { eventId, name: 'Mine' });
    for (const attempt of [
      () => saveVersion(viewer, { eventId, name: 'x' }),
      () => restoreVersion(viewer, { versionId, revision: 0 }),
      () => removeVersion(viewer, { versionId }),
    ])
      expect(await failure(attempt())).toMatchObject({ kind: 'forbidden' });
    expect(await listVersions(viewer, { eventId })).toHaveLength(1);
    const theirs = await dinner();
    expect(await failure(compareVersion(theirs.ctx, { versionId }))).toMatchObject({
      kind: 'not-found',
    });
    expect(await failure(saveVersion(ctx, { eventId, name: ' ' }))).toMatchObject({
      kind: 'invalid',
    });
  });
});

describe('presence', () => {
  it('tells everybody at once where the others look, and forgets who has gone', async () => {
    const { ctx, colleague, eventId, ann, tables, weddingId } = await dinner();
    const abort = new AbortController();
    const stream = streamPresence(
      { ...ctx, signal: abort.signal },
      { eventId },
      { mayContinue: async () => true },
    );
    expect((await stream.next()).value).toEqual([]);
    const tableId = must(tables[0]).id;
    const next = stream.next();
    const startedAt = performance.now();
    await showPresence(colleague, { eventId, tableId, guestIds: [ann] });
    expect((await next).value).toMatchObject([
      { userName: 'Ines Planner', tableId, guestIds: [ann] },
    ]);
    expect(performance.now() - startedAt).toBeLessThan(1_500);
    const gone = stream.next();
    await db.admin`
      update wedding.seating_presence set seen_at = now() - interval '26 seconds' where wedding_id = ${weddingId}`;
    expect((await gone).value).toEqual([]);
    abort.abort();
    expect((await stream.next()).done).toBe(true);
    const theirs = await dinner();
    expect(
      await failure(showPresence(theirs.ctx, { eventId, tableId: null, guestIds: [] })),
    ).toMatchObject({ kind: 'not-found' });
  });

  it('ends when access does', async () => {
    const { ctx, eventId, colleague } = await dinner();
    const stream = streamPresence(ctx, { eventId }, { mayContinue: async () => false });
    await stream.next();
    const next = stream.next();
    await showPresence(colleague, { eventId, tableId: null, guestIds: [] });
    expect(await failure(next)).toMatchObject({ kind: 'unauthenticated' });
  });
});
