import { defineCommand, exitCodes } from '../command.ts';
import { withDatabase } from '../supervisor/database-access.ts';
import { seedDemoData } from '../supervisor/demo-data.ts';
import { createTerminal } from '../terminal.ts';

export const seed = defineCommand({
  name: 'seed',
  summary: 'Put the demo organization into the database, unless it is there.',
  options: { json: { type: 'boolean', describe: 'Print the accounts as JSON.' } },
  examples: ['pnpm wedsync seed', 'pnpm wedsync seed --json'],
  run: ({ json }) =>
    withDatabase(async (access) => {
      const { line, table } = createTerminal();
      const { created, accounts } = await seedDemoData(access);
      if (json) line(JSON.stringify({ created, accounts }));
      else {
        line(created ? 'The demo organization was created.' : 'The demo organization was there.');
        table(
          accounts.map(({ role, email, password }) => [role, email, password]),
          { head: ['Account', 'E-mail', 'Password'] },
        );
      }
      return exitCodes.ok;
    }),
});
