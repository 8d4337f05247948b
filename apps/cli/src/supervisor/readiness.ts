import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '@wedsync/contracts/errors';
import type { SupervisedChild } from './child.ts';

const pollMs = 100;
const crashesMax = 3;

/**
 * Waits until a child's /readyz says yes.
 * @throws DomainError unavailable when it keeps crashing or takes too long, with its last words
 */
export async function waitUntilReady(
  child: SupervisedChild,
  urls: readonly string[],
  options: { timeoutMs: number; lastLines: () => readonly string[]; signal: AbortSignal },
): Promise<void> {
  const until = performance.now() + options.timeoutMs;
  let answer = 'no answer';
  for (const url of urls) {
    for (;;) {
      options.signal.throwIfAborted();
      answer = await askReadyz(url);
      if (answer === 'ready') break;
      if (child.crashes >= crashesMax) throw notReady(child, 'keeps crashing', options.lastLines());
      if (performance.now() > until) {
        throw notReady(child, `is not ready (${answer})`, options.lastLines());
      }
      await sleep(pollMs);
    }
  }
}

async function askReadyz(url: string): Promise<string> {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(3_000) });
    if (response.ok) return 'ready';
    return `status ${response.status}: ${(await response.text()).slice(0, 200)}`;
  } catch {
    return 'no answer';
  }
}

function notReady(child: SupervisedChild, what: string, lastLines: readonly string[]): DomainError {
  const words = lastLines.length > 0 ? `\n${lastLines.map((line) => `  ${line}`).join('\n')}` : '';
  return new DomainError(
    'unavailable',
    'cli.child_not_ready',
    `The ${child.name} ${what}. Its log: ${child.logFile}${words}`,
  );
}
