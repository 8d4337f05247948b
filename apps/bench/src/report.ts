import { cpus, loadavg, totalmem } from 'node:os';

/** One figure of a benchmark, always beside what it is compared with. */
export interface Measure {
  measure: string;
  value: number;
  unit: string;
  /** What the value is a ratio to, or was measured next to. */
  yardstick: string;
  /** The goal in words, e.g. `>= 0.5`; empty where the figure only informs. */
  goal: string;
  /** Whether the goal holds; null where there is none. */
  holds: boolean | null;
  /** Whether it was also reached what lies beyond the goal, where that is named. */
  beyond?: boolean;
}

type Figure = Pick<Measure, 'measure' | 'value' | 'unit' | 'yardstick'>;

export interface BenchmarkResult {
  name: string;
  measures: Measure[];
}

/** What the figures were measured on; ratios travel to another machine, absolute times do not. */
export function describeMachine(): string {
  const [cpu] = cpus();
  const gib = (totalmem() / 2 ** 30).toFixed(0);
  const load = loadavg()[0]?.toFixed(1);
  return `${cpus().length} x ${cpu?.model.trim() ?? 'unknown'}, ${gib} GiB, Node ${process.version}, load ${load}`;
}

/** A figure with a goal `value >= floor`, and with what is better still. */
export function atLeast(floor: number, figure: Figure, beyond?: number): Measure {
  const goal = `>= ${floor}`;
  const measure = { ...figure, goal, holds: figure.value >= floor };
  if (beyond === undefined) return measure;
  return { ...measure, goal: `${goal}, beyond >= ${beyond}`, beyond: figure.value >= beyond };
}

/** A figure with a goal `value <= ceiling`, and with what is better still. */
export function atMost(ceiling: number, figure: Figure, beyond?: number): Measure {
  const goal = `<= ${ceiling}`;
  const measure = { ...figure, goal, holds: figure.value <= ceiling };
  if (beyond === undefined) return measure;
  return { ...measure, goal: `${goal}, beyond <= ${beyond}`, beyond: figure.value <= beyond };
}

/** A figure that informs and has no goal. */
export function informs(figure: Figure): Measure {
  return { ...figure, goal: '', holds: null };
}

/** The middle of the values; the mean of the two middle ones where their number is even. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}

const rounded = (value: number) =>
  Number.isInteger(value) ? String(value) : value.toPrecision(value < 100 ? 3 : 5);

function verdictOf({ holds, beyond }: Measure): string {
  if (holds === null) return '';
  if (!holds) return 'MISSED';
  return beyond ? 'holds, and beyond' : 'holds';
}

/** The value below which `percent` of the values lie. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const index = Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100));
  return sorted[index] ?? Number.NaN;
}

/** Prints the figures as a table and, with `json`, as one object on the last line. */
export function printResult({ name, measures }: BenchmarkResult, json: boolean): void {
  const rows = measures.map((row) => [
    row.measure,
    `${rounded(row.value)} ${row.unit}`.trim(),
    row.yardstick,
    row.goal,
    verdictOf(row),
  ]);
  const table = [['measure', 'value', 'against', 'goal', ''], ...rows];
  const widths = table[0]?.map((_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  const machine = describeMachine();
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  process.stdout.write(`${name}: ${machine}\n${lines.join('\n')}\n`);
  if (json) process.stdout.write(`${JSON.stringify({ name, machine, measures })}\n`);
}
