import type { TestDatabase } from '@wedsync/db/testing/database';
import { testPasswords } from '@wedsync/db/testing/test-cluster';
import { findFreePort } from '@wedsync/platform/embedded/free-port';
import { loadEnv, type Source } from '@wedsync/platform/env';
import { createLogger } from '@wedsync/platform/log';
import { type Dependencies, openDependencies } from '../dependencies.ts';
import { openSurfaces } from '../surfaces.ts';

/** Both surfaces in this process, on free ports and a test database. */
export interface TestServer {
  webUrl: string;
  adminUrl: string;
  dependencies: Dependencies;
  /** Everything that was logged, one JSON object a line. */
  logLines: string[];
  stop(): Promise<void>;
}

/** @param overrides variables of the environment */
export async function startTestServer(
  db: TestDatabase,
  overrides: Source = {},
): Promise<TestServer> {
  const [webPort, adminPort] = [await findFreePort(), await findFreePort()];
  const databaseUrl = new URL(db.adminUrl);
  databaseUrl.username = '';
  databaseUrl.password = '';
  const env = loadEnv({
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl.href,
    ...Object.fromEntries(
      Object.entries(testPasswords).map(([role, password]) => [
        `DATABASE_PASSWORD_${role.toUpperCase()}`,
        password,
      ]),
    ),
    DATABASE_POOL_MAX: '20',
    WEB_PORT: String(webPort),
    ADMIN_PORT: String(adminPort),
    ...overrides,
  });
  const logLines: string[] = [];
  const destination = { write: (line: string) => void logLines.push(line) };
  const log = createLogger({ service: 'server', level: 'debug', destination });
  const dependencies = openDependencies(env, log);
  const stopping = new AbortController();
  const surfaces = await openSurfaces({ env, log, dependencies, stopping: stopping.signal });
  return {
    webUrl: `http://localhost:${webPort}`,
    adminUrl: `http://localhost:${adminPort}`,
    dependencies,
    logLines,
    async stop() {
      stopping.abort();
      await Promise.all([surfaces.web.close(), surfaces.admin.close()]);
      await dependencies.close();
    },
  };
}
