import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isLegal } from '@wedsync/seating/engine';
import { atLeast, informs, type Measure, median } from '../report.ts';
import { knapsackProblem, type QuadraticKnapsack, readQuadraticKnapsack } from './qmkp-file.ts';
import { mustCost } from './recount.ts';
import { annealFor } from './solve.ts';

/**
 * Best known values, instances 1 to 5 of a set (Chen, Hao and others, 2014 to 2016, as collected from
 * their papers); a set without a number has no value on record here.
 */
const bestKnown: Record<string, readonly (number | undefined)[]> = {
  '100_25/3': [29286, 28491, 27179, 28593, 27892],
  '100_25/5': [22581, 21704, 21239, 22181, 21669],
  '100_25/10': [16221, 15700, 14927, 16181, 15326],
  '100_75/3': [69977, 69504, 68832, 70028, 69692],
  '100_75/5': [49421, 49400, 48495, 50246, 48753],
  '100_75/10': [30296, 31207, 29908, 31762, 30507],
  '200_25/3': [101471, 107958, 104589, 100098, 102311],
  '200_25/5': [75623, 80033, 78043, 74140, 76610],
  '200_25/10': [52293, 54830, 53687, 51307, 53416],
  '200_75/3': [270718, 257288, 270069, 246993, 279598],
  '200_75/5': [185493, 174836, 186774, 166990, 193310],
  '200_75/10': [113139],
};

const knapsackCounts = [3, 5, 10] as const;
const startsPerInstance = 8;

/** The best of several searches that share the time; recounted. */
function valueAfter(instance: QuadraticKnapsack, knapsacks: number, seconds: number): number {
  const problem = knapsackProblem(instance, knapsacks);
  let best = 0;
  for (let seed = 1; seed <= startsPerInstance; seed++) {
    const found = annealFor(problem, (seconds * 1_000) / startsPerInstance, seed);
    if (!isLegal(found.evaluation)) continue;
    best = Math.max(best, -mustCost(problem, found.assignment, found.evaluation.cost));
  }
  return best;
}

/** Every instance file of a folder, each with 3, 5 and 10 knapsacks. */
export async function measureQmkp(folder: string, seconds: number): Promise<Measure[]> {
  const names = (await readdir(folder))
    .filter((name) => /^jeu_\d+_\d+_\d+\.txt$/.test(name))
    .sort();
  if (names.length === 0) throw new Error(`${folder} holds no file like jeu_100_25_1.txt`);
  const measures: Measure[] = [];
  const gaps: number[] = [];
  for (const name of names) {
    const instance = readQuadraticKnapsack(await readFile(join(folder, name), 'utf8'));
    const [, set = '', number = ''] = /^jeu_(\d+_\d+)_(\d+)/.exec(name) ?? [];
    for (const knapsacks of knapsackCounts) {
      const value = valueAfter(instance, knapsacks, seconds);
      const best = bestKnown[`${set}/${knapsacks}`]?.[Number(number) - 1];
      if (best !== undefined) gaps.push((100 * (best - value)) / best);
      const yardstick = best === undefined ? 'no value on record' : `best known ${best}`;
      measures.push(
        informs({ measure: `${name}, ${knapsacks} knapsacks`, value, unit: '', yardstick }),
      );
      process.stderr.write(`${name} ${knapsacks}: ${value}, ${yardstick}\n`);
    }
  }
  if (gaps.length === 0) return measures;
  const yardstick = `best known values, ${seconds} s each`;
  return [
    ...measures,
    atLeast(Math.ceil(0.9 * gaps.length), {
      measure: `best known values reached (of ${gaps.length})`,
      value: gaps.filter((gap) => gap <= 0).length,
      unit: '',
      yardstick,
    }),
    informs({ measure: '  median gap', value: median(gaps), unit: '%', yardstick }),
    informs({ measure: '  worst gap', value: Math.max(...gaps), unit: '%', yardstick }),
  ];
}
