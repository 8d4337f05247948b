import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { DomainError } from '@wedsync/contracts/errors';
import { childEnv } from '@wedsync/platform/env';
import { superviseChild } from './child.ts';
import { createTail } from './child-lines.ts';
import type { StartContext } from './embedded-parts.ts';
import { type Frontend, viteOf } from './frontends.ts';
import { checkoutRoot } from './installation.ts';

const readyTimeoutMs = 60_000;
const addressLine = /Local:\s+(https?:\/\/\S+?)\/?\s*$/;

/** Serves a frontend with hot reloading; resolves with its address once vite says it. */
export async function startVite(
  context: StartContext,
  app: Frontend,
  variables: Record<string, string>,
): Promise<string> {
  const step = context.terminal.step(`vite ${app}`);
  const tail = createTail();
  let announce: (url: string) => void;
  const announced = new Promise<string>((resolve) => {
    announce = resolve;
  });
  const child = superviseChild({
    name: `vite-${app}`,
    args: [viteOf(app), '--clearScreen', 'false'],
    env: childEnv({ ...variables, NODE_ENV: 'development', NO_COLOR: '1' }),
    cwd: join(checkoutRoot, 'apps', app),
    logFile: join(context.installation.logsDir, `vite-${app}.log`),
    onLine(line) {
      const plain = stripVTControlCharacters(line);
      tail.add(plain);
      const [, url] = addressLine.exec(plain) ?? [];
      if (url) announce(url);
      else if (/error/i.test(plain)) context.terminal.warn(`${app}: ${plain}`);
    },
  });
  context.shutdown.on(`vite ${app}`, () => child.stop());
  let timer: NodeJS.Timeout | undefined;
  const overdue = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const words = tail.lines().join('\n  ');
      reject(
        new DomainError('unavailable', 'cli.vite', `vite for ${app} did not start:\n  ${words}`),
      );
    }, readyTimeoutMs);
  });
  const url = await Promise.race([announced, overdue]).finally(() => clearTimeout(timer));
  step.done(url);
  return url;
}
