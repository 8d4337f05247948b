export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

export interface DelimitedRecords {
  records: string[][];
  /** Records (1-based) in which a quote was opened and never closed; read as a plain character. */
  brokenQuotes: number[];
}

interface Field {
  text: string;
  /** Index of the delimiter, newline or end after the field. */
  end: number;
}

/**
 * Reads a quoted field that starts at `start`. Null when no closing quote is followed by the
 * delimiter, a newline or the end: then the quote was an ordinary character, e.g. `"Bob" Smith`.
 */
function readQuoted(text: string, start: number, delimiter: string): Field | null {
  let from = start + 1;
  let value = '';
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return null;
    value += text.slice(from, quote);
    const next = text[quote + 1];
    if (next === '"') {
      value += '"';
      from = quote + 2;
      continue;
    }
    let end = quote + 1;
    while (text[end] === ' ' && delimiter !== ' ') end++;
    const after = text[end];
    if (after === undefined || after === delimiter || after === '\n') return { text: value, end };
    return null;
  }
}

function readPlain(text: string, start: number, delimiter: string): Field {
  let end = start;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n') end++;
  return { text: text.slice(start, end), end };
}

/**
 * RFC 4180 with the leniency of spreadsheet programs: any newline, spaces around quotes, a stray
 * quote is a character. An unclosed quote costs no row: it is read as text and reported.
 * @param recordsMax stop after so many records.
 */
export function readDelimited(
  source: string,
  delimiter: Delimiter | null,
  recordsMax = Number.POSITIVE_INFINITY,
): DelimitedRecords {
  const text = source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source;
  const separator = delimiter ?? '\u0000';
  const records: string[][] = [];
  const brokenQuotes: number[] = [];
  // Each failed attempt to close a quote may scan far; after a few, quotes are plain characters.
  let attemptsLeft = 200;
  let record: string[] = [];
  let position = 0;
  while (position <= text.length && records.length < recordsMax) {
    let open = position;
    while (text[open] === ' ') open++;
    let field: Field | null = null;
    if (text[open] === '"' && attemptsLeft > 0) {
      field = readQuoted(text, open, separator);
      if (!field) {
        attemptsLeft--;
        brokenQuotes.push(records.length + 1);
      }
    }
    field ??= readPlain(text, position, separator);
    record.push(field.text);
    position = field.end + 1;
    if (text[field.end] !== separator) {
      const atEnd = field.end >= text.length;
      if (!(atEnd && record.length === 1 && record[0] === '')) records.push(record);
      record = [];
    }
  }
  return { records, brokenQuotes };
}

/** Share of records that have the most frequent number of fields, and that number. */
function regularity(records: readonly string[][]): { share: number; fields: number } {
  const counts = new Map<number, number>();
  let total = 0;
  for (const record of records) {
    if (record.every((cell) => cell.trim() === '')) continue;
    total++;
    counts.set(record.length, (counts.get(record.length) ?? 0) + 1);
  }
  let fields = 1;
  let most = 0;
  for (const [count, times] of counts) {
    if (times > most || (times === most && count > fields)) {
      fields = count;
      most = times;
    }
  }
  if (total === 0) return { share: 1, fields: records[0]?.length ?? 1 };
  return { share: most / total, fields };
}

/**
 * The delimiter that splits the first records most regularly into most fields; null for a list of
 * one column, including `Name` over `Smith, John`, where the comma belongs to the names.
 */
export function detectDelimiter(text: string): Delimiter | null {
  const hint = /^sep=([,;\t|])\r?\n/i.exec(text)?.[1];
  if (hint) return hint as Delimiter;
  const sample = text.slice(0, 200_000);
  let best: Delimiter | null = null;
  let bestScore = 0;
  for (const delimiter of delimiters) {
    const { records } = readDelimited(sample, delimiter, 60);
    const { share, fields } = regularity(records);
    if (fields < 2) continue;
    const score = share * Math.log2(fields + 1) + (delimiter === ',' ? 0 : 0.05);
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best === ',' && isSurnameCommaList(sample) ? null : best;
}

/** One heading without a comma above lines of the form `Surname, Given`. */
function isSurnameCommaList(sample: string): boolean {
  const lines = sample
    .split(/\r\n?|\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, 60);
  const [heading, ...rest] = lines;
  if (heading === undefined || heading.includes(',') || rest.length === 0) return false;
  return (
    rest.every((line) => /^[^,"]+(, ?[^,"]+)?$/.test(line)) &&
    /name|guest|gäste|invit/i.test(heading)
  );
}
