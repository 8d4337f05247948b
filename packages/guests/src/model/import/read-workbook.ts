import type { ImportIssue } from '@wedsync/contracts/guest-import';
import { strFromU8, zipSync } from 'fflate';
import type { CellValue } from 'read-excel-file/universal';
import { importLimits } from './limits.ts';
import { refuseFile, refuseLimit } from './refusal.ts';
import { type SheetScan, scanSheet, sheetPaths } from './scan-sheet.ts';
import { unzipXml } from './zip-guard.ts';

/** A sheet as text, rows at their place in the sheet (index 0 = row 1). */
export interface SheetText {
  sheet: string | null;
  rows: string[][];
  scan: SheetScan | null;
  issues: ImportIssue[];
}

/** Cached values only: the text a person sees in the sheet, dates as `YYYY-MM-DD`. */
function cellText(value: CellValue | Date | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}

function refuseForeignArchives(parts: Record<string, Uint8Array>): void {
  const mimetype = parts.mimetype ? strFromU8(parts.mimetype) : '';
  if (mimetype.includes('opendocument')) {
    throw refuseFile(
      'format',
      'This is an OpenDocument file (.ods). In your spreadsheet program choose “Save as” → Excel (.xlsx) or CSV, and choose that file.',
    );
  }
  if (!parts['xl/workbook.xml']) {
    throw refuseFile(
      'format',
      'This is an archive, but not an Excel workbook. Export the guest list as .xlsx or CSV and choose that file.',
    );
  }
  for (const [name, part] of Object.entries(parts)) {
    // Workbooks never carry a document type; where one stands, entities are being smuggled in.
    if (strFromU8(part.subarray(0, 1_000)).includes('<!DOCTYPE')) {
      throw refuseFile(
        'document_type',
        `Part ${name} of this workbook declares an XML document type, which no spreadsheet program writes. Copy the guest list into a new workbook and save it as .xlsx.`,
      );
    }
  }
}

function refuseOversize(sheet: string, scan: SheetScan): void {
  if (scan.lastRow > importLimits.rowsMax + importLimits.headerSearchRows) {
    throw refuseLimit(
      'rows',
      `Sheet “${sheet}” has data down to row ${scan.lastRow}; at most ${importLimits.rowsMax} rows are imported at a time. Delete what is not guest list, or split the file.`,
    );
  }
  if (scan.lastColumn > importLimits.columnsMax) {
    throw refuseLimit(
      'columns',
      `Sheet “${sheet}” has data out to column ${scan.lastColumn}; at most ${importLimits.columnsMax} columns are read. Delete the columns that are not guest list.`,
    );
  }
}

/**
 * An XLSX workbook → its sheets as text. Formulas are never evaluated: the value the spreadsheet
 * program stored beside the formula is used.
 * @throws DomainError `guests.import_*` when it is damaged, protected, a bomb or beyond the limits.
 */
export async function readWorkbook(bytes: Uint8Array): Promise<SheetText[]> {
  const parts = unzipXml(bytes);
  refuseForeignArchives(parts);
  const scans = new Map<string, SheetScan>();
  for (const { name, path } of sheetPaths(parts)) {
    const part = parts[path];
    if (!part) continue;
    const scan = scanSheet(strFromU8(part));
    refuseOversize(name, scan);
    scans.set(name, scan);
  }
  // Packed again without compression: the reader then sees only what was measured above.
  const packed = zipSync(parts, { level: 0 });
  const buffer = packed.buffer.slice(
    packed.byteOffset,
    packed.byteOffset + packed.byteLength,
  ) as ArrayBuffer;
  const { default: readWorkbookFile } = await import('read-excel-file/universal');
  const sheets = await readWorkbookFile(buffer, { trim: false }).catch((error: unknown) => {
    const detail = error instanceof Error ? error.message : '';
    throw refuseFile(
      'damaged_workbook',
      `This workbook cannot be read${detail ? ` (${detail.slice(0, 200)})` : ''}. Open it in your spreadsheet program, save it again as .xlsx or CSV, and choose the new file.`,
    );
  });
  return sheets.map(({ sheet, data }) => {
    const scan = scans.get(sheet) ?? null;
    const rows = data.map((row) => row.map((value) => cellText(value)));
    return { sheet, rows, scan, issues: scan?.issues ?? [] };
  });
}
