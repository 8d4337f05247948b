import { createHash } from 'node:crypto';
import { nameKey } from '../transliterate.ts';
import type { TableRow } from './types.ts';

/** As JSON, because no separator is safe from standing in a cell itself. */
const digest = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);

/** Same cells, same fingerprint; 132 bits of SHA-256, so that it may be stored as an identity. */
export function rowFingerprint(row: TableRow): string {
  return digest(row.cells);
}

/** Spellings that differ in case, accents or punctuation only are one name. */
const comparable = (name: string) => nameKey(name) || name.trim().toLowerCase();

/** Names that occur again get a number, so that father and son of one name stay two people. */
export class Occurrences {
  readonly #seen = new Map<string, number>();

  next(name: string): number {
    const spelled = comparable(name);
    const count = (this.#seen.get(spelled) ?? 0) + 1;
    this.#seen.set(spelled, count);
    return count;
  }
}

/** What a household is recognised by in a later version of the same file. */
export function householdKey(label: string, occurrence: number): string {
  return digest(['household', comparable(label), String(occurrence)]);
}

/** What a guest is recognised by: household, name, and its number among equal names there. */
export function guestKey(household: string, name: string, occurrence: number): string {
  return digest(['guest', household, comparable(name), String(occurrence)]);
}
