import { type Age, recogniseAgeGroup } from './ages.ts';
import { parseFamily } from './family-names.ts';
import { isGivenName } from './given-names.ts';
import { isPlaceholderName, namedCompanion, takeCompanions } from './name-companions.ts';
import { type PersonName, parsePersonName, parseSurnameFirst } from './person-names.ts';
import { isSuffix, titleOf } from './titles.ts';

/** One person read from a name cell. Both names empty = someone whose name is not known. */
export interface NamedPerson extends PersonName {
  age: Age | null;
  /** What stood in brackets and is no age: a nickname, a diet, a relation. */
  remarks: string[];
}

export interface NameCell {
  people: NamedPerson[];
  /** Household label, when the cell names a family rather than people. */
  household: string;
  /** Unnamed companions: `+2`, `and guest`. */
  plusOnes: number;
  /** Unnamed children: `& 2 kids`. */
  children: number;
  /** True when the cell says nothing but “someone”: `Guest`, `TBC`, `+1`. */
  placeholder: boolean;
}

const titleJoiner = /^(&|\+|\/|and|und|et|y|e|en)$/i;

/** Tokens of leading titles, at least one; the rest follows. */
function leadingTitles(tokens: readonly string[]): { title: string; rest: string[] } | null {
  const titles = tokens.map(titleOf);
  let count = 0;
  while (count < tokens.length && titles[count] !== null) count++;
  return count === 0
    ? null
    : { title: titles.slice(0, count).join(' '), rest: tokens.slice(count) };
}

/** `Mr & Mrs John Smith` → John Smith and a Mrs Smith whose given name is not known. */
function parseJointTitles(text: string): PersonName[] | null {
  const left = leadingTitles(text.replace(/\s*([&+/])\s*/g, ' $1 ').split(/\s+/));
  if (!left || !titleJoiner.test(left.rest[0] ?? '')) return null;
  const right = leadingTitles(left.rest.slice(1));
  if (!right || right.rest.length === 0) return null;
  const names = right.rest.join(' ');
  const people = splitPeople(names);
  const [first, second] = people;
  if (first && second) {
    return [{ ...first, title: left.title }, { ...second, title: right.title }, ...people.slice(2)];
  }
  const named = parsePersonName(`${left.title} ${names}`);
  return [
    { ...named, title: left.title },
    { title: right.title, firstName: '', lastName: named.lastName },
  ];
}

const softJoiner = /\s+(?:y|e|i|en)\s+/iu;
const hardJoiner = /\s*(?:&|\+|;|\n|\s\/\s|\/)\s*|\s+(?:and|und|et|plus|with|mit|avec)\s+/iu;

/** `y`, `e`, `en` join people, or the two halves of an Iberian surname (`Ortega y Gasset`). */
function splitSoft(piece: string): string[] {
  const parts = piece.split(softJoiner);
  if (parts.length === 1) return parts;
  const joinsPeople = parts.every((part, index) => {
    const first = part.split(' ')[0] ?? '';
    return index === 0 || isGivenName(first) || titleOf(first) !== null;
  });
  return joinsPeople ? parts : [piece];
}

const surnameWords = (text: string) =>
  text
    .trim()
    .split(/\s+/)
    .filter((word) => titleOf(word) === null);

/** Whether the comma parts are people (`John Smith, Jane Doe`) rather than `Surname, Given`. */
function isList(parts: readonly string[]): boolean {
  const [left = '', right = ''] = parts;
  const leftWords = surnameWords(left);
  const rightWords = surnameWords(right);
  const leftGiven = isGivenName(leftWords[0] ?? '');
  if (parts.length === 2) {
    if (rightWords.every(isSuffix)) return false;
    if (leftWords.length < 2)
      return (
        leftGiven &&
        rightWords.length > 1 &&
        isGivenName(rightWords[0] ?? '') &&
        !isGivenName(rightWords.at(-1) ?? '')
      );
    return leftGiven && (rightWords.length >= 2 || isGivenName(rightWords[0] ?? ''));
  }
  return leftWords.length >= 2 ? leftGiven || !isGivenName(rightWords[0] ?? '') : leftGiven;
}

/** One piece between joiners → people; `surname` is known from before (`Smith, John & Jane`). */
function parsePiece(piece: string, surname: string): PersonName[] {
  const parts = piece
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const [left = '', ...rest] = parts;
  if (
    parts.length >= 2 &&
    rest.every((part) => part.split(/\s+/).every((word) => isSuffix(word)))
  ) {
    return [parsePersonName(parts.join(' '))];
  }
  if (parts.length >= 2 && rest.every((part) => titleOf(part) !== null)) {
    return [parsePersonName([...rest, left].join(' '))];
  }
  if (parts.length >= 2 && !isList(parts)) {
    const onlyOne =
      rest.length === 1 || rest.slice(1).every((part) => isSuffix(part) || titleOf(part) !== null);
    if (onlyOne) return [parseSurnameFirst(left, rest.join(' '))];
    return rest.map((given) => parseSurnameFirst(left, given));
  }
  return parts.map((part) => {
    const single = part.split(/\s+/).length === 1;
    return surname !== '' && single
      ? { ...parsePersonName(part), lastName: surname }
      : parsePersonName(part);
  });
}

/** `Kim, Lee` before `and Max Poe` are two people, not a surname and a given name. */
function splitGivenList(piece: string, moreFollow: boolean): string[] {
  const parts = piece.split(',').map((part) => part.trim());
  return moreFollow && parts.length > 1 && parts.every(isGivenName) ? parts : [piece];
}

function splitPeople(text: string): PersonName[] {
  const people: PersonName[] = [];
  let surname = '';
  const pieces = text.split(hardJoiner).flatMap(splitSoft);
  for (const piece of pieces.flatMap((part, index) =>
    splitGivenList(part, index < pieces.length - 1),
  )) {
    const bare = piece.trim();
    if (bare === '') continue;
    const parsed = parsePiece(bare, surname);
    if (bare.includes(',') && parsed.length > 0) surname = parsed[0]?.lastName ?? '';
    people.push(...parsed);
  }
  // `John and Jane Smith`: those without a surname share the next one.
  for (let index = people.length - 2; index >= 0; index--) {
    const person = people[index];
    const next = people[index + 1];
    if (person && next && person.lastName === '' && person.firstName !== '') {
      person.lastName = next.lastName;
    }
  }
  return people;
}

/** Takes ages and remarks out of brackets: `Tim (5)`, `Jane (vegan)`, `Robert “Bob” Smith`. */
function takeBrackets(text: string): { age: Age | null; remarks: string[]; text: string } {
  let age: Age | null = null;
  const remarks: string[] = [];
  const rest = text.replace(/\s*[([]([^()[\]]*)[)\]]\s*/g, (_, inner: string) => {
    const read = recogniseAgeGroup(inner);
    if (read) age = read;
    else if (inner.trim() !== '') remarks.push(inner.trim());
    return ' ';
  });
  const trailingAge =
    /^(.*\p{L})\s+(?:(?:age|aged)\s*)?(\d{1,2})(?:\s*(?:y|yrs?|yo|years?(?: old)?|jahre|ans|años|anni|anos|jaar))?$/iu.exec(
      rest.trim(),
    );
  if (trailingAge && !age)
    return {
      age: recogniseAgeGroup(trailingAge[2] ?? ''),
      remarks,
      text: (trailingAge[1] ?? '').trim(),
    };
  return { age, remarks, text: rest.replace(/\s+/g, ' ').replace(/\s+,/g, ',').trim() };
}

const familySurnames = (people: readonly NamedPerson[], surname: string) => {
  for (const person of people)
    if (person.lastName === '' && person.firstName !== '') person.lastName = surname;
};

/** Splits people where brackets belong to one of several: `Tim (5), Anna (3)`. */
function parsePeopleWithBrackets(text: string): NamedPerson[] {
  const pieces =
    /[([]/.test(text) || /\p{L}\s+\d{1,2}\s*(,|&|$)/u.test(text)
      ? text.split(
          /(?<=[)\]]|\p{L}\s\d{1,2})\s*(?:,|&|;|\+|\n|\band\b|\bund\b|\bet\b)\s*|\s*(?:&|;|\n|\band\b|\bund\b|\bet\b)\s*(?=[^()]*[([])/u,
        )
      : [text];
  const people: NamedPerson[] = [];
  for (const piece of pieces) {
    if (piece.trim() === '') continue;
    const { text: bare, age, remarks } = takeBrackets(piece);
    const parsed = parseJointTitles(bare) ?? splitPeople(bare);
    parsed.forEach((person, index) => {
      const own = index === parsed.length - 1;
      people.push({ ...person, age: own ? age : null, remarks: own ? remarks : [] });
    });
  }
  // People in different pieces share a surname the same way as inside one.
  for (let index = people.length - 2; index >= 0; index--) {
    const person = people[index];
    if (person && person.lastName === '' && person.firstName !== '')
      person.lastName = people[index + 1]?.lastName ?? '';
  }
  return people;
}

/** A list of children: `Tim (5), Anna 3`, sharing a surname that is not said. */
export function parseChildren(cell: string, surname: string): NamedPerson[] {
  return parseMembers(cell, surname).map((person) => ({
    ...person,
    age: person.age ?? { group: 'child', years: null },
  }));
}

/** Members of a family, each named by itself: `Hans, Eva & Tim (5)`. */
function parseMembers(cell: string, surname: string): NamedPerson[] {
  const pieces = cell.split(/[,;&+\n/]|\s(?:and|und|et|y|e|en)\s/i).map((piece) => piece.trim());
  const people = pieces
    .filter((piece) => piece !== '')
    .map((piece): NamedPerson => {
      const { text, age, remarks } = takeBrackets(piece);
      return { ...parsePersonName(text), age, remarks };
    });
  familySurnames(people, surname);
  return people;
}

/** Quotes around a nickname: `Robert "Bob" Smith`; the nickname becomes a remark. */
function takeNickname(text: string): { text: string; nickname: string } {
  const match = /\s["“„'‘]([\p{L} -]{2,20})["”“'’]\s/u.exec(text);
  if (!match) return { text: text.replace(/^["“„]+|["”“]+$/g, ''), nickname: '' };
  return { text: text.replace(match[0], ' '), nickname: match[1] ?? '' };
}

/**
 * A cell that names people: one or several, in any common order, with titles, families, companions,
 * children and remarks. Nothing of the cell is lost: what is no name comes back as a remark.
 */
export function parseNameCell(cell: string): NameCell {
  const { text: unquoted, nickname } = takeNickname(cell.trim());
  const none: NameCell = {
    people: [],
    household: '',
    plusOnes: 0,
    children: 0,
    placeholder: false,
  };
  if (isPlaceholderName(unquoted)) {
    const remark = namedCompanion.test(unquoted) ? [unquoted] : [];
    return {
      ...none,
      placeholder: true,
      people: [{ title: '', firstName: '', lastName: '', age: null, remarks: remark }],
    };
  }
  if (/^[=@]|^[+-].*\(/.test(unquoted)) {
    // Text that looks like a formula stays exactly the text it is.
    return {
      ...none,
      people: [{ title: '', firstName: unquoted, lastName: '', age: null, remarks: [] }],
    };
  }
  const { text, plusOnes, children, remarks } = takeCompanions(unquoted);
  const family = parseFamily(text);
  if (family) {
    const people = family.members === '' ? [] : parseMembers(family.members, family.surname);
    const unnamed: NamedPerson = {
      title: '',
      firstName: '',
      lastName: family.surname,
      age: null,
      remarks: [],
    };
    return {
      ...none,
      people: people.length > 0 ? people : [unnamed],
      household: family.label,
      plusOnes,
      children,
    };
  }
  const people = parsePeopleWithBrackets(text).filter((person) =>
    /[\p{L}]/u.test(person.firstName + person.lastName),
  );
  const [first] = people;
  first?.remarks.push(...remarks);
  if (first && nickname) first.remarks.unshift(`“${nickname}”`);
  // A child after a full name shares its surname: `John Smith & Tim (5)`.
  if (first) {
    for (const person of people) {
      if (person.lastName === '' && person.age !== null && person.age.group !== 'adult')
        person.lastName = first.lastName;
    }
  }
  return { ...none, people, plusOnes, children };
}
