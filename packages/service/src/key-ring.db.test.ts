import { GuestId, newId, newUuid, WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { bytesParameter } from '@wedsync/db/sql-values';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { createKeyRing } from './key-ring.ts';

const db = await createTestDatabase();
const masterKey = Buffer.alloc(32, 1).toString('base64');
const ring = createKeyRing({ masterKey });

async function newWedding(): Promise<WeddingId> {
  const [orgId, weddingId] = [newUuid(), newId(WeddingId)];
  await db.admin`
    insert into wedding.organizations (id, name, postal_address) values (${orgId}, 'Fairlight', '1 Harbour Street')`;
  await db.admin`
    insert into wedding.weddings
      (id, org_id, title, partner_a_name, partner_b_name, time_zone, default_country)
    values (${weddingId}, ${orgId}, 'Ana & Tom', 'Ana', 'Tom', 'Europe/Lisbon', 'PT')`;
  return weddingId;
}

async function newGuest(weddingId: WeddingId): Promise<GuestId> {
  const [householdId, guestId] = [newUuid(), newId(GuestId)];
  await db.admin`
    insert into wedding.households (wedding_id, id) values (${weddingId}, ${householdId})`;
  await db.admin`
    insert into wedding.guests (wedding_id, id, household_id, first_name)
    values (${weddingId}, ${guestId}, ${householdId}, 'Ana')`;
  return guestId;
}

const inWedding = <T>(weddingId: WeddingId, fn: (tx: Tx) => Promise<T>) =>
  db.app.write({ actorKind: 'user', weddingId }, fn);
const reading = <T>(weddingId: WeddingId, fn: (tx: Tx) => Promise<T>) =>
  db.app.read({ actorKind: 'user', weddingId }, fn);

/** A guest with a sealed address, as stored. */
async function sealOne(weddingId: WeddingId) {
  const guestId = await newGuest(weddingId);
  return inWedding(weddingId, async (tx) => {
    const keys = await ring.forSealing(tx, weddingId);
    const { key, wrapped, dataKeyId } = keys.newGuestKey(guestId);
    await tx.execute(sql`
      insert into wedding.guest_keys (wedding_id, guest_id, data_key_id, wrapped)
      values (${weddingId}, ${guestId}, ${dataKeyId}, ${bytesParameter(wrapped)})`);
    return { guestId, wrapped, dataKeyId, cipher: key.seal('email', 'ana@example.com') };
  });
}

describe('a key ring', () => {
  it('opens in another process what it sealed in this one', async () => {
    const weddingId = await newWedding();
    const { guestId, wrapped, cipher } = await sealOne(weddingId);
    const elsewhere = createKeyRing({ masterKey });
    const keys = await reading(weddingId, (tx) => elsewhere.forWedding(tx, weddingId, [wrapped]));
    expect(keys.openContact(cipher, wrapped, { guestId, field: 'email' })).toBe('ana@example.com');
    const stranger = newId(GuestId);
    expect(() => keys.openContact(cipher, wrapped, { guestId: stranger, field: 'email' })).toThrow(
      /cannot be read/,
    );
    expect(() => keys.openContact(cipher, wrapped, { guestId, field: 'phone' })).toThrow(
      /cannot be read/,
    );
  });

  it('remembers the keys of a wedding and asks again for one that it does not know', async () => {
    const weddingId = await newWedding();
    const { wrapped } = await sealOne(weddingId);
    const mine = createKeyRing({ masterKey });
    expect(mine.remembered(weddingId, [])).toBeUndefined();
    await reading(weddingId, (tx) => mine.forWedding(tx, weddingId));
    expect(mine.remembered(weddingId, [wrapped, null])).toBeDefined();
    const unknown = Buffer.from(wrapped);
    unknown[3] = (unknown[3] ?? 0) ^ 1;
    expect(mine.remembered(weddingId, [unknown])).toBeUndefined();
    const brief = createKeyRing({ masterKey, cacheMs: 0 });
    await reading(weddingId, (tx) => brief.forWedding(tx, weddingId));
    expect(brief.remembered(weddingId, [])).toBeUndefined();
  });

  it('opens with a remembered guest’s key only what is stored under it now', async () => {
    const weddingId = await newWedding();
    const { guestId, wrapped, cipher } = await sealOne(weddingId);
    const mine = createKeyRing({ masterKey, guestKeysMax: 10 });
    const keys = await reading(weddingId, (tx) => mine.forWedding(tx, weddingId, [wrapped]));
    const place = { guestId, field: 'email' } as const;
    const key = keys.guest(guestId, wrapped);
    expect(keys.guest(guestId, Buffer.from(wrapped))).toBe(key);
    expect(keys.openContact(cipher, wrapped, place)).toBe('ana@example.com');
    const damaged = Buffer.from(wrapped);
    damaged[40] = (damaged[40] ?? 0) ^ 1;
    expect(() => keys.openContact(cipher, damaged, place)).toThrow(/cannot be read/);
    const elsewhere = await newWedding();
    await sealOne(elsewhere);
    const others = await reading(elsewhere, (tx) => mine.forWedding(tx, elsewhere));
    expect(() => others.guest(guestId, wrapped)).toThrow(/just replaced/);
  });

  it('still opens rows that were read before their key was replaced and destroyed', async () => {
    const weddingId = await newWedding();
    const { guestId, wrapped, cipher, dataKeyId } = await sealOne(weddingId);
    const mine = createKeyRing({ masterKey });
    await reading(weddingId, (tx) => mine.forWedding(tx, weddingId));
    await db.admin`delete from wedding.guest_keys where guest_id = ${guestId}`;
    await db.admin`
      update ops.encryption_keys set state = 'destroyed', wrapped = null, retired_at = now(),
        destroyed_at = now() where id = ${dataKeyId}`;
    const later = await sealOne(weddingId);
    const keys = await reading(weddingId, (tx) =>
      mine.forWedding(tx, weddingId, [wrapped, later.wrapped]),
    );
    for (const one of [{ guestId, wrapped, cipher }, later]) {
      const place = { guestId: one.guestId, field: 'email' } as const;
      expect(keys.openContact(one.cipher, one.wrapped, place)).toBe('ana@example.com');
    }
  });

  it('forgets keys whose transaction was rolled back', async () => {
    const weddingId = await newWedding();
    const failing = inWedding(weddingId, async (tx) => {
      await ring.forSealing(tx, weddingId);
      expect((await ring.forWedding(tx, weddingId)).hasKeys).toBe(true);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow(/changed my mind/);
    expect(ring.remembered(weddingId, [])).toBeUndefined();
    const keys = await reading(weddingId, (tx) => ring.forWedding(tx, weddingId));
    expect(keys.hasKeys).toBe(false);
    expect(() => keys.hashEmail('a@b.cd')).toThrow(/no keys yet/);
  });

  it('makes one set of keys however many ask for the first time at once', async () => {
    const weddingId = await newWedding();
    const hashes = await Promise.all(
      Array.from({ length: 8 }, () =>
        inWedding(weddingId, async (tx) => {
          const keys = await createKeyRing({ masterKey }).forSealing(tx, weddingId);
          return keys.hashEmail('ana@example.com').toString('hex');
        }),
      ),
    );
    expect(new Set(hashes).size).toBe(1);
  });

  it('hashes the same address differently for each wedding', async () => {
    const hashes = await Promise.all(
      [await newWedding(), await newWedding()].map((weddingId) =>
        inWedding(weddingId, async (tx) =>
          (await ring.forSealing(tx, weddingId)).hashPhone('+351912345678').toString('hex'),
        ),
      ),
    );
    expect(new Set(hashes).size).toBe(2);
  });

  it('says which master key is missing, and opens with the former one', async () => {
    const weddingId = await newWedding();
    await sealOne(weddingId);
    const nextKey = Buffer.alloc(32, 2).toString('base64');
    const open = (tx: Tx, previousMasterKey?: string) =>
      createKeyRing({ masterKey: nextKey, previousMasterKey }).forWedding(tx, weddingId);
    await expect(reading(weddingId, (tx) => open(tx))).rejects.toThrow(/MASTER_KEY_PREVIOUS/);
    expect((await reading(weddingId, (tx) => open(tx, masterKey))).hasKeys).toBe(true);
  });

  it('shows the keys of one wedding to nobody else', async () => {
    const [mine, other] = [await newWedding(), await newWedding()];
    await sealOne(other);
    const stray = await reading(mine, (tx) => createKeyRing({ masterKey }).forWedding(tx, other));
    expect(stray.hasKeys).toBe(false);
  });
});

describe('keys of guests', () => {
  it('are never wrapped under a key that was retired', async () => {
    const weddingId = await newWedding();
    const { dataKeyId, wrapped } = await sealOne(weddingId);
    await db.admin`
      update ops.encryption_keys set state = 'retiring', retired_at = now() where id = ${dataKeyId}`;
    const guestId = await newGuest(weddingId);
    const late = db.admin`
      insert into wedding.guest_keys (wedding_id, guest_id, data_key_id, wrapped)
      values (${weddingId}, ${guestId}, ${dataKeyId}, ${wrapped})`;
    await expect(late).rejects.toMatchObject({ code: '40001' });
  });

  it('go with their guest', async () => {
    const weddingId = await newWedding();
    const { guestId } = await sealOne(weddingId);
    await db.admin`delete from wedding.guests where id = ${guestId}`;
    const left = await db.admin`select from wedding.guest_keys where guest_id = ${guestId}`;
    expect(left).toHaveLength(0);
  });
});
