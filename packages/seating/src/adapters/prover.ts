import { Worker } from 'node:worker_threads';
import type { SeatingProblem } from '../model/problem.ts';
import type { Proof, ProveOptions } from '../model/prove.ts';

type Message =
  | { kind: 'progress'; progress: { bound: number; columns: number } }
  | { kind: 'proof'; proof: Proof };

/** What the solver may take beyond its budget before its thread is ended. */
const graceMs = 500;

/**
 * Proves in a thread that is ended when its time is over, whatever the solver does then. What was
 * proven until that moment is kept: the last bound makes the proof `bounded`.
 *
 * @throws Error of the thread where it failed for another reason
 */
export function proveInThread(
  problem: SeatingProblem,
  { onProgress, ...options }: ProveOptions,
  signal?: AbortSignal,
): Promise<Proof> {
  return new Promise((resolve, reject) => {
    let bound: number | undefined;
    const thread = new Worker(new URL('./prover-thread.ts', import.meta.url), {
      workerData: { problem, options },
    });
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      void thread.terminate().then(settle, reject);
    };
    const stop = () => {
      const { incumbent: assignment } = options;
      finish(() =>
        resolve(
          bound === undefined
            ? { kind: 'unknown', assignment }
            : { kind: 'bounded', assignment, bound },
        ),
      );
    };
    const timer = setTimeout(stop, options.budgetMs + graceMs);
    signal?.addEventListener('abort', stop, { once: true });
    thread.on('message', (message: Message) => {
      if (message.kind === 'proof') return finish(() => resolve(message.proof));
      bound = message.progress.bound;
      onProgress?.(message.progress);
    });
    thread.on('error', (error) => finish(() => reject(error)));
  });
}
