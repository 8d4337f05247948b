import { type AuthDatabase, openAuthDatabase } from '@wedsync/weddings/accounts';
import { withDatabase } from './database-access.ts';
import { loginUrl } from './embedded-parts.ts';

/** Runs `work` on the accounts of this installation, logged in as wedsync_auth. */
export function withAccounts<T>(work: (database: AuthDatabase) => Promise<T>): Promise<T> {
  return withDatabase(async (access) => {
    const database = openAuthDatabase({ url: loginUrl(access, 'auth'), max: 1 });
    try {
      return await work(database);
    } finally {
      await database.end();
    }
  });
}
