import type { Terminal } from '../terminal.ts';
import type { DemoCount } from './step.ts';

export interface StepResult {
  name: string;
  counts: readonly DemoCount[];
  tookMs: number;
  error?: string;
}

/** Whether every step ran and every pair of counts agrees. A demo that counted nothing proves nothing. */
export function reconciles(results: readonly StepResult[]): boolean {
  const counts = results.flatMap((result) => result.counts);
  return (
    counts.length > 0 &&
    results.every(({ error }) => error === undefined) &&
    counts.every(({ expected, actual }) => expected === actual)
  );
}

/** Prints the report as a table, or as one JSON object for machines. */
export function printReport(
  terminal: Terminal,
  results: readonly StepResult[],
  json: boolean,
): void {
  const ok = reconciles(results);
  if (json) {
    terminal.line(JSON.stringify({ ok, steps: results }));
    return;
  }
  const rows = results.flatMap(({ name, counts, error, tookMs }) => [
    ...counts.map(({ what, expected, actual }) => [
      expected === actual ? terminal.style('green', '✓') : terminal.style('red', '✗'),
      name,
      what,
      String(expected),
      String(actual),
      `${(tookMs / 1000).toFixed(1)} s`,
    ]),
    ...(error === undefined ? [] : [[terminal.style('red', '✗'), name, error, '', '', '']]),
  ]);
  terminal.line();
  terminal.table(rows, { head: ['', 'Step', 'Count', 'Expected', 'Found', 'Took'] });
  terminal.line();
  terminal.line(
    ok ? 'Every count reconciles.' : 'The counts do not reconcile: see the lines marked ✗.',
  );
}
