import type {
  ColumnChoice,
  ImportField,
  ImportGuestValues,
  ImportIssue,
  PostalAddress,
} from '@wedsync/contracts/guest-import';
import type { GuestId } from '@wedsync/contracts/ids';
import type { ImportContext, ImportTable, TableRow } from './types.ts';

/** A guest while its row is being read. */
export interface DraftGuest {
  row: number;
  values: ImportGuestValues;
  /** The guest of the same household who brings this one. */
  companionOf: DraftGuest | null;
  guestId: GuestId | null;
  version: number | null;
  /** From our own export: id of the guest who brings this one. */
  companionOfId: string | null;
}

/** Everything one row says, before rows are gathered into households. */
export interface RowDraft {
  row: number;
  guests: DraftGuest[];
  /** The label of a household column, or of a family name cell. */
  household: string;
  /** Whether `household` came from a household column, so that equal labels mean one household. */
  labelled: boolean;
  /** From our own export: which household; households may share a name. */
  householdId: string | null;
  address: PostalAddress;
  partySize: number | null;
  /** The row only keeps a place (`Guest`, `+1`): it belongs to the row above. */
  placeholder: boolean;
}

/** One row being read: its cells by meaning, and where its issues go. */
export interface RowReader {
  source: TableRow;
  context: ImportContext;
  /** Filled cells of a field, in column order. */
  cells(field: ImportField, person?: string): string[];
  columns(
    field: ImportField,
    person?: string,
  ): { header: string; cell: string; choice: ColumnChoice }[];
  /** Persons that columns speak of besides the first: `partner`, `child 1`, … */
  persons: readonly string[];
  report(severity: ImportIssue['severity'], reason: string, words: IssueWords): void;
}

export interface IssueWords {
  column?: string | undefined;
  message: string;
  remedy: string;
}

export const emptyAddress = (): PostalAddress => ({
  street: '',
  city: '',
  region: '',
  postcode: '',
  country: '',
});

export function emptyValues(): ImportGuestValues {
  return {
    title: '',
    firstName: '',
    lastName: '',
    ageGroup: 'adult',
    ageYears: null,
    emails: [],
    phones: [],
    diets: [],
    dietNotes: '',
    accessibility: [],
    accessibilityNotes: '',
    side: null,
    tags: [],
    notes: '',
    invitations: [],
  };
}

export function newGuest(row: number, companionOf: DraftGuest | null = null): DraftGuest {
  return {
    row,
    values: emptyValues(),
    companionOf,
    guestId: null,
    version: null,
    companionOfId: null,
  };
}

export const isUnnamed = (values: ImportGuestValues): boolean =>
  values.firstName === '' && values.lastName === '';

/** `Given Surname`, or what of it is known. */
export const displayName = (values: ImportGuestValues): string =>
  [values.firstName, values.lastName].filter((part) => part !== '').join(' ');

/** Cuts the table into readers, one per row; the mapping is resolved once. */
export function rowReaders(
  table: ImportTable,
  mapping: readonly ColumnChoice[],
  target: { context: ImportContext; issues: ImportIssue[] },
): RowReader[] {
  const byKind = new Map<string, { header: string; choice: ColumnChoice }[]>();
  for (const choice of [...mapping].sort((a, b) => a.column - b.column)) {
    const header = table.header[choice.column];
    if (header === undefined || choice.field === 'ignore') continue;
    const kind = `${choice.field}\u001f${choice.person}`;
    byKind.set(kind, [...(byKind.get(kind) ?? []), { header, choice }]);
  }
  const persons = [...new Set(mapping.map((choice) => choice.person))].filter(
    (person) => person !== '',
  );
  return table.rows.map((source) => {
    const columns = (field: ImportField, person = '') =>
      (byKind.get(`${field}\u001f${person}`) ?? [])
        .map(({ header, choice }) => ({
          header,
          choice,
          cell: unescapeFormula(source.cells[choice.column] ?? ''),
        }))
        .filter(({ cell }) => cell !== '');
    return {
      source,
      context: target.context,
      persons,
      columns,
      cells: (field, person) => columns(field, person).map(({ cell }) => cell),
      report: (severity, reason, words) => {
        target.issues.push({
          severity,
          code: `guests.import_${reason}`,
          row: source.row,
          column: words.column ?? null,
          message: words.message,
          remedy: words.remedy,
        });
      },
    };
  });
}

/** Exports put an apostrophe before what a spreadsheet would run as a formula; it is no content. */
function unescapeFormula(cell: string): string {
  return /^'+[=+\-@＝＋－＠]/.test(cell) ? cell.slice(1) : cell;
}
