import { SmsPrice } from './communications-sms.ts';

/** A price list as a provider gives it out, read as far as it could be. */
export interface SmsPriceList {
  /** One per country, the price of all others first; of several the dearest. */
  prices: SmsPrice[];
  /** Lines that were left out, with what is wrong in them; the first line of the file is 1. */
  problems: { line: number; message: string }[];
  /** Countries that stood in several lines, for example one per carrier. */
  merged: string[];
}

/** More lines than any provider has carriers. */
const linesMax = 20_000;
const microsPerUnit = 1_000_000;

const countryHeads = ['country', 'iso', 'iso code', 'country code', 'country iso', 'land', 'pays'];
const priceHeads = ['price', 'price / msg', 'price per segment', 'rate', 'cost', 'amount', 'preis'];
const currencyHeads = ['currency', 'price unit', 'unit', 'währung', 'devise'];
const anywhere = new Set(['', '*', 'default', 'other', 'others', 'all']);

/** RFC 4180 without line ends inside of quotes: no price list has them. */
function cellsOf(line: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < line.length; at++) {
    const letter = line[at];
    if (isQuoted && letter === '"' && line[at + 1] === '"') {
      cell += '"';
      at++;
    } else if (letter === '"') {
      isQuoted = !isQuoted;
    } else if (letter === separator && !isQuoted) {
      cells.push(cell.trim());
      cell = '';
    } else {
      cell += letter;
    }
  }
  return [...cells, cell.trim()];
}

const separatorOf = (head: string) =>
  [';', '\t', ','].find((separator) => head.includes(separator)) ?? ',';

/** `0.0415`, `0,0415`, `$0.0415`; NaN for anything else. */
function microsOf(written: string): number {
  const plain = written.replace(/[^\d.,-]/g, '').replace(',', '.');
  return /^\d+(\.\d+)?$/.test(plain) ? Math.round(Number(plain) * microsPerUnit) : Number.NaN;
}

function columnsOf(head: readonly string[]) {
  const names = head.map((name) => name.toLowerCase().replace(/^\ufeff/, ''));
  const find = (known: readonly string[]) => names.findIndex((name) => known.includes(name));
  return { country: find(countryHeads), price: find(priceHeads), currency: find(currencyHeads) };
}

/**
 * Reads a provider's price list: lines of country, price of one segment and currency, separated by
 * comma, semicolon or tab, under a line of headings. `*` or nothing as the country is the price of
 * all others. Lines that cannot be read are named and left out; nothing is guessed.
 * @param currency ISO 4217, for lists without a column of their own
 */
export function readSmsPriceList(text: string, currency: string): SmsPriceList {
  const lines = text.split(/\r\n|\r|\n/);
  const head = lines.findIndex((line) => line.trim() !== '');
  const separator = separatorOf(lines[head] ?? '');
  const columns = columnsOf(cellsOf(lines[head] ?? '', separator));
  const list: SmsPriceList = { prices: [], problems: [], merged: [] };
  if (columns.country < 0 || columns.price < 0) {
    const message = 'The first line needs the headings country and price (and currency).';
    return { ...list, problems: [{ line: Math.max(head, 0) + 1, message }] };
  }
  const known = new Map<string, SmsPrice>();
  for (const [at, line] of lines.slice(0, linesMax).entries()) {
    if (at <= head || line.trim() === '') continue;
    const cells = cellsOf(line, separator);
    const country = (cells[columns.country] ?? '').toUpperCase();
    const price = SmsPrice.safeParse({
      country: anywhere.has(country.toLowerCase()) ? null : country,
      microsPerSegment: microsOf(cells[columns.price] ?? ''),
      currency: (cells[columns.currency] || currency).toUpperCase(),
    });
    if (!price.success) {
      const [issue] = price.error.issues;
      const isPrice = issue?.path[0] === 'microsPerSegment';
      const message = isPrice
        ? `“${cells[columns.price] ?? ''}” is no price of one segment, such as 0.0415.`
        : (issue?.message ?? 'It cannot be read.');
      list.problems.push({ line: at + 1, message });
      continue;
    }
    const key = price.data.country ?? '';
    const before = known.get(key);
    if (before) list.merged.push(key || '*');
    if (!before || before.microsPerSegment < price.data.microsPerSegment)
      known.set(key, price.data);
  }
  list.prices = [...known].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, price]) => price);
  list.merged = [...new Set(list.merged)];
  return list;
}
