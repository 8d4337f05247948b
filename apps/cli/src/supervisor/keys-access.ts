import { createServiceDb, type ServiceDb } from '@wedsync/db/client';
import { createKeyRing, type KeyRing } from '@wedsync/service/key-ring';
import { withDatabase } from './database-access.ts';
import { type DatabaseAccess, loginUrl } from './embedded-parts.ts';

export interface KeysAccess {
  db: ServiceDb;
  keyRing: KeyRing;
}

/** Runs `work` on the keys behind `access`, logged in as wedsync_worker. */
export async function openKeys<T>(
  access: Pick<DatabaseAccess, 'url' | 'passwords' | 'masterKey' | 'previousMasterKey'>,
  work: (keys: KeysAccess) => Promise<T>,
): Promise<T> {
  const url = loginUrl(access, 'worker');
  const db = createServiceDb({ url, max: 1, applicationName: 'wedsync-keys' });
  try {
    return await work({ db, keyRing: createKeyRing(access) });
  } finally {
    await db.end();
  }
}

/** The same on this installation. */
export function withKeys<T>(work: (keys: KeysAccess) => Promise<T>): Promise<T> {
  return withDatabase((access) => openKeys(access, work));
}
