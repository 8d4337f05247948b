import { DomainError } from '@wedsync/contracts/errors';
import type { WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import type { ServiceContext } from '@wedsync/service/context';
import { notFound } from '@wedsync/service/stale';
import { type SQL, sql } from 'drizzle-orm';

/** The wedding of a request; every verb of this room works in exactly one. */
export function weddingOf(ctx: Pick<ServiceContext, 'weddingId'>): WeddingId {
  if (!ctx.weddingId) {
    throw new DomainError(
      'bug',
      'guests.no-wedding',
      'The guest list was asked for without a wedding.',
    );
  }
  return ctx.weddingId;
}

/** Checked ids as one `uuid[]` parameter: the statement's text, and so its plan, stays the same. */
export function uuidArray(ids: readonly string[]): SQL {
  return sql`${`{${ids.join(',')}}`}::uuid[]`;
}

/** Values as one `jsonb` parameter, for set-based statements through `jsonb_to_recordset`. */
export function jsonParameter(value: unknown): SQL {
  return sql`${JSON.stringify(value)}::jsonb`;
}

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

/** A stored moment (PostgreSQL's text form) as ISO 8601. */
export function isoMoment(value: string): string;
export function isoMoment(value: string | null): string | null;
export function isoMoment(value: string | null): string | null {
  return value === null ? null : new Date(value).toISOString();
}

/** The fields in which two records differ, as they were and as they are; for the audit. */
export function changedFields<T extends object>(
  before: T,
  after: T,
): { before: Partial<T>; after: Partial<T> } | null {
  const was: Partial<T> = {};
  const is: Partial<T> = {};
  for (const key of Object.keys(after) as (keyof T)[]) {
    if (JSON.stringify(before[key]) === JSON.stringify(after[key])) continue;
    was[key] = before[key];
    is[key] = after[key];
  }
  return Object.keys(is).length === 0 ? null : { before: was, after: is };
}
