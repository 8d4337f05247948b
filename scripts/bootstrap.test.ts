import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { installStamp, machineProblem, testPlan, withoutNpmNoise, worstOf } from './bootstrap.mjs';

const machine = { platform: 'linux', arch: 'x64', nodeVersion: 'v20.20.2' };

describe('machineProblem', () => {
  it('accepts every supported machine from Node 18 on', () => {
    for (const [platform, arch] of [
      ['linux', 'x64'],
      ['linux', 'arm64'],
      ['darwin', 'arm64'],
      ['darwin', 'x64'],
    ]) {
      expect(machineProblem({ platform, arch, nodeVersion: 'v18.0.0' })).toBeUndefined();
    }
  });

  it.each([
    [{ nodeVersion: 'v16.20.0' }, /install Node 18 or newer/],
    [{ platform: 'win32' }, /wsl --install/],
    [{ arch: 'riscv64' }, /does not run on linux-riscv64/],
  ])('says what to do about %o', (change, remedy) => {
    expect(machineProblem({ ...machine, ...change })).toMatch(remedy);
  });
});

describe('withoutNpmNoise', () => {
  it('drops what npm run adds and keeps where packages come from', () => {
    const env = {
      PATH: '/bin',
      DATABASE_URL: 'postgres://x',
      npm_config_omit: 'dev',
      npm_config_ignore_scripts: 'true',
      npm_config_global: 'true',
      NPM_CONFIG_PRODUCTION: 'true',
      npm_lifecycle_event: 'start',
      npm_package_name: 'x',
      npm_config_registry: 'https://mirror.example/',
      NPM_CONFIG_HTTPS_PROXY: 'http://proxy',
      npm_config_strict_ssl: 'false',
      'npm_config_//mirror.example/:_authToken': 't',
    };
    expect(Object.keys(withoutNpmNoise(env)).sort()).toEqual(
      [
        'PATH',
        'DATABASE_URL',
        'npm_config_registry',
        'NPM_CONFIG_HTTPS_PROXY',
        'npm_config_strict_ssl',
        'npm_config_//mirror.example/:_authToken',
      ].sort(),
    );
  });
});

describe('installStamp', () => {
  it('changes with the lockfile, the workspace and the machine', () => {
    const parts = { lockfile: 'a', workspace: 'b', platform: 'linux', arch: 'x64' };
    const stamps = [
      parts,
      { ...parts, lockfile: 'a2' },
      { ...parts, workspace: 'b2' },
      { ...parts, arch: 'arm64' },
    ].map(installStamp);
    expect(new Set(stamps).size).toBe(stamps.length);
    expect(installStamp({ ...parts })).toBe(stamps[0]);
  });
});

describe('testPlan', () => {
  it('runs the static checks and everything else by default', () => {
    const plan = testPlan([]);
    expect(plan.check).toBe(true);
    expect(plan.vitest.slice(0, 2)).toEqual(['run', '--root']);
  });

  it.each([[['-t', 'imports']], [['packages/guests']], [['--project', 'unit']]])(
    'leaves the checks out and passes on %o',
    (args) => {
      const plan = testPlan(args);
      expect(plan.check).toBe(false);
      expect(plan.vitest.slice(-args.length)).toEqual(args);
    },
  );

  it('keeps --report for itself', () => {
    const plan = testPlan(['--report', '/tmp/r', '--bail=1']);
    expect(plan.check).toBe(true);
    expect(plan.checkReport).toBe('/tmp/r/checks.txt');
    expect(plan.vitest).toContain('--outputFile.json=/tmp/r/tests.json');
    expect(plan.vitest.at(-1)).toBe('--bail=1');
    expect(plan.vitest).not.toContain('--report');
  });
});

describe('worstOf', () => {
  it('is the first failure', () => {
    expect(worstOf([0, 0])).toBe(0);
    expect(worstOf([0, 2])).toBe(2);
    expect(worstOf([1, 2])).toBe(1);
  });
});

describe('bootstrap.mjs', () => {
  it('passes arguments on and keeps the exit code', () => {
    const script = fileURLToPath(new URL('./bootstrap.mjs', import.meta.url));
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
    const help = run('start', '--help');
    expect(help.stdout).toContain('Usage: wedsync start');
    expect(help.status).toBe(0);
    const wrong = run('start', '--no-such-thing');
    expect(wrong.stderr).toContain("Unknown option '--no-such-thing'");
    expect(wrong.status).toBe(64);
  });
});
