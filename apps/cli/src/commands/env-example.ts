import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderEnvExample } from '@wedsync/platform/env';
import { defineCommand, exitCodes } from '../command.ts';
import { checkoutRoot } from '../supervisor/installation.ts';

export const envExample = defineCommand({
  name: 'env example',
  summary: 'Print .env.example: every setting, its default and what it is for.',
  options: {
    write: { type: 'boolean', describe: 'Write the file of the repository instead of printing.' },
  },
  examples: ['pnpm wedsync env example', 'pnpm wedsync env example --write'],
  async run({ write }) {
    if (write) await writeFile(join(checkoutRoot, '.env.example'), renderEnvExample());
    else process.stdout.write(renderEnvExample());
    return exitCodes.ok;
  },
});
