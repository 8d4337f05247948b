import type { ImportIssue } from '@wedsync/contracts/guest-import';
import { nameKey } from '../transliterate.ts';
import { importLimits } from './limits.ts';
import {
  type DraftGuest,
  displayName,
  emptyAddress,
  isUnnamed,
  newGuest,
  type RowDraft,
} from './row-draft.ts';

/** Rows gathered into one household. */
export interface HouseholdDraft {
  label: string;
  labelled: boolean;
  householdId: string | null;
  rows: RowDraft[];
  guests: DraftGuest[];
}

const surnameOf = (row: RowDraft) => nameKey(row.guests[0]?.values.lastName ?? '');
const addressKey = ({ address }: RowDraft) =>
  address.street === '' ? '' : nameKey(`${address.street} ${address.postcode} ${address.city}`);

/** Rows without a label that still belong together: same address or e-mail, and same surname. */
function belongsToPrevious(row: RowDraft, previous: HouseholdDraft): boolean {
  const last = previous.rows.at(-1);
  if (!last) return false;
  if (row.placeholder) return true;
  if (row.guests[0]?.guestId) return false;
  const sameSurname = surnameOf(row) !== '' && surnameOf(row) === surnameOf(last);
  const email = row.guests[0]?.values.emails[0];
  const sharedEmail =
    email !== undefined && last.guests.some((guest) => guest.values.emails.includes(email));
  const address = addressKey(row);
  const sameAddress = address !== '' && address === addressKey(last);
  return (sameAddress && (sameSurname || sharedEmail)) || (sharedEmail && sameSurname);
}

/**
 * Gathers rows into households: by label wherever it stands, a blank label under a labelled row of
 * the same surname, then by neighbours that share address or e-mail.
 */
export function groupHouseholds(rows: readonly RowDraft[]): HouseholdDraft[] {
  const groups: HouseholdDraft[] = [];
  const byLabel = new Map<string, HouseholdDraft>();
  let previous: HouseholdDraft | null = null;
  for (const row of rows) {
    const label =
      row.householdId ??
      (row.labelled ? nameKey(row.household) || row.household.toLowerCase() : '');
    let group: HouseholdDraft | undefined = label === '' ? undefined : byLabel.get(label);
    if (!group && label === '' && previous) {
      const lastRow: RowDraft | undefined = previous.rows.at(-1);
      const under =
        previous.labelled &&
        lastRow &&
        surnameOf(row) !== '' &&
        surnameOf(row) === surnameOf(lastRow);
      if (under || belongsToPrevious(row, previous)) group = previous;
    }
    if (!group) {
      group = {
        label: row.household,
        labelled: row.labelled,
        householdId: row.householdId,
        rows: [],
        guests: [],
      };
      groups.push(group);
      if (label !== '') byLabel.set(label, group);
    }
    const host: DraftGuest | undefined = group.guests.find((guest) => guest.companionOf === null);
    for (const guest of row.guests) {
      if (row.placeholder && host && isUnnamed(guest.values)) guest.companionOf = host;
      group.guests.push(guest);
    }
    group.rows.push(row);
    previous = group;
  }
  return groups;
}

/**
 * Sizes of a household: the same number on each of its rows, or on its first only, is the whole
 * household; different numbers speak of their own rows.
 */
function wantedSize(group: HouseholdDraft): number | null {
  const sizes = group.rows.map((row) => row.partySize).filter((size) => size !== null);
  const [first] = sizes;
  if (first === undefined) return null;
  const repeated = sizes.every((size) => size === first) && first >= group.rows.length;
  if (group.rows.length > 1 && (repeated || sizes.length === 1)) return first;
  const unsized = group.rows.filter((row) => row.partySize === null);
  return (
    sizes.reduce((sum, size) => sum + size, 0) +
    unsized.reduce((sum, row) => sum + row.guests.length, 0)
  );
}

/** Adds the unnamed members that a party size speaks of beyond those named. */
export function fillToSize(group: HouseholdDraft, issues: ImportIssue[]): void {
  const size = wantedSize(group);
  const [host] = group.guests;
  if (size === null || !host) return;
  const present = group.guests.filter((guest) => guest.values.ageGroup !== 'infant').length;
  const missing = size - group.guests.length;
  if (missing < 0 && present > size) {
    issues.push({
      severity: 'warning',
      code: 'guests.import_party_size',
      row: group.rows[0]?.row ?? null,
      column: null,
      message: `The file says ${size} ${size === 1 ? 'guest' : 'guests'} for ${householdName(group)}, but ${group.guests.length} are named; all of them were read.`,
      remedy: 'Remove whoever is not invited, or correct the number.',
    });
  }
  for (let index = 0; index < Math.min(missing, importLimits.plusOnesPerRowMax); index++) {
    const guest = newGuest(host.row, host);
    guest.values.side = host.values.side;
    guest.values.tags = [...host.values.tags];
    guest.values.invitations = host.values.invitations.map((invitation) => ({ ...invitation }));
    group.guests.push(guest);
  }
}

/** `John & Jane Smith`, `John Smith & Ann Lee`, or the label that the file gives. */
export function householdName(group: HouseholdDraft): string {
  if (group.label !== '' && !/^\d+$/.test(group.label)) return group.label;
  const named = group.guests
    .filter((guest) => !isUnnamed(guest.values))
    .map((guest) => guest.values);
  const [first] = named;
  if (!first) return group.label === '' ? 'Unnamed household' : `Household ${group.label}`;
  const oneSurname =
    named.every((values) => values.lastName === first.lastName) && first.lastName !== '';
  if (named.length === 1) return displayName(first);
  if (!oneSurname) return named.slice(0, 3).map(displayName).join(' & ');
  const given = named
    .map((values) => values.firstName || values.title)
    .filter((name) => name !== '');
  if (given.length < 2) return [given[0] ?? '', first.lastName].filter(Boolean).join(' ');
  return `${given.slice(0, -1).join(', ')} & ${given.at(-1)} ${first.lastName}`;
}

/** The first address among the rows; parts are never mixed between rows. */
export function householdAddress(group: HouseholdDraft) {
  const filled = group.rows.find(({ address }) =>
    Object.values(address).some((part) => part !== ''),
  );
  return filled?.address ?? emptyAddress();
}
