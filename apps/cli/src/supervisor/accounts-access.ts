import { withLogin } from '@wedsync/platform/env';
import { type AuthDatabase, openAuthDatabase } from '@wedsync/weddings/accounts';
import { withDatabase } from './database-access.ts';

/** Runs `work` on the accounts of this installation, logged in as wedsync_auth. */
export function withAccounts<T>(work: (database: AuthDatabase) => Promise<T>): Promise<T> {
  return withDatabase(async ({ url, passwords }) => {
    const database = openAuthDatabase({
      url: withLogin(url, 'wedsync_auth', passwords.auth),
      max: 1,
    });
    try {
      return await work(database);
    } finally {
      await database.end();
    }
  });
}
