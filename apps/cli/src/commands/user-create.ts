import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { createAccount } from '@wedsync/weddings/accounts';
import { defineCommand, exitCodes, usageError } from '../command.ts';
import { withAccounts } from '../supervisor/accounts-access.ts';
import { createTerminal } from '../terminal.ts';

export const userCreate = defineCommand({
  name: 'user create',
  summary: 'Create an account, for example the first operator of a new installation.',
  details:
    'Without --password-stdin a password is made up and printed once. Operators set up a second\nfactor when they first sign in.',
  options: {
    email: { type: 'string', value: '<address>', describe: 'Address to sign in with. Required.' },
    name: { type: 'string', value: '<name>', describe: 'Name to show; the address when absent.' },
    operator: { type: 'boolean', describe: 'May use the operators’ surface.' },
    'password-stdin': { type: 'boolean', describe: 'Read the password from standard input.' },
    json: { type: 'boolean', describe: 'Print the result as JSON.' },
  },
  examples: [
    'pnpm wedsync user create --email ana@agency.example --name "Ana Lima" --operator',
    'pass show ana | pnpm wedsync user create --email ana@agency.example --password-stdin',
  ],
  async run({ email, name, operator = false, json, 'password-stdin': fromStdin }) {
    if (!email) throw usageError('--email is required. See: wedsync user create --help');
    const given = fromStdin ? (await text(process.stdin)).replace(/\r?\n$/, '') : undefined;
    const password = given ?? randomBytes(15).toString('base64url');
    const userId = await withAccounts((database) =>
      createAccount(database, { email, name: name ?? email, password, isOperator: operator }),
    );
    const { line } = createTerminal();
    const shown = given === undefined ? { password } : {};
    if (json) line(JSON.stringify({ userId, email, operator, ...shown }));
    else {
      line(`Created ${operator ? 'the operator' : 'the account'} ${email}.`);
      if (given === undefined) line(`Password (shown only now): ${password}`);
    }
    return exitCodes.ok;
  },
});
