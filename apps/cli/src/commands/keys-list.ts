import { ListKeys } from '@wedsync/contracts/privacy';
import { readKeys } from '@wedsync/privacy';
import { parseInput } from '@wedsync/service/parse';
import { defineCommand, exitCodes } from '../command.ts';
import { withKeys } from '../supervisor/keys-access.ts';
import { createTerminal } from '../terminal.ts';

const limitMax = 500;

export const keysList = defineCommand({
  name: 'keys list',
  summary: 'List encryption keys: what for, since when, and what each still wraps.',
  options: {
    wedding: { type: 'string', value: '<id>', describe: 'Only the keys of this wedding.' },
    state: { type: 'string', value: '<state>', describe: 'active, retiring or destroyed.' },
    json: { type: 'boolean', describe: 'Print the list as JSON.' },
  },
  details: `At most ${limitMax}, the oldest first. What the keys are is never shown.`,
  examples: ['pnpm wedsync keys list', 'pnpm wedsync keys list --state retiring --json'],
  async run({ wedding, state, json }) {
    const page = parseInput(ListKeys, { weddingId: wedding, state, limit: limitMax });
    const { items } = await withKeys(({ db }) =>
      db.run('maintenance.run', (tx) => readKeys(tx, page)),
    );
    const { line, table } = createTerminal();
    if (json) line(JSON.stringify(items));
    else if (items.length === 0) line('There are no such keys: nothing was encrypted yet.');
    else {
      const rows = items.map((key) => [
        key.id,
        key.weddingId ?? `${key.tier} tier`,
        key.purpose,
        key.state,
        key.createdAt.slice(0, 16).replace('T', ' '),
        String(key.wraps),
      ]);
      table(rows, { head: ['Key', 'Of', 'For', 'State', 'Since (UTC)', 'Wraps'] });
    }
    return exitCodes.ok;
  },
});
