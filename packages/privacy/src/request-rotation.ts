import { DomainError } from '@wedsync/contracts/errors';
import { newUuid, type WeddingId } from '@wedsync/contracts/ids';
import { RotateKeys, rotateDataKeys } from '@wedsync/contracts/privacy';
import type { Tx } from '@wedsync/db/client';
import { enqueue } from '@wedsync/queue/outbox';
import type { ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requireOperator } from '@wedsync/service/permission';
import { writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';

/**
 * Writes the jobs that rotate the data keys of one wedding or of all; one that is under way is not
 * started twice.
 * @returns weddings
 * @throws DomainError `not-found` for a wedding without keys
 */
export async function enqueueRotations(tx: Tx, weddingId: WeddingId | null): Promise<number> {
  const all = await tx.execute<{ wedding_id: WeddingId }>(
    sql`select wedding_id from ops.list_rotatable_weddings()`,
  );
  const wanted = all.filter((row) => weddingId === null || row.wedding_id === weddingId);
  if (weddingId !== null && wanted.length === 0) {
    throw new DomainError(
      'not-found',
      'privacy.no-keys',
      'There is no such wedding, or nothing in it is encrypted yet.',
    );
  }
  for (const row of wanted) {
    await enqueue(tx, {
      contract: rotateDataKeys,
      payload: { v: 1, weddingId: row.wedding_id },
      dedupeKey: `rotate-data-keys:${row.wedding_id}`,
    });
  }
  return wanted.length;
}

async function recordOperatorAction(
  ctx: ServiceContext,
  tx: Tx,
  after: { weddings: number; weddingId: WeddingId | null },
): Promise<void> {
  await tx.execute(sql`
    select ops.record_operator_action(${newUuid()}::uuid, null, 'keys.rotate', 'key',
      ${after.weddingId}::text, null, ${JSON.stringify(after)}::jsonb, ${ctx.requestId})`);
}

/**
 * An operator asks for new data keys; the worker makes them.
 * @throws DomainError `forbidden`; `not-found`
 */
export async function requestRotation(
  ctx: ServiceContext,
  input: RotateKeys,
): Promise<{ started: number }> {
  requireOperator(ctx);
  const { weddingId } = parseInput(RotateKeys, input);
  const started = await writeTx(ctx, async ({ tx }) => {
    const weddings = await enqueueRotations(tx, weddingId);
    await recordOperatorAction(ctx, tx, { weddings, weddingId });
    return weddings;
  });
  // The relay also looks by itself: a lost wake-up only delays.
  await ctx.wake.publish('outbox', '').catch((error: unknown) => {
    ctx.log.warn({ err: error }, 'privacy.wake_failed');
  });
  return { started };
}
