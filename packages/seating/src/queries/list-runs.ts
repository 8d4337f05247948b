import { DomainError } from '@wedsync/contracts/errors';
import type { Page } from '@wedsync/contracts/paging';
import { GetSeatingRun, ListSeatingRuns, type SeatingRun } from '@wedsync/contracts/seating-runs';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { type RunRecord, readRun, runColumns, toRun } from '../run-rows.ts';

/** @throws DomainError `not-found` */
export async function getRun(ctx: ServiceContext, input: GetSeatingRun): Promise<SeatingRun> {
  const { runId } = parseInput(GetSeatingRun, input);
  requirePermission(ctx, 'seating.read');
  return toRun(await readTx(ctx, (tx) => readRun(tx, { weddingId: requireWedding(ctx), runId })));
}

/** Ids of runs grow with time, so the last id of a page says where the next one begins. */
function idBefore(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const id = z.uuid().safeParse(cursor);
  if (id.success) return id.data;
  throw new DomainError(
    'invalid',
    'seating.cursor',
    'This page of the list does not exist. Start again from its beginning.',
  );
}

/** Optimizations of an event, newest first. */
export async function listRuns(
  ctx: ServiceContext,
  input: ListSeatingRuns,
): Promise<Page<SeatingRun>> {
  const { eventId, cursor, limit } = parseInput(ListSeatingRuns, input);
  requirePermission(ctx, 'seating.read');
  const before = idBefore(cursor);
  const rows = await readTx(ctx, (tx) =>
    tx.execute<RunRecord>(sql`
      select ${runColumns} from wedding.seating_runs r
      where r.wedding_id = ${requireWedding(ctx)} and r.event_id = ${eventId}
        and (${before}::uuid is null or r.id < ${before}::uuid)
      order by r.id desc limit ${limit + 1}`),
  );
  const items = rows.slice(0, limit).map(toRun);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
