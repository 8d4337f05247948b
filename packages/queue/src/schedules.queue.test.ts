import { setTimeout } from 'node:timers/promises';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { createLogger } from '@wedsync/platform/log';
import { afterEach, expect, it } from 'vitest';
import { connectQueue } from './connection.ts';
import { defineHandler, type JobHandler } from './handler.ts';
import { listSchedules } from './inspect.ts';
import { openLedgerSql, type QueueRuntime } from './runtime.ts';
import { recordTick } from './schedules.ts';
import { describeOnBothBackends } from './testing/both-backends.ts';
import { type RigService, tickHandler, ticking } from './testing/jobs.ts';
import { startRig, until } from './testing/rig.ts';
import { createWake } from './wake.ts';

const database = await createTestDatabase();
const log = createLogger({ service: 'test', level: 'silent' });
const scheduledAs = (schedule: typeof ticking.schedule): JobHandler<RigService> =>
  defineHandler({ ...ticking, schedule }, async () => {});

describeOnBothBackends('the calendar', database, (backend) => {
  const open: QueueRuntime[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((runtime) => runtime.close()));
    await database.admin`delete from rig.effects`;
    await database.admin`delete from ops.outbox`;
  });

  async function start(handlers: readonly JobHandler<RigService>[], name = 'here') {
    const runtime = await startRig(backend.place(), name, { handlers });
    open.push(runtime);
    return runtime;
  }
  const ticks = () =>
    database.admin<{ job_id: string; process: string; at: Date }[]>`
      select job_id, process, at from rig.effects where key = 'tick' order by at`;

  it('runs each tick once, however many workers there are', async () => {
    await Promise.all([start([tickHandler], 'first'), start([tickHandler], 'second')]);
    const startedAt = Date.now();
    await until('six ticks', async () => (await ticks()).length >= 6);
    const rows = await ticks();
    expect(new Set(rows.map((row) => row.job_id)).size).toBe(rows.length);
    // Every half second, so six ticks span at least two seconds; doubled ones would take half of it.
    expect(Date.now() - startedAt).toBeGreaterThan(2_000);
  });

  it('writes a tick once, even when it is seen again after its job has ended', async () => {
    const sql = openLedgerSql(database.url('worker'));
    const wake = createWake({ ...backend.place(), log });
    const rows = () => database.admin`select id from ops.outbox order by id`;
    await recordTick({ sql, wake }, ticking, 1_790_000_000_000);
    await recordTick({ sql, wake }, ticking, 1_790_000_000_500);
    expect(await rows(), 'a tick steps back while the run before it has not ended').toHaveLength(1);
    await database.admin`update ops.outbox set state = 'done'`;
    await recordTick({ sql, wake }, ticking, 1_790_000_000_000);
    expect(await rows(), 'the same tick').toHaveLength(1);
    await recordTick({ sql, wake }, ticking, 1_790_000_001_000);
    expect(await rows(), 'the next tick').toHaveLength(2);
    await Promise.all([sql.end(), wake.close()]);
  });

  it('removes an entry whose contract is gone, and changes one that has changed', async () => {
    const first = await start([scheduledAs({ pattern: '0 3 * * *', tz: 'Europe/Lisbon' })]);
    expect(await listSchedules(first.connection)).toMatchObject([
      { jobName: ticking.name, pattern: '0 3 * * *', tz: 'Europe/Lisbon' },
    ]);
    await first.close();
    const second = await start([scheduledAs({ pattern: '30 4 * * *', tz: 'Europe/Lisbon' })]);
    const [entry] = await listSchedules(second.connection);
    expect(entry?.pattern).toBe('30 4 * * *');
    expect(
      new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'Europe/Lisbon' }).format(
        entry?.nextAt ?? 0,
      ),
    ).toBe('04:30');
    await second.close();
    const third = await start([]);
    expect(await listSchedules(third.connection)).toEqual([]);
  });

  it('leaves an unchanged entry alone, so that a restart does not shift the next tick', async () => {
    const first = await start([scheduledAs({ everyMs: 3_600_000 })]);
    await setTimeout(300);
    const [before] = await listSchedules(first.connection);
    await first.close();
    await setTimeout(300);
    const second = await start([scheduledAs({ everyMs: 3_600_000 })]);
    expect((await listSchedules(second.connection))[0]?.nextAt).toEqual(before?.nextAt);
  });

  it('can be read by the server, which may have started before the worker', async () => {
    const server = connectQueue({
      databaseUrl: database.url('app'),
      redisUrl: backend.place().redisUrl,
      log,
    });
    if (backend.name === 'postgres') {
      await database.admin`alter table if exists bullmq.migration rename to hidden`;
      await expect(listSchedules(server)).rejects.toThrow('not initialized');
      await database.admin`alter table if exists bullmq.hidden rename to migration`;
    }
    await start([scheduledAs({ everyMs: 3_600_000 })]);
    expect(await listSchedules(server)).toMatchObject([{ jobName: ticking.name }]);
    await server.close();
  });

  it('comes back after all queue state is deleted', async () => {
    const runtime = await start([tickHandler]);
    await until('a tick', async () => (await ticks()).length > 0);
    await backend.wipe();
    const wipedAt = Date.now();
    await until('a tick after the loss', async () => {
      return (await ticks()).some(({ at }) => at.getTime() > wipedAt + 600);
    });
    expect(await listSchedules(runtime.connection)).toHaveLength(1);
  });
});
