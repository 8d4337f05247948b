import type { Assignment, SeatingProblem } from '@wedsync/seating/engine';

const term = (factor: number, name: string) =>
  `${factor < 0 ? '-' : '+'} ${Math.abs(factor)} ${name}`;

/** Terms over several lines: solvers refuse lines beyond some hundred characters. */
function sum(terms: readonly string[]): string {
  const lines: string[] = [];
  for (let at = 0; at < terms.length; at += 8) lines.push(terms.slice(at, at + 8).join(' '));
  return lines.join('\n  ');
}

interface Model {
  objective: string[];
  rows: string[];
  binaries: string[];
}

/** `p` is 1 where both sit at the table: bounded from above where it pays, from below where it costs. */
function addPairs(model: Model, { pairs, tables }: SeatingProblem): void {
  pairs.forEach(({ a, b, cost }, index) => {
    for (const table of tables.keys()) {
      const p = `p${index}_${table}`;
      model.objective.push(term(cost, p));
      if (cost < 0) {
        model.rows.push(`${p} - x${a}_${table} <= 0`, `${p} - x${b}_${table} <= 0`);
      } else model.rows.push(`${p} - x${a}_${table} - x${b}_${table} >= -1`);
    }
  });
}

/** Convex costs of a load, as the distance to the range of loads that cost nothing. */
function addLoads(model: Model, { sizes, tables }: SeatingProblem): void {
  for (const [table, { capacity, loadCosts }] of tables.entries()) {
    const load = Array.from(sizes, (size, group) => term(size, `x${group}_${table}`));
    const guests = sizes.reduce((all, size) => all + size, 0);
    if (capacity < guests) model.rows.push(`${sum(load)} <= ${capacity}`);
    if (!loadCosts) continue;
    const low = loadCosts.indexOf(0);
    const high = loadCosts.lastIndexOf(0);
    model.objective.push(term(1, `d${table}`));
    model.rows.push(`d${table} ${sum(load)} >= ${low}`);
    model.rows.push(
      `${sum([`d${table}`, ...load.map((one) => one.replace('+', '-'))])} >= ${-high}`,
    );
  }
}

/**
 * The assignment model that the literature gives to general solvers, in LP format: `x` seats a group
 * at a table; products are linearized; of tables that are alike, group `g` may only use the first
 * `g + 1`, which removes most of the symmetry.
 */
export function compactModel(problem: SeatingProblem): string {
  const { sizes, tables, apart } = problem;
  const model: Model = { objective: [], rows: [], binaries: [] };
  for (const group of sizes.keys()) {
    const places = [...tables.keys()].map((table) => `x${group}_${table}`);
    model.binaries.push(...places);
    model.rows.push(`${sum(places.map((place) => term(1, place)))} = 1`);
    for (const table of tables.keys()) {
      if (table > group) model.rows.push(`x${group}_${table} = 0`);
    }
  }
  for (const [a, b] of apart) {
    for (const table of tables.keys()) {
      model.rows.push(`x${a}_${table} + x${b}_${table} <= 1`);
    }
  }
  addPairs(model, problem);
  addLoads(model, problem);
  return [
    'Minimize',
    `  ${sum(model.objective)}`,
    'Subject To',
    ...model.rows.map((row, index) => `  r${index}: ${row}`),
    'Binary',
    `  ${sum(model.binaries)}`,
    'End',
    '',
  ].join('\n');
}

/** The plan in the values of the model's variables; undefined where a group has no table. */
export function planOf(
  { sizes, tables }: SeatingProblem,
  value: (name: string) => number,
): Assignment | undefined {
  const plan = Int32Array.from(sizes, (_, group) =>
    tables.findIndex((_table, table) => value(`x${group}_${table}`) > 0.5),
  );
  return plan.includes(-1) ? undefined : plan;
}
