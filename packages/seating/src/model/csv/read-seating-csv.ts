import { DomainError } from '@wedsync/contracts/errors';
import Papa from 'papaparse';
import { fold } from './fold.ts';
import { unescapeFormula } from './write-seating-csv.ts';

/** What one row of a file says; empty where it has no such column. */
export interface SeatingRow {
  /** Of the file, from 1, the header included. */
  line: number;
  table: string;
  seat: string;
  /** First and last name in one cell. */
  name: string;
  firstName: string;
  lastName: string;
  household: string;
  guestId: string;
}

type Field = Exclude<keyof SeatingRow, 'line'>;

/** Most rows of a file; a plan seats 2,000 guests. */
export const rowsMax = 5_000;

/** Headings in English, German, French, Spanish, Italian, Portuguese and Dutch, folded. */
const words: Readonly<Record<Field, RegExp>> = {
  table: /^(table|tisch|mesa|tavolo|tafel|bord)( ?(name|no|nr|nº|number|nummer|numero|label|n))?$/,
  seat: /^(seat|place|chair|platz|sitz|sitzplatz|siege|asiento|lugar|posto|stoel|plaats)( ?(no|nr|number|nummer|numero|n))?$/,
  name: /^(name|guest|guests|full name|guest name|gast|name des gastes|nom complet|invite|nombre completo|invitado|ospite|nome completo|convidado|naam)$/,
  firstName:
    /^(first|first name|given name|firstname|forename|vorname|prenom|nombre|nome|primeiro nome|voornaam)$/,
  lastName:
    /^(last|last name|surname|family name|lastname|nachname|familienname|nom|nom de famille|apellido|apellidos|cognome|apelido|sobrenome|achternaam)$/,
  household:
    /^(household|family|party|group|haushalt|familie|famille|foyer|familia|famiglia|huishouden)$/,
  guestId: /^(wedsync id|guest id|id)$/,
};

const fieldOf = (heading: string): Field | undefined => {
  const folded = fold(heading);
  return (Object.keys(words) as Field[]).find((field) => words[field].test(folded));
};

type Columns = Partial<Record<Field, number>>;

function columnsOf(cells: readonly string[]): Columns {
  const columns: Columns = {};
  cells.forEach((cell, index) => {
    const field = fieldOf(cell);
    if (field && columns[field] === undefined) columns[field] = index;
  });
  return columns;
}

const namesGuests = ({ name, firstName, lastName, guestId }: Columns) =>
  [name, firstName, lastName, guestId].some((column) => column !== undefined);

/** The first rows may be a title; the header is the one that names tables and guests. */
function findHeader(rows: readonly string[][]): { at: number; columns: Columns } {
  for (const [at, cells] of rows.slice(0, 10).entries()) {
    const columns = columnsOf(cells);
    if (columns.table !== undefined && namesGuests(columns)) return { at, columns };
  }
  const found = (rows[0] ?? []).filter((cell) => cell.trim()).slice(0, 12);
  throw new DomainError(
    'invalid',
    'seating.no-columns',
    `This file has no row that names a column of tables and one of guests. ${
      found.length > 0 ? `Its first row reads: ${found.join(', ')}.` : 'It is empty.'
    } Name them "Table" and "First name", "Last name" or "Guest", as in an export.`,
  );
}

/**
 * The rows of a seating file, with commas, semicolons or tabs; columns in any order.
 * @throws DomainError `invalid` where it is no such file, `limit` where it is too long
 */
export function readSeatingCsv(csv: string): SeatingRow[] {
  const { data } = Papa.parse<string[]>(csv.replace(/^\ufeff/, ''), {
    delimitersToGuess: [',', ';', '\t', '|'],
  });
  const { at, columns } = findHeader(data);
  const rows = data.slice(at + 1).flatMap((cells, index): SeatingRow[] => {
    if (cells.every((cell) => !cell.trim())) return [];
    const cell = (field: Field) =>
      unescapeFormula((cells[columns[field] ?? -1] ?? '').normalize()).trim();
    return [
      {
        line: at + index + 2,
        table: cell('table'),
        seat: cell('seat'),
        name: cell('name'),
        firstName: cell('firstName'),
        lastName: cell('lastName'),
        household: cell('household'),
        guestId: cell('guestId'),
      },
    ];
  });
  if (rows.length <= rowsMax) return rows;
  throw new DomainError(
    'limit',
    'seating.too-many-rows',
    `This file has ${rows.length} rows; at most ${rowsMax} can be imported at once.`,
  );
}
