import { randomInt } from 'node:crypto';
import { newId, SeatingRunId } from '@wedsync/contracts/ids';
import {
  optimizeSeatingJob,
  type SeatingRun,
  StartSeatingRun,
} from '@wedsync/contracts/seating-runs';
import { jsonParameter } from '@wedsync/db/sql-values';
import { actorId, requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { notFound } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { requireSeating } from './permission.ts';
import { endSilentRuns, readRun, toRun } from './run-rows.ts';

/**
 * Starts an optimization of the plan as it is; a worker does it. Nothing is changed until its result
 * is applied.
 * @throws DomainError `not-found` where the event has no layout; `conflict` `seating.run-active`
 */
export async function startRun(ctx: ServiceContext, input: StartSeatingRun): Promise<SeatingRun> {
  const { eventId, mode, weights, includesUndecided, seconds, seed } = parseInput(
    StartSeatingRun,
    input,
  );
  await requireSeating(ctx, 'seating.optimize');
  const weddingId = requireWedding(ctx);
  const runId = newId(SeatingRunId);
  return writeTx(ctx, async ({ tx, audit, change, enqueue }) => {
    await endSilentRuns(tx, weddingId, eventId);
    const rows = await tx.execute(sql`
      insert into wedding.seating_runs (wedding_id, event_id, id, mode, weights, includes_undecided,
        seconds, seed, is_repeatable, base_revision, started_by)
      select ${weddingId}, l.event_id, ${runId}, ${mode}, ${jsonParameter(weights)},
        ${includesUndecided}, ${seconds}, ${seed ?? randomInt(1, 2_147_483_647)},
        ${seed !== undefined}, l.revision, ${actorId(ctx.actor) ?? null}::uuid
      from wedding.seating_layouts l
      where l.wedding_id = ${weddingId} and l.event_id = ${eventId}
      returning id`);
    if (rows.length === 0) throw notFound('floor plan');
    await audit({
      action: 'seating.start-run',
      entity: 'seating-run',
      entityId: runId,
      after: { eventId, mode, weights, includesUndecided, seconds, seed },
    });
    await change({ entity: 'seating-run', entityId: eventId, kind: 'created' });
    await enqueue(optimizeSeatingJob, { v: 1, weddingId, runId });
    return toRun(await readRun(tx, { weddingId, runId }));
  });
}
