import { DomainError } from '@wedsync/contracts/errors';
import type { WeddingId } from '@wedsync/contracts/ids';
import type { ServiceContext } from '@wedsync/service/context';
import { type SQL, sql } from 'drizzle-orm';

/** The wedding of a request; every verb of this room works in exactly one. */
export function weddingOf(ctx: Pick<ServiceContext, 'weddingId'>): WeddingId {
  if (ctx.weddingId) return ctx.weddingId;
  throw new DomainError(
    'bug',
    'communications.no-wedding',
    'Messages were asked for without a wedding.',
  );
}

/** Values as one `jsonb` parameter, for set-based statements through `jsonb_to_recordset`. */
export function jsonParameter(value: unknown): SQL {
  return sql`${JSON.stringify(value)}::jsonb`;
}

/** Bytes as a parameter; hexadecimal text survives every driver setting. */
export function bytesParameter(bytes: Uint8Array): SQL {
  return sql`decode(${Buffer.from(bytes).toString('hex')}, 'hex')`;
}

/** A stored moment (PostgreSQL's text form) as ISO 8601. */
export function isoMoment(value: string): string;
export function isoMoment(value: string | null): string | null;
export function isoMoment(value: string | null): string | null {
  return value === null ? null : new Date(value).toISOString();
}
