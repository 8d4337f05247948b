import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { newId, OutboxId } from '@wedsync/contracts/ids';
import { sweepHeartbeats } from '@wedsync/contracts/monitoring';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { findFreePort } from '@wedsync/platform/embedded/free-port';
import { childEnv } from '@wedsync/platform/env';
import { describeOnBothBackends } from '@wedsync/queue/testing/both-backends';
import { until } from '@wedsync/queue/testing/rig';
import { afterAll, beforeAll, expect, it } from 'vitest';

const database = await createTestDatabase();
const main = fileURLToPath(new URL('main.ts', import.meta.url));

describeOnBothBackends('the worker process', database, (backend) => {
  const stateDir = mkdtempSync(join(tmpdir(), 'wedsync-worker-'));
  let worker: ChildProcess;
  let url: string;
  let inboundPort: number;

  beforeAll(async () => {
    const port = await findFreePort();
    inboundPort = await findFreePort();
    url = `http://127.0.0.1:${port}`;
    const login = new URL(database.url('worker'));
    worker = spawn(process.execPath, [main], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: childEnv({
        NODE_ENV: 'test',
        DATABASE_URL: `postgres://${login.host}${login.pathname}`,
        DATABASE_PASSWORD_WORKER: login.password,
        REDIS_URL: backend.place().redisUrl,
        SMTP_URL: 'smtp://127.0.0.1:1',
        WORKER_PORT: String(port),
        BOUNCE_DOMAIN: 'bounce.example.com',
        INBOUND_SMTP_PORT: String(inboundPort),
        WORKER_STATE_DIR: stateDir,
      }),
    });
    await until('the worker to be ready', async () => (await status('/readyz')) === 200);
  });
  afterAll(() => {
    worker.kill('SIGKILL');
    rmSync(stateDir, { recursive: true });
  });
  const status = (path: string) =>
    fetch(url + path).then(
      (response) => response.status,
      () => 0,
    );
  const beats = () => database.admin`select * from ops.heartbeats where service = 'worker'`;

  it('answers the probes and reports itself with the measured latency', async () => {
    expect(await status('/healthz')).toBe(200);
    await until('the first heartbeat', async () => (await beats()).length === 1);
    const [beat] = await beats();
    expect(beat?.database_latency_ms).toBeGreaterThan(0);
  });

  it('carries out a job of a room', async () => {
    await database.admin`
      insert into ops.heartbeats (service, instance, version, beat_at, database_latency_ms)
      values ('server', 'long-gone', '0', now() - interval '8 days', 1)`;
    const id = newId(OutboxId);
    await database.admin`
      insert into ops.outbox (id, job_name, queue, payload)
      values (${id}, ${sweepHeartbeats.name}, ${sweepHeartbeats.queue}, '{"v": 1}')`;
    await until('the job to be done', async () => {
      const [row] = await database.admin`select state from ops.outbox where id = ${id}`;
      return row?.state === 'done';
    });
    expect(
      await database.admin`select from ops.heartbeats where instance = 'long-gone'`,
    ).toHaveLength(0);
  });

  it('counts what it does for Prometheus', async () => {
    const text = await (await fetch(`${url}/metrics`)).text();
    expect(text).toMatch(
      /wedsync_queue_attempts_total\{queue="maintenance",job="monitoring.sweep-heartbeats",outcome="done",service="worker"\} [1-9]/,
    );
    expect(text).toMatch(
      /wedsync_queue_depth_jobs\{queue="bulk",state="waiting",service="worker"\} 0/,
    );
    expect(text).toMatch(/wedsync_outbox_lag_seconds\{service="worker"\} /);
  });

  it('takes mail to return paths and no other', async () => {
    const socket = createConnection(inboundPort, '127.0.0.1');
    const replies = createInterface(socket)[Symbol.asyncIterator]();
    const say = async (line: string) => {
      if (line) socket.write(`${line}\r\n`);
      for (;;) {
        const { value = '' } = await replies.next();
        if (value[3] !== '-') return value.slice(0, 3);
      }
    };
    expect(await say('')).toBe('220');
    expect(await say('EHLO test.example')).toBe('250');
    expect(await say('MAIL FROM:<>')).toBe('250');
    expect(await say('RCPT TO:<b-nonsense@bounce.example.com>')).toBe('550');
    socket.destroy();
  });

  it('stops cleanly when asked to and takes its heartbeat back', async () => {
    const exited = once(worker, 'exit');
    worker.kill('SIGTERM');
    const [code] = await Promise.race([exited, setTimeout(15_000, ['still there'])]);
    expect(code).toBe(0);
    expect(await beats()).toHaveLength(0);
  });
});
