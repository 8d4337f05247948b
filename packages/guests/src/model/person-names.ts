import { isGivenName } from './given-names.ts';
import { isSuffix, titleOf } from './titles.ts';

export interface PersonName {
  title: string;
  firstName: string;
  lastName: string;
}

/** Words that begin a surname: `de Souza`, `van der Berg`, `Al Said`, `Mac Donald`. */
const particles = new Set(
  'de da do dos das del della dello degli di du des la le lo van von vom zu zum zur der den ter ten te tot af av al el ibn bin bint abu ben san santa st saint ap mac mc o d y e und'.split(
    ' ',
  ),
);
/** Also given names or initials; a particle only when something stands before it. */
const ambiguousParticles = new Set(['ben', 'al', 'la', 'san', 'o', 'd', 'e', 'y', 'und']);

const isParticle = (token: string) => particles.has(token.toLowerCase().replace(/['’.]$/, ''));
const isCapitals = (token: string) =>
  /^\p{Lu}[\p{Lu}'’.-]+$/u.test(token) && token.replace(/[^\p{L}]/gu, '').length >= 2;

/** `DUPONT` → `Dupont`, `o'neill` → `O'Neill`, `MARIE-LOUISE` → `Marie-Louise`. */
function capitalise(word: string): string {
  return word
    .toLowerCase()
    .replace(
      /(^|[-'’ ])(\p{L})/gu,
      (_, before: string, letter: string) => before + letter.toUpperCase(),
    )
    .replace(/^(Mc)(\p{L})/u, (_, mc: string, letter: string) => mc + letter.toUpperCase());
}

/** Names typed all in capitals or all in small letters are written as names are. */
export function tidyNameCase(name: string): string {
  const letters = name.replace(/[^\p{L}]/gu, '');
  if (letters.length < 2 || !/\p{Ll}|\p{Lu}/u.test(letters)) return name;
  const allUpper = letters === letters.toUpperCase() && letters.length > 2;
  const allLower = letters === letters.toLowerCase();
  if (!allUpper && !allLower) return name;
  return name
    .split(' ')
    .map((word, index) => (index > 0 && isParticle(word) ? word.toLowerCase() : capitalise(word)))
    .join(' ');
}

/** Surnames typed in one case, with their particles small: `VAN DER BERG` → `van der Berg`. */
export function tidySurnameCase(name: string): string {
  const tidy = tidyNameCase(name);
  if (tidy === name) return name;
  const words = tidy.split(' ');
  const main = words.findIndex((word) => !isParticle(word));
  return words.map((word, index) => (index < main ? word.toLowerCase() : word)).join(' ');
}

function takeTitles(tokens: string[]): string {
  const titles: string[] = [];
  while (tokens.length > 1) {
    const title = titleOf(tokens[0] ?? '');
    // `M` without a dot is more often an initial than Monsieur.
    if (!title || (/^m$/i.test(tokens[0] ?? '') && tokens.length < 3)) break;
    titles.push(title);
    tokens.shift();
  }
  return titles.join(' ');
}

function takeSuffixes(tokens: string[]): string[] {
  const suffixes: string[] = [];
  while (tokens.length > 2 && isSuffix(tokens.at(-1) ?? '')) {
    suffixes.unshift((tokens.pop() ?? '').replace(/,+$/, ''));
  }
  return suffixes;
}

/** Endings of Iberian and Latin American surnames, of which a person carries two. */
const iberianSurname =
  /(ez|es|az|oz|iz|rro|cía|cia|aga|uez|eira|ella|illo|illa|ado|ero|ales|ano)$/i;

/** Index of the token at which the surname begins; `tokens` has two or more. */
function surnameStart(tokens: readonly string[]): number {
  for (let index = 1; index < tokens.length - 1; index++) {
    const token = tokens[index] ?? '';
    if (!isParticle(token)) continue;
    const bare = token.toLowerCase();
    if (ambiguousParticles.has(bare) && index === 1 && isGivenName(token)) continue;
    // `José Ortega y Gasset`: the connecting word joins two surnames, the first of which leads.
    return /^(y|e|und)$/.test(bare) && index > 1 ? index - 1 : index;
  }
  const capitals = tokens.map(isCapitals);
  const someMixed = capitals.some((capital) => !capital);
  if (someMixed && capitals.at(-1)) {
    const first = capitals.indexOf(true);
    if (first > 0 && capitals.slice(first).every(Boolean)) return first;
  }
  if (tokens.length >= 3) {
    const middle = tokens[tokens.length - 2] ?? '';
    const last = tokens[tokens.length - 1] ?? '';
    if (!isGivenName(middle) && iberianSurname.test(middle) && iberianSurname.test(last)) {
      return tokens.length - 2;
    }
  }
  return tokens.length - 1;
}

/** `DUPONT Jean` → `Jean DUPONT`: a surname in capitals stands first in French and Italian lists. */
function capitalsLast(tokens: string[]): string[] {
  const capitals = tokens.map(isCapitals);
  const leading = capitals.indexOf(false);
  const isLeading = leading > 0 && capitals.slice(leading).every((capital) => !capital);
  if (!isLeading || tokens.slice(leading).some((token) => /^\p{Lu}\.?$/u.test(token)))
    return tokens;
  return [...tokens.slice(leading), ...tokens.slice(0, leading)];
}

const relations =
  /^(aunt|auntie|aunty|uncle|grandma|grandpa|granny|grandad|nana|tante|onkel|oma|opa|oncle|mamie|papi|tía|tia|tío|tio|abuela|abuelo|zia|zio|nonna|nonno|avó|avô|oom)$/i;

/** `Aunt Mary Smith`: the relation belongs to the given name, as people call her. */
function joinRelation(tokens: string[]): string[] {
  const [relation = '', name, ...rest] = tokens;
  return name !== undefined && relations.test(relation) ? [`${relation} ${name}`, ...rest] : tokens;
}

/**
 * One person's name in any common order → title, given names, surname with particles and suffix.
 * A single word is a given name, except after a title (`Mrs Smith`).
 */
export function parsePersonName(text: string): PersonName {
  let tokens = text.split(/\s+/).filter((token) => token !== '' && token !== ',');
  const title = takeTitles(tokens);
  const suffixes = takeSuffixes(tokens);
  tokens = joinRelation(capitalsLast(tokens));
  if (tokens.length <= 1) {
    const [only = ''] = tokens;
    const name = tidyNameCase(only.replace(/,$/, ''));
    const surname =
      title !== '' && !/^(Master|Sir|Lady|Dame|Don)$/.test(title) && !isGivenName(name);
    return surname
      ? { title, firstName: '', lastName: [name, ...suffixes].join(' ') }
      : { title, firstName: name, lastName: suffixes.join(' ') };
  }
  // `van der Berg` after a title: the whole is a surname.
  if (title !== '' && isParticle(tokens[0] ?? '') && !isGivenName(tokens[0] ?? '')) {
    return { title, firstName: '', lastName: tidySurnameCase(tokens.join(' ')) };
  }
  const start = surnameStart(tokens);
  return {
    title,
    firstName: tidyNameCase(tokens.slice(0, start).join(' ')),
    lastName: [tidySurnameCase(tokens.slice(start).join(' ')), ...suffixes].join(' '),
  };
}

/** `Smith, John`, `de Souza, Dr. Ana`, `Smith, John, Jr.`: what stands before the comma is known. */
export function parseSurnameFirst(surname: string, rest: string): PersonName {
  const surnameTokens = surname.split(/\s+/).filter(Boolean);
  const leadingTitle = takeTitles(surnameTokens);
  const tokens = rest.split(/[\s,]+/).filter(Boolean);
  // Dutch and Portuguese lists file `van den Berg` under B: `Berg, Jan van den`.
  while (
    tokens.length > 1 &&
    /^\p{Ll}/u.test(tokens.at(-1) ?? '') &&
    isParticle(tokens.at(-1) ?? '')
  ) {
    surnameTokens.unshift(tokens.pop() ?? '');
  }
  const title = [leadingTitle, takeTitles(tokens)].filter(Boolean).join(' ');
  const suffixes: string[] = [];
  while (tokens.length > 1 && isSuffix(tokens.at(-1) ?? '')) suffixes.unshift(tokens.pop() ?? '');
  const trailing = tokens.length > 1 ? titleOf(tokens.at(-1) ?? '') : null;
  if (trailing && tokens.at(-1)?.endsWith('.')) tokens.pop();
  return {
    title: trailing && title === '' ? trailing : title,
    firstName: tidyNameCase(tokens.join(' ')),
    lastName: [tidySurnameCase(surnameTokens.join(' ')), ...suffixes].join(' '),
  };
}
