import { DomainError } from '@wedsync/contracts/errors';
import { type Change, type ChangeBatch, OnChanges } from '@wedsync/contracts/weddings';
import type { Tx } from '@wedsync/db/client';
import { changes } from '@wedsync/db/schema/weddings';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { createAlarm } from './adapters/alarm.ts';

/** A wake-up may be lost; then a change arrives this late. */
const safetyPollMs = 5_000;
/** How often access is checked again, so that a revoked one ends the stream. */
const accessCheckMs = 1_000;
const batchMax = 500;

export interface StreamOptions {
  /** Whether the caller may still read this wedding. */
  mayContinue: () => Promise<boolean>;
}

async function readSince(tx: Tx, weddingId: string, seq: number): Promise<Change[]> {
  const rows = await tx
    .select({
      seq: changes.seq,
      at: changes.at,
      entity: changes.entity,
      entityId: changes.entityId,
      kind: changes.kind,
      actorId: changes.actorId,
    })
    .from(changes)
    .where(and(eq(changes.weddingId, weddingId), gt(changes.seq, seq)))
    .orderBy(asc(changes.seq))
    .limit(batchMax);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

async function readPosition(tx: Tx, weddingId: string): Promise<number> {
  const [row] = await tx.execute<{ seq: string }>(sql`
    select seq from wedding.change_counters where wedding_id = ${weddingId}`);
  return Number(row?.seq ?? 0);
}

/** The browser has seen more than there is, as after a restore: it must fetch everything again. */
const everything = (seq: number): ChangeBatch => ({
  seq,
  changes: [
    {
      seq,
      at: new Date(0).toISOString(),
      entity: '*',
      entityId: null,
      kind: 'bulk',
      actorId: null,
    },
  ],
});

/** Where the stream starts, and what the browser is told at once. */
async function start(
  ctx: ServiceContext,
  lastEventId: string | null | undefined,
): Promise<{ seq: number; first?: ChangeBatch }> {
  const weddingId = requireWedding(ctx);
  const position = await readTx(ctx, (tx) => readPosition(tx, weddingId));
  if (lastEventId === null || lastEventId === undefined) {
    return { seq: position, first: { seq: position, changes: [] } };
  }
  const seen = Number(lastEventId);
  return seen > position ? { seq: position, first: everything(position) } : { seq: seen };
}

/**
 * The wedding's change feed from where the browser left it. Sequence numbers are taken under a row
 * lock until commit, so that what is read in order misses nothing; the wake-up only makes it fast.
 * Ends when the request does; fails with `unauthenticated` when access has ended.
 */
export async function* streamChanges(
  ctx: ServiceContext,
  input: OnChanges,
  { mayContinue }: StreamOptions,
): AsyncGenerator<ChangeBatch, void, void> {
  const { lastEventId } = parseInput(OnChanges, input);
  requirePermission(ctx, 'weddings.read');
  const weddingId = requireWedding(ctx);
  const { signal } = ctx;
  const alarm = createAlarm(signal);
  const unsubscribe = await ctx.wake.subscribe('changes', (key) => {
    if (key === weddingId || key === '') alarm.ring();
  });
  try {
    const { seq: from, first } = await start(ctx, lastEventId);
    if (first) yield first;
    let seq = from;
    let nextPollMs = 0;
    while (!signal.aborted) {
      if (alarm.take() || performance.now() >= nextPollMs) {
        nextPollMs = performance.now() + safetyPollMs;
        const found = await readTx(ctx, (tx) => readSince(tx, weddingId, seq));
        const last = found.at(-1);
        if (last) {
          seq = last.seq;
          yield { seq, changes: found };
        }
        if (found.length === batchMax) nextPollMs = 0;
      }
      if (!(await mayContinue())) throw accessEnded();
      if (nextPollMs > 0) await alarm.wait(accessCheckMs);
    }
  } finally {
    await unsubscribe();
  }
}

const accessEnded = () =>
  new DomainError(
    'unauthenticated',
    'weddings.access-ended',
    'You no longer have access here. Sign in again or ask the planner.',
  );
