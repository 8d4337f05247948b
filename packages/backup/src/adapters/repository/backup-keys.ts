import type { KeyObject } from 'node:crypto';
import { DomainError } from '@wedsync/contracts/errors';
import { newUuid } from '@wedsync/contracts/ids';
import {
  newKey,
  unwrapKey,
  type WrappingKey,
  wrapKey,
  wrappingKeyId,
} from '@wedsync/platform/encryption/wrapped-key';
import type { ObjectStore } from './object-store.ts';
import type { BackupKeys } from './sealed-objects.ts';

const folder = 'keys/';
const contextOf = (id: string) => `backup key|${id}`;
const wrappedBytesMax = 1_024;

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

/**
 * A new key under which everything is sealed from now on; what was sealed before stays readable.
 * @returns its id
 */
export async function addBackupKey(store: ObjectStore, master: WrappingKey): Promise<string> {
  const id = newUuid();
  await store.write(`${folder}${id}`, once(wrapKey(master, newKey(), contextOf(id))));
  return id;
}

function unwrap(id: string, wrapped: Buffer, masters: ReadonlyMap<string, KeyObject>): KeyObject {
  const by = wrappingKeyId(wrapped);
  const master = masters.get(by);
  if (master) return unwrapKey(master, wrapped, contextOf(id));
  throw new DomainError(
    'precondition',
    'backup.master-key',
    'The backups in this repository were encrypted under another MASTER_KEY. Start with that one, or give it as MASTER_KEY_PREVIOUS.',
    { masterKeyId: by },
  );
}

/**
 * The keys of the backup tier. They lie in the repository itself, wrapped under the master key, so
 * that the repository and that one key suffice where everything else is lost. The first is made here.
 * @param masters the present master key, and the former one while it is being replaced
 * @throws DomainError `precondition` `backup.master-key`
 */
export async function openBackupKeys(
  store: ObjectStore,
  masters: readonly [WrappingKey, ...WrappingKey[]],
): Promise<BackupKeys> {
  const [present] = masters;
  let names = await store.list(folder);
  if (names.length === 0) {
    await addBackupKey(store, present);
    names = await store.list(folder);
  }
  const byId = new Map(masters.map(({ id, key }) => [id, key]));
  const all = new Map<string, KeyObject>();
  for (const name of names) {
    const id = name.slice(folder.length);
    all.set(id, unwrap(id, await store.read(name, 0, wrappedBytesMax), byId));
  }
  // Ids are ordered by time: the last one is the newest.
  const [id, key] = [...all].at(-1) ?? [];
  if (!id || !key) throw new DomainError('bug', 'backup.no-key', 'The repository has no key.');
  return { active: { id, key }, all };
}

/** Wraps every key under the present master key, when it has replaced the former one. */
export async function rewrapBackupKeys(
  store: ObjectStore,
  masters: readonly [WrappingKey, ...WrappingKey[]],
): Promise<void> {
  const [present] = masters;
  const { all } = await openBackupKeys(store, masters);
  for (const [id, key] of all) {
    await store.write(`${folder}${id}`, once(wrapKey(present, key, contextOf(id))));
  }
}
