import type { BenchmarkResult, Measure } from './report.ts';
import { measureCertificates } from './seating/certificates.ts';
import { measureContest } from './seating/contest.ts';
import { measureGrid } from './seating/grid.ts';
import { measureHeuristic } from './seating/heuristic.ts';
import { measureQmkp } from './seating/qmkp.ts';

/** Parts to run instead of the usual ones; each says in the usage how long it takes. */
export interface SeatingOptions {
  /** 200 weddings of 50 guests, 50 of 100 and 10 of 200 instead of a sample. */
  certificates: boolean;
  /** Seconds of each solver on each instance of the contest. */
  contest: number | undefined;
  /** The 152 instances of Lewis and Carroll. */
  grid: boolean;
  /** Folder with instances of the quadratic multiple knapsack problem. */
  qmkp: string | undefined;
  /** Seconds per instance of it. */
  seconds: number;
  /** Seeds of the solvers that have one. */
  seeds: number;
}

const sample = { fifty: 40, hundred: 10, twoHundred: 2 };
const full = { fifty: 200, hundred: 50, twoHundred: 10 };

const say = (text: string) => process.stderr.write(`${text}\n`);

/** `pnpm bench seating`: proofs and plans of the engine; nothing of it needs a server. */
export async function benchSeating(options: SeatingOptions): Promise<BenchmarkResult> {
  const measures: Measure[] = [];
  if (options.certificates) measures.push(...(await measureCertificates(full)));
  if (options.contest) {
    measures.push(...(await measureContest({ seconds: options.contest, seeds: options.seeds })));
  }
  if (options.grid) measures.push(...(await measureGrid()));
  if (options.qmkp) measures.push(...(await measureQmkp(options.qmkp, options.seconds)));
  if (measures.length === 0) {
    say('1/2 proofs');
    measures.push(...(await measureCertificates(sample)));
    say('2/2 plans without a proof');
    measures.push(...(await measureHeuristic()));
  }
  return { name: 'seating', measures };
}
