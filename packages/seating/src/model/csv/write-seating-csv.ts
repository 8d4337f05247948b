import { dietWords } from '@wedsync/contracts/diet-words';
import type { Diet } from '@wedsync/contracts/guest-import';
import type { SeatingGuest, SeatingPlan } from '@wedsync/contracts/seating';
import Papa from 'papaparse';

/** Headings of an export; the import recognises those it needs. The id makes it a round trip. */
const headings = [
  'Table',
  'Seat',
  'First name',
  'Last name',
  'Household',
  'Answer',
  'Diet',
  'Allergies',
  'WedSync ID',
] as const;

/**
 * An apostrophe before what a spreadsheet program would run as a formula (OWASP, CSV injection);
 * the import takes it off again.
 */
export const escapeFormula = (cell: string): string =>
  /^('*[=+\-@＝＋－＠]|[\t\r\n])/.test(cell) ? `'${cell}` : cell;

/** Takes off what `escapeFormula` has put on. */
export const unescapeFormula = (cell: string): string =>
  /^''*[=+\-@＝＋－＠\t\r\n]/.test(cell) ? cell.slice(1) : cell;

const answerWords = { yes: 'yes', no: 'no', unsure: 'not sure' } as const;

const dietsOf = ({ diets }: SeatingGuest, severity: Diet['severity']) =>
  diets
    .filter((diet) => diet.severity === severity)
    .map(({ code }) => dietWords[code].replace(/^No /, severity === 'allergy' ? '' : 'No '))
    .join('; ');

/**
 * Who sits where for spreadsheet programs: RFC 4180, UTF-8 with byte order mark, one guest per row,
 * by table and seat, guests without a seat last. Importing it unchanged changes nothing.
 */
export function writeSeatingCsv({ tables, guests, assignments }: SeatingPlan): string {
  const labels = new Map(tables.map(({ id, label }) => [id, label]));
  const places = new Map(assignments.map((seat) => [seat.guestId, seat]));
  const { compare } = new Intl.Collator('en', { numeric: true });
  const rows = guests
    .map((guest) => {
      const seat = places.get(guest.id);
      const label = seat ? (labels.get(seat.tableId) ?? '') : '';
      return { guest, label, seat };
    })
    .toSorted(
      (one, other) =>
        Number(!one.seat) - Number(!other.seat) ||
        compare(one.label, other.label) ||
        (one.seat?.seatNumber ?? 0) - (other.seat?.seatNumber ?? 0) ||
        compare(one.guest.lastName, other.guest.lastName),
    )
    .map(({ guest, label, seat }) => [
      label,
      seat ? String(seat.seatNumber) : '',
      guest.firstName,
      guest.lastName,
      guest.householdName,
      guest.answer ? answerWords[guest.answer] : '',
      dietsOf(guest, 'preference'),
      dietsOf(guest, 'allergy'),
      guest.id,
    ]);
  const data = [[...headings], ...rows.map((row) => row.map(escapeFormula))];
  return `\ufeff${Papa.unparse(data, { newline: '\r\n' })}\r\n`;
}
