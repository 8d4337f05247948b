import { setTimeout as sleep } from 'node:timers/promises';
import { type GuestId, newUuid, type WeddingId } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { createGuest, getGuest } from '@wedsync/guests';
import { createLogger } from '@wedsync/platform/log';
import { createContext } from '@wedsync/service/context';
import { createKeyRing } from '@wedsync/service/key-ring';
import { userContext } from '@wedsync/testing/contexts';
import { seedGuest } from '@wedsync/testing/factories/guests';
import { seedUser, seedWedding } from '@wedsync/testing/factories/weddings';
import { testKeyRing, testMasterKey } from '@wedsync/testing/key-ring';
import { describe, expect, it } from 'vitest';
import { listKeyRotations, rotateDataKey, rotateTierKey } from './index.ts';

const db = await createTestDatabase();
const ground = { db: db.service, keyRing: testKeyRing };

async function open() {
  const place = await seedWedding(db.admin);
  const { weddingId } = place;
  const { guestId } = await seedGuest(db.admin, { weddingId, email: `a.${newUuid()}@example.com` });
  const ctx = userContext(db.app, { ...place, userId: place.ownerId });
  // Nobody remembers anything: what is read comes from the rows.
  const read = () => {
    const keyRing = createKeyRing({ masterKey: testMasterKey });
    return getGuest({ ...ctx, keyRing }, { guestId });
  };
  return { weddingId, guestId, ctx, read };
}
const tierKeys = () =>
  db.admin<{ id: string; state: string; wraps: number; secret: boolean }[]>`
    select k.id, k.state, k.wrapped is not null as secret, (select count(*)::int
      from ops.encryption_keys w where w.wedding_id is not null
        and substring(w.wrapped from 1 for 16) = uuid_send(k.id)) as wraps
    from ops.encryption_keys k where k.tier = 'data' and k.wedding_id is null order by k.created_at`;

describe('a new key for the data tier', () => {
  it('takes over the keys of all weddings; the old one is gone, and nothing else changes', async () => {
    const weddings = [await open(), await open(), await open()];
    const before = await Promise.all(weddings.map(({ read }) => read()));
    const guestKeys = () => db.admin`select * from wedding.guest_keys order by guest_id`;
    const wrappedBefore = [...(await guestKeys())];
    const [old] = await tierKeys();
    const told: number[] = [];
    expect(await rotateTierKey({ ...ground, progress: (done) => told.push(done) })).toBe(6);
    expect(told).toEqual([6]);
    expect(await tierKeys()).toMatchObject([
      { id: old?.id, state: 'destroyed', wraps: 0, secret: false },
      { state: 'active', wraps: 6, secret: true },
    ]);
    expect(await Promise.all(weddings.map(({ read }) => read()))).toEqual(before);
    expect([...(await guestKeys())]).toEqual(wrappedBefore);
  });

  it('goes on where a run was killed', async () => {
    const { read } = await open();
    const before = await read();
    const killed = {
      ...ground,
      progress: () => {
        throw new Error('killed after a batch');
      },
    };
    await expect(rotateTierKey(killed)).rejects.toThrow(/killed/);
    const states = (await tierKeys()).map(({ state }) => state);
    expect(states.filter((state) => state === 'retiring')).toHaveLength(1);
    expect(await read()).toEqual(before);
    await rotateTierKey(ground);
    expect((await tierKeys()).map(({ state }) => state)).toEqual([
      ...states.map(() => 'destroyed').slice(1),
      'active',
    ]);
    expect(await read()).toEqual(before);
  });

  it('waits for a wedding that is getting its keys, and refuses one that comes too late', async () => {
    const { weddingId } = await seedWedding(db.admin);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const writing = db.app.write({ actorKind: 'user', weddingId }, async (tx) => {
      await createKeyRing({ masterKey: testMasterKey }).forSealing(tx, weddingId);
      await held;
    });
    await sleep(50);
    const rotating = rotateTierKey(ground);
    expect(await Promise.race([rotating.then(() => 'rotated'), sleep(300, 'waiting')])).toBe(
      'waiting',
    );
    release();
    await Promise.all([writing, rotating]);
    const keys = await tierKeys();
    expect(keys.filter(({ wraps }) => wraps > 0).map(({ state }) => state)).toEqual(['active']);

    const retired = keys.find(({ state }) => state === 'destroyed');
    const late = db.admin`
      insert into ops.encryption_keys (id, tier, purpose, wedding_id, wrapped)
      values (${newUuid()}, 'data', 'hash', ${(await seedWedding(db.admin)).weddingId},
        uuid_send(${retired?.id ?? ''}::uuid) || ${Buffer.alloc(61)})`;
    await expect(late).rejects.toMatchObject({ code: '40001' });
  });

  it('goes on while weddings are created and guests are written', async () => {
    const made: { ctx: ReturnType<typeof userContext>; guestId: GuestId }[] = [];
    let running = true;
    const creating = (async () => {
      while (running) {
        // The first guest of a wedding makes its keys, in the verb's own transaction.
        const place = await seedWedding(db.admin);
        const ctx = userContext(db.app, { ...place, userId: place.ownerId });
        const email = `n.${newUuid()}@example.com`;
        made.push({ ctx, guestId: (await createGuest(ctx, { firstName: 'New', email })).id });
      }
    })();
    for (let round = 0; round < 5; round++) await rotateTierKey(ground);
    running = false;
    await creating;
    expect(made.length).toBeGreaterThan(0);
    const keyRing = createKeyRing({ masterKey: testMasterKey });
    for (const { ctx, guestId } of made) {
      expect((await getGuest({ ...ctx, keyRing }, { guestId })).email).toMatch(/^n\./);
    }
    expect((await tierKeys()).filter(({ wraps }) => wraps > 0)).toHaveLength(1);
  });
});

describe('the progress of a rotation', () => {
  it('counts what is under the new key, until the old one is destroyed', async () => {
    const { weddingId, ctx } = await open();
    for (let n = 0; n < 5; n++)
      await createGuest(ctx, { firstName: 'G', email: `g${n}@example.com` });
    const { userId } = await seedUser(db.admin, { isOperator: true });
    const operator = createContext(ctx, { actor: { kind: 'operator', userId } });
    const stop = new AbortController();
    const rotation = rotateDataKey(
      {
        db: db.worker,
        keyRing: testKeyRing,
        log: createLogger({ service: 'test', level: 'silent' }),
        signal: stop.signal,
        graceMs: 60_000,
      },
      weddingId as WeddingId,
    );
    const mine = async () =>
      (await listKeyRotations(operator)).find((one) => one.weddingId === weddingId);
    await expect.poll(mine).toMatchObject({ state: 'running', done: 6, total: 6 });
    stop.abort();
    await rotation.catch(() => {});
    expect((await mine())?.startedAt).not.toBeNull();
  });
});
