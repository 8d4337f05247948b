import { parseArgs } from 'node:util';
import { benchApi } from './api.ts';
import { benchFeedback } from './feedback.ts';
import { benchLoad } from './load.ts';
import { benchQueue } from './queue.ts';
import { type BenchmarkResult, printResult } from './report.ts';
import { benchSeating } from './seating.ts';
import { benchWire } from './wire.ts';

/** Runs for about this long per sample, unless `--seconds` says otherwise. */
const defaultSeconds = 5;

const benchmarks: Record<string, (seconds: number) => Promise<BenchmarkResult>> = {
  api: benchApi,
  queue: benchQueue,
  load: benchLoad,
  seating: benchSeating,
  feedback: benchFeedback,
  wire: benchWire,
};

const usage = `Usage: pnpm bench <${Object.keys(benchmarks).join('|')}> [--json] [--seconds N]

  api    hot reads and one write against a raw loop and pgbench-like statements
  queue  jobs per second on both backends against bare BullMQ
  load   1,000 virtual users, reads and writes mixed (60 s unless --seconds)
  feedback  reports of mail systems recorded, one-click unsubscribe during a send
  wire   our SMTP client and DKIM signer against nodemailer and smtp-source
  seating  proofs, the heuristic against the best known, and re-seating after a late answer

Exit code 0 when the benchmark ran, also where a goal is missed.
`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean' }, seconds: { type: 'string' }, help: { type: 'boolean' } },
  });
  const [name] = positionals;
  const run = name ? benchmarks[name] : undefined;
  if (!run || values.help) {
    process.stdout.write(usage);
    return values.help ? 0 : 2;
  }
  const seconds = Number(values.seconds ?? (name === 'load' ? 60 : defaultSeconds));
  printResult(await run(seconds), values.json ?? false);
  return 0;
}

process.exitCode = await main();
