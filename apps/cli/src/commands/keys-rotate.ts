import { RotateKeys } from '@wedsync/contracts/privacy';
import { enqueueRotations, rewrapTierKeys, rotateTierKey } from '@wedsync/privacy';
import { parseInput } from '@wedsync/service/parse';
import { defineCommand, exitCodes, usageError } from '../command.ts';
import { withKeys } from '../supervisor/keys-access.ts';
import { createTerminal } from '../terminal.ts';

const sayEveryMs = 1_000;

/** It takes as long as there are weddings, and says how far it is. */
async function rotateTier(json: boolean): Promise<number> {
  const { line } = createTerminal();
  let saidAt = performance.now();
  const progress = (done: number, total: number) => {
    if (json || performance.now() - saidAt < sayEveryMs) return;
    saidAt = performance.now();
    line(`${done} of ${total} keys of weddings`);
  };
  const rewrapped = await withKeys((keys) => rotateTierKey({ ...keys, progress }));
  line(
    json
      ? JSON.stringify({ rewrapped })
      : `The data tier has a new key; ${rewrapped} keys of weddings are under it, the old one is destroyed.`,
  );
  return exitCodes.ok;
}

export const keysRotate = defineCommand({
  name: 'keys rotate',
  summary: 'Replace data keys, or finish the replacement of MASTER_KEY.',
  options: {
    wedding: { type: 'string', value: '<id>', describe: 'A new data key for this wedding.' },
    all: { type: 'boolean', describe: 'New data keys for every wedding.' },
    tier: {
      type: 'boolean',
      describe: 'A new key for the data tier, under which the keys of weddings are wrapped.',
    },
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
    'pnpm wedsync keys rotate --tier',
    'pnpm wedsync keys rotate --master',
  ],
  async run({ wedding, all, tier, master, json }) {
    if ([wedding, all, tier, master].filter(Boolean).length !== 1) {
      throw usageError('Say which keys: --wedding <id>, --all, --tier, or --master.');
    }
    const { line } = createTerminal();
    if (tier) return rotateTier(json ?? false);
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
