import type { ImportDecisions, ImportGuest, PlannedGuest } from '@wedsync/contracts/guest-import';
import { certainScore } from '../duplicate-score.ts';
import { findDuplicates } from '../duplicates.ts';
import { displayName, isUnnamed } from './row-draft.ts';
import type { Existing, ExistingGuest, GuestList } from './types.ts';

export interface Match {
  guest: ExistingGuest;
  by: PlannedGuest['matchedBy'];
}

/** Which existing guest each row is, and which rows of the file are the same person. */
export interface Matches {
  existing: Map<ImportGuest, Match>;
  /** Rows that were merged into another row by decision. */
  into: Map<ImportGuest, ImportGuest>;
}

/** Renames are told from new people only among guests of an earlier import that lost their row. */
const renameScore = 0.88;

class Matcher {
  readonly existing = new Map<ImportGuest, Match>();
  readonly taken = new Set<ExistingGuest>();
  readonly open: Set<ImportGuest>;
  readonly known: readonly ExistingGuest[];

  constructor(list: GuestList, known: readonly ExistingGuest[]) {
    this.open = new Set(list.guests);
    this.known = known;
  }

  take(row: ImportGuest, guest: ExistingGuest, by: Match['by']): void {
    this.existing.set(row, { guest, by });
    this.taken.add(guest);
    this.open.delete(row);
  }

  free(): ExistingGuest[] {
    return this.known.filter((guest) => !this.taken.has(guest));
  }
}

function matchByIdentity(matcher: Matcher): void {
  const byId = new Map(matcher.known.map((guest) => [guest.guestId, guest]));
  const byKey = new Map<string, ExistingGuest>();
  for (const guest of matcher.known)
    for (const key of guest.imported?.keys ?? []) byKey.set(key, guest);
  for (const row of [...matcher.open]) {
    const byRowId = row.guestId ? byId.get(row.guestId) : undefined;
    if (byRowId) matcher.take(row, byRowId, 'id');
    else {
      const known = byKey.get(row.key);
      // Several rows may lead to one guest: they were merged by decision in an earlier import.
      if (known) matcher.take(row, known, 'import');
    }
  }
}

const asCandidate = (values: ImportGuest['values']) => ({ ...values, row: null });

/** A companion who had no name in the last file and has one now. */
function matchNamedCompanions(matcher: Matcher): void {
  const unnamed = matcher.free().filter((guest) => guest.imported && isUnnamed(guest.values));
  const places = Map.groupBy(unnamed, (guest) => guest.plusOneOfId);
  const hosts = new Map([...matcher.existing].map(([row, match]) => [row.key, match.guest]));
  for (const row of [...matcher.open]) {
    if (!row.plusOneOfKey || isUnnamed(row.values)) continue;
    const host = hosts.get(row.plusOneOfKey);
    if (!host) continue;
    const place = places.get(host.guestId)?.find((guest) => !matcher.taken.has(guest));
    if (place) matcher.take(row, place, 'name');
  }
}

/** Rows that changed their name since the last import: one free row, one lost guest, much alike. */
function matchRenamed(matcher: Matcher): void {
  const rows = [...matcher.open].filter((row) => !isUnnamed(row.values));
  const lost = matcher.free().filter((guest) => guest.imported && !isUnnamed(guest.values));
  if (rows.length === 0 || lost.length === 0) return;
  const pairs = findDuplicates(
    rows.map((row) => asCandidate(row.values)),
    lost.map((guest) => asCandidate(guest.imported?.values ?? guest.values)),
    renameScore,
  );
  const rivals = (side: 'left' | 'right', index: number) =>
    pairs.filter((pair) => pair[side] === index).length;
  for (const pair of pairs) {
    const row = rows[pair.left];
    const guest = lost[pair.right];
    if (!row || !guest || rivals('left', pair.left) > 1 || rivals('right', pair.right) > 1)
      continue;
    if (matcher.open.has(row) && !matcher.taken.has(guest)) matcher.take(row, guest, 'name');
  }
}

/** Same name and a shared address or number: certain enough without asking. */
function matchCertain(matcher: Matcher): void {
  const rows = [...matcher.open];
  const free = matcher.free();
  const pairs = findDuplicates(
    rows.map((row) => asCandidate(row.values)),
    free.map((guest) => asCandidate(guest.values)),
    certainScore,
  );
  for (const pair of pairs) {
    const row = rows[pair.left];
    const guest = free[pair.right];
    const sameName = row && guest && displayName(row.values) === displayName(guest.values);
    const contact = pair.reasons.some(
      (reason) => reason.startsWith('same e-mail') || reason.startsWith('same phone'),
    );
    if (!row || !guest || !sameName || !contact) continue;
    if (matcher.open.has(row) && !matcher.taken.has(guest)) matcher.take(row, guest, 'contact');
  }
}

function applyDecisions(
  matcher: Matcher,
  list: GuestList,
  decisions: ImportDecisions,
): Map<ImportGuest, ImportGuest> {
  const byKey = new Map(list.guests.map((row) => [row.key, row]));
  const byId = new Map(matcher.known.map((guest) => [guest.guestId, guest]));
  const into = new Map<ImportGuest, ImportGuest>();
  for (const decision of decisions.merges) {
    const row = byKey.get(decision.key);
    if (!row) continue;
    const guest = decision.intoGuestId ? byId.get(decision.intoGuestId) : undefined;
    const other = decision.intoKey ? byKey.get(decision.intoKey) : undefined;
    if (guest) matcher.take(row, guest, 'decision');
    else if (other && other !== row && leader(other, into) !== row) into.set(row, other);
  }
  return into;
}

/** Follows merges of merges to the row that stays. */
export function leader(row: ImportGuest, into: ReadonlyMap<ImportGuest, ImportGuest>): ImportGuest {
  let current = row;
  for (let next = into.get(current); next; next = into.get(current)) current = next;
  return current;
}

/**
 * Finds out which rows are guests that exist: by the person's decision, the id of our own export,
 * the key of an earlier import, a companion's new name, certainty, and last a changed name.
 */
export function matchGuests(
  list: GuestList,
  existing: Existing,
  decisions: ImportDecisions,
): Matches {
  const matcher = new Matcher(list, existing.guests);
  const into = applyDecisions(matcher, list, decisions);
  for (const row of into.keys()) matcher.open.delete(row);
  matchByIdentity(matcher);
  matchNamedCompanions(matcher);
  matchCertain(matcher);
  matchRenamed(matcher);
  return { existing: matcher.existing, into };
}
