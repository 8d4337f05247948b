import type { ImportIssue } from '@wedsync/contracts/guest-import';
import { foldHeader, tidyText } from '../fold.ts';
import { looksLikeEmail, looksLikePhone } from './cell-words.ts';
import { importLimits } from './limits.ts';
import { recogniseHeading } from './recognise-heading.ts';
import { columnLetters } from './refusal.ts';
import type { SheetScan } from './scan-sheet.ts';

export interface FoundHeader {
  /** Index of the header row in `rows`; -1 when the file has none. */
  index: number;
  header: string[];
  /** How surely the row is a header; compares the sheets of a workbook. */
  score: number;
  issues: ImportIssue[];
}

const isBlank = (cell: string | undefined) => (cell ?? '').trim() === '';

/** How much a row looks like headings: known words count, data counts against. */
function headingScore(row: readonly string[]): number {
  let score = 0;
  for (const cell of row) {
    if (isBlank(cell)) continue;
    if (looksLikeEmail(cell) || looksLikePhone(cell) || cell.length > 80) score -= 2;
    else if (/^\d+([.,]\d+)?$/.test(cell.trim())) score -= 0.5;
    else {
      const guess = recogniseHeading(cell);
      if (guess) score += guess.confidence > 0.9 ? 1 : 0.5;
      else score -= 0.15;
    }
  }
  return score;
}

function findRow(rows: readonly string[][]): { best: number; bestScore: number } {
  let best = -1;
  let bestScore = 0.6;
  for (let index = 0; index < Math.min(rows.length, importLimits.headerSearchRows); index++) {
    const score = headingScore(rows[index] ?? []);
    // Only a clearly better row further down wins: data may repeat a heading's word.
    if (score > bestScore + (best === -1 ? 0 : 0.9)) {
      best = index;
      bestScore = score;
    }
  }
  return { best, bestScore };
}

/** The group headings above the header, spread over the columns they are merged across. */
function groupHeadings(
  rows: readonly string[][],
  headerIndex: number,
  scan: SheetScan | null,
): string[] | null {
  const above = rows[headerIndex - 1];
  const header = rows[headerIndex];
  if (!above || !header) return null;
  const filled = above.filter((cell) => !isBlank(cell)).length;
  const merges = scan?.merges.filter((merge) => merge.fromRow === headerIndex) ?? [];
  const acrossMerges = merges.filter((merge) => merge.toColumn > merge.fromColumn);
  if (filled < 2 && !(acrossMerges.length > 0 && (acrossMerges[0]?.fromColumn ?? 1) > 1))
    return null;
  const groups: string[] = [];
  let current = '';
  for (let column = 0; column < header.length; column++) {
    const own = tidyText(above[column] ?? '');
    if (own !== '') current = own;
    const merge = merges.find(
      (range) => column + 1 >= range.fromColumn && column + 1 <= range.toColumn,
    );
    groups.push(merge || scan === null || own !== '' ? current : '');
  }
  return groups;
}

/** Headings that say nothing without their group: `Saturday dinner` over `Invited`, `Reply`. */
const needsGroup = (folded: string) =>
  /^(invited|rsvp|reply|answer|attending|response|yes|no|y n|zusage|eingeladen|reponse|respuesta|risposta|resposta|antwoord|name|first|last|first name|last name|diet|meal|vorname|nachname|prenom|nom|mobile|home|work|privat)$/.test(
    folded,
  );

function combineGroups(header: readonly string[], groups: readonly string[]): string[] {
  const folded = header.map(foldHeader);
  return header.map((heading, column) => {
    const group = groups[column] ?? '';
    const word = folded[column] ?? '';
    if (group === '') return heading;
    if (word === '') return group;
    const repeated = folded.filter((other) => other === word).length > 1;
    return repeated || needsGroup(word) ? `${group} ${heading}` : heading;
  });
}

/** Headings made distinct and complete: a second `Phone` is `Phone (2)`, a blank one `Column C`. */
export function distinctHeader(header: readonly string[]): string[] {
  const seen = new Set<string>();
  return header.map((raw, index) => {
    const heading =
      tidyText(raw.replace(/\s+/g, ' ')).slice(0, 120) || `Column ${columnLetters(index)}`;
    let distinct = heading;
    for (let copy = 2; seen.has(distinct.toLowerCase()); copy++) distinct = `${heading} (${copy})`;
    seen.add(distinct.toLowerCase());
    return distinct;
  });
}

/** Finds the header under titles and blank rows, joins two-storey headings, names every column. */
export function findHeader(rows: readonly string[][], scan: SheetScan | null): FoundHeader {
  const { best: index, bestScore: score } = findRow(rows);
  const issues: ImportIssue[] = [];
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (index === -1) {
    issues.push({
      severity: 'warning',
      code: 'guests.import_no_header',
      row: null,
      column: null,
      message: 'No heading row was found; every row was read as guests.',
      remedy: 'Say below what each column means, or add a row of headings to the file.',
    });
    return { index, header: distinctHeader(Array(width).fill('')), score: 0, issues };
  }
  const own = Array.from({ length: width }, (_, column) => rows[index]?.[column] ?? '');
  const groups = groupHeadings(rows, index, scan);
  const groupScore = groups ? headingScore(rows[index - 1] ?? []) : 0;
  const joined = groups && groupScore > -1.5 ? combineGroups(own, groups) : own;
  for (let above = 0; above < index; above++) {
    const text = (rows[above] ?? []).filter((cell) => !isBlank(cell)).join(' · ');
    if (text === '' || (groups && above === index - 1)) continue;
    issues.push({
      severity: 'info',
      code: 'guests.import_title_row',
      row: above + 1,
      column: null,
      message: `Row ${above + 1} (“${text.slice(0, 80)}”) stands above the headings and was read as a title.`,
      remedy: 'If it is a guest, move it below the heading row.',
    });
  }
  return { index, header: distinctHeader(joined), score, issues };
}
