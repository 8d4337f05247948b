import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { Assignment, SeatingProblem } from '@wedsync/seating/engine';
import { compactModel, planOf } from './compact-model.ts';
import { recount } from './recount.ts';
import { twoStageTabu } from './two-stage-tabu.ts';

/** Cost of the best legal plan in the time; undefined where there was none. */
export type Contestant = (
  problem: SeatingProblem,
  given: { seconds: number; seed: number },
) => Promise<number | undefined>;

const costOf = (problem: SeatingProblem, plan: Assignment | undefined) =>
  plan && recount(problem, plan);

/** HiGHS may take half as long again before its thread is ended without a result. */
export const highsCompact: Contestant = async (problem, { seconds }) => {
  const thread = new Worker(new URL('./highs-thread.ts', import.meta.url), {
    workerData: { model: compactModel(problem), seconds },
  });
  const values = await new Promise<Map<string, number>>((resolve) => {
    const timer = setTimeout(() => resolve(new Map()), seconds * 1_500 + 1_000);
    const finish = (found: Map<string, number>) => {
      clearTimeout(timer);
      resolve(found);
    };
    thread.on('message', (message: { values: [string, number][] }) =>
      finish(new Map(message.values)),
    );
    thread.on('error', () => finish(new Map()));
  });
  await thread.terminate();
  return costOf(
    problem,
    planOf(problem, (name) => values.get(name) ?? 0),
  );
};

const cbcPath = '/usr/bin/cbc';
export const hasCbc = (): boolean => existsSync(cbcPath);

/** CBC of Debian's package coinor-cbc, in a process of its own. */
export const cbcCompact: Contestant = async (problem, { seconds }) => {
  const folder = await mkdtemp(join(tmpdir(), 'wedsync-cbc-'));
  try {
    const model = join(folder, 'model.lp');
    const answer = join(folder, 'answer.txt');
    await writeFile(model, compactModel(problem));
    const limits = ['timeMode', 'elapsed', 'sec', String(seconds), 'threads', '2'];
    await promisify(execFile)(cbcPath, [model, ...limits, 'solve', 'solution', answer], {
      timeout: seconds * 1_500 + 1_000,
      maxBuffer: 1 << 26,
    }).catch(() => undefined);
    const lines = existsSync(answer) ? (await readFile(answer, 'utf8')).split('\n').slice(1) : [];
    const values = new Map<string, number>();
    for (const line of lines) {
      const [, name, value] = line.replace('**', '').trim().split(/\s+/);
      if (name) values.set(name, Number(value));
    }
    return costOf(
      problem,
      planOf(problem, (name) => values.get(name) ?? 0),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** The published two-stage tabu search, begun again with the next seed until the time is over. */
export const tabu: Contestant = async (problem, { seconds, seed }) => {
  const until = performance.now() + seconds * 1_000;
  let best: number | undefined;
  for (let round = 0; performance.now() < until; round++) {
    const plan = twoStageTabu(problem, {
      seed: seed * 1_000 + round,
      isLate: () => performance.now() >= until,
    });
    const cost = costOf(problem, plan);
    if (cost !== undefined && (best === undefined || cost < best)) best = cost;
  }
  return best;
};
