import type { GuestId, SeatingTableId } from '@wedsync/contracts/ids';
import type { SeatingGuest, SeatingPlan, SeatingTable } from '@wedsync/contracts/seating';
import { fold } from './fold.ts';
import type { SeatingRow } from './read-seating-csv.ts';

/** What a row wants, once it is known whom and which table it means. */
export interface SeatingWish {
  line: number;
  guestId: GuestId;
  /** null = no seat. */
  tableId: SeatingTableId | null;
  /** null = any seat of the table. */
  seatNumber: number | null;
}

export interface RowProblem {
  line: number;
  message: string;
}

export const fullName = ({ firstName, lastName }: Pick<SeatingGuest, 'firstName' | 'lastName'>) =>
  [firstName, lastName].filter(Boolean).join(' ');

const group = <T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> =>
  Map.groupBy(items, keyOf);

/** "Lee, Ann" is read as "Ann Lee". */
function nameOf({ name, firstName, lastName }: SeatingRow): string {
  const parts = firstName || lastName ? [firstName, lastName] : name.split(',', 2).reverse();
  return fold(parts.join(' '));
}

type Found = { guest: SeatingGuest } | { problem: string };

function createGuestFinder(guests: readonly SeatingGuest[]) {
  const byId = new Map<string, SeatingGuest>(guests.map((guest) => [guest.id, guest]));
  const byName = group(guests, (guest) => fold(fullName(guest)));
  return (row: SeatingRow): Found => {
    if (row.guestId) {
      const guest = byId.get(row.guestId.toLowerCase());
      if (guest) return { guest };
    }
    const wanted = nameOf(row);
    const shown = row.name || fullName(row) || row.guestId;
    if (!wanted && row.guestId) return { problem: `Nobody who is invited has the id ${shown}.` };
    if (!wanted) return { problem: 'This row names nobody.' };
    const named = byName.get(wanted) ?? [];
    const house = fold(row.household);
    const inHouse = house ? named.filter((guest) => fold(guest.householdName) === house) : [];
    const candidates = inHouse.length > 0 ? inHouse : named;
    const [guest] = candidates;
    if (!guest)
      return { problem: `${shown} is not invited to this event, or is written differently.` };
    if (candidates.length === 1) return { guest };
    return {
      problem: `${candidates.length} guests are called ${shown}. Add the household, or the column "WedSync ID" of an export.`,
    };
  };
}

/** "Table 4" and "4" are the same table. */
const labelKey = (label: string) => fold(label).replace(/^(table|tisch|mesa|tavolo|tafel) /, '');

function createTableFinder(tables: readonly SeatingTable[]) {
  const exact = new Map(tables.map((table) => [table.label.toLowerCase(), table]));
  const loose = group(tables, ({ label }) => labelKey(label));
  return (label: string): SeatingTable | undefined => {
    const known = exact.get(label.toLowerCase());
    const [only, ...others] = loose.get(labelKey(label)) ?? [];
    return known ?? (others.length === 0 ? only : undefined);
  };
}

const listed = (labels: readonly string[]) =>
  labels.length > 8
    ? `${labels.slice(0, 8).join(', ')} and ${labels.length - 8} more`
    : labels.join(', ');

/** Finds whom and which table each row means; what cannot be found is a problem of its row. */
export function matchSeatingRows(
  plan: SeatingPlan,
  rows: readonly SeatingRow[],
): { wishes: SeatingWish[]; problems: RowProblem[] } {
  const findGuest = createGuestFinder(plan.guests);
  const findTable = createTableFinder(plan.tables);
  const wishes: SeatingWish[] = [];
  const problems: RowProblem[] = [];
  const lineOf = new Map<GuestId, number>();
  for (const row of rows) {
    const { line } = row;
    const fail = (message: string) => problems.push({ line, message });
    const found = findGuest(row);
    if ('problem' in found) {
      fail(found.problem);
      continue;
    }
    const earlier = lineOf.get(found.guest.id);
    const table = row.table ? findTable(row.table) : null;
    const seatNumber = row.seat ? Number(row.seat) : null;
    if (earlier !== undefined) {
      fail(`${fullName(found.guest)} stands in line ${earlier} already.`);
    } else if (table === undefined) {
      const known = plan.tables.map(({ label }) => label);
      fail(`There is no table "${row.table}". The tables are: ${listed(known) || 'none yet'}.`);
    } else if (seatNumber !== null && !Number.isInteger(seatNumber)) {
      fail(`"${row.seat}" is not the number of a seat.`);
    } else if (table && seatNumber !== null && (seatNumber < 1 || seatNumber > table.seatCount)) {
      fail(`Table ${table.label} has seats 1 to ${table.seatCount}, and no seat ${seatNumber}.`);
    } else {
      const tableId = table?.id ?? null;
      wishes.push({
        line,
        guestId: found.guest.id,
        tableId,
        seatNumber: table ? seatNumber : null,
      });
    }
    lineOf.set(found.guest.id, earlier ?? line);
  }
  return { wishes, problems };
}
