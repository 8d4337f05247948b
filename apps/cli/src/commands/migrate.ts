import { DomainError } from '@wedsync/contracts/errors';
import { migrate, pendingMigrations } from '@wedsync/db/migrate';
import { loadEnv } from '@wedsync/platform/env';
import { defineCommand, exitCodes } from '../command.ts';
import { withDatabase } from '../supervisor/database-access.ts';
import { loginUrl } from '../supervisor/embedded-parts.ts';
import { createTerminal } from '../terminal.ts';

export const migrateCommand = defineCommand({
  name: 'migrate',
  summary: 'Bring the database schema, roles and functions up to date.',
  details:
    'Safe to run twice and from two places at once. Yours (DATABASE_URL) needs DATABASE_ADMIN_URL,\na login that may create roles, and the password of every role (DATABASE_PASSWORD_<ROLE>).',
  options: {
    check: { type: 'boolean', describe: 'Change nothing; fail when migrations are missing.' },
    json: { type: 'boolean', describe: 'Print the result as JSON.' },
  },
  examples: [
    'pnpm wedsync migrate',
    'pnpm wedsync migrate --check',
    'DATABASE_URL=postgres://db/wedsync DATABASE_ADMIN_URL=postgres://admin:…@db/wedsync pnpm wedsync migrate',
  ],
  async run({ check, json }) {
    // In production nothing may be missing that the roles need.
    loadEnv(undefined, 'migrate');
    const { line } = createTerminal();
    return withDatabase(async (access) => {
      const { adminUrl, passwords } = access;
      if (check) {
        const pending = await pendingMigrations(loginUrl(access, 'monitor'));
        if (json) line(JSON.stringify({ pending }));
        else line(pending.length > 0 ? `missing: ${pending.join(', ')}` : 'up to date');
        return pending.length > 0 ? exitCodes.failed : exitCodes.ok;
      }
      if (!adminUrl) {
        throw new DomainError(
          'precondition',
          'cli.admin_url_missing',
          'Migrating your own PostgreSQL needs DATABASE_ADMIN_URL: a login that may create roles and extensions.',
        );
      }
      const { applied, reapplied } = await migrate({ adminUrl, passwords });
      if (json) line(JSON.stringify({ applied, reapplied }));
      else {
        for (const path of applied) line(`applied   ${path}`);
        for (const path of reapplied) line(`renewed   ${path}`);
        if (applied.length + reapplied.length === 0) line('up to date');
      }
      return exitCodes.ok;
    });
  },
});
