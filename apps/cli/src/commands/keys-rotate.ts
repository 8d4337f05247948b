import { RotateKeys } from '@wedsync/contracts/privacy';
import { enqueueRotations, rewrapTierKeys } from '@wedsync/privacy';
import { parseInput } from '@wedsync/service/parse';
import { defineCommand, exitCodes, usageError } from '../command.ts';
import { withKeys } from '../supervisor/keys-access.ts';
import { createTerminal } from '../terminal.ts';

export const keysRotate = defineCommand({
  name: 'keys rotate',
  summary: 'Replace data keys, or finish the replacement of MASTER_KEY.',
  options: {
    wedding: { type: 'string', value: '<id>', describe: 'A new data key for this wedding.' },
    all: { type: 'boolean', describe: 'New data keys for every wedding.' },
    master: {
      type: 'boolean',
      describe: 'Put what MASTER_KEY_PREVIOUS wrapped under MASTER_KEY.',
    },
    json: { type: 'boolean', describe: 'Print the outcome as JSON.' },
  },
  details:
    'Data keys are replaced by the worker, while everything else goes on; see docs/runbooks/key-rotation.md.',
  examples: [
    'pnpm wedsync keys rotate --all',
    'pnpm wedsync keys rotate --wedding 01990000-0000-7000-8000-000000000000',
    'pnpm wedsync keys rotate --master',
  ],
  async run({ wedding, all, master, json }) {
    if ([wedding, all, master].filter(Boolean).length !== 1) {
      throw usageError('Say which keys: --wedding <id>, --all, or --master.');
    }
    const { line } = createTerminal();
    if (master) {
      const rewrapped = await withKeys(({ db, keyRing }) =>
        db.run('maintenance.run', (tx) => rewrapTierKeys(tx, keyRing)),
      );
      const done =
        rewrapped === 0
          ? 'Everything is under MASTER_KEY already.'
          : `${rewrapped} keys are under the new MASTER_KEY now.`;
      line(json ? JSON.stringify({ rewrapped }) : `${done} MASTER_KEY_PREVIOUS can be unset.`);
      return exitCodes.ok;
    }
    const { weddingId } = parseInput(RotateKeys, { weddingId: wedding ?? null });
    const started = await withKeys(({ db }) =>
      db.run('maintenance.run', (tx) => enqueueRotations(tx, weddingId)),
    );
    line(
      json
        ? JSON.stringify({ started })
        : `The worker rotates the keys of ${started} weddings. Watch it: pnpm wedsync keys list --state retiring`,
    );
    return exitCodes.ok;
  },
});
