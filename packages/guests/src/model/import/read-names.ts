import type { ImportGuestValues } from '@wedsync/contracts/guest-import';
import { isGivenName } from '../given-names.ts';
import { findMixedScript } from '../homoglyphs.ts';
import { type NameCell, type NamedPerson, parseChildren, parseNameCell } from '../name-cell.ts';
import { isPlaceholderName } from '../name-companions.ts';
import { tidySurnameCase } from '../person-names.ts';
import { titleOf } from '../titles.ts';
import { parseYesNo } from './cell-words.ts';
import { importLimits } from './limits.ts';
import { type DraftGuest, displayName, isUnnamed, newGuest, type RowReader } from './row-draft.ts';

/** The people of a row and how many more come without a name. */
export interface RowNames {
  guests: DraftGuest[];
  household: string;
  placeholder: boolean;
  /** Remarks of the name cells that are neither names nor ages, with the guest they stand by. */
  remarks: { guest: DraftGuest; text: string }[];
}

const single = (person: Partial<NamedPerson>): NameCell => ({
  people: [{ title: '', firstName: '', lastName: '', age: null, remarks: [], ...person }],
  household: '',
  plusOnes: 0,
  children: 0,
  placeholder: false,
});

/** First and last name columns; either may hold several people (`John & Jane` | `Smith`). */
function fromTwoColumns(first: string, last: string): NameCell {
  if (first === '') {
    const family = parseNameCell(last);
    const words = last.split(/\s+/);
    const whole =
      family.household !== '' ||
      family.people.length > 1 ||
      family.placeholder ||
      isGivenName(words[0] ?? '');
    if (whole && words.length > 1) return family;
    return {
      ...family,
      people: [
        {
          title: '',
          firstName: '',
          lastName: tidySurnameCase(stripCount(last)),
          age: null,
          remarks: [],
        },
      ],
    };
  }
  const given = parseNameCell(first);
  if (last === '') return given;
  const surnameCell = parseNameCell(`X ${last}`);
  const surnames = last.split(/\s*[&/+]\s*|\s+(?:and|und|et)\s+/i).map((part) => part.trim());
  if (given.placeholder)
    return { ...single({ firstName: '', lastName: tidySurnameCase(last) }), placeholder: false };
  const people = given.people.map((person, index) => {
    // In a first-name column the second word is a second given name, not a surname.
    const ownNames =
      given.people.length === 1
        ? [person.firstName, person.lastName].filter(Boolean).join(' ')
        : person.firstName;
    const own =
      given.people.length > 1 && surnames.length === given.people.length
        ? surnames[index]
        : undefined;
    const kept =
      given.people.length > 1 &&
      person.lastName !== '' &&
      index === 0 &&
      given.people.at(-1)?.lastName !== person.lastName
        ? person.lastName
        : undefined;
    return {
      ...person,
      firstName: ownNames,
      lastName: kept ?? tidySurnameCase(own ?? stripCount(last)),
    };
  });
  return {
    ...given,
    people,
    plusOnes: Math.max(given.plusOnes, surnameCell.plusOnes),
    children: Math.max(given.children, surnameCell.children),
  };
}

const stripCount = (text: string) =>
  text.replace(/\s*\(?\+\s*\d{0,2}\)?$|\s*(?:&|\+|and)\s*(?:guest|partner)$/i, '').trim();

function parseSlot(reader: RowReader, person: string): NameCell | null {
  const first = reader.cells('first-name', person).join(' ');
  const last = reader.cells('last-name', person).join(' ');
  const full = reader.cells('full-name', person);
  if (first !== '' || last !== '') return fromTwoColumns(first, last);
  if (full.length === 0) return null;
  const cells = full.map((cell) => parseNameCell(cell));
  return {
    people: cells.flatMap((cell) => cell.people),
    household: cells.find((cell) => cell.household !== '')?.household ?? '',
    plusOnes: cells.reduce((sum, cell) => sum + cell.plusOnes, 0),
    children: cells.reduce((sum, cell) => sum + cell.children, 0),
    placeholder: cells.every((cell) => cell.placeholder),
  };
}

/** What is checked about every name: mixed alphabets, formula-like text. */
function checkName(reader: RowReader, values: ImportGuestValues): void {
  const name = displayName(values);
  const mixed = findMixedScript(name);
  if (mixed) {
    reader.report('warning', 'mixed_script', {
      message: `“${mixed.word}” mixes letters of different alphabets; it looks like “${mixed.latin}” but cannot be found by typing that.`,
      remedy: `If it should read “${mixed.latin}”, retype the name in the file or after the import.`,
    });
  }
  if (/^[=@]|^[+-].*\(/.test(name)) {
    reader.report('warning', 'formula_text', {
      message: `“${name.slice(0, 60)}” looks like a formula; it was kept as plain text and is never run.`,
      remedy: 'Correct the name if it is a slip.',
    });
  }
}

function addPeople(
  target: RowNames,
  people: readonly NamedPerson[],
  options: { reader: RowReader; host?: DraftGuest | undefined },
): DraftGuest[] {
  const { reader, host } = options;
  return people.map((person) => {
    const guest = newGuest(reader.source.row, host ?? null);
    Object.assign(guest.values, {
      title: person.title,
      firstName: person.firstName,
      lastName: person.lastName,
      ageGroup: person.age?.group ?? 'adult',
      ageYears: person.age?.years ?? null,
    });
    checkName(reader, guest.values);
    target.guests.push(guest);
    for (const text of person.remarks) target.remarks.push({ guest, text });
    return guest;
  });
}

/** A `plus one` cell: yes, a number, or the companion's name. */
function readPlusOnes(reader: RowReader): { count: number; names: string[] } {
  let count = 0;
  const names: string[] = [];
  for (const { cell, header } of reader.columns('plus-one')) {
    const yes = parseYesNo(cell);
    const number = /^\+?\s*(\d{1,3})$/.exec(cell)?.[1];
    if (number !== undefined) count += Number(number);
    else if (yes !== null) count += yes ? 1 : 0;
    else if (isPlaceholderName(cell) || /^(guest|partner|optional|maybe|\?)$/i.test(cell))
      count += 1;
    else if (/\p{L}{2}/u.test(cell)) names.push(cell);
    else {
      reader.report('warning', 'plus_one', {
        column: header,
        message: `“${cell.slice(0, 40)}” in column “${header}” says neither yes nor no, nor a number or name; no companion was added.`,
        remedy: 'Add the companion after the import, or write yes, no, a number or a name.',
      });
    }
  }
  return { count, names };
}

function readSlots(reader: RowReader, names: RowNames): { plusOnes: number } {
  let plusOnes = 0;
  const [main] = names.guests;
  for (const person of reader.persons) {
    const cell = parseSlot(reader, person);
    if (!cell) continue;
    const text = [...reader.cells('full-name', person), ...reader.cells('first-name', person)].join(
      ' ',
    );
    const yes = parseYesNo(text);
    if (yes === false) continue;
    const companion = person.startsWith('plus-one');
    if (cell.placeholder || yes === true) {
      plusOnes += 1;
      continue;
    }
    const added = addPeople(names, cell.people, { reader, host: companion ? main : undefined });
    for (const guest of added) {
      if (guest.values.lastName === '' && !companion)
        guest.values.lastName = main?.values.lastName ?? '';
      if (person.startsWith('child') && guest.values.ageGroup === 'adult')
        guest.values.ageGroup = 'child';
    }
    plusOnes += cell.plusOnes;
  }
  return { plusOnes };
}

function readChildren(reader: RowReader, names: RowNames): number {
  let unnamed = 0;
  const surname = names.guests[0]?.values.lastName ?? '';
  for (const { cell } of reader.columns('children')) {
    const number = /^(\d{1,2})(?:\s*\p{L}+)?$/u.exec(cell)?.[1];
    const yes = parseYesNo(cell);
    if (number !== undefined) unnamed += Number(number);
    else if (yes !== null) unnamed += yes ? 1 : 0;
    else addPeople(names, parseChildren(cell, surname), { reader });
  }
  return unnamed;
}

function addUnnamed(
  names: RowNames,
  reader: RowReader,
  count: { plusOnes: number; children: number },
): void {
  const host = names.guests[0];
  const asked = count.plusOnes + count.children;
  if (asked > importLimits.plusOnesPerRowMax) {
    reader.report('warning', 'plus_ones', {
      message: `Row ${reader.source.row} asks for ${asked} unnamed guests; ${importLimits.plusOnesPerRowMax} were added.`,
      remedy: 'Correct the number in the file, or add the others after the import.',
    });
  }
  for (let index = 0; index < Math.min(asked, importLimits.plusOnesPerRowMax); index++) {
    const guest = newGuest(reader.source.row, host ?? null);
    if (index >= count.plusOnes) guest.values.ageGroup = 'child';
    names.guests.push(guest);
  }
}

/** Titles of a title column go to the people in order: `Mr & Mrs` | `John & Jane Smith`. */
function applyTitles(reader: RowReader, names: RowNames): void {
  const cell = reader.cells('title').join(' ');
  const [first, second] = names.guests;
  if (cell === '' || !first) return;
  const titles = cell.split(/\s*[&+/]\s*|\s+(?:and|und|et|y|e|en)\s+/).map((part) =>
    part
      .split(/\s+/)
      .map((word) => titleOf(word) ?? word)
      .join(' '),
  );
  if (titles.length === 2 && !second && !names.placeholder) {
    // `Mr & Mrs` | `John` | `Smith`: a second person whose given name is not known.
    const spouse = newGuest(reader.source.row);
    spouse.values.lastName = first.values.lastName;
    names.guests.push(spouse);
  }
  titles.forEach((title, index) => {
    const guest = names.guests[index];
    if (guest && guest.values.title === '') guest.values.title = title;
  });
}

/** Reads every person of a row, named or not, in the order in which the columns stand. */
export function readNames(reader: RowReader): RowNames {
  const names: RowNames = { guests: [], household: '', placeholder: false, remarks: [] };
  const label = reader.cells('household').join(' ');
  let main = parseSlot(reader, '');
  if (!main && label !== '') {
    main = parseNameCell(label);
    if (main.people.length === 0) main = null;
  }
  const counts = { plusOnes: main?.plusOnes ?? 0, children: main?.children ?? 0 };
  if (main) {
    addPeople(names, main.people, { reader });
    names.household = main.household;
    names.placeholder = main.placeholder;
  }
  applyTitles(reader, names);
  const slots = readSlots(reader, names);
  const children = readChildren(reader, names);
  const companions = readPlusOnes(reader);
  for (const cell of companions.names) {
    addPeople(names, parseNameCell(cell).people, { reader, host: names.guests[0] });
  }
  if (names.guests.length === 0) return names;
  const named = names.guests.filter(
    (guest) => guest.companionOf !== null && !isUnnamed(guest.values),
  ).length;
  const wanted = Math.max(counts.plusOnes, companions.count) + slots.plusOnes;
  addUnnamed(names, reader, {
    // `+1` in the name cell and the companion's name in its own column are the same person.
    plusOnes: Math.max(0, wanted - (named > 0 && wanted > 0 ? named : 0)),
    children: Math.max(counts.children, children),
  });
  return names;
}
