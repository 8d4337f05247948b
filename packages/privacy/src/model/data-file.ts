import { strToU8, zipSync } from 'fflate';
import Papa from 'papaparse';

type Row = Readonly<Record<string, unknown>>;

/** Everything that is kept about a guest: single records and lists, by the name of their file. */
export type GuestData = Readonly<Record<string, Row | readonly Row[]>>;

const isList = (value: Row | readonly Row[]): value is readonly Row[] => Array.isArray(value);

/** A cell of a spreadsheet: an apostrophe before what would run as a formula (OWASP, CSV injection). */
function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return /^('*[=+\-@＝＋－＠]|[\t\r\n])/.test(text) ? `'${text}` : text;
}

function csvOf(value: Row | readonly Row[]): string {
  const rows = isList(value) ? value : [value];
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const data = rows.map((row) => fields.map((field) => cellOf(row[field])));
  return `\ufeff${Papa.unparse([fields, ...data], { newline: '\r\n' })}\r\n`;
}

/** A zip of `guest-data.json`, which holds everything, and one CSV for each part of it. */
export function packGuestData(data: GuestData, at: Date): Uint8Array {
  const files = Object.entries(data).map(([name, value]) => [`${name}.csv`, csvOf(value)] as const);
  const all = [['guest-data.json', `${JSON.stringify(data, null, 2)}\n`] as const, ...files];
  const entries = all.map(([name, text]): [string, [Uint8Array, { mtime: Date }]] => [
    name,
    [strToU8(text), { mtime: at }],
  ]);
  return zipSync(Object.fromEntries(entries));
}
