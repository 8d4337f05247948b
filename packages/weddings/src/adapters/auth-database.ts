import { openRenewedClient } from '@wedsync/db/renewed-client';
import {
  accounts,
  passkeys,
  sessions,
  twoFactors,
  users,
  verifications,
} from '@wedsync/db/schema/auth';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type postgres from 'postgres';

/** The tables under the names that better-auth knows them by. */
export const authTables = {
  user: users,
  session: sessions,
  account: accounts,
  verification: verifications,
  twoFactor: twoFactors,
  passkey: passkeys,
};

/** The only connection that sees credentials, logged in as `wedsync_auth`. */
export interface AuthDatabase {
  sql: postgres.Sql;
  /** A client of its own: Drizzle changes how its client reads dates. */
  orm: PostgresJsDatabase<Record<string, never>>;
  end(): Promise<void>;
}

export function openAuthDatabase({ url, max }: { url: string; max: number }): AuthDatabase {
  const sessions = openRenewedClient(
    { url, max, applicationName: 'wedsync-sessions' },
    (client) => client,
  );
  const credentials = openRenewedClient({ url, max, applicationName: 'wedsync-auth' }, (client) =>
    drizzle<Record<string, never>>(client),
  );
  return {
    sql: sessions.use,
    orm: credentials.use,
    async end() {
      await Promise.all([sessions.end(), credentials.end()]);
    },
  };
}
