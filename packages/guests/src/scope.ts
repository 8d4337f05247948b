import type { WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { uuidArray } from '@wedsync/db/sql-values';
import { notFound } from '@wedsync/service/stale';
import { sql } from 'drizzle-orm';

/** Lets this transaction see removed rows: only removing, restoring and undoing do. */
export async function showRemoved(tx: Tx): Promise<void> {
  await tx.execute(sql`select set_config('app.shows_removed', 'on', true)`);
}

const nouns = { events: 'event', tags: 'tag', households: 'household' } as const;

/**
 * Refuses ids that are not of this wedding: to the caller they do not exist.
 * @throws DomainError `not-found`
 */
export async function requireRows(
  tx: Tx,
  table: keyof typeof nouns,
  where: { weddingId: WeddingId; ids: readonly string[] },
): Promise<void> {
  const ids = [...new Set(where.ids)];
  if (ids.length === 0) return;
  const [row] = await tx.execute<{ found: number }>(sql`
    select count(*)::int as found from wedding.${sql.identifier(table)}
    where wedding_id = ${where.weddingId} and id = any(${uuidArray(ids)})`);
  if (row?.found !== ids.length) throw notFound(nouns[table]);
}
