import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exists } from './files.ts';
import { findFreePort } from './free-port.ts';
import { type EmbeddedPostgres, removePostgres, startPostgres } from './postgres.ts';
import { locateHome, relocatedRoot } from './postgres-home.ts';
import { isAlive, processesIn, waitForExit } from './process-identity.ts';

const asRoot = process.getuid?.() === 0;
const module = fileURLToPath(new URL('./postgres.ts', import.meta.url));
let base: string;
let dir: string;
const started: EmbeddedPostgres[] = [];
const children: ChildProcess[] = [];

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'wedsync-pg-'));
  await chmod(base, 0o755);
  dir = join(base, 'postgres');
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
  for (const server of started.splice(0)) await server.stop();
  await removePostgres(dir);
  await rm(base, { recursive: true, force: true });
});

async function start(options: Partial<Parameters<typeof startPostgres>[0]> = {}) {
  const server = await startPostgres({ dir, profile: 'test', ...options });
  started.push(server);
  return server;
}

/** A supervisor of its own process, which says the postmaster's id and then waits. */
async function startInChild(shared = false): Promise<{ child: ChildProcess; postmaster: number }> {
  const code = `import { startPostgres } from ${JSON.stringify(module)};
    const { pid } = await startPostgres({ dir: ${JSON.stringify(dir)}, profile: 'test', shared: ${shared} });
    process.stdout.write(String(pid)); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [chunk] = await once(child.stdout ?? child, 'data');
  return { child, postmaster: Number(String(chunk)) };
}

/** Whether a PostgreSQL answers on the port: it replies N to a request for TLS. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1', () => {
      socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]));
    });
    socket.once('data', (data) => resolve(['N', 'S'].includes(data.toString()[0] ?? '')));
    socket.once('error', () => resolve(false));
    socket.once('data', () => socket.destroy());
  });
}

describe('startPostgres', () => {
  it('creates a cluster, keeps it and its port for the next start, and leaves nothing running', async () => {
    const first = await start();
    expect(first.outcome).toBe('created');
    expect(await answers(first.port)).toBe(true);
    await first.stop();
    expect(await answers(first.port)).toBe(false);
    expect(await processesIn(first.dataDir)).toEqual([]);
    const second = await start();
    expect(second).toMatchObject({ outcome: 'started', port: first.port });
    expect(second.adminUrl).toBe(first.adminUrl);
  });

  it('keeps the superuser password from other users and asks everybody for one', async () => {
    const server = await start();
    const home = await locateHome(dir);
    expect((await stat(home.passwordFile)).mode & 0o777).toBe(0o600);
    const rules = await readFile(join(server.dataDir, 'pg_hba.conf'), 'utf8');
    const methods = rules.match(/^(?:local|host).*$/gm)?.map((line) => line.split(/\s+/).at(-1));
    expect(new Set(methods)).toEqual(new Set(['scram-sha-256']));
  });

  it('recovers when the postmaster was killed', async () => {
    const server = await start();
    const crash = new Promise<string>((resolve) => server.onCrash(resolve));
    process.kill(server.pid, 'SIGKILL');
    expect(await crash).toBe('SIGKILL');
    await server.stop();
    const again = await start();
    expect(again.outcome).toBe('recovered');
    expect(await answers(again.port)).toBe(true);
  });

  it('recovers when the supervisor was killed and its server lives on', async () => {
    const { child, postmaster } = await startInChild();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await isAlive(postmaster)).toBe(true);
    const again = await start();
    expect(again.outcome).toBe('recovered');
    expect(again.pid).not.toBe(postmaster);
    expect(await isAlive(postmaster)).toBe(false);
  });

  it('recovers when both were killed and backends are left', async () => {
    const { child, postmaster } = await startInChild();
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    process.kill(postmaster, 'SIGKILL');
    await Promise.all([gone, waitForExit(postmaster, 5_000)]);
    expect((await start()).outcome).toBe('recovered');
  });

  it('leaves alone a stranger whose process id the stale pid file names', async () => {
    const server = await start();
    await server.stop();
    const file = join(server.dataDir, 'postmaster.pid');
    await writeFile(file, `${process.pid}\n${server.dataDir}\n1\n5432\n\n127.0.0.1\n\nready\n`);
    expect((await start()).outcome).toBe('recovered');
  });

  it('starts over an initialization that was cut short', async () => {
    const home = await locateHome(dir);
    await mkdir(join(home.root, 'building-1', 'data', 'base'), { recursive: true });
    await writeFile(join(home.root, 'building-1', 'data', 'PG_VERSION'), '18\n');
    expect((await start()).outcome).toBe('created');
    expect(await exists(join(home.root, 'building-1'))).toBe(false);
  });

  it('refuses a second supervisor on the same data, naming the first', async () => {
    const { child } = await startInChild();
    await expect(start()).rejects.toThrow(`already runs on`);
    await expect(start()).rejects.toThrow(`kill ${child.pid}`);
  });

  it('is shared by test runs until the last one stops, even when the first was killed', async () => {
    const { child, postmaster } = await startInChild(true);
    const joined = await start({ shared: true });
    expect(joined).toMatchObject({ outcome: 'joined', pid: postmaster });
    child.kill('SIGKILL');
    await once(child, 'exit');
    const third = await start({ shared: true });
    await joined.stop();
    expect(await answers(third.port)).toBe(true);
    await third.stop();
    expect(await isAlive(postmaster)).toBe(false);
  });

  it('comes up once when many start at the same moment', async () => {
    const servers = await Promise.all(Array.from({ length: 5 }, () => start({ shared: true })));
    expect(new Set(servers.map(({ pid }) => pid)).size).toBe(1);
    expect(servers.filter(({ outcome }) => outcome === 'created')).toHaveLength(1);
  });

  it('names the port that is taken', async () => {
    const other = await start();
    await expect(
      startPostgres({ dir: join(base, 'second'), port: other.port, profile: 'test' }),
    ).rejects.toThrow(`Port ${other.port}, meant for PostgreSQL, is taken`);
    await removePostgres(join(base, 'second'));
  });

  it('uses a given port', async () => {
    const port = await findFreePort();
    expect((await start({ port })).port).toBe(port);
  });

  it('moves data out of a folder that is closed to its account', async () => {
    await chmod(base, 0o700);
    const notices: string[] = [];
    const server = await start({ onNotice: (line) => notices.push(line) });
    expect(server.dataDir).toBe(join(asRoot ? relocatedRoot(dir) : dir, 'data'));
    expect(notices).toHaveLength(asRoot ? 1 : 0);
    await server.stop();
    const removed = await removePostgres(dir);
    expect(removed && (await exists(removed))).toBe(false);
  });

  it('refuses data of another version of PostgreSQL', async () => {
    const server = await start();
    await server.stop();
    await writeFile(join(server.dataDir, 'PG_VERSION'), '17\n');
    await expect(start()).rejects.toThrow(/written by PostgreSQL 17; this is 18/);
  });
});
