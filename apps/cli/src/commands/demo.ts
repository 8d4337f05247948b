import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '@wedsync/platform/embedded/free-port';
import { defineCommand, exitCodes, usageError } from '../command.ts';
import { printReport, reconciles } from '../demo/report.ts';
import { runSteps } from '../demo/run-steps.ts';
import { demoSteps } from '../demo/steps.ts';
import type { StartContext } from '../supervisor/embedded-parts.ts';
import { type Installation, installationAt } from '../supervisor/installation.ts';
import { resetInstallation } from '../supervisor/reset.ts';
import { holdSession, openSession } from '../supervisor/session.ts';
import { type Stack, startStack } from '../supervisor/stack.ts';
import type { Terminal } from '../terminal.ts';

const limitMsDefault = 300_000;

/** The demo proves the embedded parts: it must never touch a database or relay of somebody's. */
const partsOfTheirOwn = [
  'DATABASE_URL',
  'SMTP_URL',
  'SMS_URL',
  'SMS_TOKEN',
  'SMS_FROM',
  'SMS_IDEMPOTENT',
  'WEBHOOK_SECRET_SMS',
] as const;

export const demo = defineCommand({
  name: 'demo',
  summary: 'Do the main job once from start to finish on a throw-away installation.',
  details:
    'Everything is real: database, server, worker and SMTP. Prints what was counted in two ways and\nfails unless they agree. Removes everything it made.',
  options: {
    json: { type: 'boolean', describe: 'Print the report as JSON, as the last line.' },
    keep: { type: 'boolean', describe: 'Leave the data and logs for looking into.' },
    limit: { type: 'string', value: '<seconds>', describe: 'Give up after this long (300).' },
  },
  examples: ['npm run demo', 'npm run demo -- --json', 'pnpm wedsync demo --keep'],
  async run({ json = false, keep = false, limit }) {
    const limitMs = limit === undefined ? limitMsDefault : Number(limit) * 1_000;
    if (!(limitMs > 0)) throw usageError('--limit takes a number of seconds.');
    const state = await mkdtemp(join(tmpdir(), 'wedsync-demo-'));
    // PostgreSQL's account must get through; what is secret inside is closed by itself.
    await chmod(state, 0o755);
    const installation = installationAt(state);
    const context = withoutTheirParts(await openSession(installation, 'test'));
    const { shutdown, terminal } = context;
    shutdown.on('throw-away installation', () =>
      keep ? terminal.line(`Kept in ${state}.`) : discard(installation),
    );
    return holdSession(context, async () => {
      const stack = await startStack({
        context,
        ports: {
          web: await findFreePort(),
          admin: await findFreePort(),
          worker: await findFreePort(),
          inbound: await findFreePort(),
        },
        buildFrontends: false,
      });
      const ok = await perform({ context, stack, limitMs, json, terminal });
      await shutdown.run('the demo is over', ok ? exitCodes.ok : exitCodes.failed);
    });
  },
});

function withoutTheirParts(context: StartContext): StartContext {
  const given = new Set(context.given);
  for (const key of partsOfTheirOwn) {
    if (given.delete(key)) context.terminal.warn(`${key} is not used by the demo`);
  }
  return { ...context, given };
}

interface Performance {
  context: StartContext;
  stack: Stack;
  limitMs: number;
  json: boolean;
  terminal: Terminal;
}

async function perform({ context, stack, limitMs, json, terminal }: Performance): Promise<boolean> {
  const { mail, parts } = stack;
  if (!mail) throw new Error('The demo always brings its own mail catcher.');
  const stopped = new AbortController();
  context.shutdown.on('steps', () => stopped.abort(new Error('the demo was interrupted')));
  const results = await runSteps(demoSteps, {
    webUrl: `http://localhost:${parts.ports.web}`,
    adminUrl: `http://localhost:${parts.ports.admin}`,
    mail: mail.store,
    stack,
    terminal,
    signal: AbortSignal.any([stopped.signal, AbortSignal.timeout(limitMs)]),
    facts: {},
  });
  printReport(terminal, results, json);
  return reconciles(results);
}

async function discard(installation: Installation): Promise<void> {
  await resetInstallation(installation);
  await rm(installation.state, { recursive: true, force: true });
}
