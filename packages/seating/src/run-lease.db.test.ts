import { newId, SeatingRunId } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { LeaseLost } from '@wedsync/queue/handler';
import { systemContext } from '@wedsync/testing/contexts';
import { seedPlan } from '@wedsync/testing/factories/seating';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { RunInLease } from './run-lease.ts';

const db = await createTestDatabase();

async function heldRun() {
  const { weddingId, eventIds } = await seedWedding(db.admin);
  const eventId = eventIds[0] ?? ('' as never);
  await seedPlan(db.admin, { weddingId, eventId, guests: 2, tables: 1 });
  const runId = newId(SeatingRunId);
  await db.admin`
    insert into wedding.seating_runs (wedding_id, event_id, id, mode, state, weights, seconds, seed,
      base_revision, started_at, lease_epoch, lease_until)
    values (${weddingId}, ${eventId}, ${runId}, 'full', 'running', '{}', 10, 1, 0, now(), 3, now())`;
  const ctx = systemContext(db.worker, { weddingId });
  const row = async () => {
    const [found] = await db.admin`select * from wedding.seating_runs where id = ${runId}`;
    return found;
  };
  return { ctx, runId, row, lease: new RunInLease(ctx, { weddingId, runId }, 3) };
}

describe('the hold of a worker on a run', () => {
  it('is renewed by every write', async () => {
    const { lease, row } = await heldRun();
    await lease.write(sql`cost = 12`);
    const now = await row();
    expect(now?.cost).toBe('12');
    expect(now?.lease_until.getTime()).toBeGreaterThan(Date.now() + 1_000);
  });

  it('hears with a write that somebody cancels', async () => {
    const { lease, runId } = await heldRun();
    await db.admin`update wedding.seating_runs set is_cancel_requested = true where id = ${runId}`;
    await lease.write(sql`cost = 12`);
    expect(lease.isCancelRequested).toBe(true);
    expect(lease.signal.aborted).toBe(true);
    await lease.settle();
  });

  it('is over once another worker has the run: nothing is written any more', async () => {
    const { lease, runId, row, ctx } = await heldRun();
    await db.admin`update wedding.seating_runs set lease_epoch = 4 where id = ${runId}`;
    await lease.write(sql`cost = 12`);
    expect(lease.signal.reason).toBeInstanceOf(LeaseLost);
    await expect(lease.settle()).rejects.toBeInstanceOf(LeaseLost);
    const ending = ctx.db.write(ctx.claims, (tx) => lease.end(tx, 'done', sql`cost = 13`));
    await expect(ending).rejects.toBeInstanceOf(LeaseLost);
    await lease.release(new Error('late'), true);
    expect(await row()).toMatchObject({ state: 'running', cost: null, lease_epoch: '4' });
  });

  it('is given up for the next attempt, and ends the run after the last one', async () => {
    const [next, last] = [await heldRun(), await heldRun()];
    const stopped = Object.assign(new Error('the connection is gone'), { code: '57P01' });
    await next.lease.release(stopped, false);
    expect(await next.row()).toMatchObject({ state: 'running' });
    await last.lease.release(stopped, true);
    expect(await last.row()).toMatchObject({
      state: 'failed',
      error: 'Something went wrong on our side. Nothing was changed; please start again.',
    });
  });
});
