import type { Page } from '@wedsync/contracts/paging';
import { type EncryptionKeyRow, ListKeys } from '@wedsync/contracts/privacy';
import type { Tx } from '@wedsync/db/client';
import { isoMoment } from '@wedsync/db/sql-values';
import type { ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requireOperator } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import type { z } from 'zod';

type Row = Omit<EncryptionKeyRow, 'wraps'> & { wraps: string };

/** A page of the installation's keys, the oldest first; never what they are. */
export async function readKeys(
  tx: Tx,
  { cursor, limit, weddingId, state }: z.output<typeof ListKeys>,
): Promise<Page<EncryptionKeyRow>> {
  const rows = await tx.execute<Row>(sql`
    select id, tier, purpose, wedding_id as "weddingId", state, created_at as "createdAt",
      retired_at as "retiredAt", destroyed_at as "destroyedAt", wraps
    from ops.list_encryption_keys(${weddingId ?? null}, ${state ?? null}, ${cursor ?? null}, ${limit + 1})`);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: rows.slice(0, limit).map((row) => ({
      ...row,
      wraps: Number(row.wraps),
      createdAt: isoMoment(row.createdAt),
      retiredAt: isoMoment(row.retiredAt),
      destroyedAt: isoMoment(row.destroyedAt),
    })),
    nextCursor: last?.id ?? null,
  };
}

/** The keys, for operators. */
export async function listKeys(
  ctx: ServiceContext,
  input: ListKeys,
): Promise<Page<EncryptionKeyRow>> {
  requireOperator(ctx);
  const page = parseInput(ListKeys, input);
  return readTx(ctx, (tx) => readKeys(tx, page));
}
