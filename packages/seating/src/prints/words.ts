import { dietWords } from '@wedsync/contracts/diet-words';
import type { AccessibilityNeed } from '@wedsync/contracts/guest-fields';
import type { AgeGroup, Diet, DietCode } from '@wedsync/contracts/guest-import';
import type { FixtureKind } from '@wedsync/contracts/seating';
import type { SeatingPrint } from '@wedsync/contracts/seating-runs';
import { knownLocale } from './locale.ts';

export const printTitles: Readonly<Record<SeatingPrint, string>> = {
  'floor-plan': 'Floor plan',
  'table-cards': 'Table cards',
  'place-cards': 'Place cards',
  'escort-cards': 'Escort cards',
  'alphabetical-list': 'Who sits where',
  'caterer-sheet': 'Caterer’s sheet',
};

export const ageWords: Readonly<Record<AgeGroup, string>> = {
  adult: 'Adult',
  teen: 'Teenager',
  child: 'Child',
  infant: 'Infant',
};

/** What staff have to know of a seat; parking is nobody's concern at the table. */
export const needWords: Partial<Readonly<Record<AccessibilityNeed, string>>> = {
  wheelchair: 'Wheelchair',
  'step-free': 'No steps',
  'seat-near-exit': 'Near the exit',
  hearing: 'Hard of hearing',
  visual: 'Low vision',
  'sign-language': 'Sign language',
  'assistance-dog': 'Assistance dog',
  'quiet-place': 'Quiet place',
  'high-chair': 'High chair',
};

export const fixtureWords: Readonly<Record<FixtureKind, string>> = {
  door: 'Door',
  'kitchen-pass': 'Kitchen',
  'dance-floor': 'Dance floor',
  stage: 'Stage',
  band: 'Band',
  bar: 'Bar',
  buffet: 'Buffet',
  cake: 'Cake',
  'photo-booth': 'Photo booth',
  wall: 'Wall',
  pillar: 'Pillar',
  window: 'Window',
  step: 'Step',
  restroom: 'Restroom',
  other: '',
};

/** Styles of eating; a severe one is followed strictly. Everything else is something to leave out. */
const styles: ReadonlySet<DietCode> = new Set([
  'vegetarian',
  'vegan',
  'pescatarian',
  'halal',
  'kosher',
  'low-salt',
]);

/** What an allergy is to: "Tree nuts", from the words of the wish "No tree nuts". */
const allergen = (code: DietCode): string => {
  const word = dietWords[code].replace(/^No /, '');
  return word.charAt(0).toUpperCase() + word.slice(1);
};

/** Stands before every allergy. */
export const danger = '⚠';

export const isAllergy = ({ severity }: Diet): boolean => severity === 'allergy';

/** "Vegan", "No pork"; "⚠ Tree nuts" for an allergy. */
export function dietInWords(diet: Diet): string {
  if (!isAllergy(diet)) return dietWords[diet.code];
  if (diet.code === 'other') return `${danger} Other allergy`;
  return `${danger} ${styles.has(diet.code) ? `${dietWords[diet.code]}, strictly` : allergen(diet.code)}`;
}

/** Allergies first. */
export const dietsInOrder = (diets: readonly Diet[]): Diet[] =>
  diets.toSorted((one, other) => Number(isAllergy(other)) - Number(isAllergy(one)));

/** A day in words of the wedding's language. */
export function dayInWords(day: string, locale: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  const style = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(knownLocale(locale), style).format(date);
}

/** "1 guest", "2 guests". */
export const counted = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}`;
