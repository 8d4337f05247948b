/**
 * An apostrophe before what a spreadsheet program would run as a formula, in East Asian settings also
 * by its full-width sign (OWASP, CSV injection).
 */
const escapeFormula = (cell: string) => (/^'*[=+\-@＝＋－＠\t\r\n]/.test(cell) ? `'${cell}` : cell);

const quoted = (cell: string) =>
  /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

/** One record of RFC 4180, with its line end, safe to be opened by a spreadsheet program. */
export const csvRecord = (cells: readonly (string | number | null)[]): string =>
  `${cells.map((cell) => quoted(escapeFormula(String(cell ?? '')))).join(',')}\r\n`;

/** Tells spreadsheet programs that the file is UTF-8. */
export const byteOrderMark = '\uFEFF';
