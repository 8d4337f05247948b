import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'wedsync-new-room-'));

const run = (command: string, args: string[]) =>
  execFileSync(command, args, { cwd: copy, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const tool = (name: string, ...args: string[]) => run(join(copy, 'node_modules/.bin', name), args);

/** A copy of the repository as it stands, with its dependencies linked from pnpm's store. */
beforeAll(() => {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  for (const path of listed.split('\n')) {
    if (path === '' || !existsSync(join(root, path))) continue;
    cpSync(join(root, path), join(copy, path), { recursive: true });
  }
  run('git', ['init', '--quiet']);
  run(process.execPath, ['scripts/new-room.ts', 'vendors']);
  run('npx', ['--yes', 'pnpm@12.21.0', 'install', '--offline', '--no-frozen-lockfile']);
  tool('biome', 'check', '--write', 'packages');
}, 180_000);

afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

describe('a generated room', () => {
  it('compiles together with everything else', () => {
    expect(tool('tsc', '--noEmit', '-p', 'tsconfig.json')).toBe('');
  });

  it('passes lint, layers, migration and tidiness checks', () => {
    tool(
      'biome',
      'check',
      '--error-on-warnings',
      'packages/vendors',
      'packages/api',
      'packages/service',
    );
    tool('turbo', 'boundaries');
    tool('sherif');
    run('sh', ['-c', 'node_modules/.bin/squawk drizzle/migrations/*_vendors.sql']);
    const tidy = `const { tidy } = await import('./scripts/tidy.ts');
      process.stdout.write((await tidy(process.cwd())).filter((line) => /vendors|rooms\\.md/.test(line)).join('\\n'));`;
    expect(run(process.execPath, ['--input-type=module', '-e', tidy])).toBe('');
  });

  it('passes its own tests on a real database', () => {
    expect(() => tool('vitest', 'run', '--project', 'db', 'packages/vendors')).not.toThrow();
  });

  it('is refused under a name that is taken or is no plural noun', () => {
    expect(() => run(process.execPath, ['scripts/new-room.ts', 'vendors'])).toThrow();
    expect(() => run(process.execPath, ['scripts/new-room.ts', 'Vendor'])).toThrow();
  });
});
