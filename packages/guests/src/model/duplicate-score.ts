import type { AgeGroup } from '@wedsync/contracts/guest-import';
import { areNameForms, isGivenName } from './given-names.ts';
import { editDistance, trigramSimilarity } from './similarity.ts';
import { isSuffix } from './titles.ts';
import { nameKey, soundKey, spelledOutKey } from './transliterate.ts';

/** What two entries are compared by. */
export interface Candidate {
  firstName: string;
  lastName: string;
  emails: readonly string[];
  phones: readonly string[];
  ageGroup: AgeGroup;
  /** Equal for entries that are told apart by standing side by side in one row; null = none. */
  row: string | null;
}

/** A candidate with everything that comparing needs, computed once. */
export interface Prepared {
  source: Candidate;
  first: string;
  last: string;
  firstSpelled: string;
  lastSpelled: string;
  suffix: string;
}

export interface Likeness {
  score: number;
  reasons: string[];
}

/** Pairs from this score on are shown to a person. */
export const proposalScore = 0.8;
/** Pairs from this score on are one person: same name and a shared address or number. */
export const certainScore = 0.97;

export function prepare(source: Candidate): Prepared {
  const words = source.lastName.split(' ');
  const suffix =
    words.length > 1 && isSuffix(words.at(-1) ?? '') ? nameKey(words.at(-1) ?? '') : '';
  const surname = suffix === '' ? source.lastName : words.slice(0, -1).join(' ');
  return {
    source,
    first: nameKey(source.firstName),
    last: nameKey(surname),
    firstSpelled: spelledOutKey(source.firstName),
    lastSpelled: spelledOutKey(surname),
    suffix,
  };
}

interface PartLikeness {
  score: number;
  reason: string;
}
const part = (score: number, reason = ''): PartLikeness => ({ score, reason });

const firstWord = (text: string) => text.split(' ')[0] ?? '';
const spelledAlike = (a: [string, string], b: [string, string]) =>
  a.some((form) => form !== '' && b.includes(form));

/**
 * One slip of the keyboard in a word of four letters or more, two close together in long words. The
 * first letter is hardly ever mistyped, and tells Bradfield from Radfield.
 */
function isTypo(left: string, right: string): boolean {
  const shorter = Math.min(left.length, right.length);
  if (shorter < 4 || left[0] !== right[0]) return false;
  const distance = editDistance(left, right, 2);
  return (
    distance === 1 || (distance === 2 && shorter >= 8 && trigramSimilarity(left, right) >= 0.5)
  );
}

/** Equal by sound and not far apart in writing: `Sergey` and `Sergei`. */
function soundsAlike(left: string, right: string): boolean {
  return soundKey(left) === soundKey(right) && editDistance(left, right, 3) <= 3;
}

function compareFirst(a: Prepared, b: Prepared): PartLikeness {
  if (a.first === '' || b.first === '') return part(0);
  if (a.first === b.first) return part(1);
  if (spelledAlike([a.first, a.firstSpelled], [b.first, b.firstSpelled]))
    return part(0.98, 'same first name, spelled without accents');
  const left = firstWord(a.first);
  const right = firstWord(b.first);
  const [leftSecond, rightSecond] = [a.first.slice(left.length), b.first.slice(right.length)];
  // `Ines Jo` and `Ines Lynn` are two people; `Ines` may be either.
  const apart = leftSecond !== '' && rightSecond !== '' && leftSecond !== rightSecond;
  if (apart && (left === right || areNameForms(left, right))) return part(0.5);
  if (areNameForms(left, right) && left !== right) {
    return part(0.95, `“${a.source.firstName}” and “${b.source.firstName}” are forms of one name`);
  }
  if (left === right) return part(0.93, 'one entry has a second first name');
  if (left.length === 1 || right.length === 1) {
    return left[0] === right[0] ? part(0.6, 'one first name is only an initial') : part(0);
  }
  // Two everyday names are two people, however alike they look: Anna and Hanna, Mario and Maria.
  if (isGivenName(left) && isGivenName(right)) return part(0.2);
  if (soundsAlike(a.first, b.first)) return part(0.94, 'first names sound alike');
  return isTypo(a.first, b.first) ? part(0.9, 'first names differ by a typing slip') : part(0);
}

function compareLast(a: Prepared, b: Prepared): PartLikeness {
  if (a.last === '' || b.last === '')
    return part(a.last === b.last ? 0.5 : 0.4, 'a last name is missing');
  if (a.last === b.last) return part(1);
  if (spelledAlike([a.last, a.lastSpelled], [b.last, b.lastSpelled]))
    return part(0.98, 'same last name, spelled without accents');
  const compact = (text: string) => text.replaceAll(' ', '');
  if (compact(a.last) === compact(b.last)) return part(0.98, 'same last name, written apart');
  const [shorter = '', longer = ''] = [a.last, b.last].sort((x, y) => x.length - y.length);
  if (longer.split(' ').includes(shorter) && shorter.length > 2)
    return part(0.7, 'one entry has a double last name');
  if (shorter.length >= 4 && soundsAlike(a.last, b.last))
    return part(0.94, 'last names sound alike');
  return isTypo(a.last, b.last) ? part(0.92, 'last names differ by a typing slip') : part(0);
}

const shared = (a: readonly string[], b: readonly string[]) => a.find((value) => b.includes(value));

function compareNames(a: Prepared, b: Prepared): { first: PartLikeness; last: PartLikeness } {
  const first = compareFirst(a, b);
  const last = compareLast(a, b);
  const swapped: Prepared = {
    ...b,
    first: b.last,
    last: b.first,
    firstSpelled: b.lastSpelled,
    lastSpelled: b.firstSpelled,
  };
  if (Math.min(first.score, last.score) >= 0.6 || b.last === '' || a.last === '')
    return { first, last };
  const crossFirst = compareFirst(a, swapped);
  const crossLast = compareLast(a, swapped);
  if (Math.min(crossFirst.score, crossLast.score) < 0.9) return { first, last };
  return {
    first: part(crossFirst.score * 0.97, 'first and last name are swapped'),
    last: part(crossLast.score * 0.97, crossLast.reason),
  };
}

/** Adults and children of one name are two generations. */
const isMinor = (group: AgeGroup) => group === 'child' || group === 'infant';

/**
 * How likely two entries are one person, 0..1, and why. Names must agree by themselves: a shared
 * address or number strengthens a name, and never replaces it, because couples share both.
 */
export function compareCandidates(a: Prepared, b: Prepared): Likeness {
  const none: Likeness = { score: 0, reasons: [] };
  if (a.source.row !== null && a.source.row === b.source.row) return none;
  const { first, last } = compareNames(a, b);
  if (first.score < 0.5) return none;
  const email = shared(a.source.emails, b.source.emails);
  const phone = shared(a.source.phones, b.source.phones);
  const contact = email !== undefined || phone !== undefined;
  const lower = Math.min(first.score, last.score);
  let score = lower * 0.6 + ((first.score + last.score) / 2) * 0.4;
  if (contact && lower >= 0.5) score += (1 - score) * 0.75;
  // Same given name and same address or number under another surname: married since.
  else if (contact && first.score >= 0.95) score = Math.max(score, 0.84);
  else if (lower < 0.5) return none;
  const conflicts = [a.source.emails, a.source.phones].filter((values, index) => {
    const other = index === 0 ? b.source.emails : b.source.phones;
    return values.length > 0 && other.length > 0 && shared(values, other) === undefined;
  }).length;
  if (!contact) score -= conflicts === 2 ? 0.3 : conflicts * 0.1;
  if (a.suffix !== b.suffix) score -= 0.3;
  if (isMinor(a.source.ageGroup) !== isMinor(b.source.ageGroup)) score -= 0.4;
  const reasons = [first.reason, last.reason].filter((reason) => reason !== '');
  if (reasons.length === 0) reasons.push('same name');
  if (email) reasons.push('same e-mail address');
  if (phone) reasons.push('same phone number');
  return { score: Math.round(Math.max(0, Math.min(1, score)) * 1000) / 1000, reasons };
}
