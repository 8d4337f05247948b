import type { ImportField } from '@wedsync/contracts/guest-import';
import { foldHeader } from '../fold.ts';
import { headerWords, personWords } from './header-words.ts';

/** `name` still has to be told apart by the columns beside it. */
export type HeadingField = ImportField | 'name';

export interface HeadingGuess {
  field: HeadingField;
  person: string;
  confidence: number;
  reason: string;
}

const exact = new Map<string, HeadingField>();
for (const [field, phrases] of Object.entries(headerWords)) {
  for (const phrase of phrases.split('|')) {
    const word = phrase.trim();
    if (!exact.has(word)) exact.set(word, field as HeadingField);
  }
}
/** Long phrases first: `plus one name` must not be found as `name`. */
const contained = [...exact.keys()]
  .filter((phrase) => phrase.length >= 4)
  .sort((a, b) => b.length - a.length)
  .map((phrase) => ({ phrase, pattern: new RegExp(`(^| )${phrase}( |$)`) }));

const personal: ReadonlySet<HeadingField> = new Set<HeadingField>([
  'name',
  'full-name',
  'first-name',
  'last-name',
  'title',
  'email',
  'phone',
  'diet',
  'allergy',
  'accessibility',
  'age-group',
]);

/** Headings with a number or an address-book suffix: `E-mail 2`, `Phone 1 - Value`. */
function bareHeading(folded: string): string {
  return folded
    .replace(/ (value|wert|valeur)$/, '')
    .replace(/(^| )(1st|2nd|3rd|\d{1,2})(?= |$)/g, ' ')
    .replace(/ +/g, ' ')
    .trim();
}

function recognisePerson(folded: string): HeadingGuess | null {
  for (const { pattern, person } of personWords) {
    const match = pattern.exec(folded);
    if (!match) continue;
    const rest = folded
      .replace(match[0], ' ')
      .replace(/ (s|of|the|de|du|des|del|da|van|der)(?= |$)/g, ' ');
    const number = Number(/\b(\d{1,2})\b/.exec(rest)?.[1] ?? '0');
    const bare = bareHeading(rest.replace(/ +/g, ' ').trim());
    if (bare === '' && (person === 'plus-one' || (person === 'guest' && number === 0))) return null;
    const field = bare === '' ? 'full-name' : exact.get(bare);
    if (!field || !personal.has(field)) continue;
    return {
      field: field === 'name' ? 'full-name' : field,
      person: personLabel(person, number),
      confidence: 0.9,
      reason: 'The heading speaks of one particular person of the row.',
    };
  }
  return null;
}

function personLabel(person: string, number: number): string {
  if (person === 'guest') return number <= 1 ? '' : `guest ${number}`;
  if (person === 'partner') return number <= 1 ? 'partner' : `guest ${number}`;
  return `${person} ${Math.max(1, number)}`;
}

/** What a heading alone says; null when it says nothing known. */
export function recogniseHeading(heading: string): HeadingGuess | null {
  const plusOne = /^\s*\+\s*1s?\s*\??$/.test(heading);
  const folded = plusOne ? 'plus one' : foldHeader(heading);
  if (folded === '') return null;
  if (/ (label|type)$/.test(folded) && /\d/.test(folded)) {
    return {
      field: 'ignore',
      person: '',
      confidence: 0.9,
      reason: 'It only names the kind of the next column.',
    };
  }
  const direct = exact.get(folded);
  if (direct) {
    return {
      field: direct,
      person: '',
      confidence: 0.97,
      reason: `“${heading.trim()}” is a usual heading for this.`,
    };
  }
  const person = recognisePerson(folded);
  if (person) return person;
  const bare = bareHeading(folded);
  const numbered = exact.get(bare);
  if (numbered && bare !== '') {
    return {
      field: numbered,
      person: '',
      confidence: 0.93,
      reason: `“${bare}” is a usual heading for this.`,
    };
  }
  for (const { phrase, pattern } of contained) {
    if (!pattern.test(folded)) continue;
    const field = exact.get(phrase);
    if (
      !field ||
      field === 'ignore' ||
      field === 'guest-id' ||
      field === 'household-id' ||
      field === 'version'
    )
      continue;
    return { field, person: '', confidence: 0.7, reason: `The heading contains “${phrase}”.` };
  }
  return null;
}
