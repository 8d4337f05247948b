import { defineCommand, exitCodes } from '../command.ts';
import { buildFrontend, frontends } from '../supervisor/frontends.ts';
import { installationAt } from '../supervisor/installation.ts';
import { createTerminal } from '../terminal.ts';

export const build = defineCommand({
  name: 'build',
  summary: 'Build web and admin, where their sources have changed since the last build.',
  options: {},
  examples: ['pnpm wedsync build'],
  async run() {
    const terminal = createTerminal();
    for (const app of frontends) {
      const step = terminal.step(app);
      step.done((await buildFrontend(app, installationAt())) ? 'built' : 'unchanged');
    }
    return exitCodes.ok;
  },
});
