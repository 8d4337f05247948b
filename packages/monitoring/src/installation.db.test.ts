import { newId, newUuid, OutboxId, UserId } from '@wedsync/contracts/ids';
import { createLogger } from '@wedsync/platform/log';
import type { RpcContext } from '@wedsync/rpc/context';
import { createCallerFactory } from '@wedsync/rpc/init';
import { userContext } from '@wedsync/testing/contexts';
import { beforeAll, describe, expect, it } from 'vitest';
import { cancelJob } from './cancel-job.ts';
import { clearMails } from './clear-mails.ts';
import { getDatabase } from './queries/database.ts';
import { getOutbox, listFailedJobs, listQueues } from './queries/jobs.ts';
import { getMail, getRawMail, listMails } from './queries/mail.ts';
import { listOperatorActions } from './queries/operator-actions.ts';
import { listSchedules } from './queries/schedules.ts';
import { listServices } from './queries/services.ts';
import { startHeartbeat } from './record-heartbeat.ts';
import { retryJob } from './retry-job.ts';
import { createMonitoringRouter } from './router.ts';
import { openOperatorsRig } from './test-rig/operators.ts';

const rig = await openOperatorsRig();
const { admin } = rig.db;
const { ctx } = await rig.operator();
const silent = createLogger({ service: 'test', level: 'silent' });

async function seedJob(fields: { state: string; runAt?: string; dedupeKey?: string }) {
  const id = newId(OutboxId);
  const isFinished = ['done', 'failed', 'cancelled'].includes(fields.state);
  await admin`
    insert into ops.outbox (id, job_name, queue, payload, state, run_at, dedupe_key, attempts,
      last_error, finished_at)
    values (${id}, 'weddings.send-account-email', 'interactive', '{"v":1}', ${fields.state},
      now() + ${fields.runAt ?? '0'}::interval, ${fields.dedupeKey ?? null}, 5,
      ${fields.state === 'failed' ? 'mail.rejected: no' : null}, ${isFinished ? admin`now()` : null})`;
  return id;
}
const stateOf = async (id: string) =>
  (await admin<{ state: string }[]>`select state from ops.outbox where id = ${id}`)[0]?.state;

describe('services', () => {
  it('appear with their first heartbeat and leave when they end on purpose', async () => {
    const heartbeat = startHeartbeat({
      serviceDb: rig.db.service,
      service: 'worker',
      instance: 'worker-1',
      version: '0.1.0',
      readPools: () => [{ name: 'worker', max: 4, busy: 1, waiting: 0, refused: 0 }],
      log: silent,
      everyMs: 20,
    });
    await expect.poll(() => listServices(ctx)).toHaveLength(1);
    const [worker] = await listServices(ctx);
    expect(worker).toMatchObject({ service: 'worker', instance: 'worker-1', state: 'up' });
    expect(worker?.databaseLatencyMs).toBeGreaterThan(0);
    expect(worker?.pools).toEqual([{ name: 'worker', max: 4, busy: 1, waiting: 0, refused: 0 }]);
    await heartbeat.stop();
    expect(await listServices(ctx)).toHaveLength(0);
  });

  it('that fell silent are down; this process shows its pools as they are now', async () => {
    await admin`
      insert into ops.heartbeats (service, instance, version, beat_at, database_latency_ms, details)
      values ('worker', 'gone', '0.1.0', now() - interval '2 minutes', 1, '{"pools":"odd"}'),
        ('server', 'this-process', '0.1.0', now(), 1, '{}')`;
    const services = await listServices(ctx);
    expect(services).toMatchObject([
      { instance: 'this-process', state: 'up', pools: [{ name: 'app', max: 8 }] },
      { instance: 'gone', state: 'down', pools: [] },
    ]);
  });
});

describe('the database', () => {
  it('tells its size, connections by login and that every migration is applied', async () => {
    const facts = await getDatabase(ctx);
    expect(facts.sizeBytes).toBeGreaterThan(1_000_000);
    expect(facts.connections.map(({ role }) => role)).toContain('wedsync_app');
    expect(facts.migrations.pending).toEqual([]);
    expect(facts.migrations.applied).toBeGreaterThan(4);
  });

  it('names a migration that the code brings and the database lacks', async () => {
    const [{ path = '' } = {}] = await admin<{ path: string }[]>`
      delete from ops.schema_migrations
      where path = (select max(path) from ops.schema_migrations) returning path`;
    expect((await getDatabase(ctx)).migrations.pending).toEqual([path]);
  });
});

describe('jobs', () => {
  it('that failed are listed in pages, newest first', async () => {
    const seeded = [];
    for (const _ of [1, 2, 3]) seeded.push(await seedJob({ state: 'failed' }));
    const first = await listFailedJobs(ctx, { limit: 2 });
    const second = await listFailedJobs(ctx, { limit: 2, cursor: first.nextCursor ?? undefined });
    const ids = [...first.items, ...second.items].map(({ jobId }) => jobId);
    expect(ids).toEqual(seeded.reverse());
    expect(second.nextCursor).toBeNull();
    expect(first.items[0]).toMatchObject({ error: 'mail.rejected: no', attempts: 5 });
  });

  it('start over once, with an audit row and a tap on the relay', async () => {
    const jobId = await seedJob({ state: 'failed' });
    const { ctx: own } = await rig.operator('Rita Retry');
    await retryJob(own, { jobId });
    expect(await stateOf(jobId)).toBe('pending');
    await expect(retryJob(own, { jobId })).rejects.toMatchObject({ kind: 'not-found' });
    const { items } = await listOperatorActions(own, { search: 'rita' });
    expect(items).toMatchObject([
      { action: 'jobs.retry', entityId: jobId, after: { job: 'weddings.send-account-email' } },
    ]);
  });

  it('are cancelled while they wait, and not once they are done', async () => {
    const waiting = await seedJob({ state: 'pending', runAt: '1 hour' });
    await cancelJob(ctx, { jobId: waiting });
    expect(await stateOf(waiting)).toBe('cancelled');
    const done = await seedJob({ state: 'done' });
    await expect(cancelJob(ctx, { jobId: done })).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('are counted by queue and state, and the oldest due one is the lag', async () => {
    await admin`delete from ops.outbox`;
    await seedJob({ state: 'pending', runAt: '-90 seconds' });
    await seedJob({ state: 'pending', runAt: '1 hour' });
    await seedJob({ state: 'relayed' });
    await seedJob({ state: 'done' });
    await seedJob({ state: 'failed' });
    const queues = await listQueues(ctx);
    expect(queues.map(({ queue }) => queue)).toEqual(['interactive', 'bulk', 'maintenance']);
    expect(queues[0]).toMatchObject({
      scheduled: 1,
      pending: 1,
      waiting: 1,
      failed: 1,
      doneLastHour: 1,
    });
    const outbox = await getOutbox(ctx);
    expect(outbox.lagMs).toBeGreaterThan(89_000);
    expect(outbox.oldest.map(({ state }) => state)).toEqual(['pending', 'waiting', 'scheduled']);
  });

  it('of the calendar show their next and their last run', async () => {
    await rig.deps.queue.migrate();
    await rig.deps.queue
      .queue('ticks')
      .upsertJobScheduler('weddings.send-account-email', { every: 3_600_000 });
    const before = await listSchedules(ctx);
    expect(before).toMatchObject([{ everyMs: 3_600_000, last: null }]);
    expect(Date.parse(before[0]?.nextAt ?? '')).toBeGreaterThan(Date.now() - 1_000);
    const key = 'schedule:weddings.send-account-email';
    await seedJob({ state: 'done', dedupeKey: key });
    expect((await listSchedules(ctx))[0]?.last).toMatchObject({ state: 'done' });
  });
});

describe('caught mail', () => {
  const source = [
    'From: WedSync <no-reply@wedsync.example>',
    'To: ana@example.com',
    'Subject: You are invited',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<p>Dear Ana</p>',
    '',
  ].join('\r\n');
  beforeAll(async () => {
    const envelope = { from: 'no-reply@wedsync.example', to: ['ana@example.com'] };
    await rig.mail.store.add(Buffer.from(source), envelope);
    await rig.mail.store.add(Buffer.from(source.replace('invited', 'reminded')), envelope);
  });

  it('is searched, opened and shown as it came', async () => {
    const page = await listMails(ctx, { search: 'invited' });
    const [mail] = page.kind === 'caught' ? page.items : [];
    expect(mail).toMatchObject({ subject: 'You are invited', to: ['ana@example.com'] });
    const mailId = mail?.mailId ?? '';
    expect((await getMail(ctx, { mailId })).html).toContain('Dear Ana');
    expect((await getRawMail(ctx, { mailId })).source).toBe(source);
  });

  it('that does not exist is not found, and its id cannot leave the folder', async () => {
    await expect(getMail(ctx, { mailId: 'nothing' })).rejects.toMatchObject({ kind: 'not-found' });
    const outside = getRawMail(ctx, { mailId: '../index.jsonl' });
    await expect(outside).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('is deleted as a whole, which the audit counts', async () => {
    const { ctx: own } = await rig.operator('Clara Clear');
    expect(await clearMails(own)).toEqual({ removed: 2 });
    expect(await listMails(own, {})).toMatchObject({ kind: 'caught', total: 0 });
    const { items } = await listOperatorActions(own, { search: 'clara' });
    expect(items).toMatchObject([{ action: 'mail.clear', before: { mails: 2 } }]);
  });

  it('does not exist where mail leaves through a relay', async () => {
    const relayed = { ...ctx, monitoring: { ...rig.deps, mail: undefined } };
    expect(await listMails(relayed, {})).toEqual({ kind: 'relay' });
    await expect(clearMails(relayed)).rejects.toMatchObject({ kind: 'precondition' });
  });
});

describe('the operators’ door', () => {
  const call = createCallerFactory(createMonitoringRouter(rig.deps));
  type Session = Partial<NonNullable<RpcContext['session']>>;
  const open = (over: Session, surface: 'web' | 'admin') => {
    const session = {
      sessionId: newUuid(),
      userId: newId(UserId),
      isOperator: true,
      secondFactor: true,
      ...over,
    };
    const ground = userContext(rig.db.app);
    return call({ ground, surface, session, resolveAccess: async () => undefined });
  };

  it('opens for an operator with a second factor on the admin surface', async () => {
    const { userId } = await rig.operator();
    expect(await open({ userId }, 'admin').listServices()).toBeInstanceOf(Array);
  });

  it.each<{ who: string; session?: Session; surface?: 'web' | 'admin'; kind: string }>([
    { who: 'a user who is no operator', session: { isOperator: false }, kind: 'forbidden' },
    { who: 'an operator on the planners’ surface', surface: 'web', kind: 'forbidden' },
    {
      who: 'an operator without second factor',
      session: { secondFactor: false },
      kind: 'precondition',
    },
  ])('stays closed to $who', async ({ session = {}, surface = 'admin', kind }) => {
    const door = open(session, surface);
    await expect(door.listServices()).rejects.toMatchObject({ cause: { kind } });
    await expect(door.listUsers({})).rejects.toMatchObject({ cause: { kind } });
    await expect(door.clearMails()).rejects.toMatchObject({ cause: { kind } });
  });
});
