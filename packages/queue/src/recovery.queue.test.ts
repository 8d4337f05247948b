import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { sql } from 'drizzle-orm';
import { afterEach, expect, it } from 'vitest';
import { LeaseLost } from './handler.ts';
import { completeIn, createLedger } from './ledger.ts';
import { openLedgerSql, type QueueRuntime } from './runtime.ts';
import { describeOnBothBackends } from './testing/both-backends.ts';
import { exactlyOnce, plain } from './testing/jobs.ts';
import { startTestRedis } from './testing/redis.ts';
import { effectsOf, request, rowOf, startRig, until, untilState } from './testing/rig.ts';

const database = await createTestDatabase();
const child = fileURLToPath(new URL('testing/worker-process.ts', import.meta.url));

describeOnBothBackends('recovery', database, (backend) => {
  const open: QueueRuntime[] = [];
  const children = new Set<ChildProcess>();
  afterEach(async () => {
    for (const process of children) process.kill('SIGKILL');
    children.clear();
    await Promise.all(open.splice(0).map((runtime) => runtime.close(1_000)));
  });

  const job = (key: string, holdMs = 0) => ({ v: 1 as const, key: backend.key(key), holdMs });
  const names = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${prefix}-${1_000 + index}`);
  const effects = (prefix: string) => effectsOf(database, backend.key(prefix));

  async function startHere(name = 'here', tuning: Parameters<typeof startRig>[2] = {}) {
    const runtime = await startRig(backend.place(), name, tuning);
    open.push(runtime);
    return runtime;
  }

  async function startChild(name: string): Promise<ChildProcess> {
    const started = spawn(process.execPath, [child, JSON.stringify(backend.place()), name], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.add(started);
    if (started.stdout) await once(started.stdout, 'data');
    return started;
  }

  async function untilAllDone(prefix: string, count: number) {
    await until(
      `${count} jobs to be done`,
      async () => {
        const [row] = await database.admin<{ left: number }[]>`
          select count(*)::int as left from ops.outbox
          where state <> 'done' and starts_with(payload->>'key', ${backend.key(prefix)})`;
        return row?.left === 0;
      },
      60_000,
    );
  }

  it('loses and repeats nothing when all queue state is deleted again and again', async () => {
    await startHere();
    const keys = names('wiped', 400);
    await request(
      database,
      ...keys.map((key) => ({ contract: exactlyOnce, payload: job(key, 15) })),
    );
    for (let wipes = 0; wipes < 6; wipes++) {
      await setTimeout(60 + 40 * wipes);
      await backend.wipe();
    }
    expect((await effects('wiped-')).length).toBeLessThan(400);
    await untilAllDone('wiped-', 400);
    expect(await effects('wiped-')).toEqual(keys.map(backend.key));
  });

  it('loses and repeats nothing when worker processes are killed at random moments', async () => {
    const keys = names('killed', 150);
    await request(
      database,
      ...keys.map((key) => ({ contract: exactlyOnce, payload: job(key, 60) })),
    );
    let midJob = 0;
    for (let kills = 0; kills < 4; kills++) {
      const victim = await startChild(`victim-${kills}`);
      await setTimeout(100 + Math.random() * 250);
      const [row] = await database.admin<{ held: number }[]>`
        select count(*)::int as held from ops.outbox where state = 'relayed' and lease_until > now()`;
      midJob += row?.held ?? 0;
      victim.kill('SIGKILL');
      await once(victim, 'exit');
    }
    expect(midJob).toBeGreaterThan(0);
    await startHere('survivor');
    await untilAllDone('killed-', 150);
    expect(await effects('killed-')).toEqual(keys.map(backend.key));
  });

  it('refuses a frozen worker that wakes up after its job was taken over', async () => {
    const zombie = await startChild('zombie');
    const [id = ''] = await request(database, {
      contract: exactlyOnce,
      payload: job('frozen', 400),
    });
    await until('the claim', async () => (await rowOf(database, id)).lease_epoch === '1');
    zombie.kill('SIGSTOP');
    await startHere('heir');
    await untilState(database, id, 'done');
    expect((await rowOf(database, id)).lease_epoch).toBe('2');
    zombie.kill('SIGCONT');
    await setTimeout(1_000);
    expect(await effects('frozen')).toEqual([backend.key('frozen')]);
  });

  it('leaves a job that takes longer than its lease with the worker that has it', async () => {
    await Promise.all([startHere('first'), startHere('second')]);
    const [id = ''] = await request(database, { contract: plain, payload: job('long-one', 4_000) });
    await untilState(database, id, 'done');
    expect((await rowOf(database, id)).lease_epoch).toBe('1');
    expect(await effects('long-one')).toHaveLength(1);
  });

  it('gives a dead worker’s job to another one soon after the lease has run out', async () => {
    const victim = await startChild('victim');
    const [id = ''] = await request(database, {
      contract: exactlyOnce,
      payload: job('lease', 600),
    });
    await until('the claim', async () => (await rowOf(database, id)).lease_epoch === '1');
    victim.kill('SIGKILL');
    const killedAt = performance.now();
    await startHere();
    await untilState(database, id, 'done');
    // The lease is 1.5 s; BullMQ's own recovery of stalled jobs takes 30 s and more.
    expect(performance.now() - killedAt).toBeLessThan(6_000);
  });

  it('shares work between two processes without doing any of it twice', async () => {
    await Promise.all([startHere('first'), startHere('second')]);
    const keys = names('shared', 500);
    for (let start = 0; start < 500; start += 50) {
      await request(
        database,
        ...keys.slice(start, start + 50).map((key) => ({ contract: plain, payload: job(key) })),
      );
    }
    await untilAllDone('shared-', 500);
    expect(await effects('shared-')).toEqual(keys.map(backend.key));
    const workers = await database.admin<{ process: string }[]>`
      select distinct process from rig.effects where starts_with(key, ${backend.key('shared-')})`;
    expect(workers).toHaveLength(2);
  });

  it('lets an idle process take what a busy one holds tickets for', async () => {
    const busy = await startHere('busy', { concurrency: { bulk: 1 } });
    const keys = names('hoarded', 200);
    await request(
      database,
      ...keys.map((key) => ({ contract: exactlyOnce, payload: job(key, 100) })),
    );
    await until('work under way', () => busy.running > 0);
    await startHere('idle', { concurrency: { bulk: 16 } });
    // Alone, the busy process would need 20 s.
    const startedAt = performance.now();
    await untilAllDone('hoarded-', 200);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(await effects('hoarded-')).toEqual(keys.map(backend.key));
  });

  it('does not make a long queue longer by looking after it', async () => {
    const runtime = await startHere('slow', { concurrency: { bulk: 1 }, quietMs: 200 });
    const keys = names('long', 100);
    await request(
      database,
      ...keys.map((key) => ({ contract: exactlyOnce, payload: job(key, 60_000) })),
    );
    await setTimeout(4_000);
    const { waiting = 0 } = await runtime.connection.queue('bulk').getJobCounts('waiting');
    // Twenty tickets at first, and as many again after 0.2, 0.4, 0.8, 1.6 and 3.2 s.
    expect(waiting).toBeGreaterThan(20);
    expect(waiting).toBeLessThanOrEqual(140);
    await database.admin`
      update ops.outbox set state = 'cancelled', lease_epoch = lease_epoch + 1
      where starts_with(payload->>'key', ${backend.key('long-')})`;
  });

  it('ends jobs under way and leaves the rest when a process stops', async () => {
    const runtime = await startHere('leaving', { concurrency: { bulk: 4 } });
    const keys = names('graceful', 12);
    await request(
      database,
      ...keys.map((key) => ({ contract: exactlyOnce, payload: job(key, 400) })),
    );
    await until('work under way', () => runtime.running === 4);
    await runtime.close(8_000);
    expect(await effects('graceful-')).toHaveLength(4);
    await startHere('next');
    await untilAllDone('graceful-', 12);
    expect(await effects('graceful-')).toEqual(keys.map(backend.key));
  });

  it('hands back at the deadline what does not end, without counting the attempt', async () => {
    const runtime = await startHere('leaving');
    const [polite = ''] = await request(database, {
      contract: plain,
      payload: job('polite', 20_000),
    });
    const [deaf = ''] = await request(database, {
      contract: exactlyOnce,
      payload: job('deaf', 3_000),
    });
    await until('both to run', () => runtime.running === 2);
    const startedAt = performance.now();
    await runtime.close(1_500);
    expect(performance.now() - startedAt).toBeLessThan(2_500);
    for (const id of [polite, deaf]) {
      expect(await rowOf(database, id)).toMatchObject({ state: 'pending', attempts: 0 });
    }
    // The deaf handler goes on by itself and is refused when it wants to complete.
    await setTimeout(2_500);
    expect(await effects('deaf')).toEqual([]);
    await database.admin`update ops.outbox set state = 'cancelled' where id = ${polite}`;
    await startHere('next');
    await untilState(database, deaf, 'done');
    expect(await effects('deaf')).toEqual([backend.key('deaf')]);
  });

  it('fences off the older of two claims', async () => {
    const sqlClient = openLedgerSql(database.url('worker'));
    const ledger = createLedger({ sql: sqlClient, leaseMs: 100 });
    const [id = ''] = await request(database, { contract: exactlyOnce, payload: job('fenced') });
    await database.admin`update ops.outbox set state = 'relayed', relayed_at = now() where id = ${id}`;
    const old = await ledger.claim(id);
    expect(await ledger.claim(id)).toBeUndefined();
    await setTimeout(150);
    const young = await ledger.claim(id);
    if (!old || !young) throw new Error('both claims must succeed');

    expect(await ledger.renew([old])).toEqual([id]);
    expect(await ledger.finish(old, { state: 'done' })).toBe(false);
    const late = database.worker.write({ actorKind: 'system' }, async (tx) => {
      await tx.execute(sql`insert into rig.effects (key) values (${backend.key('fenced')})`);
      await completeIn(tx, old);
    });
    await expect(late).rejects.toBeInstanceOf(LeaseLost);
    expect(await effects('fenced')).toEqual([]);
    expect(await ledger.finish(young, { state: 'done' })).toBe(true);
    await sqlClient.end();
  });

  // PostgreSQL as a queue cannot be away by itself: it holds the outbox too.
  const onRedis = backend.name === 'redis';
  if (onRedis) {
    it('keeps jobs while Redis is away', async () => {
      await startHere();
      const { port } = backend.redis();
      await backend.redis().stop();
      const keys = names('outage', 20);
      await request(database, ...keys.map((key) => ({ contract: plain, payload: job(key) })));
      await setTimeout(1_500);
      const returned = await startTestRedis(port);
      await untilAllDone('outage-', 20);
      expect(await effects('outage-')).toEqual(keys.map(backend.key));
      await Promise.all(open.splice(0).map((runtime) => runtime.close(1_000)));
      await returned.stop();
    });
  }
});
