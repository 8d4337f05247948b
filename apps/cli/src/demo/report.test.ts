import { describe, expect, it } from 'vitest';
import { createTerminal } from '../terminal.ts';
import { printReport, reconciles } from './report.ts';
import { runSteps } from './run-steps.ts';

const counting = (actual: number) => [{ what: 'guests', expected: 183, actual }];
const result = (actual: number) => ({ name: 'import', counts: counting(actual), tookMs: 5 });

describe('reconciles', () => {
  it('holds only when every count agrees, every step ran and something was counted', () => {
    expect(reconciles([result(183)])).toBe(true);
    expect(reconciles([result(183), result(182)])).toBe(false);
    expect(reconciles([result(183), { ...result(183), error: 'no' }])).toBe(false);
    expect(reconciles([])).toBe(false);
  });
});

describe('printReport', () => {
  it('ends with one JSON object for machines', () => {
    const written: string[] = [];
    printReport(
      createTerminal((text) => written.push(text)),
      [result(182)],
      true,
    );
    expect(JSON.parse(written.join(''))).toEqual({ ok: false, steps: [result(182)] });
  });
});

describe('runSteps', () => {
  const context = () => ({
    terminal: createTerminal(() => undefined),
    signal: new AbortController().signal,
  });

  it('stops at the step that fails, because the next ones build on it', async () => {
    const steps = [
      { name: 'one', run: () => Promise.resolve(counting(183)) },
      { name: 'two', run: () => Promise.reject<ReturnType<typeof counting>>(new Error('broken')) },
      { name: 'three', run: () => Promise.resolve(counting(183)) },
    ];
    const results = await runSteps(steps, context());
    expect(results.map(({ name, error }) => [name, error])).toEqual([
      ['one', undefined],
      ['two', 'broken'],
    ]);
  });
});
