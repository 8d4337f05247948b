import { DomainError } from '@wedsync/contracts/errors';
import { migrate, pendingMigrations } from '@wedsync/db/migrate';
import { type Database, loginUrl, type StartContext } from './embedded-parts.ts';

/**
 * Brings the schema up to date. An outside database that came without DATABASE_ADMIN_URL is only
 * looked at: changing it is somebody's decision.
 * @throws DomainError precondition when such a database is behind
 */
export async function bringSchemaUpToDate(context: StartContext, database: Database) {
  const { terminal, log } = context;
  const step = terminal.step('Schema');
  const { adminUrl, passwords } = database;
  if (adminUrl) {
    const { applied, reapplied } = await migrate({ adminUrl, passwords, log });
    const changes = [
      ...(applied.length > 0 ? [`${applied.length} migrations applied`] : []),
      ...(reapplied.length > 0 ? [`${reapplied.length} functions and views renewed`] : []),
    ];
    step.done(changes.join(', ') || 'up to date');
    return;
  }
  const pending = await pendingMigrations(loginUrl(database, 'monitor'));
  if (pending.length > 0) {
    step.failed(`${pending.length} migrations are missing`);
    throw new DomainError(
      'precondition',
      'cli.schema_behind',
      `Your database is ${pending.length} migrations behind. Run DATABASE_ADMIN_URL=… pnpm wedsync migrate, then start again.`,
    );
  }
  step.done('up to date');
}
