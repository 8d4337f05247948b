import { foldAccents, foldHeader } from '../fold.ts';
import type { RowReader } from './row-draft.ts';
import type { ImportTable } from './types.ts';

/** Why a row is no guest although it is not blank; null for every row that should be one. */
export type SkipReason =
  | { kind: 'section'; label: string }
  | { kind: 'total' }
  | { kind: 'repeat' };

/** Section headings of printed lists (`BRIDE'S FAMILY`, `Friends:`); they name no guest. */
function isSectionHeading(cell: string): boolean {
  const folded = foldAccents(cell)
    .replace(/[^a-z' ]+/g, ' ')
    .trim();
  return /^((the )?(bride|groom)('?s)?( side| family| friends| guests| parents)?|friends( of .*)?|family|work( colleagues| friends)?|colleagues|neighbou?rs|family of .*|(uni|university|school|college) friends|vip|head table|table \w{1,3}|others?|kids|children|vendors|a list|b list|(brautleute|brautseite|familie (der braut|des brautigams)|freunde|arbeit|kollegen|nachbarn|trauzeugen)|famille (de la mariee|du marie)|amis|collegues|amigos|trabajo|trabalho|amici|lavoro|vrienden|werk|familia( d[aeo].*)?|familie)$/.test(
    folded,
  );
}

const totals =
  /^(grand )?(total|totals|sum|subtotal|summe|gesamt|gesamtsumme|insgesamt|totaux|suma|totale|totali|totaal|soma|guest count|number of guests|anzahl gaste)( (guests|gaste|personen|people|adults|invites))?( \d+)?$/;

/**
 * Rows of printed lists that are no guests: the heading repeated on each page, headings of sections,
 * and sums at the end.
 */
export function findSkipReason(reader: RowReader, table: ImportTable): SkipReason | null {
  const filled = reader.source.cells.filter((cell) => cell !== '');
  const [first = ''] = filled;
  if (filled.length > 1) {
    const repeated = reader.source.cells.filter(
      (cell, column) => cell !== '' && foldHeader(cell) === foldHeader(table.header[column] ?? ''),
    );
    if (repeated.length === filled.length) return { kind: 'repeat' };
  }
  const others = filled.slice(1);
  if (totals.test(foldHeader(first)) && others.every((cell) => /^[\d.,%€$£ ]+$/.test(cell)))
    return { kind: 'total' };
  const nameColumns = [
    ...reader.cells('full-name'),
    ...reader.cells('first-name'),
    ...reader.cells('last-name'),
    ...reader.cells('household'),
  ];
  if (nameColumns.length === 0 && filled.every((cell) => /^(=.*|[\d.,%€$£ ]+)$/.test(cell)))
    return { kind: 'total' };
  if (filled.length === 1 && table.header.length > 1 && isSectionHeading(first))
    return { kind: 'section', label: first.replace(/\s*:\s*$/, '') };
  return null;
}
