import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { tidy } from './tidy.ts';

/** One static check: a program of node_modules/.bin with its arguments, or a function of ours. */
interface Check {
  name: string;
  run(): Promise<{ ok: boolean; output: string }>;
}

const root = fileURLToPath(new URL('..', import.meta.url));

function program(name: string, command: string, args: string[]): Check {
  return {
    name,
    run: () =>
      new Promise((resolve) => {
        const child = spawn(`${root}node_modules/.bin/${command}`, args, {
          cwd: root,
          env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', NO_COLOR: '1' },
        });
        let output = '';
        child.stdout.on('data', (chunk) => {
          output += chunk;
        });
        child.stderr.on('data', (chunk) => {
          output += chunk;
        });
        child.once('error', (error) => resolve({ ok: false, output: error.message }));
        child.once('close', (code) => resolve({ ok: code === 0, output }));
      }),
  };
}

async function checks(): Promise<Check[]> {
  const migrations = await readdir(`${root}drizzle/migrations`);
  return [
    program('types: server side', 'tsc', ['--noEmit', '-p', 'tsconfig.json']),
    program('types: ui', 'tsc', ['--noEmit', '-p', 'packages/ui']),
    program('types: web', 'tsc', ['--noEmit', '-p', 'apps/web']),
    program('types: admin', 'tsc', ['--noEmit', '-p', 'apps/admin']),
    program('lint and format', 'biome', ['check', '--error-on-warnings', '.']),
    program('layers', 'turbo', ['boundaries']),
    program('unused code', 'knip', []),
    program('dependency versions', 'sherif', []),
    program(
      'migration locks',
      'squawk',
      migrations.map((file) => `drizzle/migrations/${file}`),
    ),
    {
      name: 'tidiness',
      async run() {
        const findings = await tidy(root);
        return { ok: findings.length === 0, output: findings.join('\n') };
      },
    },
  ];
}

/** Runs every static check, prints one line each, and the output of those that failed. */
async function main(): Promise<number> {
  let failed = 0;
  const all = await checks();
  for (const check of all) {
    const startedAt = performance.now();
    const { ok, output } = await check.run();
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    process.stdout.write(`${ok ? 'ok    ' : 'FAILED'} ${check.name} (${seconds} s)\n`);
    if (ok) continue;
    failed++;
    process.stdout.write(`${output.trimEnd()}\n`);
  }
  process.stdout.write(`check: ${all.length - failed} passed, ${failed} failed, 0 skipped\n`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main();
