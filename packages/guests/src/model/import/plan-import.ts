import type {
  DuplicateProposal,
  DuplicateSide,
  ImportCounts,
  ImportDecisions,
  ImportGuest,
  ImportGuestValues,
  ImportHousehold,
  PlannedGuest,
  PlannedHousehold,
} from '@wedsync/contracts/guest-import';
import type { HouseholdId } from '@wedsync/contracts/ids';
import { findDuplicates } from '../duplicates.ts';
import { leader, type Matches, matchGuests } from './match-guests.ts';
import { spokenFields } from './provided-fields.ts';
import { displayName, isUnnamed } from './row-draft.ts';
import { joinRows, mergeGuest, mergeHousehold } from './three-way.ts';
import type { Existing, ExistingGuest, ExistingHousehold, GuestList, ImportPlan } from './types.ts';

/** All rows that are one person, the leading row first. */
interface Entry {
  rows: [ImportGuest, ...ImportGuest[]];
  guest: ExistingGuest | null;
  matchedBy: PlannedGuest['matchedBy'];
}

function gatherEntries(list: GuestList, matches: Matches): Entry[] {
  const entries: Entry[] = [];
  const byTarget = new Map<ImportGuest | ExistingGuest, Entry>();
  const sorted = [...list.guests].sort(
    (a, b) => Number(matches.into.has(a)) - Number(matches.into.has(b)),
  );
  for (const row of sorted) {
    const lead = leader(row, matches.into);
    const match = matches.existing.get(lead);
    const target = match?.guest ?? lead;
    const entry = byTarget.get(target);
    if (entry) entry.rows.push(row);
    else {
      const created: Entry = {
        rows: [row],
        guest: match?.guest ?? null,
        matchedBy: match?.by ?? 'new',
      };
      byTarget.set(target, created);
      entries.push(created);
    }
  }
  return entries;
}

const overwriteKey = (key: string, field: string) => `${key}/${field}`;

function planEntry(
  entry: Entry,
  list: GuestList,
  overwritten: ReadonlySet<string>,
): PlannedGuest[] {
  const [first, ...others] = entry.rows;
  const { guest } = entry;
  const theirs = others.reduce((values, row) => joinRows(values, row.values), first.values);
  const keys = entry.rows.map((row) => row.key);
  const shape = {
    householdKey: first.householdKey,
    row: first.row,
    plusOneOfKey: first.plusOneOfKey,
  };
  const skipped = others.map(
    (row): PlannedGuest => ({
      key: row.key,
      keys: [],
      householdKey: row.householdKey,
      row: row.row,
      action: 'skip',
      guestId: guest?.guestId ?? null,
      plusOneOfKey: null,
      values: row.values,
      imported: row.values,
      changes: [],
      heldBack: [],
      matchedBy: entry.matchedBy,
    }),
  );
  if (!guest) {
    const created: PlannedGuest = {
      ...shape,
      key: first.key,
      keys,
      action: 'create',
      guestId: null,
      values: theirs,
      imported: theirs,
      changes: [],
      heldBack: [],
      matchedBy: 'new',
    };
    return [created, ...skipped];
  }
  const merged = mergeGuest(
    { base: guest.imported?.values ?? null, ours: guest.values, theirs },
    {
      provided: spokenFields(list.provided, theirs),
      byTheWay: (field) => !list.provided.includes(field),
      fileIsNewer: entry.matchedBy === 'id' && first.version === guest.version,
      overwrite: (field) => overwritten.has(overwriteKey(first.key, field)),
    },
  );
  const planned: PlannedGuest = {
    ...shape,
    key: first.key,
    keys: [...new Set([...(guest.imported?.keys ?? []), ...keys])],
    action: merged.changes.length > 0 ? 'update' : 'unchanged',
    guestId: guest.guestId,
    values: merged.values,
    imported: keepUnspoken(guest.imported?.values ?? guest.values, theirs, list),
    changes: merged.changes,
    heldBack: merged.heldBack,
    matchedBy: entry.matchedBy,
  };
  return [planned, ...skipped];
}

/** The next base: what this file says, and for fields it does not speak of, what the last one said. */
function keepUnspoken(
  base: ImportGuestValues,
  theirs: ImportGuestValues,
  list: GuestList,
): ImportGuestValues {
  const spoken = spokenFields(list.provided, theirs).map(
    (field) => [field, theirs[field]] as const,
  );
  return { ...base, ...Object.fromEntries(spoken) };
}

/**
 * Finds the household of the app for one of the file: by the id of our own export, else the one most
 * of its matched guests live in, else the one that an import knows by its key.
 */
function householdFinder(list: GuestList, existing: Existing, matches: Matches) {
  const byId = new Map(existing.households.map((home) => [home.householdId, home]));
  const byKey = new Map(existing.households.map((home) => [home.imported?.key ?? '', home]));
  const votes = new Map<string, Map<HouseholdId, number>>();
  for (const row of list.guests) {
    const match = matches.existing.get(leader(row, matches.into));
    if (!match) continue;
    const ballot = votes.get(row.householdKey) ?? new Map<HouseholdId, number>();
    votes.set(row.householdKey, ballot);
    ballot.set(match.guest.householdId, (ballot.get(match.guest.householdId) ?? 0) + 1);
  }
  return (household: ImportHousehold): ExistingHousehold | null => {
    const own = household.householdId ? byId.get(household.householdId) : undefined;
    const [winner] = [...(votes.get(household.key) ?? [])].sort((a, b) => b[1] - a[1]);
    return own ?? (winner && byId.get(winner[0])) ?? byKey.get(household.key) ?? null;
  };
}

function planHouseholds(
  list: GuestList,
  existing: Existing,
  context: { matches: Matches; overwritten: ReadonlySet<string> },
): PlannedHousehold[] {
  const find = householdFinder(list, existing, context.matches);
  const taken = new Set<ExistingHousehold>();
  return list.households.map((household): PlannedHousehold => {
    const known = find(household);
    const plan = { key: household.key, imported: household.values };
    if (!known || taken.has(known)) {
      // Two households of the file may be one in the app; its values are set by the first.
      const householdId = known?.householdId ?? null;
      const action = known ? 'unchanged' : 'create';
      const values = known?.values ?? household.values;
      return { ...plan, action, householdId, values, changes: [], heldBack: [] };
    }
    taken.add(known);
    const merged = mergeHousehold(
      { base: known.imported?.values ?? null, ours: known.values, theirs: household.values },
      (field) => context.overwritten.has(overwriteKey(household.key, field)),
    );
    const action = merged.changes.length > 0 ? 'update' : 'unchanged';
    return { ...plan, action, householdId: known.householdId, ...merged };
  });
}

function proposeDuplicates(
  list: GuestList,
  existing: Existing,
  matches: Matches,
): DuplicateProposal[] {
  const isNew = (row: ImportGuest) => !matches.existing.has(row) && !matches.into.has(row);
  const rows = list.guests.filter((row) => !isUnnamed(row.values));
  const fresh = rows.filter(isNew);
  const names = new Map(list.households.map((household) => [household.key, household.values.name]));
  const homes = new Map(
    existing.households.map((household) => [household.householdId, household.values.name]),
  );
  const candidate = (row: ImportGuest) => ({ ...row.values, row: String(row.row) });
  const rowSide = (row: ImportGuest): DuplicateSide => ({
    key: row.key,
    guestId: matches.existing.get(row)?.guest.guestId ?? null,
    row: row.row,
    name: displayName(row.values),
    household: names.get(row.householdKey) ?? '',
    emails: row.values.emails,
    phones: row.values.phones,
  });
  const proposals: DuplicateProposal[] = [];
  for (const pair of findDuplicates(rows.map(candidate))) {
    const [early, late] = [rows[pair.left], rows[pair.right]];
    // Pairs of which both sides were imported before have been decided before.
    if (!early || !late || !(isNew(early) || isNew(late))) continue;
    const [left, right] = isNew(late) ? [late, early] : [early, late];
    proposals.push({
      left: rowSide(left),
      right: rowSide(right),
      score: pair.score,
      reasons: pair.reasons,
    });
  }
  const matched = new Set([...matches.existing.values()].map((match) => match.guest));
  const others = existing.guests.filter((guest) => !matched.has(guest) && !isUnnamed(guest.values));
  const asOther = others.map((guest) => ({ ...guest.values, row: null }));
  for (const pair of findDuplicates(fresh.map(candidate), asOther)) {
    const [row, guest] = [fresh[pair.left], others[pair.right]];
    if (!row || !guest) continue;
    const right: DuplicateSide = {
      key: null,
      guestId: guest.guestId,
      row: null,
      name: displayName(guest.values),
      household: homes.get(guest.householdId) ?? '',
      emails: guest.values.emails,
      phones: guest.values.phones,
    };
    proposals.push({ left: rowSide(row), right, score: pair.score, reasons: pair.reasons });
  }
  return proposals.sort((a, b) => b.score - a.score);
}

function count(list: GuestList, guests: readonly PlannedGuest[]): ImportCounts {
  const kept = guests.filter((guest) => guest.action !== 'skip');
  const having = (test: (guest: PlannedGuest) => boolean) => kept.filter(test).length;
  return {
    rowsRead: list.rowsRead,
    rowsWithError: list.rowsWithError,
    households: new Set(kept.map((guest) => guest.householdKey)).size,
    guests: kept.length,
    plusOnes: having((guest) => guest.plusOneOfKey !== null),
    unnamed: having((guest) => isUnnamed(guest.values)),
    withoutContact: having(
      ({ values }) => values.emails.length === 0 && values.phones.length === 0,
    ),
    withAllergy: having(({ values }) => values.diets.some((diet) => diet.severity === 'allergy')),
    guestsCreated: having((guest) => guest.action === 'create'),
    guestsUpdated: having((guest) => guest.action === 'update'),
    guestsUnchanged: having((guest) => guest.action === 'unchanged'),
    fieldsHeldBack: kept.reduce((sum, guest) => sum + guest.heldBack.length, 0),
  };
}

/**
 * Compares a guest list with the guests that exist and says what an import would write: new guests,
 * changed fields, fields held back because they were edited by hand, likely duplicates, and guests
 * of an earlier import that the file no longer has. The same file again plans no change.
 * @param existing `imported` of each guest and household is what the last import stored.
 */
export function planImport(
  list: GuestList,
  existing: Existing,
  decisions: ImportDecisions = { merges: [], overwrites: [] },
): ImportPlan {
  const matches = matchGuests(list, existing, decisions);
  const overwritten = new Set(
    decisions.overwrites.map(({ key, field }) => overwriteKey(key, field)),
  );
  const planned = gatherEntries(list, matches).flatMap((entry) =>
    planEntry(entry, list, overwritten),
  );
  const order = new Map(list.guests.map((row, index) => [row.key, index]));
  const guests = planned.sort((a, b) => (order.get(a.key) ?? 0) - (order.get(b.key) ?? 0));
  const matched = new Set([...matches.existing.values()].map((match) => match.guest));
  const lost = existing.guests.filter((guest) => guest.imported && !matched.has(guest));
  const live = new Set(
    guests.filter((guest) => guest.action !== 'skip').map((guest) => guest.householdKey),
  );
  return {
    // A household whose every row was merged away has nobody left to live in it.
    households: planHouseholds(list, existing, { matches, overwritten }).filter((household) =>
      live.has(household.key),
    ),
    guests,
    duplicates: proposeDuplicates(list, existing, matches),
    missing: lost.map((guest) => ({
      guestId: guest.guestId,
      name: displayName(guest.values) || 'Unnamed companion',
    })),
    counts: count(list, guests),
  };
}
