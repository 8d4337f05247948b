import type { KeyRotation } from '@wedsync/contracts/privacy';
import { isoMoment } from '@wedsync/db/sql-values';
import type { ServiceContext } from '@wedsync/service/context';
import { requireOperator } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';

type Row = Pick<KeyRotation, 'weddingId' | 'title'> & {
  started_at: string | null;
  remaining: string;
  total: string;
  is_waiting: boolean;
};

/** Weddings whose key is being replaced or waits for its turn, with how far each is; at most 200. */
export async function listKeyRotations(ctx: ServiceContext): Promise<KeyRotation[]> {
  requireOperator(ctx);
  const rows = await readTx(ctx, (tx) =>
    tx.execute<Row>(sql`
      select wedding_id as "weddingId", title, started_at, remaining, total, is_waiting
      from ops.list_key_rotations()`),
  );
  return rows.map(({ weddingId, title, started_at, remaining, total, is_waiting }) => ({
    weddingId,
    title,
    state: is_waiting ? 'waiting' : 'running',
    startedAt: isoMoment(started_at),
    done: is_waiting ? 0 : Number(total) - Number(remaining),
    total: Number(total),
  }));
}
