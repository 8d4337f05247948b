import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, markOf } from '@wedsync/platform/embedded/process-identity';
import { childEnv } from '@wedsync/platform/env';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ChildChange, type SupervisedChild, superviseChild } from './child.ts';
import { clearEarlierSupervisor, runningSupervisor, writeRunFile } from './run-file.ts';

let dir: string;
let children: SupervisedChild[] = [];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'wedsync-child-'));
});
afterEach(async () => {
  await Promise.all(children.map((child) => child.stop()));
  children = [];
  await rm(dir, { recursive: true });
});

function supervise(code: string) {
  const changes: ChildChange[] = [];
  const lines: string[] = [];
  const child = superviseChild({
    name: 'program',
    args: ['-e', code],
    env: childEnv({}),
    cwd: dir,
    logFile: join(dir, 'program.log'),
    onLine: (line) => lines.push(line),
    onChange: (change) => changes.push(change),
  });
  children.push(child);
  return { child, changes, lines };
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries += 1) {
    if (tries > 500) throw new Error('it never came true');
    await sleep(20);
  }
}

describe('superviseChild', () => {
  it('starts a program that crashed again, after growing pauses, and says so', async () => {
    const { changes, child } = supervise('process.exit(3)');
    await until(() => child.crashes >= 3);
    const crashes = changes.filter((change) => change.kind === 'crashed');
    expect(crashes.slice(0, 3)).toEqual([
      { kind: 'crashed', how: 'exit code 3', againInMs: 250 },
      { kind: 'crashed', how: 'exit code 3', againInMs: 500 },
      { kind: 'crashed', how: 'exit code 3', againInMs: 1_000 },
    ]);
  });

  it('starts a program that was killed again', async () => {
    const { child, lines } = supervise('console.log("up"); setInterval(() => {}, 1000)');
    await until(() => lines.length === 1);
    process.kill(child.pid ?? 0, 'SIGKILL');
    await until(() => lines.length === 2);
    expect(child.crashes).toBe(1);
  });

  it('stops it with SIGTERM, once, without starting it again', async () => {
    const { child, lines } = supervise(
      'process.on("SIGTERM", () => { console.log("bye"); process.exit(0) }); console.log("up"); setInterval(() => {}, 1000)',
    );
    await until(() => lines.includes('up'));
    await child.stop();
    expect(lines).toEqual(['up', 'bye']);
    expect(child.pid).toBeUndefined();
    expect(child.crashes).toBe(0);
  });

  it('restarts on request without counting a crash', async () => {
    const { child, lines } = supervise('console.log("up"); setInterval(() => {}, 1000)');
    await until(() => lines.length === 1);
    await child.restart();
    await until(() => lines.length === 2);
    expect(child.crashes).toBe(0);
  });

  it('keeps all output in the log file', async () => {
    const { child, lines } = supervise(
      'console.log("out"); console.error("err"); setInterval(() => {}, 1000)',
    );
    await until(() => lines.length === 2);
    expect((await readFile(child.logFile, 'utf8')).split('\n').sort()).toEqual(['', 'err', 'out']);
  });
});

describe('the run file', () => {
  const file = () => join(dir, 'run.json');
  const abandoned = async (children_: { pid: number; stamp: string | undefined }[]) =>
    writeFile(
      file(),
      JSON.stringify({ supervisor: { pid: 2_147_483_646, stamp: '1' }, children: children_ }),
    );

  it('lets the next start end what a killed supervisor left', async () => {
    const { child, lines } = supervise('console.log("up"); setInterval(() => {}, 1000)');
    await until(() => lines.length === 1);
    const pid = child.pid ?? 0;
    await abandoned([await markOf(pid)]);
    const stopped = child.stop();
    expect(await clearEarlierSupervisor(file())).toBeLessThanOrEqual(1);
    await stopped;
    expect(await isAlive(pid)).toBe(false);
  });

  it('leaves alone a process that has the same id by chance', async () => {
    const { child, lines } = supervise('console.log("up"); setInterval(() => {}, 1000)');
    await until(() => lines.length === 1);
    await abandoned([{ pid: child.pid ?? 0, stamp: 'another start' }]);
    expect(await clearEarlierSupervisor(file())).toBe(0);
    expect(await isAlive(child.pid ?? 0)).toBe(true);
  });

  it('knows that the supervisor still runs, but not itself', async () => {
    await writeRunFile(file(), []);
    expect(await runningSupervisor(file())).toBeUndefined();
    const mark = await markOf(process.ppid);
    await writeFile(file(), JSON.stringify({ supervisor: mark, children: [] }));
    expect(await runningSupervisor(file())).toBe(process.ppid);
    await expect(clearEarlierSupervisor(file())).rejects.toThrow(`kill ${process.ppid}`);
  });
});
