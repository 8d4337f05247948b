import type { ImportIssue, ImportSource } from '@wedsync/contracts/guest-import';
import { tidyText } from '../fold.ts';
import { decodeText, repairMojibake } from './decode-text.ts';
import { type FoundHeader, findHeader } from './find-header.ts';
import { importLimits } from './limits.ts';
import { detectDelimiter, readDelimited } from './read-delimited.ts';
import { readVcards, vcardHeader } from './read-vcard.ts';
import { readWorkbook, type SheetText } from './read-workbook.ts';
import { recogniseHeading } from './recognise-heading.ts';
import { refuseFile, refuseLimit } from './refusal.ts';
import type { SheetScan } from './scan-sheet.ts';
import { sniffFormat } from './sniff-format.ts';
import type { ImportTable, TableRow } from './types.ts';

const isBlankRow = (cells: readonly string[]) => cells.every((cell) => cell.trim() === '');

function issue(severity: ImportIssue['severity'], reason: string, row: number | null) {
  return (message: string, remedy: string): ImportIssue => ({
    severity,
    code: `guests.import_${reason}`,
    row,
    column: null,
    message,
    remedy,
  });
}

function refuseNul(text: string): void {
  const at = text.indexOf('\0');
  if (at === -1) return;
  const row = text.slice(0, at).split(/\r\n?|\n/).length;
  throw refuseFile(
    'nul_byte',
    `The file contains a NUL character in line ${row}, so it is damaged or not a text file. Export the list again as “CSV UTF-8” or .xlsx and choose that file.`,
    { row },
  );
}

interface RawSheet extends Omit<ImportSource, 'headerRow'> {
  rows: string[][];
  found: FoundHeader;
  merges: SheetScan['merges'];
  issues: ImportIssue[];
}

function readText(bytes: Uint8Array, fileName: string): RawSheet {
  const decoded = decodeText(bytes);
  refuseNul(decoded.text);
  const issues: ImportIssue[] = [];
  if (decoded.guessed) {
    issues.push(
      issue(
        'info',
        'encoding_guessed',
        null,
      )(
        `The file does not say how its letters are encoded; it was read as ${decoded.encoding}.`,
        'If accents look wrong below, save the list as “CSV UTF-8” and choose that file.',
      ),
    );
  }
  const delimiter = detectDelimiter(decoded.text);
  const recordsMax = importLimits.rowsMax * 10;
  const { records, brokenQuotes } = readDelimited(decoded.text, delimiter, recordsMax + 1);
  if (records.length > recordsMax) throw refuseRows(records.length - 1);
  if (/^sep=.$/i.test(records[0]?.join('').trim() ?? '')) records[0] = [];
  else if (/^sep=/i.test(records[0]?.[0] ?? '') && isBlankRow(records[0]?.slice(1) ?? []))
    records[0] = [];
  for (const row of new Set(brokenQuotes)) {
    issues.push(
      issue(
        'warning',
        'broken_quote',
        row,
      )(
        `Row ${row} opens a quotation mark that is not closed properly; it was read as a plain character.`,
        'Check this row below.',
      ),
    );
  }
  const { encoding } = decoded;
  const source = { fileName, format: 'csv' as const, encoding, delimiter, sheet: null };
  return { ...source, rows: records, found: findHeader(records, null), merges: [], issues };
}

/** The sheet whose header is recognised best; the others are named, never silently left out. */
function chooseSheet(sheets: readonly SheetText[], fileName: string): RawSheet {
  const filled = sheets
    .filter((sheet) => sheet.rows.some((row) => !isBlankRow(row)))
    .map((sheet) => ({ sheet, found: findHeader(sheet.rows, sheet.scan) }));
  const [first, ...rest] = filled;
  if (!first) throw refuseEmpty();
  let best = first;
  for (const other of rest) if (other.found.score > best.found.score) best = other;
  const issues = [...best.sheet.issues];
  const others = filled.filter((other) => other !== best).map((other) => `“${other.sheet.sheet}”`);
  if (others.length > 0) {
    issues.push(
      issue(
        'warning',
        'other_sheets',
        null,
      )(
        `Sheet “${best.sheet.sheet}” was read; ${others.join(', ')} ${others.length === 1 ? 'was' : 'were'} not.`,
        'If guests stand on another sheet, save that sheet as a file of its own and import it too.',
      ),
    );
  }
  const source = { fileName, format: 'xlsx' as const, encoding: null, delimiter: null };
  const { sheet, rows, scan } = best.sheet;
  return { ...source, sheet, rows, found: best.found, merges: scan?.merges ?? [], issues };
}

const refuseRows = (count: number) =>
  refuseLimit(
    'rows',
    `The file has more than ${count} rows; at most ${importLimits.rowsMax} are imported at a time. Delete what is not guest list, or split the file.`,
  );

const refuseEmpty = () =>
  refuseFile(
    'empty',
    'The file holds no guests: it is empty or has only a heading row. Choose the file that holds your list.',
  );

function refuseWide(rows: readonly string[][]): void {
  rows.forEach((cells, index) => {
    if (cells.length <= importLimits.columnsMax) return;
    const filled = cells.findLastIndex((cell) => cell.trim() !== '') + 1;
    if (filled <= importLimits.columnsMax) return;
    throw refuseLimit(
      'columns',
      `Row ${index + 1} has ${filled} columns; at most ${importLimits.columnsMax} are read. Delete the columns that are not guest list, or check that the file uses one separator throughout.`,
      { row: index + 1 },
    );
  });
}

/** Cleans one cell and says what was done to it. */
function cleanCell(
  raw: string,
  at: { row: number; column: string },
  issues: ImportIssue[],
): string {
  let text = tidyText(raw);
  const repaired = repairMojibake(text);
  if (repaired !== null) {
    text = tidyText(repaired);
    issues.push({
      ...issue(
        'info',
        'mojibake',
        at.row,
      )(
        `Damaged letters were repaired to “${text.slice(0, 60)}”.`,
        'Nothing to do if it reads right.',
      ),
      column: at.column,
    });
  }
  if (text.length > importLimits.cellCharsMax) {
    issues.push({
      ...issue(
        'warning',
        'cell_length',
        at.row,
      )(
        `Column “${at.column}” holds ${text.length} characters; only the first ${importLimits.cellCharsMax} were kept.`,
        'Shorten the cell, or move the text to a document of its own.',
      ),
      column: at.column,
    });
    text = text.slice(0, importLimits.cellCharsMax);
  }
  return text;
}

/** Meanings that a cell merged over several rows has for each of them; a name has not. */
const spreads: ReadonlySet<string> = new Set(['household', 'tags', 'side', 'event-invited']);

/** A household or address merged over its members' rows is filled into each of them. */
function fillMergedCells(
  rows: string[][],
  header: readonly string[],
  area: { merges: SheetScan['merges']; firstRow: number },
): void {
  for (const { fromRow, toRow, fromColumn } of area.merges) {
    const field = recogniseHeading(header[fromColumn - 1] ?? '')?.field ?? '';
    if (fromRow < area.firstRow || !(spreads.has(field) || field.startsWith('address'))) continue;
    const value = rows[fromRow - 1]?.[fromColumn - 1] ?? '';
    for (let row = fromRow; row < Math.min(toRow, rows.length); row++) {
      const cells = rows[row] ?? [];
      while (cells.length < fromColumn) cells.push('');
      cells[fromColumn - 1] = value;
    }
  }
}

function toTable(raw: RawSheet): ImportTable {
  const { rows, found, merges, issues: readIssues, ...source } = raw;
  const width = usedWidth(rows, found.index);
  const header = found.header.slice(0, width);
  const issues = [...readIssues, ...found.issues];
  fillMergedCells(rows, header, { merges, firstRow: found.index + 2 });
  const data: TableRow[] = [];
  for (let index = found.index + 1; index < rows.length; index++) {
    const cells = rows[index] ?? [];
    if (isBlankRow(cells)) continue;
    if (data.length >= importLimits.rowsMax) throw refuseRows(importLimits.rowsMax);
    const row = index + 1;
    const clean = header.map((column, at) => cleanCell(cells[at] ?? '', { row, column }, issues));
    if (!isBlankRow(clean)) data.push({ row, cells: clean });
  }
  if (data.length === 0) throw refuseEmpty();
  const headerRow = found.index === -1 ? null : found.index + 1;
  return { ...source, headerRow, header, rows: data, issues };
}

/** Columns up to the last one that has a heading or a cell. */
function usedWidth(rows: readonly string[][], headerIndex: number): number {
  let width = 0;
  for (let index = Math.max(0, headerIndex); index < rows.length; index++) {
    const cells = rows[index] ?? [];
    width = Math.max(width, cells.findLastIndex((cell) => cell.trim() !== '') + 1);
  }
  return width;
}

/**
 * Reads a guest list file: CSV (comma, semicolon, tab, pipe; UTF-8, UTF-16, Windows-1252, Mac
 * Roman), XLSX or vCard, told by its content. Titles and blank rows above the header are skipped
 * and named, ragged rows filled up, headings made distinct. Nothing is evaluated.
 * @throws DomainError `invalid` or `limit`, code `guests.import_*`, saying what is wrong, where, and
 * what to do.
 */
export async function readTable(bytes: Uint8Array, fileName: string): Promise<ImportTable> {
  if (bytes.length === 0) throw refuseEmpty();
  if (bytes.length > importLimits.fileBytesMax) {
    const megabytes = Math.ceil(bytes.length / 1024 / 1024);
    throw refuseLimit(
      'file_size',
      `The file has ${megabytes} MB; at most ${importLimits.fileBytesMax / 1024 / 1024} MB are read. Remove pictures and other sheets, or save the list as CSV.`,
    );
  }
  const format = sniffFormat(bytes);
  if (format === 'archive') return toTable(chooseSheet(await readWorkbook(bytes), fileName));
  if (format === 'text') {
    const raw = readText(bytes, fileName);
    refuseWide(raw.rows);
    return toTable(raw);
  }
  const { text, encoding } = decodeText(bytes);
  refuseNul(text);
  const cards = readVcards(text);
  if (cards.length === 0) throw refuseEmpty();
  const source = { fileName, format: 'vcard' as const, encoding, delimiter: null, sheet: null };
  const found: FoundHeader = { index: -1, header: [...vcardHeader], score: 1, issues: [] };
  const rows = cards.map((card) => card.cells);
  return toTable({ ...source, rows, found, merges: [], issues: [] });
}
