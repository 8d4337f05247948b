import { join } from 'node:path';
import { nodeFlags } from '@wedsync/platform/node-flags';
import { type SupervisedChild, superviseChild } from './child.ts';
import { createTail, noteworthy } from './child-lines.ts';
import type { StartContext } from './embedded-parts.ts';
import { checkoutRoot } from './installation.ts';
import { waitUntilReady } from './readiness.ts';
import { removeRunFile, writeRunFile } from './run-file.ts';
import { type VariableParts, variablesFor } from './variables.ts';

const readyTimeoutMs = 60_000;

export interface AppProcesses {
  server: SupervisedChild;
  worker: SupervisedChild;
}

/** Starts server and worker and waits until both are ready to work. */
export async function startProcesses(
  context: StartContext,
  parts: VariableParts,
): Promise<AppProcesses> {
  const { terminal, shutdown, installation } = context;
  const { ports } = parts;
  const aborted = new AbortController();
  const started: SupervisedChild[] = [];
  shutdown.on('server and worker', async () => {
    aborted.abort(new Error('stopped while starting'));
    await Promise.all(started.map((child) => child.stop()));
    await removeRunFile(installation.runFile);
  });
  const record = () => {
    const pids = started.flatMap(({ pid }) => pid ?? []);
    writeRunFile(installation.runFile, pids).catch((err: unknown) =>
      context.log.warn({ event: 'cli.run_file', err }, 'could not record the children'),
    );
  };
  const launch = async (name: 'server' | 'worker', urls: string[]) => {
    const step = terminal.step(name === 'server' ? 'Server' : 'Worker');
    const tail = createTail();
    let ready = false;
    const child = superviseChild({
      name,
      args: [...nodeFlags[name], join(checkoutRoot, 'apps', name, 'src/main.ts')],
      env: variablesFor(name, parts),
      cwd: checkoutRoot,
      logFile: join(installation.logsDir, `${name}.log`),
      onLine(line) {
        tail.add(line);
        const note = noteworthy(line);
        if (note && ready) terminal.warn(`${name}: ${note}`);
      },
      onChange(change) {
        // The first id is recorded once the child is in the list, below.
        if (change.kind === 'started') setImmediate(record);
        else if (ready) {
          terminal.warn(`the ${name} ended (${change.how}); again in ${change.againInMs} ms`);
        }
      },
    });
    started.push(child);
    await waitUntilReady(child, urls, {
      timeoutMs: readyTimeoutMs,
      lastLines: tail.lines,
      signal: aborted.signal,
    });
    ready = true;
    step.done(urls.map((url) => new URL(url).host).join(', '));
    return child;
  };
  const at = (port: number) => `http://127.0.0.1:${port}`;
  const [server, worker] = await Promise.all([
    launch('server', [at(ports.web), at(ports.admin)]),
    launch('worker', [at(ports.worker)]),
  ]);
  return { server, worker };
}
