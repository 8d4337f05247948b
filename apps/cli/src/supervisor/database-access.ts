import { DomainError } from '@wedsync/contracts/errors';
import { startPostgres } from '@wedsync/platform/embedded/postgres';
import { locateHome } from '@wedsync/platform/embedded/postgres-home';
import { readPidFile } from '@wedsync/platform/embedded/postgres-process';
import { embeddedSecrets } from '@wedsync/platform/embedded/secrets';
import { givenKeys, loadEnv } from '@wedsync/platform/env';
import { type DatabaseAccess, outsideDatabase, ownSecrets } from './embedded-parts.ts';

export type { DatabaseAccess } from './embedded-parts.ts';

import { installationAt } from './installation.ts';
import { runningSupervisor } from './run-file.ts';

/**
 * Runs `work` on the database of this installation: the one DATABASE_URL names, the embedded one of
 * a running `npm start`, or the embedded one started just for this.
 */
export async function withDatabase<T>(work: (access: DatabaseAccess) => Promise<T>): Promise<T> {
  const env = loadEnv(undefined, 'tool');
  const installation = installationAt();
  const given = givenKeys();
  if (given.has('DATABASE_URL')) return work(outsideDatabase(env));
  const secrets = await embeddedSecrets(installation.secretsFile);
  const supervisor = await runningSupervisor(installation.runFile);
  if (supervisor) {
    const home = await locateHome(installation.postgresDir);
    const running = await readPidFile(home.dataDir);
    if (!running?.ready) {
      throw new DomainError(
        'unavailable',
        'cli.database_starting',
        `npm start (process ${supervisor}) is still bringing the database up. Try again in a moment.`,
      );
    }
  }
  const server = await startPostgres({ dir: installation.postgresDir, shared: true });
  try {
    const { url, adminUrl } = server;
    return await work({ url, adminUrl, passwords: secrets.passwords, ...ownSecrets(env, secrets) });
  } finally {
    await server.stop();
  }
}
