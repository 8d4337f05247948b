import { dietWords } from '@wedsync/contracts/diet-words';
import type {
  FixtureKind,
  SeatingGuest,
  TableFeature,
  TableShape,
} from '@wedsync/contracts/seating';
import { answerWords, guestName, needWords } from '../../guests/words.ts';
import type { SeatView, TableView } from '../plan-model.ts';

export const shapeWords: Record<TableShape, string> = {
  round: 'Round',
  rectangular: 'Banquet',
  square: 'Square',
  oval: 'Oval',
  head: 'Head table',
  sweetheart: 'Sweetheart',
  serpentine: 'Serpentine',
};

export const featureWords: Record<TableFeature, string> = {
  'step-free': 'Step-free way',
  'near-exit': 'Near the exit',
  quiet: 'Quiet',
  'near-kitchen': 'Near the kitchen',
  vip: 'Guests of honour',
};

export const fixtureWords: Record<FixtureKind, string> = {
  door: 'Door',
  'kitchen-pass': 'Kitchen pass',
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
  other: 'Something else',
};

const firstLetter = (text: string) => [...text.trim()][0]?.toLocaleUpperCase() ?? '';

/** "AL"; "?" for a companion without a name. */
export function initialsOf({ firstName, lastName }: SeatingGuest): string {
  return firstLetter(firstName) + firstLetter(lastName) || '?';
}

export const hasAllergy = ({ diets }: SeatingGuest): boolean =>
  diets.some(({ severity }) => severity === 'allergy');

/** What of a guest matters at the table, most important first. */
export function seatNotes({ diets, accessibility, ageGroup, answer }: SeatingGuest): string[] {
  const allergies = diets.filter(({ severity }) => severity === 'allergy');
  const wishes = diets.filter(({ severity }) => severity !== 'allergy');
  return [
    ...allergies.map(({ code }) => `allergy: ${dietWords[code]}`),
    ...wishes.map(({ code }) => dietWords[code]),
    ...accessibility.map((need) => needWords[need]),
    ...(ageGroup === 'child' || ageGroup === 'infant'
      ? [ageGroup === 'child' ? 'Child' : 'Baby']
      : []),
    ...(answer === 'yes' ? [] : [answerWords[answer ?? 'outstanding']]),
  ];
}

/** What a screen reader says at a seat. */
export function seatLabel({ seat, guest, assignment }: SeatView): string {
  if (!assignment) return `Seat ${seat.number}, free`;
  if (!guest) return `Seat ${seat.number}, taken`;
  const lock = assignment.isLocked ? ['locked'] : [];
  return [`Seat ${seat.number}: ${guestName(guest)}`, ...seatNotes(guest), ...lock].join(', ');
}

/** What a screen reader says at a table. */
export function tableLabel({ table, seats, seatedCount }: TableView): string {
  return [
    `Table ${table.label}`,
    `${seatedCount} of ${seats.length} seats taken`,
    ...(table.zone ? [table.zone] : []),
    ...table.features.map((feature) => featureWords[feature]),
    ...(table.isLocked ? ['locked'] : []),
  ].join(', ');
}
