import {
  accounts,
  passkeys,
  sessions,
  twoFactors,
  users,
  verifications,
} from '@wedsync/db/schema/auth';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';

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

export function openAuthDatabase(options: { url: string; max: number }): AuthDatabase {
  const open = (max: number, name: string) =>
    postgres(options.url, {
      max,
      connect_timeout: 3,
      idle_timeout: 300,
      max_lifetime: 3_600,
      // The default back-off grows to 20 s: a recovered database would look dead for that long.
      backoff: () => 0.2,
      connection: { application_name: name },
      onnotice: () => {},
    });
  const sql = open(options.max, 'wedsync-sessions');
  const ormClient = open(options.max, 'wedsync-auth');
  return {
    sql,
    orm: drizzle<Record<string, never>>(ormClient),
    async end() {
      await Promise.all([sql.end({ timeout: 5 }), ormClient.end({ timeout: 5 })]);
    },
  };
}
