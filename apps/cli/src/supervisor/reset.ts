import { rm } from 'node:fs/promises';
import { exists } from '@wedsync/platform/embedded/files';
import { removePostgres } from '@wedsync/platform/embedded/postgres';
import type { Terminal } from '../terminal.ts';
import type { Installation } from './installation.ts';
import { clearEarlierSupervisor } from './run-file.ts';

/**
 * Removes everything an installation has stored, and says what. Bundles stay: they are made of the
 * sources, not of data.
 * @throws DomainError unavailable while a supervisor is running on it
 */
export async function resetInstallation(
  installation: Installation,
  terminal?: Terminal,
): Promise<void> {
  await clearEarlierSupervisor(installation.runFile);
  const removed: string[] = [];
  const database = await removePostgres(installation.postgresDir);
  if (database) removed.push(`${database} (database)`);
  const rest = [
    [installation.mailDir, 'caught mail'],
    [installation.logsDir, 'logs'],
    [installation.secretsFile, 'secrets: sessions and links handed out before are void'],
  ] as const;
  for (const [path, what] of rest) {
    if (!(await exists(path))) continue;
    await rm(path, { recursive: true, force: true });
    removed.push(`${path} (${what})`);
  }
  for (const what of removed) terminal?.line(`  removed ${what}`);
  if (removed.length === 0) terminal?.line('  nothing to remove');
}
