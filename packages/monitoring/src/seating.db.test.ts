import { newUuid } from '@wedsync/contracts/ids';
import { seedLayout } from '@wedsync/testing/factories/seating';
import { seedUser, seedWedding } from '@wedsync/testing/factories/weddings';
import { describe, expect, it } from 'vitest';
import { getSeatingMetrics, listSeatingRuns, listSeatingViews } from './queries/seating.ts';
import { refreshSeatingViews } from './refresh-seating-views.ts';
import { openOperatorsRig } from './test-rig/operators.ts';

const rig = await openOperatorsRig();
const { ctx } = await rig.operator();
const { admin } = rig.db;

/** A wedding with a floor plan and three runs, the last of which its worker has forgotten. */
async function weddingWithRuns() {
  const place = await seedWedding(admin);
  const { weddingId } = place;
  const eventId = place.eventIds[0] ?? '';
  await seedLayout(admin, { weddingId, eventId });
  for (const [index, state] of ['done', 'failed', 'running'].entries()) {
    const ended = state === 'running' ? null : new Date(Date.UTC(2026, 5, 1, 12, index, 20));
    await admin`insert into wedding.seating_runs
      (wedding_id, event_id, id, mode, state, weights, seconds, seed, base_revision, queued_at, started_at,
        ended_at, cost, bound, gap, error, lease_until)
      values (${weddingId}, ${eventId}, ${newUuid()}, 'full', ${state}, '{}', 10, 7, 0,
        ${new Date(Date.UTC(2026, 5, 1, 12, index, 0))}, ${new Date(Date.UTC(2026, 5, 1, 12, index, 5))},
        ${ended}, 40, 38, 0.05, ${state === 'failed' ? 'no worker' : null}, now() - interval '1 minute')`;
  }
  return { ...place, eventId };
}

describe('runs of seating', () => {
  it('are listed over all weddings, newest first and page by page, without a name', async () => {
    const { weddingId } = await weddingWithRuns();
    const first = await listSeatingRuns(ctx, { limit: 2 });
    expect(first.items.map(({ state, isStuck }) => [state, isStuck])).toEqual([
      ['running', true],
      ['failed', false],
    ]);
    expect(first.items[1]).toMatchObject({
      weddingId,
      waitedMs: 5_000,
      tookMs: 15_000,
      cost: 40,
      gap: 0.05,
    });
    const second = await listSeatingRuns(ctx, { limit: 2, cursor: first.nextCursor ?? '' });
    expect(second.items.map(({ state }) => state)).toEqual(['done']);
    expect(second.nextCursor).toBeNull();
  });

  it('are refused to whoever only claims to be an operator', async () => {
    const { userId } = await seedUser(admin, { name: 'Paul Planner' });
    const pretender = rig.contextOf(userId);
    for (const read of [listSeatingRuns(pretender, {}), getSeatingMetrics(pretender)]) {
      await expect(read).rejects.toMatchObject({ cause: { code: '42501' } });
    }
  });
});

describe('figures of seating', () => {
  it('count plans, runs, gaps and refusals, and say how old they are', async () => {
    const { weddingId, orgId, ownerId } = await weddingWithRuns();
    await admin`update wedding.seating_runs set queued_at = now() where wedding_id = ${weddingId}`;
    await admin`insert into wedding.audit_log (org_id, id, wedding_id, actor_kind, actor_id, action, entity, entity_id, after, request_id)
      values (${orgId}, ${newUuid()}, ${weddingId}, 'user', ${ownerId}, 'seating.refused', 'user', ${ownerId},
        ${admin.json({ action: 'seating.update' })}, 'test')`;
    await admin`select wedding.refresh_seating_materialized_views()`;
    const metrics = await getSeatingMetrics(ctx);
    expect(metrics.plans.layouts).toBeGreaterThan(0);
    expect(metrics.runs).toMatchObject({ lastDay: 3, failed: 1 });
    expect(metrics.gaps).toEqual({ proven: 0, known: 3, average: 0.05 });
    expect(metrics.conflicts.refusalsLastDay).toBe(1);
    expect(metrics.refusals[0]).toMatchObject({
      weddingId,
      userId: ownerId,
      action: 'seating.update',
    });
    expect(metrics.viewAgeMs).toBeLessThan(60_000);
    const views = await listSeatingViews(ctx);
    expect(views.map(({ name, isStale }) => [name, isStale])).toEqual([
      ['mv_seating_layout_summary', false],
      ['mv_table_occupancy_stats', false],
    ]);
    await admin`update ops.seating_view_refreshes set refreshed_at = now() - interval '1 hour'`;
    expect((await listSeatingViews(ctx)).every(({ isStale }) => isStale)).toBe(true);
  });

  it('are brought up to date on demand, once however often that is asked, with a trace', async () => {
    await refreshSeatingViews(ctx);
    await refreshSeatingViews(ctx);
    const jobs = await admin`
      select state from ops.outbox where job_name = 'seating.refresh-views'`;
    expect(jobs).toHaveLength(1);
    const actions = await admin`
      select action from ops.operator_audit where action = 'seating.refresh-views'`;
    expect(actions).toHaveLength(2);
  });
});
