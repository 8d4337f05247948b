import type { PostalAddress } from '@wedsync/contracts/guest-import';
import { readDetails } from './read-details.ts';
import { readInvitations } from './read-invitations.ts';
import { readNames } from './read-names.ts';
import { readOwnRow } from './read-own-row.ts';
import type { RowDraft, RowReader } from './row-draft.ts';

function readAddress(reader: RowReader): PostalAddress {
  const join = (field: Parameters<RowReader['cells']>[0], separator = ', ') =>
    [...new Set(reader.cells(field))].join(separator);
  const whole = join('address', '\n').replace(/\s*\n\s*/g, ', ');
  const street = join('address-street');
  return {
    street: [street, whole].filter((part) => part !== '').join(', '),
    city: join('address-city'),
    region: join('address-region'),
    postcode: join('address-postcode', ' '),
    country: join('address-country'),
  };
}

function readPartySize(reader: RowReader): number | null {
  const total = Number.parseInt(reader.cells('party-size')[0] ?? '', 10);
  const adults = Number.parseInt(reader.cells('adults')[0] ?? '', 10);
  if (Number.isFinite(total) && total > 0) return total;
  return Number.isFinite(adults) && adults > 0 ? adults : null;
}

/** One row → its guests with all they carry. No guests = the row names nobody. */
export function readRow(reader: RowReader): RowDraft {
  const household = reader.cells('household').join(' ');
  const draft: RowDraft = {
    row: reader.source.row,
    guests: [],
    household,
    labelled: household !== '',
    householdId: null,
    address: readAddress(reader),
    partySize: null,
    placeholder: false,
  };
  const own = readOwnRow(reader);
  if (own) {
    readInvitations(reader, [own]);
    return { ...draft, guests: [own], householdId: reader.cells('household-id')[0] ?? null };
  }
  const names = readNames(reader);
  if (names.guests.length === 0) return draft;
  const described = names.guests.filter((guest) => guest.companionOf === null);
  const named = described.length > 0 ? described : names.guests;
  readDetails(reader, named, names.remarks);
  readInvitations(reader, names.guests);
  for (const guest of names.guests) {
    if (guest.companionOf === null) continue;
    guest.values.side = guest.companionOf.values.side;
    guest.values.tags = [...guest.companionOf.values.tags];
  }
  return {
    ...draft,
    guests: names.guests,
    household: household || names.household,
    partySize: readPartySize(reader),
    placeholder: names.placeholder,
  };
}
