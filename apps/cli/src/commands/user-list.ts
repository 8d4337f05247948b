import { listAccounts } from '@wedsync/weddings/accounts';
import { defineCommand, exitCodes, usageError } from '../command.ts';
import { withAccounts } from '../supervisor/accounts-access.ts';
import { createTerminal } from '../terminal.ts';

const limitMax = 1_000;

export const userList = defineCommand({
  name: 'user list',
  summary: 'List accounts, newest first.',
  options: {
    search: {
      type: 'string',
      value: '<text>',
      describe: 'Only where address or name contains it.',
    },
    limit: {
      type: 'string',
      value: '<n>',
      describe: `At most this many (100, up to ${limitMax}).`,
    },
    json: { type: 'boolean', describe: 'Print the list as JSON.' },
  },
  examples: ['pnpm wedsync user list', 'pnpm wedsync user list --search agency --json'],
  async run({ search = '', limit = '100', json }) {
    const count = Number(limit);
    if (!Number.isInteger(count) || count < 1 || count > limitMax) {
      throw usageError(`--limit takes a number from 1 to ${limitMax}.`);
    }
    const users = await withAccounts((database) =>
      listAccounts(database, { search, limit: count }),
    );
    const { line, table } = createTerminal();
    if (json) line(JSON.stringify(users));
    else {
      const rows = users.map((user) => [
        user.email,
        user.name,
        user.isOperator ? 'operator' : '',
        user.hasSecondFactor ? 'yes' : 'no',
        user.disabled ? 'disabled' : 'open',
        user.createdAt,
      ]);
      table(rows, { head: ['E-mail', 'Name', 'Role', 'Second factor', 'State', 'Since'] });
    }
    return exitCodes.ok;
  },
});
