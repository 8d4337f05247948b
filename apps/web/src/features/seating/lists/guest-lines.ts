import { dietWords } from '@wedsync/contracts/diet-words';
import type { SeatAssignment, SeatingGuest, SeatingTable } from '@wedsync/contracts/seating';
import { guestName, needWords } from '../../guests/words.ts';

/** "Costa family", whether or not the household is called a family already. */
export function householdLine(name: string): string {
  if (!name) return 'Household without a name';
  return /\b(family|household|couple|party|&|and)\b|&/i.test(name) ? name : `${name} family`;
}

/** What a table is called in a sentence: "table 4", "table Lisbon", "the Top Table". */
export function tableLine({ label }: Pick<SeatingTable, 'label'>): string {
  return /\btable\b/i.test(label) ? label : `table ${label}`;
}

/** The same at the head of a line: "Table 4". */
export function tableTitle(table: Pick<SeatingTable, 'label'>): string {
  const line = tableLine(table);
  return line.charAt(0).toUpperCase() + line.slice(1);
}

/** "table 4, seat 3"; null for nobody's place. */
export function placeLine(
  place: Pick<SeatAssignment, 'seatNumber'> | null,
  table: Pick<SeatingTable, 'label'> | undefined,
): string | null {
  return place && table ? `${tableLine(table)}, seat ${place.seatNumber}` : null;
}

/** What matters to a seat, in words: "vegan, no tree nuts (allergy), wheelchair, child". */
export function noteWords(guest: SeatingGuest): string[] {
  const diets = guest.diets.map(({ code, severity }) => {
    const word = dietWords[code].toLowerCase();
    return severity === 'allergy' ? `${word} (allergy)` : word;
  });
  const needs = guest.accessibility.map((need) => needWords[need].toLowerCase());
  const age = { adult: [], teen: ['teenager'], child: ['child'], infant: ['baby'] }[guest.ageGroup];
  return [...diets, ...needs, ...age];
}

/** "Ann Lee, vegan, not coming any more". */
export function spokenGuest(guest: SeatingGuest): string {
  const declined = guest.answer === 'no' ? ['not coming any more'] : [];
  return [guestName(guest), ...declined, ...noteWords(guest)].join(', ');
}

/** "Ann Lee", "Ann Lee and Bo Lee", "Ann Lee, Bo Lee and 3 others". */
export function namesLine(names: readonly string[]): string {
  const [first = 'Nobody', second, ...rest] = names;
  if (second === undefined) return first;
  if (rest.length === 0) return `${first} and ${second}`;
  if (rest.length === 1) return `${first}, ${second} and ${rest[0]}`;
  return `${first}, ${second} and ${rest.length} others`;
}
