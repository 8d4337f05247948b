import type {
  DuplicateProposal,
  ImportCounts,
  ImportGuest,
  ImportGuestField,
  ImportGuestValues,
  ImportHousehold,
  ImportHouseholdValues,
  ImportIssue,
  ImportSource,
  PlannedGuest,
  PlannedHousehold,
} from '@wedsync/contracts/guest-import';
import type { EventId, GuestId, HouseholdId } from '@wedsync/contracts/ids';

/** One line of the file below the header. `cells` has exactly one entry per header column. */
export interface TableRow {
  /** Row number as a spreadsheet program shows it, 1-based. */
  row: number;
  cells: string[];
}

/** A file, read: text only, rectangular, header names distinct. */
export interface ImportTable extends ImportSource {
  header: string[];
  rows: TableRow[];
  /** Repairs and oddities met while reading (skipped title rows, error cells, …). */
  issues: ImportIssue[];
}

export interface ImportEvent {
  id: EventId;
  name: string;
  /** `ceremony`, `dinner`, `brunch`, … */
  kind: string;
}

/** What the wedding contributes to the reading of its list. */
export interface ImportContext {
  /** ISO 3166-1 alpha-2: how a phone number without a country code is read. */
  defaultCountry: string;
  events: readonly ImportEvent[];
  /** How the couple are called, for a column that says whose guest somebody is. */
  partners?: { a: string; b: string };
}

/** The file's guests, before they are compared with those that exist. */
export interface GuestList {
  households: ImportHousehold[];
  guests: ImportGuest[];
  issues: ImportIssue[];
  /** Fields that the file's columns speak of; the others are left alone in guests that exist. */
  provided: readonly ImportGuestField[];
  rowsRead: number;
  /** Rows that became no guest; each has an `error` issue. */
  rowsWithError: number;
}

/** A guest that exists, with what an earlier import said of it (null = entered by hand). */
export interface ExistingGuest {
  guestId: GuestId;
  householdId: HouseholdId;
  version: number;
  values: ImportGuestValues;
  plusOneOfId: GuestId | null;
  /** `PlannedGuest.keys` and `.imported` as the last import stored them. */
  imported: { keys: readonly string[]; values: ImportGuestValues } | null;
}

export interface ExistingHousehold {
  householdId: HouseholdId;
  values: ImportHouseholdValues;
  imported: { key: string; values: ImportHouseholdValues } | null;
}

export interface Existing {
  households: readonly ExistingHousehold[];
  guests: readonly ExistingGuest[];
}

/** What an import would write. Applying it twice is the same as applying it once. */
export interface ImportPlan {
  households: PlannedHousehold[];
  guests: PlannedGuest[];
  duplicates: DuplicateProposal[];
  missing: { guestId: GuestId; name: string }[];
  counts: ImportCounts;
}

/** One guest with its household, as the export writes it and an import reads it back. */
export interface ExportRow {
  guestId: GuestId;
  version: number;
  householdId: HouseholdId;
  household: ImportHouseholdValues;
  values: ImportGuestValues;
  plusOneOfId: GuestId | null;
}
