// Takes a machine that has some Node (>= 18) and npm to a running WedSync. Plain JavaScript without
// dependencies: everything else needs what this installs.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const pnpmVersion = '12.21.0';
const nodeMajorMin = 18;
const platforms = ['linux-x64', 'linux-arm64', 'darwin-arm64', 'darwin-x64'];
const stampFile = join(root, 'node_modules', '.wedsync-install');
/** Exit codes of sysexits.h: the machine is unfit, a service is missing. */
const exitUnavailable = 69;
const exitConfig = 78;

/** npm settings that say where packages come from. All others are npm's own noise. */
const npmSettingsKept = [
  'registry',
  'proxy',
  'https_proxy',
  'noproxy',
  'ca',
  'cafile',
  'strict_ssl',
  'userconfig',
  'globalconfig',
  'cache',
];

/**
 * The environment without what `npm run` adds to it: settings such as `omit=dev` or
 * `ignore_scripts` would otherwise reach the installation inside.
 */
export function withoutNpmNoise(env) {
  const kept = Object.entries(env).filter(([name]) => {
    const lower = name.toLowerCase();
    if (!lower.startsWith('npm_')) return true;
    const setting = lower.replace(/^npm_config_/, '').replaceAll('-', '_');
    return npmSettingsKept.includes(setting) || setting.includes('_auth') || setting.includes('//');
  });
  return Object.fromEntries(kept);
}

/** What stands in the way on this machine, as one line with the remedy; undefined when nothing. */
export function machineProblem({ platform, arch, nodeVersion }) {
  const major = Number(nodeVersion.replace(/^v/, '').split('.')[0]);
  if (!(major >= nodeMajorMin)) {
    return `Node ${nodeVersion} is too old: install Node ${nodeMajorMin} or newer (https://nodejs.org) and try again.`;
  }
  if (platform === 'win32') {
    return 'WedSync does not run on Windows itself: install WSL (wsl --install) and run the same command there.';
  }
  if (!platforms.includes(`${platform}-${arch}`)) {
    return `WedSync does not run on ${platform}-${arch} (supported: ${platforms.join(', ')}).`;
  }
  return undefined;
}

/** What the installed packages depend on; another stamp means: install again. */
export function installStamp({ lockfile, workspace, platform, arch }) {
  const hash = createHash('sha256');
  for (const part of [lockfile, workspace, platform, arch, pnpmVersion]) hash.update(`${part}\0`);
  return hash.digest('hex');
}

/**
 * `npm test` takes `--report <folder>` for itself (machine-readable results, for CI) and hands
 * everything else to vitest. Arguments that pick tests leave the static checks out.
 */
export function testPlan(args) {
  const rest = [...args];
  const at = rest.indexOf('--report');
  const report = at >= 0 ? rest.splice(at, 2)[1] : undefined;
  const picks = (arg) => !arg.startsWith('-') || /^(-t$|--testNamePattern|--project)/.test(arg);
  const reporters = report
    ? ['--reporter=default', '--reporter=json', `--outputFile.json=${join(report, 'tests.json')}`]
    : [];
  return {
    check: !rest.some(picks),
    checkReport: report && join(report, 'checks.txt'),
    vitest: ['run', '--root', root, ...reporters, ...rest],
  };
}

/** The first failure counts. */
export function worstOf(codes) {
  return codes.find((code) => code !== 0) ?? 0;
}

function say(line) {
  process.stdout.write(`${line}\n`);
}

function fail(line, code) {
  process.stderr.write(`wedsync: ${line}\n`);
  process.exit(code);
}

function currentStamp() {
  return installStamp({
    lockfile: readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8'),
    workspace: readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8'),
    platform: process.platform,
    arch: process.arch,
  });
}

function isInstalled(stamp) {
  if (!existsSync(pinnedNode())) return false;
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8').trim() === stamp;
}

function pinnedNode() {
  return join(root, 'node_modules', '.bin', 'node');
}

async function install() {
  const stamp = currentStamp();
  if (isInstalled(stamp)) return;
  const startedAt = Date.now();
  say('Installing packages and Node 24 from the npm registry (first run or new lockfile) …');
  const { NODE_ENV: _, ...env } = withoutNpmNoise(process.env);
  const code = await run(
    'npx',
    ['--yes', `pnpm@${pnpmVersion}`, 'install', '--frozen-lockfile', '--reporter=append-only'],
    // Without a terminal pnpm would refuse to replace a node_modules of another origin.
    { env: { ...env, CI: 'true', npm_config_update_notifier: 'false' }, quiet: true },
  );
  if (code !== 0) {
    fail(
      'Packages could not be installed (see above). Is the npm registry reachable?',
      exitUnavailable,
    );
  }
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, `${stamp}\n`);
  say(`Installed in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`);
}

/**
 * Runs a program and resolves with its exit code. Signals go on to it: Ctrl-C reaches both of us
 * from the terminal, and we wait for the child to finish in its own way.
 */
function run(command, args, { env, quiet = false, supervised = false, tee } = {}) {
  const piped = quiet || tee !== undefined;
  const stdio = piped
    ? ['ignore', 'pipe', 'pipe']
    : // The channel closes when we are killed, which is how a supervisor below hears of it.
      ['inherit', 'inherit', 'inherit', ...(supervised ? ['ipc'] : [])];
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: env ?? withoutNpmNoise(process.env),
      stdio,
    });
    const tail = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        tail.push(chunk);
        if (tee) process.stdout.write(chunk);
      });
    }
    const forward = (signal) => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward);
    child.once('error', (error) => {
      process.stderr.write(`wedsync: ${command} could not be started: ${error.message}\n`);
      resolve(exitUnavailable);
    });
    child.once('close', (code, signal) => {
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(name, forward);
      if (tee) writeFileSync(tee, Buffer.concat(tail));
      if (quiet && code !== 0)
        process.stderr.write(Buffer.concat(tail).toString('utf8').slice(-4000));
      resolve(code ?? (signal === 'SIGINT' ? 130 : 143));
    });
  });
}

function checkPinnedNode() {
  const { stdout, status } = spawnSync(pinnedNode(), ['--version'], { encoding: 'utf8' });
  if (status === 0 && stdout.startsWith('v24.')) return;
  fail(
    `The Node 24 that npm brought does not run here (${stdout?.trim() || 'no answer'}). Delete node_modules and try again; on Alpine use a glibc image.`,
    exitConfig,
  );
}

async function test(args) {
  const plan = testPlan(args);
  const codes = [];
  if (plan.check) {
    codes.push(await run(pinnedNode(), ['scripts/check.ts'], { tee: plan.checkReport }));
  } else
    say('The static checks are left out because the arguments pick tests (pnpm check runs them).');
  codes.push(await run(pinnedNode(), ['node_modules/vitest/vitest.mjs', ...plan.vitest]));
  return worstOf(codes);
}

/**
 * npm starts us through a shell, and passes SIGTERM on to that shell alone. So a parent that is
 * gone means that npm was ended: we end too, in the orderly way.
 */
function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  timer.unref();
}

async function main([command = 'start', ...args]) {
  const problem = machineProblem({
    platform: process.platform,
    arch: process.arch,
    nodeVersion: process.version,
  });
  if (problem) fail(problem, exitConfig);
  endWithNpm();
  await install();
  checkPinnedNode();
  if (command === 'test') return test(args);
  return run(pinnedNode(), ['apps/cli/src/main.ts', command, ...args], { supervised: true });
}

const invoked = process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);
if (invoked) process.exitCode = await main(process.argv.slice(2));
