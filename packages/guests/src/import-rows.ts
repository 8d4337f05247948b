import { TagId } from '@wedsync/contracts/guest-fields';
import type {
  ImportGuestValues,
  ImportHouseholdValues,
  PlannedGuest,
} from '@wedsync/contracts/guest-import';
import { GuestId, HouseholdId, newId } from '@wedsync/contracts/ids';
import type { Existing, ExistingGuest, ImportPlan } from './model/import/types.ts';

/** A guest as an import writes it. */
export interface GuestToWrite {
  id: GuestId;
  action: 'create' | 'update';
  householdId: HouseholdId;
  plusOneOf: GuestId | null;
  /** Unchanged contacts keep their ciphers: an undo tells by them whether somebody was here. */
  contactsChanged: boolean;
  values: ImportGuestValues;
  imported: ImportGuestValues;
  keys: readonly string[];
}

/** A household as an import writes it, in the columns of its table. */
export interface HouseholdToWrite {
  id: HouseholdId;
  action: 'create' | 'update';
  name: string;
  street: string;
  city: string;
  region: string;
  postal_code: string;
  country: string;
  key: string;
  imported: ImportHouseholdValues;
  addressChanged: boolean;
}

/** Keys by which a guest is recognised from now on, where nothing else of it changes. */
export interface KeysToWrite {
  id: GuestId;
  keys: readonly string[];
  imported: ImportGuestValues;
}

/** Everything an import writes; empty lists when the file says nothing new. */
export interface ImportRows {
  households: HouseholdToWrite[];
  guests: GuestToWrite[];
  keys: KeysToWrite[];
  /** Tag names of the written guests, with the ids that new ones get. */
  tags: { id: TagId; name: string }[];
}

/** Which guest each key of the file stands for: one that exists, or a new id. */
function identify(plan: ImportPlan): Map<string, GuestId> {
  const ids = new Map<string, GuestId>();
  for (const guest of plan.guests) {
    if (guest.action === 'skip') continue;
    const id = guest.guestId ?? newId(GuestId);
    for (const key of [guest.key, ...guest.keys]) ids.set(key, id);
  }
  return ids;
}

/**
 * A merge by decision must be remembered, or the next import would ask and create again. A row with
 * our own id is recognised by that, and a guest entered by hand by what it was recognised by now.
 */
function keysToWrite(
  guest: PlannedGuest,
  sources: ReadonlyMap<GuestId, ExistingGuest['imported']>,
): KeysToWrite[] {
  if (guest.action !== 'unchanged' || !guest.guestId || guest.matchedBy === 'id') return [];
  const known = sources.get(guest.guestId);
  const needed = known
    ? guest.keys.some((key) => !known.keys.includes(key))
    : guest.matchedBy === 'decision' || guest.keys.length > 1;
  if (!needed) return [];
  return [{ id: guest.guestId, keys: guest.keys, imported: known?.values ?? guest.imported }];
}

const sameTexts = (left: readonly string[] | undefined, right: readonly string[]) =>
  JSON.stringify(left) === JSON.stringify(right);

function householdRows(
  plan: ImportPlan,
  existing: Existing,
  homes: ReadonlyMap<string, HouseholdId>,
): HouseholdToWrite[] {
  const known = new Map(existing.households.map((one) => [one.householdId, one.values.address]));
  // A household into which nobody new moves would stand empty.
  const needed = new Set(
    plan.guests.filter((guest) => guest.action === 'create').map((guest) => guest.householdKey),
  );
  return plan.households.flatMap((household): HouseholdToWrite[] => {
    const id = homes.get(household.key);
    if (!id || household.action === 'unchanged') return [];
    if (household.action === 'create' && !needed.has(household.key)) return [];
    const { name, address } = household.values;
    const { postcode: postal_code, ...rest } = address;
    const { key, action, imported } = household;
    const was = known.get(id);
    const addressChanged = was?.street !== rest.street || was.postcode !== postal_code;
    return [{ id, action, name, ...rest, postal_code, key, imported, addressChanged }];
  });
}

/**
 * Turns a plan into rows with ids. A companion lives where the host lives, whatever household the
 * file gives: hosts that existed before do not move.
 */
export function toImportRows(plan: ImportPlan, existing: Existing): ImportRows {
  const ids = identify(plan);
  const homes = new Map(
    plan.households.map((household) => [
      household.key,
      household.householdId ?? newId(HouseholdId),
    ]),
  );
  const sources = new Map(existing.guests.map((guest) => [guest.guestId, guest.imported]));
  const known = new Map(existing.guests.map((guest) => [guest.guestId, guest.values]));
  const homeOfGuest = new Map(existing.guests.map((guest) => [guest.guestId, guest.householdId]));
  for (const { key, action, householdKey } of plan.guests) {
    const [id, home] = [ids.get(key), homes.get(householdKey)];
    if (action === 'create' && id && home) homeOfGuest.set(id, home);
  }
  const guests = plan.guests.flatMap((guest): GuestToWrite[] => {
    const id = ids.get(guest.key);
    const home = id && homeOfGuest.get(id);
    if (!id || !home || (guest.action !== 'create' && guest.action !== 'update')) return [];
    const host = guest.plusOneOfKey ? (ids.get(guest.plusOneOfKey) ?? null) : null;
    const plusOneOf = host === id ? null : host;
    const householdId = (plusOneOf && homeOfGuest.get(plusOneOf)) ?? home;
    const { action, values, imported, keys } = guest;
    const was = known.get(id);
    const contactsChanged =
      !sameTexts(was?.emails, values.emails) || !sameTexts(was?.phones, values.phones);
    return [{ id, action, householdId, plusOneOf, values, imported, keys, contactsChanged }];
  });
  const names = new Map(
    guests.flatMap(({ values }) => values.tags.map((name) => [name.toLowerCase(), name])),
  );
  return {
    households: householdRows(plan, existing, homes),
    guests,
    keys: plan.guests.flatMap((guest) => keysToWrite(guest, sources)),
    tags: [...names.values()].map((name) => ({ id: newId(TagId), name })),
  };
}

export const isEmpty = ({ households, guests, keys }: ImportRows): boolean =>
  households.length + guests.length + keys.length === 0;
