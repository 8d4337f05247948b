import { setTimeout } from 'node:timers/promises';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cancelJob, countJobs, listFailedJobs, readOutboxLag, retryJob } from './inspect.ts';
import { enqueue } from './outbox.ts';
import type { QueueRuntime } from './runtime.ts';
import { describeOnBothBackends } from './testing/both-backends.ts';
import { endless, exactlyOnce, mistaken, plain, unavailable } from './testing/jobs.ts';
import { effectsOf, request, rowOf, startRig, until, untilState } from './testing/rig.ts';

const database = await createTestDatabase();
const system = { actorKind: 'system' } as const;

describeOnBothBackends('the queue', database, (backend) => {
  let runtime: QueueRuntime;
  beforeAll(async () => {
    runtime = await startRig(backend.place(), 'worker');
  });
  afterAll(() => runtime.close());

  const job = (key: string, holdMs = 0) => ({ v: 1 as const, key: backend.key(key), holdMs });
  const one = async <const R extends Parameters<typeof request>[1]>(what: R) => {
    const [id] = await request(database, what);
    if (!id) throw new Error('nothing was requested');
    return id;
  };

  it('carries out each job once and marks it done', async () => {
    const keys = Array.from({ length: 60 }, (_, index) => `deliver-${100 + index}`);
    const ids = await request(
      database,
      ...keys.map((key) => ({ contract: plain, payload: job(key) })),
    );
    for (const id of ids) await untilState(database, id, 'done');
    expect(await effectsOf(database, backend.key('deliver-'))).toEqual(keys.map(backend.key));
  });

  it('does not know a job whose transaction was rolled back', async () => {
    const refused = database.app.write(system, async (tx) => {
      await enqueue(tx, { contract: plain, payload: job('rolled-back') });
      throw new Error('the business said no');
    });
    await expect(refused).rejects.toThrow('the business said no');
    const after = await one({ contract: plain, payload: job('after-roll-back') });
    await untilState(database, after, 'done');
    expect(await effectsOf(database, backend.key('rolled-back'))).toEqual([]);
  });

  it('tries again what was unavailable, as often as the contract allows, then shows it', async () => {
    const id = await one({ contract: unavailable, payload: job('down') });
    await untilState(database, id, 'failed');
    const row = await rowOf(database, id);
    expect(row).toMatchObject({ attempts: 3, last_error: 'rig.down: The rig is down on purpose.' });
    expect(await effectsOf(database, backend.key('down'))).toHaveLength(3);
  });

  it('fails a mistake at once and keeps personal data out of its message', async () => {
    const id = await one({ contract: mistaken, payload: job('mistake') });
    await untilState(database, id, 'failed');
    const row = await rowOf(database, id);
    expect(row.attempts).toBe(1);
    expect(row.last_error).toContain('TypeError: guest');
    expect(row.last_error).not.toContain('ada@example.org');
  });

  it('ends a job that overruns its time', async () => {
    const id = await one({ contract: endless, payload: job('endless', 5_000) });
    await untilState(database, id, 'failed');
    expect((await rowOf(database, id)).last_error).toBe('timed out after 300 ms');
  });

  it('takes requests with the key of an unfinished job for that job', async () => {
    const what = { contract: plain, payload: job('keyed', 300), dedupeKey: backend.key('k') };
    const ids = await Promise.all(Array.from({ length: 8 }, () => one(what)));
    expect(new Set(ids).size).toBe(1);
    await untilState(database, ids[0] ?? '', 'done');
    expect(await one(what)).not.toBe(ids[0]);
    await until('the second effect', async () => {
      return (await effectsOf(database, backend.key('keyed'))).length === 2;
    });
  });

  it('does not start a job before its time', async () => {
    const runAt = new Date(Date.now() + 1_000);
    const id = await one({ contract: plain, payload: job('later'), runAt });
    await setTimeout(600);
    expect((await rowOf(database, id)).state).toBe('pending');
    await untilState(database, id, 'done');
    const [effect] = await database.admin<{ at: Date }[]>`
      select at from rig.effects where key = ${backend.key('later')}`;
    expect(effect?.at.getTime()).toBeGreaterThanOrEqual(runAt.getTime());
  });

  it('refuses a payload that the contract does not describe, at the producer', async () => {
    const wrong = JSON.parse('{"v":1,"key":7}');
    await expect(one({ contract: plain, payload: wrong })).rejects.toMatchObject({ kind: 'bug' });
  });

  it('fails a stored payload that the contract does not describe', async () => {
    const id = await one({
      contract: plain,
      payload: job('broken'),
      runAt: new Date(Date.now() + 500),
    });
    await database.admin`update ops.outbox set payload = '{"v":1,"key":7}' where id = ${id}`;
    await untilState(database, id, 'failed');
    expect((await rowOf(database, id)).last_error).toBe('invalid payload: key (invalid_type)');
  });

  it('shows failed jobs to the server and starts one over', async () => {
    const id = await one({ contract: unavailable, payload: job('again') });
    await untilState(database, id, 'failed');
    const [newest] = await database.app.read(system, (tx) => listFailedJobs(tx, { limit: 1 }));
    expect(newest).toMatchObject({ id, jobName: unavailable.name, attempts: 3 });
    // The server may only in an operator's name.
    await expect(database.app.write(system, (tx) => retryJob(tx, id))).rejects.toThrow();
    await database.worker.write(system, (tx) => retryJob(tx, id));
    await until('six attempts', async () => {
      return (await effectsOf(database, backend.key('again'))).length === 6;
    });
  });

  it('starts over only what has failed', async () => {
    const done = await one({ contract: plain, payload: job('fine') });
    await untilState(database, done, 'done');
    const retried = database.worker.write(system, (tx) => retryJob(tx, done));
    await expect(retried).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('does not start a failed job over while the same work waits', async () => {
    const what = { contract: mistaken, payload: job('twin'), dedupeKey: backend.key('twin') };
    const failed = await one(what);
    await untilState(database, failed, 'failed');
    await one({ ...what, runAt: new Date(Date.now() + 60_000) });
    const retried = database.worker.write(system, (tx) => retryJob(tx, failed));
    await expect(retried).rejects.toMatchObject({ kind: 'conflict' });
  });

  it('stops a running job that is cancelled, and keeps its effect out', async () => {
    const id = await one({ contract: exactlyOnce, payload: job('cancelled', 5_000) });
    await until('the job to run', async () => (await rowOf(database, id)).lease_epoch === '1');
    await database.worker.write(system, (tx) => cancelJob(tx, id));
    await until('the worker to be free', () => runtime.running === 0, 4_000);
    // The handler is deaf to its signal and goes on to the end.
    await setTimeout(5_100);
    expect((await rowOf(database, id)).state).toBe('cancelled');
    expect(await effectsOf(database, backend.key('cancelled'))).toEqual([]);
  });

  it('counts jobs by state and measures the lag of the outbox', async () => {
    await one({ contract: endless, payload: job('planned'), runAt: new Date(Date.now() + 60_000) });
    const counts = await database.app.read(system, countJobs);
    expect(counts.find(({ queue }) => queue === 'maintenance')?.scheduled).toBeGreaterThan(0);
    expect(counts.find(({ queue }) => queue === 'interactive')?.failed).toBeGreaterThan(0);
    expect(await database.app.read(system, readOutboxLag)).toEqual({ pending: 0, lagMs: 0 });
  });
});
