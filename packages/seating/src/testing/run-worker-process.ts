import { startRunWorker } from './run-worker.ts';

/** A whole worker process for tests that kill one: told its database by argument, ready on stdout. */
await startRunWorker(process.argv[2] ?? '');
process.stdout.write('ready\n');
