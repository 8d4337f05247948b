import { parentPort, workerData } from 'node:worker_threads';
import loadHighs from 'highs';

/** One run of HiGHS over a model; it blocks its thread and may overshoot its time. */
async function main(): Promise<void> {
  const { model, seconds } = workerData as { model: string; seconds: number };
  const highs = await loadHighs();
  const { Status, Columns } = highs.solve(model, { time_limit: seconds, output_flag: false });
  const values = Object.entries(Columns).flatMap(([name, column]) =>
    'Primal' in column && typeof column.Primal === 'number' ? [[name, column.Primal] as const] : [],
  );
  parentPort?.postMessage({ status: Status, values });
}

await main();
