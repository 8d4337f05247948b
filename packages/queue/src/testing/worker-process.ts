import { type RigPlace, startRig } from './rig.ts';

/** A whole worker process for tests that kill one: told its place by argument, ready on stdout. */
const [place, name = 'child'] = process.argv.slice(2);
const runtime = await startRig(JSON.parse(place ?? '{}') as RigPlace, name);
process.on('SIGTERM', () => {
  void runtime.close(5_000).then(() => process.exit(0));
});
process.stdout.write('ready\n');
