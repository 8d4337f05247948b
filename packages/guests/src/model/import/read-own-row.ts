import { AccessibilityNeed } from '@wedsync/contracts/guest-fields';
import { AgeGroup, DietCode, type ImportGuestValues } from '@wedsync/contracts/guest-import';
import { GuestId } from '@wedsync/contracts/ids';
import { recogniseAgeGroup } from '../ages.ts';
import { mergeDiets } from '../diets.ts';
import { readEmails } from '../emails.ts';
import { readPhones } from '../phones.ts';
import { recogniseSide } from '../side.ts';
import { splitTags } from './read-details.ts';
import { type DraftGuest, newGuest, type RowReader } from './row-draft.ts';

/** Codes of a list such as `vegan; gluten`; words that are no code come back as `rest`. */
function readCodes<T>(
  cell: string,
  read: (word: string) => T | undefined,
): { codes: T[]; rest: string } {
  const codes: T[] = [];
  const rest: string[] = [];
  for (const word of cell
    .split(/[;,]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')) {
    const code = read(word);
    if (code === undefined) rest.push(word);
    else codes.push(code);
  }
  return { codes, rest: rest.join('; ') };
}

function readDiets(reader: RowReader, values: ImportGuestValues): void {
  const read = (cell: string) => readCodes(cell, (word) => DietCode.safeParse(word).data);
  const wishes = read(reader.cells('diet').join('; '));
  const dangers = read(reader.cells('allergy').join('; '));
  values.diets = mergeDiets([
    ...wishes.codes.map((code) => ({ code, severity: 'preference' as const })),
    ...dangers.codes.map((code) => ({ code, severity: 'allergy' as const })),
  ]);
  values.dietNotes = [reader.cells('diet-notes').join('\n'), wishes.rest, dangers.rest]
    .filter((part) => part !== '')
    .join('\n');
}

function readAge(reader: RowReader, values: ImportGuestValues): void {
  const cell = reader.cells('age-group').join(' ');
  const own = /^(\w+)(?: \((\d{1,3})\))?$/.exec(cell);
  const group = AgeGroup.safeParse(own?.[1]).data;
  const age = group
    ? { group, years: own?.[2] === undefined ? null : Number(own[2]) }
    : recogniseAgeGroup(cell);
  values.ageGroup = age?.group ?? 'adult';
  values.ageYears = age?.years ?? null;
}

function readContact(reader: RowReader, values: ImportGuestValues): void {
  const emails = readEmails(reader.cells('email').join('; '));
  const phones = readPhones(reader.cells('phone').join('; '), reader.context.defaultCountry);
  values.emails = emails.emails;
  values.phones = phones.phones;
  for (const piece of [...emails.invalid, ...phones.invalid]) {
    reader.report('warning', 'contact', {
      message: `“${piece.slice(0, 60)}” is neither an e-mail address nor a phone number; it was left out.`,
      remedy: 'Correct it in the file or on the guest.',
    });
  }
}

/**
 * A row of our own export: one guest, every cell taken as it stands instead of being interpreted, so
 * that an export comes back as what it was. Null for rows of any other file.
 */
export function readOwnRow(reader: RowReader): DraftGuest | null {
  const [cell] = reader.cells('guest-id');
  if (cell === undefined) return null;
  const id = GuestId.safeParse(cell);
  if (!id.success) return null;
  const guest = newGuest(reader.source.row);
  const { values } = guest;
  const version = Number(reader.cells('version')[0]);
  guest.guestId = id.data;
  guest.version = Number.isInteger(version) && version > 0 ? version : null;
  guest.companionOfId = reader.cells('plus-one-of')[0] ?? null;
  values.title = reader.cells('title').join(' ');
  values.firstName = reader.cells('first-name').join(' ');
  values.lastName = reader.cells('last-name').join(' ');
  readAge(reader, values);
  readContact(reader, values);
  values.side = recogniseSide(reader.cells('side').join(' '), reader.context.partners);
  values.tags = reader.cells('tags').flatMap(splitTags);
  readDiets(reader, values);
  const needs = readCodes(
    reader.cells('accessibility').join('; '),
    (word) => AccessibilityNeed.safeParse(word).data,
  );
  values.accessibility = needs.codes;
  values.accessibilityNotes = [reader.cells('accessibility-notes').join('\n'), needs.rest]
    .filter((part) => part !== '')
    .join('\n');
  values.notes = reader.cells('notes').join('\n');
  return guest;
}
