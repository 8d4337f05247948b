import type {
  FieldChange,
  ImportGuestField,
  ImportGuestValues,
  ImportHouseholdValues,
  ImportInvitation,
} from '@wedsync/contracts/guest-import';
import { mergeDiets } from '../diets.ts';
import { tidyText } from '../fold.ts';

export interface Merged<T> {
  values: T;
  changes: FieldChange[];
  heldBack: FieldChange[];
}

type Value = ImportGuestValues[ImportGuestField] | string;

/** Order and spacing carry no meaning: equal content, equal text. */
function canonical(value: Value): string {
  if (typeof value === 'string') return tidyText(value);
  if (Array.isArray(value))
    return value
      .map((item) => JSON.stringify(item))
      .sort()
      .join('\n');
  return String(value);
}
const same = (a: Value, b: Value) => canonical(a) === canonical(b);
const isBlank = (value: Value) => value === null || canonical(value) === '';

/** A value as a person reads it in a side-by-side view. */
function asText(value: Value): string {
  if (value === null) return '';
  if (!Array.isArray(value)) return String(value);
  return value
    .map((item) => {
      if (typeof item === 'string') return item;
      if ('code' in item) return item.severity === 'allergy' ? `${item.code} (allergy)` : item.code;
      return `${item.eventId}: ${item.invited ? (item.answer ?? 'invited') : 'not invited'}`;
    })
    .join(', ');
}

/** What to do with one field, given the last imported, the present and the file's value. */
function decide(base: Value | undefined, ours: Value, theirs: Value): 'ours' | 'theirs' | 'held' {
  if (same(ours, theirs)) return 'ours';
  if (base !== undefined) {
    if (same(theirs, base)) return 'ours';
    return same(ours, base) ? 'theirs' : 'held';
  }
  if (isBlank(theirs)) return 'ours';
  return isBlank(ours) ? 'theirs' : 'held';
}

/** Invitations are compared event by event: an answer given meanwhile must not hold back others. */
function mergeInvitations(
  base: readonly ImportInvitation[] | undefined,
  ours: readonly ImportInvitation[],
  theirs: readonly ImportInvitation[],
): { merged: ImportInvitation[]; held: ImportInvitation[] } {
  const merged = new Map(ours.map((invitation) => [invitation.eventId, invitation]));
  const held: ImportInvitation[] = [];
  const state = (invitation: ImportInvitation | undefined) =>
    invitation?.invited ? `invited ${invitation.answer ?? ''}` : '';
  for (const invitation of theirs) {
    const known = base?.find((other) => other.eventId === invitation.eventId);
    const baseState = base === undefined ? undefined : state(known);
    const verdict = decide(baseState, state(merged.get(invitation.eventId)), state(invitation));
    if (verdict === 'theirs') merged.set(invitation.eventId, invitation);
    if (verdict === 'held') held.push(invitation);
  }
  return { merged: [...merged.values()], held };
}

/** Lists of two sources without a common past are joined: nobody loses an address. */
function union(field: ImportGuestField, ours: Value, theirs: Value): Value | null {
  if (field === 'diets')
    return mergeDiets([
      ...(ours as ImportGuestValues['diets']),
      ...(theirs as ImportGuestValues['diets']),
    ]);
  if (field === 'emails' || field === 'phones' || field === 'tags' || field === 'accessibility') {
    return [...new Set([...(ours as string[]), ...(theirs as string[])])] as Value;
  }
  return null;
}

/** The present value with what the file adds to it. */
function added(field: ImportGuestField, ours: ImportGuestValues, theirs: ImportGuestValues): Value {
  if (field !== 'notes' && field !== 'dietNotes') {
    return union(field, ours[field], theirs[field]) ?? theirs[field];
  }
  const lines = [...ours[field].split('\n'), ...theirs[field].split('\n')];
  return [...new Set(lines)].filter((line) => line !== '').join('\n');
}

export interface MergeOptions {
  /** Fields the file speaks of. */
  provided: readonly ImportGuestField[];
  /** True for fields that the file only mentions by the way: those are added to, not replaced. */
  byTheWay(field: ImportGuestField): boolean;
  /** The file's rows were exported from exactly this version: the file wins. */
  fileIsNewer: boolean;
  overwrite(field: string): boolean;
}

/**
 * Three-way merge of a guest: what the last import said, what stands in the app now, what the file
 * says. A field edited by hand and different in the file is held back, never overwritten silently.
 */
export function mergeGuest(
  versions: { base: ImportGuestValues | null; ours: ImportGuestValues; theirs: ImportGuestValues },
  options: MergeOptions,
): Merged<ImportGuestValues> {
  const { ours, theirs } = versions;
  const base = options.fileIsNewer ? ours : versions.base;
  const result: Merged<ImportGuestValues> = { values: { ...ours }, changes: [], heldBack: [] };
  for (const field of options.provided) {
    const change: FieldChange = { field, from: asText(ours[field]), to: asText(theirs[field]) };
    if (field === 'invitations') {
      const { merged, held } = mergeInvitations(
        base?.invitations,
        ours.invitations,
        theirs.invitations,
      );
      const taken = options.overwrite(field) ? overlay(merged, held) : merged;
      result.values.invitations = taken;
      if (!same(invitedOnly(taken), invitedOnly(ours.invitations)))
        result.changes.push({ ...change, to: asText(taken) });
      if (held.length > 0 && !options.overwrite(field))
        result.heldBack.push({ ...change, to: asText(held) });
      continue;
    }
    let verdict = decide(base?.[field], ours[field], theirs[field]);
    let value: Value = theirs[field];
    const joined = verdict === 'held' && !base ? union(field, ours[field], theirs[field]) : null;
    if (joined !== null) {
      verdict = same(joined, ours[field]) ? 'ours' : 'theirs';
      value = joined;
    }
    if (verdict === 'theirs' && options.byTheWay(field)) value = added(field, ours, theirs);
    if (verdict === 'held' && options.overwrite(field)) verdict = 'theirs';
    if (verdict === 'held') result.heldBack.push(change);
    if (verdict !== 'theirs') continue;
    Object.assign(result.values, { [field]: value });
    result.changes.push({ ...change, to: asText(value) });
  }
  return result;
}

const invitedOnly = (list: readonly ImportInvitation[]) =>
  list.filter((invitation) => invitation.invited);
const overlay = (list: readonly ImportInvitation[], over: readonly ImportInvitation[]) => [
  ...list.filter((invitation) => !over.some((other) => other.eventId === invitation.eventId)),
  ...over,
];

/** The same for a household's name and the parts of its address. */
export function mergeHousehold(
  versions: {
    base: ImportHouseholdValues | null;
    ours: ImportHouseholdValues;
    theirs: ImportHouseholdValues;
  },
  overwrite: (field: string) => boolean,
): Merged<ImportHouseholdValues> {
  const { base, ours, theirs } = versions;
  const values: ImportHouseholdValues = { name: ours.name, address: { ...ours.address } };
  const result: Merged<ImportHouseholdValues> = { values, changes: [], heldBack: [] };
  const parts = Object.keys(ours.address) as (keyof ImportHouseholdValues['address'])[];
  for (const field of ['name', ...parts] as const) {
    const pick = (from: ImportHouseholdValues) =>
      field === 'name' ? from.name : from.address[field];
    const to = pick(theirs);
    // A household's name is often derived, and no file can mean to empty an address by not having one.
    if (to === '') continue;
    let verdict = decide(base ? pick(base) : undefined, pick(ours), to);
    if (verdict === 'held' && overwrite(field)) verdict = 'theirs';
    const change = { field, from: pick(ours), to };
    if (verdict === 'held') result.heldBack.push(change);
    if (verdict !== 'theirs') continue;
    if (field === 'name') values.name = to;
    else values.address[field] = to;
    result.changes.push(change);
  }
  return result;
}

/** Two rows of one file that are the same person: the first leads, the second fills gaps. */
export function joinRows(first: ImportGuestValues, second: ImportGuestValues): ImportGuestValues {
  const joined: ImportGuestValues = { ...first };
  for (const field of Object.keys(first) as ImportGuestField[]) {
    const both = union(field, first[field], second[field]);
    if (both !== null) Object.assign(joined, { [field]: both });
    else if (isBlank(first[field])) Object.assign(joined, { [field]: second[field] });
  }
  const notes = [first.notes, second.notes].filter(
    (note, index, all) => note !== '' && all.indexOf(note) === index,
  );
  joined.notes = notes.join('\n');
  joined.invitations = [
    ...first.invitations,
    ...second.invitations.filter(
      (other) => !first.invitations.some((one) => one.eventId === other.eventId),
    ),
  ];
  return joined;
}
