import { Worker } from 'node:worker_threads';
import { textDirection } from '../model/layout-phrases.ts';
import { type MjmlIssue, mjmlIssues } from '../model/mjml-source.ts';
import type { MjmlAnswer, MjmlRequest } from './mjml-thread.ts';

/** What MJML becomes, or what stands against it. */
export type MjmlResult =
  | { html: string; plainText: string; issues: [] }
  | { html: null; plainText: null; issues: MjmlIssue[] };

/** Much for a layout: starting the thread on a busy machine is part of it. */
const timeoutMsDefault = 10_000;
/** The thread holds some 60 MB; it goes when nobody has written a layout for a minute. */
const idleMs = 60_000;
const waitingMax = 50;
const resultsMax = 32;

interface Waiting {
  resolve(answer: MjmlAnswer): void;
  timer: NodeJS.Timeout;
}

const refused = (message: string): MjmlResult => ({
  html: null,
  plainText: null,
  issues: [{ line: 1, message }],
});

/**
 * Compiles MJML in a thread of its own: a long layout takes tens of milliseconds, in which no request
 * would be answered, and one made to take longer is stopped with its thread.
 */
export function createMjmlCompiler({ timeoutMs = timeoutMsDefault } = {}) {
  let thread: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let nextId = 1;
  const waiting = new Map<number, Waiting>();
  /** Saving a draft every few seconds must not compile what did not change. */
  const results = new Map<string, MjmlResult>();

  function stop(message: string): void {
    const ended = thread;
    thread = undefined;
    clearTimeout(idle);
    for (const [id, { resolve, timer }] of waiting) {
      clearTimeout(timer);
      resolve({ id, issues: [{ line: 1, message }] });
    }
    waiting.clear();
    ended?.removeAllListeners();
    // A thread that is being ended may still report an error; nobody waits for it.
    ended?.on('error', () => undefined);
    void ended?.terminate();
  }

  function start(): Worker {
    const started = new Worker(new URL('./mjml-thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: 192 },
      env: {},
    });
    started.on('message', (answer: MjmlAnswer) => {
      const found = waiting.get(answer.id);
      if (!found) return;
      waiting.delete(answer.id);
      clearTimeout(found.timer);
      found.resolve(answer);
      if (waiting.size > 0) return;
      idle = setTimeout(() => stop(''), idleMs);
      idle.unref();
      started.unref();
    });
    started.on('error', () => stop('The layout is too large to be compiled. Make it shorter.'));
    return started;
  }

  function ask(source: string, language: string): Promise<MjmlAnswer> {
    clearTimeout(idle);
    thread ??= start();
    thread.ref();
    const id = nextId++;
    return new Promise((resolve) => {
      const timer = setTimeout(
        () => stop('The layout takes too long to compile. Make it simpler.'),
        timeoutMs,
      );
      waiting.set(id, { resolve, timer });
      const direction = textDirection(language);
      thread?.postMessage({ id, source, language, direction } satisfies MjmlRequest);
    });
  }

  async function compile(source: string, language: string): Promise<MjmlResult> {
    const issues = mjmlIssues(source);
    if (issues.length > 0) return { html: null, plainText: null, issues };
    const key = `${language}\n${source}`;
    const known = results.get(key);
    if (known) return known;
    if (waiting.size >= waitingMax) {
      return refused('Many layouts are being saved at this moment. Try again in a few seconds.');
    }
    const answer = await ask(source, language);
    if ('issues' in answer) return { html: null, plainText: null, issues: answer.issues };
    const { html, plainText } = answer;
    const result: MjmlResult = { html, plainText, issues: [] };
    results.set(key, result);
    const [oldest] = results.keys();
    if (results.size > resultsMax && oldest !== undefined) results.delete(oldest);
    return result;
  }

  return { compile, close: () => stop('The compiler was closed.') };
}

/** The compiler of this process. */
export const { compile: compileMjml } = createMjmlCompiler();
