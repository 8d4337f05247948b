import { parseArgs } from 'node:util';
import { benchApi } from './api.ts';
import { benchComms, commsDefaults } from './comms.ts';
import { benchFeedback } from './feedback.ts';
import { benchLoad } from './load.ts';
import { benchQueue } from './queue.ts';
import { type BenchmarkResult, printResult } from './report.ts';
import { benchSeatingDrag } from './seating/drag.ts';
import { benchSeating } from './seating.ts';
import { benchSeatingFloors } from './seating-floors.ts';
import { benchSeatingTorture } from './seating-torture.ts';
import { benchWire } from './wire.ts';

/** Runs for about this long per sample, unless `--seconds` says otherwise. */
const defaultSeconds = 5;

const options = {
  json: { type: 'boolean' },
  seconds: { type: 'string' },
  floors: { type: 'boolean' },
  kill: { type: 'string' },
  guests: { type: 'string' },
  large: { type: 'string' },
  ledger: { type: 'string' },
  certificates: { type: 'boolean' },
  contest: { type: 'string' },
  grid: { type: 'boolean' },
  qmkp: { type: 'string' },
  seeds: { type: 'string' },
  torture: { type: 'string' },
  help: { type: 'boolean' },
} as const;
const read = () => parseArgs({ allowPositionals: true, options });
type Values = ReturnType<typeof read>['values'];

const comms = ({ floors, kill, guests, large, ledger }: Values) =>
  benchComms({
    floors: floors ?? commsDefaults.floors,
    kills: kill === undefined ? undefined : Number(kill),
    guests: Number(guests ?? commsDefaults.guests),
    guestsLarge: Number(large ?? commsDefaults.guestsLarge),
    ledgerRows: Number(ledger ?? commsDefaults.ledgerRows),
  });

const seating = (seconds: number, values: Values) => {
  const { certificates, contest, floors, grid, kill, qmkp, seeds, torture } = values;
  if (floors) return benchSeatingFloors(seconds);
  if (torture)
    return benchSeatingTorture({ operations: Number(torture), kills: Number(kill ?? 12) });
  return benchSeating({
    certificates: certificates ?? false,
    contest: contest === undefined ? undefined : Number(contest),
    grid: grid ?? false,
    qmkp,
    seconds,
    seeds: Number(seeds ?? 10),
  });
};

type Run = (seconds: number, values: Values) => Promise<BenchmarkResult>;

const benchmarks: Record<string, Run> = {
  api: benchApi,
  comms: (_seconds, values) => comms(values),
  queue: benchQueue,
  load: benchLoad,
  seating,
  drag: benchSeatingDrag,
  feedback: benchFeedback,
  wire: benchWire,
};

const usage = `Usage: pnpm bench <${Object.keys(benchmarks).join('|')}> [--json] [--seconds N]

  api    hot reads and one write against a raw loop and pgbench-like statements
  queue  jobs per second on both backends against bare BullMQ
  comms  mailings against nodemailer, a job per message and smtp-source, and what planners feel
         [--floors] the customer's floors as well  [--kill N] kills the worker N times instead
         [--guests N] [--large N] [--ledger N] sizes, for a shorter run
  load   1,000 virtual users, reads and writes mixed (60 s unless --seconds)
  feedback  reports of mail systems recorded, one-click unsubscribe during a send
  wire   our SMTP client and DKIM signer against nodemailer and smtp-source
  seating  proofs, the heuristic against the best known, and re-seating after a late answer (5 min)
           [--certificates] 260 weddings instead of a sample (15 min)
           [--contest SECONDS] against HiGHS, CBC and the published tabu search, [--seeds N] (10);
           with 5 s and 10 seeds 10 min, with 60 s 100 min
           [--grid] 152 published instances, planned or proven impossible (10 min)
           [--qmkp FOLDER] public instances of the quadratic multiple knapsack problem,
           --seconds each (5), times three numbers of knapsacks
           [--floors] 1,000 operations at once through the server, and the search for guests (1 min)
           [--torture OPERATIONS] 64 writers at one plan while processes are killed, [--kill N] (12);
           640000 is the whole of it
  drag  frames while tables and guests are dragged in a large plan, CPU throttled 4 times

Exit code 0 when the benchmark ran, also where a goal is missed.
`;

async function main(): Promise<number> {
  const { values, positionals } = read();
  const [name] = positionals;
  const run = name ? benchmarks[name] : undefined;
  if (!run || values.help) {
    process.stdout.write(usage);
    return values.help ? 0 : 2;
  }
  const seconds = Number(values.seconds ?? (name === 'load' ? 60 : defaultSeconds));
  printResult(await run(seconds, values), values.json ?? false);
  return 0;
}

process.exitCode = await main();
