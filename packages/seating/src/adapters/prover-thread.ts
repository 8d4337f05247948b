import { parentPort, workerData } from 'node:worker_threads';
import loadHighs from 'highs';
import type { SeatingProblem } from '../model/problem.ts';
import { type ProveOptions, prove } from '../model/prove.ts';

/** Runs one proof in a thread of its own, because the solver blocks and overshoots its time limit. */
async function main(): Promise<void> {
  const { problem, options } = workerData as {
    problem: SeatingProblem;
    options: Omit<ProveOptions, 'onProgress'>;
  };
  const proof = prove(await loadHighs(), problem, {
    ...options,
    onProgress: (progress) => parentPort?.postMessage({ kind: 'progress', progress }),
  });
  parentPort?.postMessage({ kind: 'proof', proof });
}

await main();
