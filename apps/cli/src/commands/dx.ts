import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { exists } from '@wedsync/platform/embedded/files';
import { defineCommand } from '../command.ts';
import type { StartContext } from '../supervisor/embedded-parts.ts';
import { checkoutRoot, installationAt } from '../supervisor/installation.ts';
import type { AppProcesses } from '../supervisor/processes.ts';
import { holdSession, openSession } from '../supervisor/session.ts';
import { choosePorts, startStack } from '../supervisor/stack.ts';
import { printSummary } from '../supervisor/summary.ts';
import { startVite } from '../supervisor/vite-server.ts';
import { watchSources } from '../supervisor/watch-sources.ts';

export const dx = defineCommand({
  name: 'dx',
  summary: 'Develop: all four apps, restarted or reloaded when their sources change.',
  details:
    'Server and worker start anew when TypeScript of theirs or of a package changes; web and admin\nreload in the browser. Changed SQL is applied by the next start.',
  options: {},
  examples: ['pnpm dx', 'LOG_LEVEL=debug pnpm dx'],
  async run() {
    const installation = installationAt();
    const context = await openSession(installation);
    return holdSession(context, async () => {
      const ports = await choosePorts(context);
      // vite comes first: its address is what server and mails must call the public one.
      const proxies = { WEB_PORT: String(ports.web), ADMIN_PORT: String(ports.admin) };
      const [web, admin] = await Promise.all([
        startVite(context, 'web', proxies),
        startVite(context, 'admin', proxies),
      ]);
      const stack = await startStack({
        context,
        ports,
        buildFrontends: false,
        origins: { web, admin },
      });
      await restartOnChange(context, stack.processes);
      printSummary(context.terminal, stack, installation);
    });
  },
});

async function restartOnChange(context: StartContext, processes: AppProcesses): Promise<void> {
  const packages = await sourceFolders('packages');
  for (const child of [processes.server, processes.worker]) {
    const folders = [...packages, join(checkoutRoot, 'apps', child.name, 'src')];
    const stopWatching = watchSources(folders, (file) => {
      context.terminal.line(`${child.name} starts anew: ${file} changed`);
      child.restart().catch((err: unknown) => {
        context.log.error({ event: 'cli.restart_failed', err }, 'could not restart');
      });
    });
    context.shutdown.on(`watching for ${child.name}`, stopWatching);
  }
}

/** The source folders of all packages that run in Node. */
async function sourceFolders(below: string): Promise<string[]> {
  const names = await readdir(join(checkoutRoot, below));
  const folders = names
    .filter((name) => name !== 'ui' && name !== 'testing')
    .map((name) => join(checkoutRoot, below, name, 'src'));
  const present = await Promise.all(folders.map((folder) => exists(folder)));
  return folders.filter((_, index) => present[index]);
}
