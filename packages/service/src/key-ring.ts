import type { KeyObject } from 'node:crypto';
import { DomainError } from '@wedsync/contracts/errors';
import { newUuid, type WeddingId } from '@wedsync/contracts/ids';
import { bytesParameter } from '@wedsync/db/sql-values';
import { readMasterKey } from '@wedsync/platform/encryption/master-key';
import {
  newKey,
  unwrapKey,
  type WrappingKey,
  wrapKey,
  wrappingKeyId,
} from '@wedsync/platform/encryption/wrapped-key';
import { type SQL, sql } from 'drizzle-orm';
import { SubjectKeyCache } from './subject-key-cache.ts';
import { SealingKeys, type UnwrappedKeys, WeddingKeys } from './wedding-keys.ts';

export interface KeyRingOptions {
  /** MASTER_KEY */
  masterKey: string;
  /** MASTER_KEY_PREVIOUS: opens what was wrapped before the master key was replaced. */
  previousMasterKey?: string | undefined;
  /** How long unwrapped keys stay in memory; a destroyed key is gone from it after that. */
  cacheMs?: number;
  /** Keys of guests kept beside them; 0, the default, where the same guests are not read again. */
  guestKeysMax?: number;
}

/** What a ring needs of a transaction. */
export interface Statements {
  execute(statement: SQL): PromiseLike<Iterable<Record<string, unknown>>>;
}

export type WrappedKeys = Iterable<Uint8Array | null | undefined>;

/** Opens the keys under which contact data is encrypted; one per process. */
export interface KeyRing {
  /**
   * The keys of a wedding, for opening and looking up. From memory where it has every key that
   * `wrapped` needs; else one statement. Read the rows first, then ask with their wrapped keys: then
   * a rotation that runs meanwhile is never in the way.
   */
  forWedding(tx: Statements, weddingId: WeddingId, wrapped?: WrappedKeys): Promise<WeddingKeys>;
  /** From memory only: undefined where that does not suffice. Saves hot reads a round trip. */
  remembered(weddingId: WeddingId, wrapped: WrappedKeys): WeddingKeys | undefined;
  /**
   * The keys of a wedding for writing: makes them where there are none, and asks which is active.
   * Needs a transaction that may write.
   */
  forSealing(tx: Statements, weddingId: WeddingId): Promise<SealingKeys>;
  /** The active key of the data tier, made where there is none. */
  dataTier(tx: Statements): Promise<WrappingKey>;
  /** The master key that a tier's key was wrapped under: the present or the previous one. */
  masterFor(wrapped: Uint8Array): KeyObject;
  /** The present master key. */
  readonly master: WrappingKey;
}

export type KeyRow = {
  id: string;
  tier: 'data' | 'backup' | 'transport';
  purpose: 'wrap' | 'hash';
  wedding_id: WeddingId | null;
  wrapped: Uint8Array;
  state: 'active' | 'retiring';
  /** False for a row of this very transaction, which may still be rolled back. */
  settled: boolean;
};

const cacheMsDefault = 300_000;
/** Weddings whose keys are held at once: some kilobytes each. */
const weddingsMax = 2_000;

/** What a key of `ops.encryption_keys` is wrapped for: it unwraps in its own row only. */
export const keyContext = (row: Pick<KeyRow, 'id' | 'tier' | 'purpose' | 'wedding_id'>): string =>
  ['key', row.id, row.tier, row.purpose, row.wedding_id ?? ''].join('|');

function missingKey(id: string): DomainError {
  return new DomainError(
    'precondition',
    'service.master-key',
    'The encryption keys of this installation were wrapped under another MASTER_KEY. Start with that one, or give it as MASTER_KEY_PREVIOUS.',
    { keyId: id },
  );
}

function keyOf(keys: ReadonlyMap<string, KeyObject>, wrapped: Uint8Array): KeyObject {
  const id = wrappingKeyId(wrapped);
  const key = keys.get(id);
  if (key) return key;
  throw missingKey(id);
}

/** Rows of a wedding and of the data tier. */
async function readRows(tx: Statements, weddingId: WeddingId | null): Promise<KeyRow[]> {
  const rows = await tx.execute(sql`
    select id, tier, purpose, wedding_id, wrapped, state, created_at < now() as settled
    from ops.encryption_keys
    where state <> 'destroyed' and tier = 'data'
      and (wedding_id is null or wedding_id = ${weddingId}::uuid)`);
  return [...rows] as KeyRow[];
}

interface Remembered {
  keys: WeddingKeys;
  until: number;
  /** Each data key with its own end, which reading the wedding again does not move. */
  data: Map<string, { key: KeyObject; until: number }>;
}

class Ring implements KeyRing {
  readonly master: WrappingKey;
  readonly #masters: ReadonlyMap<string, KeyObject>;
  readonly #cacheMs: number;
  readonly #weddings = new Map<WeddingId, Remembered>();
  readonly #guests: SubjectKeyCache | undefined;

  constructor(options: KeyRingOptions) {
    const { masterKey, previousMasterKey, cacheMs = cacheMsDefault, guestKeysMax = 0 } = options;
    this.master = readMasterKey(masterKey);
    const previous = previousMasterKey ? [readMasterKey(previousMasterKey)] : [];
    this.#masters = new Map([this.master, ...previous].map(({ id, key }) => [id, key]));
    this.#cacheMs = cacheMs;
    if (guestKeysMax > 0) {
      this.#guests = new SubjectKeyCache({ sizeMax: guestKeysMax, ttlMs: cacheMs });
    }
  }

  masterFor(wrapped: Uint8Array): KeyObject {
    return keyOf(this.#masters, wrapped);
  }

  #unwrap(row: KeyRow, by: ReadonlyMap<string, KeyObject>): KeyObject {
    return unwrapKey(keyOf(by, row.wrapped), row.wrapped, keyContext(row));
  }

  #tiers(rows: readonly KeyRow[]): Map<string, KeyObject> {
    const own = rows.filter(({ wedding_id }) => wedding_id === null);
    return new Map(own.map((row) => [row.id, this.#unwrap(row, this.#masters)]));
  }

  #unwrapWedding(rows: readonly KeyRow[]): UnwrappedKeys {
    const tiers = this.#tiers(rows);
    const own = rows.filter(({ wedding_id }) => wedding_id !== null);
    const keys = own.map((row) => ({ row, key: this.#unwrap(row, tiers) }));
    return {
      data: new Map(
        keys.filter(({ row }) => row.purpose === 'wrap').map(({ row, key }) => [row.id, key]),
      ),
      hash: keys.find(({ row }) => row.purpose === 'hash')?.key,
    };
  }

  remembered(weddingId: WeddingId, wrapped: WrappedKeys): WeddingKeys | undefined {
    const entry = this.#weddings.get(weddingId);
    if (!entry || entry.until < performance.now()) return undefined;
    return entry.keys.knows(wrapped) ? entry.keys : undefined;
  }

  async forWedding(
    tx: Statements,
    weddingId: WeddingId,
    wrapped: WrappedKeys = [],
  ): Promise<WeddingKeys> {
    const known = this.remembered(weddingId, wrapped);
    if (known) return known;
    const rows = await readRows(tx, weddingId);
    const unwrapped = this.#unwrapWedding(rows);
    if (!unwrapped.hash || !rows.every(({ settled }) => settled)) {
      return new WeddingKeys(weddingId, unwrapped);
    }
    return this.#remember(weddingId, unwrapped);
  }

  /**
   * A key that was destroyed meanwhile stays until its own time is over: somebody in this process may
   * hold a row that was read before.
   */
  #remember(weddingId: WeddingId, { data, hash }: UnwrappedKeys): WeddingKeys {
    const now = performance.now();
    const until = now + this.#cacheMs;
    const former = [...(this.#weddings.get(weddingId)?.data ?? [])];
    const kept = new Map(former.filter(([, entry]) => entry.until > now));
    for (const [id, key] of data) kept.set(id, { key, until });
    const all = new Map([...kept].map(([id, { key }]) => [id, key]));
    const keys = new WeddingKeys(weddingId, { data: all, hash }, this.#guests);
    this.#weddings.delete(weddingId);
    this.#weddings.set(weddingId, { keys, until, data: kept });
    const [oldest] = this.#weddings.keys();
    if (this.#weddings.size > weddingsMax && oldest) this.#weddings.delete(oldest);
    return keys;
  }

  async forSealing(tx: Statements, weddingId: WeddingId): Promise<SealingKeys> {
    let rows = await readRows(tx, weddingId);
    const own = (purpose: KeyRow['purpose']) =>
      rows.find((row) => row.wedding_id && row.purpose === purpose && row.state === 'active');
    if (!own('wrap') || !own('hash')) {
      await this.#makeKeys(tx, weddingId);
      rows = await readRows(tx, weddingId);
    }
    const keys = this.#unwrapWedding(rows);
    const id = own('wrap')?.id ?? '';
    const key = keys.data.get(id);
    if (!key) throw new DomainError('bug', 'service.no-keys', 'This wedding has no active key.');
    return new SealingKeys(weddingId, keys, { id, key });
  }

  async #insert(
    tx: Statements,
    by: WrappingKey,
    row: Pick<KeyRow, 'tier' | 'purpose' | 'wedding_id'>,
  ) {
    const id = newUuid();
    const wrapped = wrapKey(by, newKey(), keyContext({ ...row, id }));
    await tx.execute(sql`
      insert into ops.encryption_keys (id, tier, purpose, wedding_id, wrapped)
      values (${id}, ${row.tier}, ${row.purpose}, ${row.wedding_id}, ${bytesParameter(wrapped)})
      on conflict do nothing`);
  }

  async dataTier(tx: Statements): Promise<WrappingKey> {
    const find = async () => {
      const rows = await readRows(tx, null);
      const row = rows.find(({ state }) => state === 'active');
      return row && { id: row.id, key: this.#unwrap(row, this.#masters) };
    };
    const found = await find();
    if (found) return found;
    for (const tier of ['data', 'backup', 'transport'] as const) {
      await this.#insert(tx, this.master, { tier, purpose: 'wrap', wedding_id: null });
    }
    const made = await find();
    if (made) return made;
    throw new DomainError('bug', 'service.no-keys', 'The data tier has no active key.');
  }

  async #makeKeys(tx: Statements, weddingId: WeddingId): Promise<void> {
    const tier = await this.dataTier(tx);
    for (const purpose of ['wrap', 'hash'] as const) {
      await this.#insert(tx, tier, { tier: 'data', purpose, wedding_id: weddingId });
    }
  }
}

/** Opens the ring of this installation. @throws DomainError `precondition` `platform.master_key` */
export function createKeyRing(options: KeyRingOptions): KeyRing {
  return new Ring(options);
}
