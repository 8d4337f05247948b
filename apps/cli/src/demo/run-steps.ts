import type { StepResult } from './report.ts';
import type { DemoContext, DemoCount } from './step.ts';

/** Runs the steps in order; after one that fails nothing that builds on it is tried. */
export async function runSteps<Context extends Pick<DemoContext, 'terminal' | 'signal'>>(
  steps: readonly { name: string; run(context: Context): Promise<DemoCount[]> }[],
  context: Context,
): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const { name, run } of steps) {
    const line = context.terminal.step(name);
    const startedAt = performance.now();
    try {
      context.signal.throwIfAborted();
      const counts = await run(context);
      const wrong = counts.filter(({ expected, actual }) => expected !== actual);
      if (wrong.length > 0) line.failed(wrong.map(({ what }) => what).join(', '));
      else line.done(counts.map(({ what, actual }) => `${actual} ${what}`).join(', '));
      results.push({ name, counts, tookMs: performance.now() - startedAt });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      line.failed(message);
      results.push({ name, counts: [], tookMs: performance.now() - startedAt, error: message });
      break;
    }
  }
  return results;
}
