import { recogniseNeeds } from '../accessibility.ts';
import { recogniseAgeGroup } from '../ages.ts';
import { type DietSource, mergeDiets, recogniseDiets, saysNoDiet } from '../diets.ts';
import { readEmails } from '../emails.ts';
import { foldAccents } from '../fold.ts';
import { readPhones } from '../phones.ts';
import { recogniseSide } from '../side.ts';
import { parseYesNo } from './cell-words.ts';
import { type DraftGuest, displayName, type RowReader } from './row-draft.ts';

const joinNotes = (...parts: string[]) => parts.filter((part) => part !== '').join('\n');

function addNote(guest: DraftGuest, text: string): void {
  if (text !== '' && !guest.values.notes.split('\n').includes(text)) {
    guest.values.notes = joinNotes(guest.values.notes, text);
  }
}

/** The guest of the row whose given name the text contains; null when it names none of them. */
function whoIsMeant(text: string, guests: readonly DraftGuest[]): DraftGuest | null {
  const folded = ` ${foldAccents(text).replace(/[^\p{L}\p{N}]+/gu, ' ')} `;
  const named = guests.filter((guest) => {
    const given = foldAccents(guest.values.firstName).split(' ')[0] ?? '';
    return given.length > 1 && folded.includes(` ${given} `);
  });
  return named.length === 1 ? (named[0] ?? null) : null;
}

/** Whose address it is by its local part: `jane.smith@…` beside John and Jane. */
function ownerOfEmail(email: string, guests: readonly DraftGuest[]): DraftGuest | undefined {
  const local = foldAccents(email.slice(0, email.indexOf('@')));
  const owners = guests.filter((guest) => {
    const given = foldAccents(guest.values.firstName).split(/[ -]/)[0] ?? '';
    return given.length > 2 && local.includes(given);
  });
  return owners.length === 1 ? owners[0] : undefined;
}

function readEmailCells(reader: RowReader, guests: readonly DraftGuest[], person: string): void {
  const [first] = guests;
  if (!first) return;
  for (const { cell, header } of reader.columns('email', person)) {
    if (/^(no|none|n\/?a|-|–|\?|tbc|tba|keine?|nein)$/i.test(cell)) continue;
    const read = readEmails(cell);
    for (const email of read.emails) {
      const owner = read.emails.length > 1 ? (ownerOfEmail(email, guests) ?? first) : first;
      if (!owner.values.emails.includes(email)) owner.values.emails.push(email);
    }
    for (const piece of read.invalid) {
      addNote(first, `${header}: ${piece}`);
      reader.report('warning', 'email', {
        column: header,
        message: `“${piece.slice(0, 80)}” is not an e-mail address; it was kept in the notes.`,
        remedy:
          'Correct the address in the file or on the guest; invitations cannot be sent to it.',
      });
    }
    for (const { email, suggestion } of read.suspicious) {
      reader.report('warning', 'email_typo', {
        column: header,
        message: `“${email}” looks mistyped; did you mean “${suggestion}”? It was kept as it is.`,
        remedy: 'Correct it in the file or on the guest.',
      });
    }
  }
}

function readPhoneCells(reader: RowReader, first: DraftGuest, person: string): void {
  for (const { cell, header } of reader.columns('phone', person)) {
    if (/^(no|none|n\/?a|-|–|\?|tbc|tba|keine?|nein)$/i.test(cell)) continue;
    const read = readPhones(cell, reader.context.defaultCountry);
    for (const phone of read.phones) {
      if (!first.values.phones.includes(phone)) first.values.phones.push(phone);
    }
    for (const piece of read.invalid) {
      addNote(first, `${header}: ${piece}`);
      reader.report('warning', 'phone', {
        column: header,
        message: `“${piece.slice(0, 60)}” is not a phone number; it was kept in the notes.`,
        remedy: 'Write the number with its country code, for example +351 912 345 678.',
      });
    }
    for (const phone of read.doubtful) {
      reader.report('warning', 'phone_doubtful', {
        column: header,
        message: `“${cell.slice(0, 60)}” was read as ${phone}, a number that no operator seems to have given out.`,
        remedy: 'Check the number, and write it with its country code.',
      });
    }
  }
}

const forAll =
  /\b(both|all|everyone|whole family|beide|alle|tous|toutes|les deux|ambos|todos|tutti|entrambi|allen|allebei)\b/i;

function addDiets(guest: DraftGuest, text: string, source: DietSource): boolean {
  const read = recogniseDiets(text, source);
  guest.values.diets = mergeDiets([...guest.values.diets, ...read.diets]);
  if (read.note !== '' && !guest.values.dietNotes.includes(read.note)) {
    guest.values.dietNotes = [guest.values.dietNotes, read.note].filter(Boolean).join('; ');
  }
  return read.diets.length > 0;
}

/** Diets of a row go to whom they name, to all where they say so, else to the first guest. */
function readDietCells(reader: RowReader, guests: readonly DraftGuest[], person: string): void {
  const [first] = guests;
  if (!first) return;
  for (const source of ['diet', 'allergy'] as const) {
    for (const { cell, header } of reader.columns(source, person)) {
      if (saysNoDiet(cell) || parseYesNo(cell) === false) continue;
      const clauses = cell.split(/[;\n]+/).flatMap((clause) => splitByGuest(clause, guests));
      for (const clause of clauses) {
        const meant = whoIsMeant(clause, guests);
        const all = forAll.test(clause);
        for (const guest of all ? guests : [meant ?? first]) addDiets(guest, clause, source);
        if (guests.length > 1 && !meant && !all) {
          reader.report('warning', 'diet_owner', {
            column: header,
            message: `“${clause.trim().slice(0, 80)}” does not say who of ${guests.length} guests is meant; it was noted for ${displayName(first.values) || 'the first one'}.`,
            remedy: 'Move it to the right guest after the import, or write the name in the cell.',
          });
        }
      }
    }
  }
  first.values.dietNotes = joinNotes(first.values.dietNotes, ...reader.cells('diet-notes', person));
}

/** `Jane vegan, John no nuts` speaks of two guests; other commas join one guest's items. */
function splitByGuest(clause: string, guests: readonly DraftGuest[]): string[] {
  const parts = clause.split(',');
  return parts.length > 1 && parts.every((part) => whoIsMeant(part, guests)) ? parts : [clause];
}

function readNotes(reader: RowReader, guests: readonly DraftGuest[]): void {
  const [first] = guests;
  if (!first) return;
  for (const { cell, header } of reader.columns('notes')) {
    addNote(first, cell);
    first.values.accessibility = [
      ...new Set([...first.values.accessibility, ...recogniseNeeds(cell).needs]),
    ];
    for (const clause of cell.split(/[;.\n]+/)) {
      const guest = whoIsMeant(clause, guests) ?? first;
      if (!addDiets(guest, clause, 'notes')) continue;
      reader.report('info', 'diet_in_notes', {
        column: header,
        message: `“${clause.trim().slice(0, 80)}” in the notes was read as a diet of ${displayName(guest.values) || 'the guest'}.`,
        remedy: 'Take it off the guest if it is meant otherwise.',
      });
    }
  }
  for (const { cell, header } of reader.columns('extra')) addNote(first, `${header}: ${cell}`);
}

function readAge(reader: RowReader, guest: DraftGuest, person: string): void {
  for (const { cell, header } of reader.columns('age-group', person)) {
    const age = recogniseAgeGroup(cell);
    const yes = parseYesNo(cell);
    if (age) {
      guest.values.ageGroup = age.group;
      guest.values.ageYears = age.years ?? guest.values.ageYears;
    } else if (yes !== null) {
      // A column headed `Child`: yes means a child.
      if (yes && guest.values.ageGroup === 'adult') guest.values.ageGroup = 'child';
    } else {
      addNote(guest, `${header}: ${cell}`);
      reader.report('warning', 'age', {
        column: header,
        message: `“${cell.slice(0, 40)}” is not an age or age group; the guest counts as an adult and the text was kept in the notes.`,
        remedy: 'Write adult, teen, child or infant, or the age in years.',
      });
    }
  }
}

/** `Friends; work` → tags. A semicolon, where there is one, is the only separator. */
export function splitTags(cell: string): string[] {
  const separator = cell.includes(';') ? /;/ : /[,|\n]/;
  return [...new Set(cell.split(separator).map((tag) => tag.trim()))].filter((tag) => tag !== '');
}

function readGroups(reader: RowReader, guests: readonly DraftGuest[]): void {
  for (const { cell, header } of reader.columns('side')) {
    const side = recogniseSide(cell, reader.context.partners);
    for (const guest of guests) {
      if (side) guest.values.side = side;
      else if (!guest.values.tags.includes(cell)) guest.values.tags.push(cell);
    }
    if (!side) {
      reader.report('info', 'side', {
        column: header,
        message: `“${cell.slice(0, 60)}” names neither partner; it was kept as a tag.`,
        remedy: 'Set the side on the guest if it matters.',
      });
    }
  }
  for (const { cell } of reader.columns('tags')) {
    for (const tag of splitTags(cell)) {
      for (const guest of guests) if (!guest.values.tags.includes(tag)) guest.values.tags.push(tag);
    }
  }
}

function readNeeds(reader: RowReader, guest: DraftGuest, person: string): void {
  for (const cell of reader.cells('accessibility', person)) {
    const read = recogniseNeeds(cell);
    guest.values.accessibility = [...new Set([...guest.values.accessibility, ...read.needs])];
    guest.values.accessibilityNotes = joinNotes(guest.values.accessibilityNotes, read.notes);
  }
  guest.values.accessibilityNotes = joinNotes(
    guest.values.accessibilityNotes,
    ...reader.cells('accessibility-notes', person),
  );
}

function readPersonal(reader: RowReader, guests: readonly DraftGuest[], person: string): void {
  const [first] = guests;
  if (!first) return;
  readEmailCells(reader, guests, person);
  readPhoneCells(reader, first, person);
  readDietCells(reader, guests, person);
  readNeeds(reader, first, person);
  readAge(reader, first, person);
}

/** Which guest of the row the columns of `person` describe, by the order in which they were read. */
function guestOfPerson(
  reader: RowReader,
  guests: readonly DraftGuest[],
  person: string,
): DraftGuest | undefined {
  const name = [...reader.cells('first-name', person), ...reader.cells('full-name', person)].join(
    ' ',
  );
  return (
    whoIsMeant(name, guests) ?? guests.find((guest) => guest.companionOf !== null) ?? guests[1]
  );
}

/**
 * Everything of a row besides names and events: contact, diets, needs, age, side, tags, notes.
 * What cannot be read is kept in the notes and reported; nothing is dropped.
 */
export function readDetails(
  reader: RowReader,
  guests: readonly DraftGuest[],
  remarks: readonly { guest: DraftGuest; text: string }[],
): void {
  for (const { guest, text } of remarks) {
    if (!addDiets(guest, text, 'notes')) addNote(guest, text);
  }
  readPersonal(reader, guests, '');
  for (const person of reader.persons) {
    const guest = guestOfPerson(reader, guests, person);
    if (guest) readPersonal(reader, [guest], person);
  }
  readGroups(reader, guests);
  readNotes(reader, guests);
}
