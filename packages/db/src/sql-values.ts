import { type SQL, sql } from 'drizzle-orm';

/** Checked ids as one `uuid[]` parameter: the statement's text, and so its plan, stays the same. */
export function uuidArray(ids: readonly string[]): SQL {
  return sql`${`{${ids.join(',')}}`}::uuid[]`;
}

/** What is no character becomes U+FFFD, as it does in a text column; `jsonb` would refuse it. */
const wellFormed = (_key: string, value: unknown) =>
  typeof value === 'string' ? value.toWellFormed() : value;

/** Values as one `jsonb` parameter, for set-based statements through `jsonb_to_recordset`. */
export function jsonParameter(value: unknown): SQL {
  return sql`${JSON.stringify(value, wellFormed)}::jsonb`;
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
