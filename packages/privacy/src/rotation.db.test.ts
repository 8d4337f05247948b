import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { GuestId, type WeddingId } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { createGuest, getGuest, listGuests } from '@wedsync/guests';
import { createLogger } from '@wedsync/platform/log';
import { createContext } from '@wedsync/service/context';
import { createKeyRing } from '@wedsync/service/key-ring';
import { userContext } from '@wedsync/testing/contexts';
import { seedGuests } from '@wedsync/testing/factories/guests';
import { seedUser, seedWedding } from '@wedsync/testing/factories/weddings';
import { testKeyRing, testMasterKey } from '@wedsync/testing/key-ring';
import { describe, expect, it } from 'vitest';
import {
  listKeyRotations,
  listKeys,
  requestRotation,
  rewrapTierKeys,
  rotateDataKey,
} from './index.ts';

const db = await createTestDatabase();
const ground = {
  db: db.worker,
  keyRing: testKeyRing,
  log: createLogger({ service: 'test', level: 'silent' }),
  signal: new AbortController().signal,
  graceMs: 0,
  restFactor: 0,
};

async function open(count: number) {
  const place = await seedWedding(db.admin);
  const guestIds = await seedGuests(db.admin, { weddingId: place.weddingId, count });
  const ctx = userContext(db.app, { ...place, userId: place.ownerId });
  return { ...place, guestIds, ctx };
}
const keysOf = (weddingId: WeddingId) =>
  db.admin<{ id: string; state: string; wraps: number; secret: boolean }[]>`
    select k.id, k.state, k.wrapped is not null as secret, (select count(*)::int from wedding.guest_keys g
      where g.data_key_id = k.id) as wraps
    from ops.encryption_keys k
    where k.wedding_id = ${weddingId} and k.purpose = 'wrap' order by k.created_at`;
const emailsOf = async (ctx: ReturnType<typeof userContext>) => {
  const { items } = await listGuests(ctx, { limit: 500 });
  return items.map(({ email }) => email).toSorted();
};

describe('rotating a data key', () => {
  it('wraps every key anew, destroys the old one and changes no cipher', async () => {
    const { ctx, weddingId } = await open(40);
    const ciphers = () =>
      db.admin`select id, email_cipher, email_hash from wedding.guests
        where wedding_id = ${weddingId} order by id`;
    const before = { emails: await emailsOf(ctx), ciphers: [...(await ciphers())] };
    const [old] = await keysOf(weddingId);
    expect(await rotateDataKey(ground, weddingId)).toBe(old?.wraps);
    expect(await keysOf(weddingId)).toMatchObject([
      { id: old?.id, state: 'destroyed', wraps: 0, secret: false },
      { state: 'active', wraps: old?.wraps, secret: true },
    ]);
    expect({ emails: await emailsOf(ctx), ciphers: [...(await ciphers())] }).toEqual(before);
    // A process that has never seen the old key reads everything as well.
    const fresh = { ...ctx, keyRing: createKeyRing({ masterKey: testMasterKey }) };
    expect(await emailsOf(fresh)).toEqual(before.emails);
  });

  it('goes on while guests are created, edited and read, and none of that fails', async () => {
    const { ctx, weddingId, guestIds } = await open(300);
    let running = true;
    const rotating = (async () => {
      for (let round = 0; round < 4; round++) await rotateDataKey(ground, weddingId);
      running = false;
    })();
    const work = async (lane: number) => {
      const made: GuestId[] = [];
      while (running || made.length < 5) {
        const email = `made-${lane}-${made.length}@example.com`;
        const guest = await createGuest(ctx, { firstName: 'New', email });
        made.push(guest.id);
        expect(guest.email).toBe(email);
        const known = GuestId.parse(guestIds[(lane * 7 + made.length) % guestIds.length]);
        await getGuest(ctx, { guestId: known });
        await emailsOf(ctx);
      }
      return made;
    };
    const [made] = await Promise.all([Promise.all([work(1), work(2)]), rotating]);
    for (const guestId of made.flat())
      expect((await getGuest(ctx, { guestId })).email).toMatch(/^made-/);
    const states = (await keysOf(weddingId)).map(({ state }) => state);
    expect(states).toEqual(['destroyed', 'destroyed', 'destroyed', 'destroyed', 'active']);
  });

  it('waits for a transaction that has wrapped under the old key and not committed', async () => {
    const { ctx, weddingId } = await open(3);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const [, guest] = [0, await createGuest(ctx, { firstName: 'Held' })];
    const writing = db.app.write(ctx.claims, async (tx) => {
      const keys = await testKeyRing.forSealing(tx, weddingId);
      const { dataKeyId, wrapped } = keys.newGuestKey(guest.id);
      const hex = wrapped.toString('hex');
      await tx.execute(`
        insert into wedding.guest_keys (wedding_id, guest_id, data_key_id, wrapped)
        values ('${weddingId}', '${guest.id}', '${dataKeyId}', decode('${hex}', 'hex'))`);
      await held;
    });
    await sleep(50);
    const rotating = rotateDataKey(ground, weddingId);
    const first = await Promise.race([rotating.then(() => 'rotated'), sleep(300, 'waiting')]);
    expect(first).toBe('waiting');
    release();
    await Promise.all([writing, rotating]);
    const keys = await keysOf(weddingId);
    expect(keys.at(-1)).toMatchObject({ state: 'active', wraps: 3 });
  });

  it('killed at any moment, ends where it would have ended', async () => {
    const { ctx, weddingId } = await open(5_000);
    const before = await emailsOf(ctx);
    const [old] = await keysOf(weddingId);
    const total = old?.wraps ?? 0;
    const script = fileURLToPath(new URL('testing/rotation-process.ts', import.meta.url));
    const left = async () => (await keysOf(weddingId)).find(({ id }) => id === old?.id)?.wraps ?? 0;
    let rest = total;
    let kills = 0;
    while (rest > 0) {
      const child = spawn(process.execPath, [script, db.url('worker'), weddingId], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      const exited = once(child, 'exit');
      // Killed as soon as it has got anything done: batches are under way then.
      while (child.exitCode === null && (await left()) === rest) await sleep(5);
      child.kill('SIGKILL');
      const [, signal] = await exited;
      if (signal === 'SIGKILL') kills++;
      rest = await left();
    }
    expect(kills).toBeGreaterThan(1);
    await rotateDataKey(ground, weddingId);
    const keys = await keysOf(weddingId);
    expect(keys.filter(({ state }) => state === 'active')).toMatchObject([{ wraps: total }]);
    expect(keys.find(({ id }) => id === old?.id)).toMatchObject({ state: 'destroyed', wraps: 0 });
    expect(keys.length).toBeLessThanOrEqual(3);
    expect(await emailsOf(ctx)).toEqual(before);
  });
});

describe('a new master key', () => {
  it('takes over the tiers, after which the former one opens nothing', async () => {
    const { ctx } = await open(6);
    const before = await emailsOf(ctx);
    const next = Buffer.alloc(32, 9).toString('base64');
    const both = createKeyRing({ masterKey: next, previousMasterKey: testMasterKey });
    const turn = () => db.service.run('maintenance.run', (tx) => rewrapTierKeys(tx, both));
    expect(await turn()).toBe(3);
    expect(await turn()).toBe(0);
    expect(await emailsOf({ ...ctx, keyRing: createKeyRing({ masterKey: next }) })).toEqual(before);
    const former = { ...ctx, keyRing: createKeyRing({ masterKey: testMasterKey }) };
    await expect(emailsOf(former)).rejects.toMatchObject({ code: 'service.master-key' });
    const back = createKeyRing({ masterKey: testMasterKey, previousMasterKey: next });
    await db.service.run('maintenance.run', (tx) => rewrapTierKeys(tx, back));
  });
});

describe('operators', () => {
  it('list keys and start rotations; nobody else does', async () => {
    const { ctx, weddingId } = await open(2);
    const { userId } = await seedUser(db.admin, { isOperator: true });
    const operator = createContext(ctx, { actor: { kind: 'operator', userId } });
    const { items } = await listKeys(operator, { weddingId });
    const facts = items.map(({ purpose, state, wraps }) => `${purpose} ${state} ${wraps}`);
    expect(facts.toSorted()).toEqual(['hash active 0', 'wrap active 1']);
    expect(JSON.stringify(items)).not.toMatch(/wrapped/);
    expect(await requestRotation(operator, { weddingId })).toEqual({ started: 1 });
    await requestRotation(operator, { weddingId });
    const jobs = await db.admin`
      select payload from ops.outbox where job_name = 'privacy.rotate-data-keys'`;
    expect(jobs).toEqual([{ payload: { v: 1, weddingId } }]);
    const trail = await db.admin`select action, after from ops.operator_audit`;
    expect(trail[0]).toEqual({ action: 'keys.rotate', after: { weddings: 1, weddingId } });
    expect(await listKeyRotations(operator)).toEqual([
      {
        weddingId,
        title: expect.any(String),
        state: 'waiting',
        startedAt: null,
        done: 0,
        total: 1,
      },
    ]);
    await expect(listKeyRotations(ctx)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(listKeys(ctx, {})).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(requestRotation(ctx, { weddingId })).rejects.toMatchObject({ kind: 'forbidden' });
    const impostor = createContext(ctx, {
      actor: { kind: 'operator', userId: ctx.claims.userId as never },
    });
    await expect(listKeys(impostor, {})).rejects.toMatchObject({ cause: { code: '42501' } });
  });
});
