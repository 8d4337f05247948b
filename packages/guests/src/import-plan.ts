import { createHash } from 'node:crypto';
import type {
  ColumnGuess,
  ImportDecisions,
  ImportIssue,
  ImportMapping,
} from '@wedsync/contracts/guest-import';
import type { GuestImportPreview } from '@wedsync/contracts/guest-imports';
import { notFound } from '@wedsync/service/stale';
import { buildGuestList } from './model/import/build-guest-list.ts';
import { planImport } from './model/import/plan-import.ts';
import { readTable } from './model/import/read-table.ts';
import { recogniseColumns } from './model/import/recognise-columns.ts';
import type { Existing, ImportContext, ImportPlan, ImportTable } from './model/import/types.ts';

/** A file as it came, and what the person said about it. */
export interface ImportRequest {
  fileName: string;
  /** base64 */
  content: string;
  mapping?: ImportMapping | undefined;
  decisions?: ImportDecisions | undefined;
}

export interface ImportFile {
  table: ImportTable;
  sha256: Buffer;
}

/** What an import would do to the list as it is, and how the file was understood. */
export interface PlannedImport {
  plan: ImportPlan;
  columns: ColumnGuess[];
  issues: ImportIssue[];
  digest: string;
}

/**
 * Reads the file; needs no database.
 * @throws DomainError `invalid`/`limit` `guests.import_*` for a file that is no guest list
 */
export async function readImportFile(request: ImportRequest): Promise<ImportFile> {
  const bytes = Buffer.from(request.content, 'base64');
  const table = await readTable(bytes, request.fileName);
  return { table, sha256: createHash('sha256').update(bytes).digest() };
}

/** The recogniser's guesses, with the person's own choices in their place. */
function chooseColumns(guesses: ColumnGuess[], mapping: ImportMapping | undefined): ColumnGuess[] {
  if (!mapping) return guesses;
  const chosen = new Map(mapping.map((choice) => [choice.column, choice]));
  return guesses.map((guess) => {
    const choice = chosen.get(guess.column) ?? { field: 'ignore', eventId: null, person: '' };
    const same =
      choice.field === guess.field &&
      choice.eventId === guess.eventId &&
      choice.person === guess.person;
    return same ? guess : { ...guess, ...choice, confidence: 1, reason: 'Chosen by you' };
  });
}

function requireOwnEvents(mapping: ImportMapping | undefined, context: ImportContext): void {
  const own = new Set(context.events.map((event) => event.id));
  for (const { eventId } of mapping ?? []) {
    if (eventId !== null && !own.has(eventId)) throw notFound('event');
  }
}

/**
 * Compares the file with the list. Deterministic: the same file, choices and list give the same
 * digest, so that what is applied is what was previewed.
 */
export function planFile(
  { table }: ImportFile,
  request: ImportRequest,
  wedding: { context: ImportContext; existing: Existing },
): PlannedImport {
  const { context, existing } = wedding;
  requireOwnEvents(request.mapping, context);
  const columns = chooseColumns(recogniseColumns(table, context), request.mapping);
  const list = buildGuestList(table, columns, context);
  const plan = planImport(list, existing, request.decisions);
  const digest = createHash('sha256')
    .update(JSON.stringify([plan.households, plan.guests]))
    .digest('base64url');
  return { plan, columns, issues: list.issues, digest };
}

/** What the import wizard shows. */
export function toPreview({ table }: ImportFile, planned: PlannedImport): GuestImportPreview {
  const { fileName, format, encoding, delimiter, sheet, headerRow } = table;
  const { plan, columns, issues, digest } = planned;
  const source = { fileName, format, encoding, delimiter, sheet, headerRow };
  return { source, columns, issues, ...plan, digest };
}
