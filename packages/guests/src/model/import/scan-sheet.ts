import type { ImportIssue } from '@wedsync/contracts/guest-import';
import { strFromU8 } from 'fflate';
import { columnLetters } from './refusal.ts';

/** What the sheet's XML tells that its cell values do not. Rows and columns are 1-based. */
export interface SheetScan {
  lastRow: number;
  lastColumn: number;
  merges: { fromRow: number; fromColumn: number; toRow: number; toColumn: number }[];
  issues: ImportIssue[];
}

function parseAddress(address: string): { row: number; column: number } | null {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(address);
  if (!match) return null;
  let column = 0;
  for (const letter of match[1] ?? '') column = column * 26 + letter.charCodeAt(0) - 64;
  return { row: Number(match[2]), column };
}

/** No guest list merges more cells than it has rows; hostile files would. */
const mergesMax = 5_000;

const patterns = new Map<string, RegExp>();

/** Compiled once per attribute: a sheet asks for the same three attributes in every cell. */
function attribute(tag: string, name: string): string | null {
  const pattern = patterns.get(name) ?? new RegExp(`\\s${name}="([^"]*)"`);
  patterns.set(name, pattern);
  return pattern.exec(tag)?.[1] ?? null;
}

const unescapeXml = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');

/** Sheet names and the parts that hold them (ECMA-376 part 1, 18.2.19). */
export function sheetPaths(parts: Record<string, Uint8Array>): { name: string; path: string }[] {
  const workbook = strFromU8(parts['xl/workbook.xml'] ?? new Uint8Array());
  const relations = strFromU8(parts['xl/_rels/workbook.xml.rels'] ?? new Uint8Array());
  const targets = new Map<string, string>();
  for (const [tag] of relations.matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)) {
    const target = attribute(tag, 'Target') ?? '';
    targets.set(
      attribute(tag, 'Id') ?? '',
      target.startsWith('/') ? target.slice(1) : `xl/${target}`,
    );
  }
  const sheets: { name: string; path: string }[] = [];
  for (const [tag] of workbook.matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)) {
    const path = targets.get(attribute(tag, 'r:id') ?? attribute(tag, 'id') ?? '');
    if (path) sheets.push({ name: unescapeXml(attribute(tag, 'name') ?? ''), path });
  }
  return sheets;
}

const cellIssue = (
  code: string,
  at: { row: number; column: number },
  message: string,
): ImportIssue => ({
  severity: 'warning',
  code: `guests.import_${code}`,
  row: at.row,
  column: null,
  message,
  remedy:
    'Correct the cell in the file and choose it again, or fill the value in after the import.',
});

function inspectCell(tag: string, body: string, scan: SheetScan): void {
  const at = parseAddress(attribute(tag, 'r') ?? '');
  if (!at) return;
  const address = `${columnLetters(at.column - 1)}${at.row}`;
  const hasValue = /<(?:\w+:)?(?:v|t)[\s>]/.test(body);
  if (hasValue) {
    scan.lastRow = Math.max(scan.lastRow, at.row);
    scan.lastColumn = Math.max(scan.lastColumn, at.column);
  }
  if (scan.issues.length >= 200) return;
  if (attribute(tag, 't') === 'e') {
    const value = /<(?:\w+:)?v>([^<]*)</.exec(body)?.[1] ?? 'an error';
    scan.issues.push(
      cellIssue(
        'error_cell',
        at,
        `Cell ${address} shows the formula error ${value}; it was read as empty.`,
      ),
    );
  } else if (!hasValue && /<(?:\w+:)?f[\s>/]/.test(body)) {
    scan.issues.push(
      cellIssue(
        'formula_without_value',
        at,
        `Cell ${address} holds a formula whose result was not saved; formulas are never run here, so it was read as empty.`,
      ),
    );
  }
}

/**
 * One pass over a worksheet's XML by `indexOf`, linear even on hostile input: extent of the real
 * data, merged ranges, error cells and formulas without a stored result.
 */
export function scanSheet(xml: string): SheetScan {
  const scan: SheetScan = { lastRow: 0, lastColumn: 0, merges: [], issues: [] };
  const prefix = /<(\w+:)?sheetData[\s>/]/.exec(xml)?.[1] ?? '';
  const open = `<${prefix}c `;
  const close = `</${prefix}c>`;
  let at = xml.indexOf(open);
  while (at !== -1) {
    const tagEnd = xml.indexOf('>', at);
    if (tagEnd === -1) break;
    const tag = xml.slice(at, tagEnd + 1);
    if (xml[tagEnd - 1] === '/') {
      at = xml.indexOf(open, tagEnd);
      continue;
    }
    const end = xml.indexOf(close, tagEnd);
    if (end === -1) break;
    inspectCell(tag, xml.slice(tagEnd + 1, end), scan);
    at = xml.indexOf(open, end);
  }
  const mergesFrom = xml.indexOf(`<${prefix}mergeCells`);
  if (mergesFrom !== -1) {
    for (const [, ref = ''] of xml
      .slice(mergesFrom)
      .matchAll(/mergeCell\s[^>]*?ref="([^"]{1,40})"/g)) {
      const [from, to] = ref.split(':').map(parseAddress);
      if (scan.merges.length >= mergesMax) break;
      if (from && to) {
        scan.merges.push({
          fromRow: from.row,
          fromColumn: from.column,
          toRow: to.row,
          toColumn: to.column,
        });
      }
    }
  }
  return scan;
}
