import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { newId, SeatingRunId } from '@wedsync/contracts/ids';
import type { SeatingRun, StartSeatingRun } from '@wedsync/contracts/seating-runs';
import { toDomainError } from '@wedsync/db/pg-errors';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { userContext } from '@wedsync/testing/contexts';
import { seedAssignment, seedPlan } from '@wedsync/testing/factories/seating';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { afterAll, describe, expect, it } from 'vitest';
import * as room from './index.ts';
import { startRunWorker } from './testing/run-worker.ts';

const db = await createTestDatabase();
const worker = await startRunWorker(db.url('worker'));
const children = new Set<ChildProcess>();
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await worker.close(1_000);
});

/** A wedding with a plan of its own, whose guests all come. */
async function place(fields: { guests?: number; tables?: number } = {}) {
  const wedding = await seedWedding(db.admin);
  const [eventId] = wedding.eventIds;
  if (!eventId) throw new Error('no event');
  const { weddingId } = wedding;
  const plan = await seedPlan(db.admin, { weddingId, eventId, guests: 20, tables: 4, ...fields });
  await db.admin`update wedding.invitations set answer = 'yes', answered_at = now(), answered_by_kind = 'user', via = 'planner', answered_by = ${wedding.ownerId}
    where wedding_id = ${weddingId}`;
  const ctx = userContext(db.app, { ...wedding, userId: wedding.ownerId });
  const start = (input: Partial<StartSeatingRun> = {}) =>
    room.startRun(ctx, { eventId, mode: 'full', seconds: 2, ...input });
  return { ...wedding, ...plan, eventId, ctx, start };
}
type Place = Awaited<ReturnType<typeof place>>;

async function until(at: Place, run: SeatingRun, probe: (run: SeatingRun) => boolean) {
  for (let tries = 0; tries < 400; tries++) {
    const now = await room.getRun(at.ctx, { runId: run.id });
    if (probe(now)) return now;
    await setTimeout(75);
  }
  throw new Error('the run did not get there');
}
const ended = (at: Place, run: SeatingRun) => until(at, run, ({ endedAt }) => endedAt !== null);
const refusal = (work: Promise<unknown>) => work.then(() => undefined, toDomainError);
const planOf = async ({ ctx, eventId }: Place) => {
  const plan = await room.getPlan(ctx, { eventId });
  if (!plan) throw new Error('no plan');
  return plan;
};

describe('an optimization', () => {
  it('seats everybody by the rules, proves it, is previewed and applied as one change', async () => {
    const at = await place();
    const [one, other] = at.guestIds;
    if (!one || !other) throw new Error('no guests');
    await room.createRelationship(at.ctx, {
      kind: 'never',
      one: { kind: 'guest', id: at.guestIds[2] ?? one },
      other: { kind: 'guest', id: at.guestIds[4] ?? other },
    });
    const queued = await at.start({ seconds: 20 });
    expect(queued).toMatchObject({
      state: 'queued',
      mode: 'full',
      cost: null,
      startedBy: at.ownerId,
    });
    const run = await ended(at, queued);
    expect(run).toMatchObject({ state: 'done', gap: 0, infeasible: null, error: null });
    expect(run.bound).toBe(run.cost);
    expect(run.startCost ?? 0).toBeGreaterThan(run.cost ?? 0);
    expect(run.curve.at(-1)).toMatchObject({ cost: run.cost, bound: run.bound });

    const preview = await room.previewRun(at.ctx, { runId: run.id });
    expect(preview.moves).toHaveLength(20);
    expect(preview.dropped).toEqual([]);
    expect(preview.after.warnings.filter(({ severity }) => severity === 'rule')).toEqual([]);
    const applied = await room.applyRun(at.ctx, { runId: run.id, revision: preview.revision });
    expect(applied).toMatchObject({ revision: preview.revision + 1, kind: 'run-applied' });
    const plan = await planOf(at);
    expect(plan.assignments).toHaveLength(20);
    expect(new Set(plan.assignments.map(({ placedBy }) => placedBy))).toEqual(
      new Set(['optimizer']),
    );
    const check = await room.checkSeating(at.ctx, { eventId: at.eventId });
    expect(check.warnings).toEqual([]);
    expect((await room.getRun(at.ctx, { runId: run.id })).appliedRevision).toBe(applied.revision);
    const audited = await db.admin`
      select action from wedding.audit_log where wedding_id = ${at.weddingId} and action like 'seating.%-run' order by at`;
    expect(audited.map(({ action }) => action)).toEqual(['seating.start-run', 'seating.apply-run']);
  });

  it('gives the same plan for the same seed', async () => {
    const at = await place({ guests: 24 });
    const runs: SeatingRun[] = [];
    for (let turn = 0; turn < 2; turn++)
      runs.push(await ended(at, await at.start({ seed: 42, seconds: 1 })));
    const results = await db.admin`
      select result from wedding.seating_runs where wedding_id = ${at.weddingId} order by queued_at`;
    expect(runs[0]?.cost).toBe(runs[1]?.cost);
    expect(results[0]?.result).toEqual(results[1]?.result);
  });

  it('is told live until it ends, more than twice a second', async () => {
    const at = await place({ guests: 200, tables: 27 });
    const run = await at.start({ seconds: 3 });
    const seen: SeatingRun[] = [];
    for await (const now of room.streamRun(
      at.ctx,
      { runId: run.id },
      { mayContinue: async () => true },
    ))
      seen.push(now);
    expect(seen.at(-1)?.state).toBe('done');
    expect(seen.length).toBeGreaterThanOrEqual(4);
    const costs = seen.flatMap(({ cost }) => (cost === null ? [] : [cost]));
    expect(costs).toEqual([...costs].sort((a, b) => b - a));
  });

  it('ends the stream of somebody who lost access', async () => {
    const at = await place();
    const run = await at.start({ seconds: 1 });
    const stream = room.streamRun(at.ctx, { runId: run.id }, { mayContinue: async () => false });
    const read = async () => {
      for await (const _ of stream);
    };
    expect(await refusal(read())).toMatchObject({ kind: 'unauthenticated' });
    await ended(at, run);
  });

  it('keeps the best plan when it is cancelled', async () => {
    const at = await place({ guests: 200, tables: 27 });
    const run = await at.start({ seconds: 120, seed: 7 });
    await until(at, run, ({ cost }) => cost !== null);
    await room.cancelRun(at.ctx, { runId: run.id });
    const cancelled = await ended(at, run);
    expect(cancelled.state).toBe('cancelled');
    expect((await room.previewRun(at.ctx, { runId: run.id })).moves).toHaveLength(200);
  });

  it('is refused while another one of the event is under way, and possible afterwards', async () => {
    const at = await place();
    const run = await at.start({ seconds: 1 });
    expect(await refusal(at.start())).toMatchObject({ code: 'seating.run-active' });
    await ended(at, run);
    const next = await at.start({ seconds: 1 });
    await ended(at, next);
    const { items } = await room.listRuns(at.ctx, { eventId: at.eventId, limit: 1 });
    expect(items.map(({ id }) => id)).toEqual([next.id]);
  });

  it('moves nobody who was placed by hand where only the others are to be seated', async () => {
    const at = await place();
    const byHand = at.guestIds.slice(0, 9).map((guestId, index) => ({
      guestId,
      tableId: at.tables[index % 3]?.id ?? at.tables[0]?.id ?? ('' as never),
    }));
    await room.assignSeats(at.ctx, { eventId: at.eventId, placements: byHand });
    const run = await ended(at, await at.start({ mode: 'unseated' }));
    const { moves } = await room.previewRun(at.ctx, { runId: run.id });
    expect(moves).toHaveLength(11);
    expect(moves.every(({ from }) => from === null)).toBe(true);
  });

  it('says in words why there is no plan', async () => {
    const at = await place({ guests: 40, tables: 4 });
    const run = await ended(at, await at.start());
    expect(run).toMatchObject({ state: 'infeasible', cost: null });
    expect(run.infeasible?.message).toBe(
      '40 guests want a seat, but the tables have 32 seats: 8 too few. Add a table or chairs.',
    );
    expect(await refusal(room.previewRun(at.ctx, { runId: run.id }))).toMatchObject({
      code: 'seating.run-without-plan',
    });
  });

  it('refuses the wrong role, another tenant, and bad input', async () => {
    const [at, foreign] = [await place(), await place()];
    const viewer = userContext(db.app, { ...at, access: { weddingRole: 'viewer' } });
    const input = { eventId: at.eventId, mode: 'full' as const };
    expect(await refusal(room.startRun(viewer, input))).toMatchObject({ kind: 'forbidden' });
    expect(await refusal(room.startRun(foreign.ctx, input))).toMatchObject({ kind: 'not-found' });
    expect(await refusal(at.start({ seconds: 0 }))).toMatchObject({ kind: 'invalid' });
    expect(await refusal(at.start({ seed: 0 }))).toMatchObject({ kind: 'invalid' });
    const run = await ended(at, await at.start({ seconds: 1 }));
    const where = { runId: run.id };
    for (const verb of [room.getRun, room.previewRun, room.cancelRun])
      expect(await refusal(verb(foreign.ctx, where))).toMatchObject({ kind: 'not-found' });
    const apply = { ...where, revision: run.baseRevision };
    expect(await refusal(room.applyRun(foreign.ctx, apply))).toMatchObject({ kind: 'not-found' });
    expect(await refusal(room.applyRun(viewer, apply))).toMatchObject({ kind: 'forbidden' });
    expect(await refusal(room.cancelRun(viewer, where))).toMatchObject({ kind: 'forbidden' });
    const unknown = { runId: newId(SeatingRunId) };
    expect(await refusal(room.getRun(at.ctx, unknown))).toMatchObject({ kind: 'not-found' });
  });
});

describe('a result over a plan that was changed since', () => {
  it('is refused unless the revision is the one that was looked at', async () => {
    const at = await place();
    const run = await ended(at, await at.start());
    const { revision } = await room.previewRun(at.ctx, { runId: run.id });
    const [guestId] = at.guestIds;
    await room.assignSeats(at.ctx, {
      eventId: at.eventId,
      placements: [
        { guestId: guestId ?? ('' as never), tableId: at.tables[3]?.id ?? ('' as never) },
      ],
    });
    expect(await refusal(room.applyRun(at.ctx, { runId: run.id, revision }))).toMatchObject({
      code: 'seating.stale-plan',
      details: { revision: revision + 1 },
    });
  });

  it('leaves locks and manual moves alone and names what it dropped', async () => {
    const at = await place();
    const run = await ended(at, await at.start());
    const [moved, locked] = at.guestIds;
    const table = at.tables[3];
    if (!moved || !locked || !table) throw new Error('no guests');
    await seedAssignment(db.admin, {
      ...at,
      guestId: locked,
      seatId: table.seatIds[7] ?? '',
      isLocked: true,
    });
    await room.assignSeats(at.ctx, {
      eventId: at.eventId,
      placements: [{ guestId: moved, tableId: table.id, seatNumber: 5 }],
    });
    const preview = await room.previewRun(at.ctx, { runId: run.id });
    const reasons = new Map(preview.dropped.map(({ guestId, reason }) => [guestId, reason]));
    expect(reasons.get(locked)).toBe('The seat was locked since.');
    expect(reasons.get(moved)).toBe('Somebody changed this seat since.');
    await room.applyRun(at.ctx, { runId: run.id, revision: preview.revision });
    const seats = new Map((await planOf(at)).assignments.map((seat) => [seat.guestId, seat]));
    expect(seats.get(moved)).toMatchObject({
      tableId: table.id,
      seatNumber: 5,
      placedBy: 'manual',
    });
    expect(seats.get(locked)).toMatchObject({ tableId: table.id, seatNumber: 8, isLocked: true });
    expect(seats.size).toBe(20);
  });
});

describe('a worker that is killed', () => {
  it('leaves its run to another one, which ends it', async () => {
    const at = await place({ guests: 120, tables: 17 });
    await worker.close(1_000);
    const child = spawn(
      process.execPath,
      [fileURLToPath(new URL('testing/run-worker-process.ts', import.meta.url)), db.url('worker')],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    children.add(child);
    if (child.stdout) await once(child.stdout, 'data');
    const run = await at.start({ seconds: 60, seed: 3 });
    await until(at, run, ({ state, cost }) => state === 'running' && cost !== null);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const [before] =
      await db.admin`select lease_epoch from wedding.seating_runs where id = ${run.id}`;
    const other = await startRunWorker(db.url('worker'));
    try {
      for (let tries = 0; ; tries++) {
        const [now] =
          await db.admin`select lease_epoch from wedding.seating_runs where id = ${run.id}`;
        if (Number(now?.lease_epoch) > Number(before?.lease_epoch)) break;
        if (tries > 300) throw new Error('nobody took the run over');
        await setTimeout(100);
      }
      await room.cancelRun(at.ctx, { runId: run.id });
      const after = await ended(at, run);
      expect(after.state).toBe('cancelled');
      expect(after.error).toBeNull();
    } finally {
      await other.close(2_000);
    }
  });
});
