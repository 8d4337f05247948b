import { generateLewisCarroll } from '@wedsync/seating/engine';
import { atLeast, informs, type Measure, median } from '../report.ts';
import { solve } from './solve.ts';

const densities = [0, 0.3, 0.6, 0.9];
const tablesFrom = 3;
const tablesTo = 40;
/** An instance that is not decided in the first time is given the longer one. */
const budgetsMs = [2_000, 60_000];

/** The grid of Lewis and Carroll: is there a plan, or is it proven that there is none? */
export async function measureGrid(): Promise<Measure[]> {
  const times: number[] = [];
  const open: string[] = [];
  let planned = 0;
  let impossible = 0;
  for (const density of densities) {
    process.stderr.write(`grid, conflicts ${density}\n`);
    for (let tables = tablesFrom; tables <= tablesTo; tables++) {
      const problem = generateLewisCarroll({ groups: 50, tables, density, seed: 1 });
      const before = planned + impossible;
      const startedAt = performance.now();
      for (const budgetMs of budgetsMs) {
        const { cost, proof } = await solve(problem, { budgetMs, searchMs: budgetMs / 10 });
        if (cost !== undefined) planned++;
        else if (proof.kind === 'infeasible') impossible++;
        else continue;
        break;
      }
      if (planned + impossible === before) open.push(`${density}/${tables}`);
      else times.push(performance.now() - startedAt);
    }
  }
  const count = densities.length * (tablesTo - tablesFrom + 1);
  const yardstick = 'their integer program found a plan in 112';
  return [
    atLeast(count, {
      measure: `instances of the grid planned or proven impossible (of ${count})`,
      value: planned + impossible,
      unit: '',
      yardstick: open.length > 0 ? `open: ${open.join(', ')}` : yardstick,
    }),
    informs({ measure: '  with a plan', value: planned, unit: '', yardstick }),
    informs({ measure: '  proven impossible', value: impossible, unit: '', yardstick: '' }),
    informs({ measure: '  median', value: median(times), unit: 'ms', yardstick: '' }),
  ];
}
