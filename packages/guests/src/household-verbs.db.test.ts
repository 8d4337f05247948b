import { HouseholdId, newId } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { userContext } from '@wedsync/testing/contexts';
import { seedGuest, seedHousehold } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { describe, expect, it } from 'vitest';
import { getHousehold, listHouseholds } from './queries/list-households.ts';
import { createHousehold, updateHousehold } from './update-household.ts';

const db = await createTestDatabase();
const open = async () => {
  const place = await seedWedding(db.admin);
  return { ...place, ctx: userContext(db.app, place) };
};

describe('a household', () => {
  it('is created, read and edited under its version, with a trace of each write', async () => {
    const { ctx, weddingId } = await open();
    const created = await createHousehold(ctx, { name: 'The Rochas', city: 'Porto' });
    expect(created).toMatchObject({
      name: 'The Rochas',
      city: 'Porto',
      guests: 0,
      hasLink: false,
      version: 1,
    });
    await seedGuest(db.admin, { weddingId, householdId: created.id });
    const edited = await updateHousehold(ctx, {
      householdId: created.id,
      version: 1,
      patch: { name: 'The Rochas', street: 'Rua da Prata 12' },
    });
    expect(edited).toEqual({ ...created, street: 'Rua da Prata 12', guests: 1, version: 2 });
    expect(await getHousehold(ctx, { householdId: created.id })).toEqual(edited);
    const audit = await db.admin`
      select action, before, after from wedding.audit_log where entity_id = ${created.id} order by id`;
    expect(audit).toMatchObject([
      { action: 'guests.create-household' },
      {
        action: 'guests.update-household',
        before: { street: '' },
      },
    ]);
    // The history keeps the street under the household's key, not in plain.
    expect(Object.keys(audit[1]?.after)).toEqual(['sealed']);
    const changes =
      await db.admin`select kind from wedding.changes where entity_id = ${created.id} order by seq`;
    expect(changes.map((change) => change.kind)).toEqual(['created', 'updated']);
  });

  it('lets one of two editors win and hands the current row to the other', async () => {
    const { ctx, weddingId } = await open();
    const householdId = await seedHousehold(db.admin, { weddingId });
    const edit = (name: string) =>
      updateHousehold(ctx, { householdId, version: 1, patch: { name } });
    const results = await Promise.allSettled([edit('First'), edit('Second'), edit('Third')]);
    const current = results.find((one) => one.status === 'fulfilled')?.value;
    const losers = results.filter((one) => one.status === 'rejected');
    expect(losers).toHaveLength(2);
    for (const { reason } of losers)
      expect(reason).toMatchObject({ kind: 'conflict', details: { current } });
  });

  it('is refused to viewers, to other weddings, and with a text that is too long', async () => {
    const { ctx, weddingId, ...rest } = await open();
    const other = await open();
    const viewer = userContext(db.app, { ...rest, weddingId, access: { weddingRole: 'viewer' } });
    const householdId = await seedHousehold(db.admin, { weddingId });
    const input = { householdId, version: 1, patch: { name: 'X' } };
    await expect(createHousehold(viewer, { name: 'X' })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await expect(updateHousehold(viewer, input)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(updateHousehold(other.ctx, input)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(getHousehold(other.ctx, { householdId })).rejects.toMatchObject({
      kind: 'not-found',
    });
    await expect(getHousehold(ctx, { householdId: newId(HouseholdId) })).rejects.toMatchObject({
      kind: 'not-found',
    });
    const long = { ...input, patch: { name: 'x'.repeat(201) } };
    await expect(updateHousehold(ctx, long)).rejects.toMatchObject({
      kind: 'invalid',
      details: { issues: [{ path: 'patch.name' }] },
    });
  });

  it('appears once in the pages of the list', async () => {
    const { ctx, weddingId } = await open();
    const ids: string[] = [];
    for (let index = 0; index < 7; index++) ids.push(await seedHousehold(db.admin, { weddingId }));
    const listed: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listHouseholds(ctx, { limit: 3, cursor });
      listed.push(...page.items.map((household) => household.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(listed).toEqual(ids.toSorted());
    await expect(listHouseholds(ctx, { cursor: 'nonsense' })).rejects.toMatchObject({
      code: 'guests.cursor',
    });
  });
});
