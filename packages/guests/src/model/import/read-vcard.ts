/** Columns a vCard file is turned into, so that it takes the same way as a spreadsheet. */
export const vcardHeader = [
  'Title',
  'First name',
  'Last name',
  'Full name',
  'E-mail',
  'Phone',
  'Street',
  'City',
  'Region',
  'Postcode',
  'Country',
  'Tags',
  'Notes',
] as const;

interface Property {
  name: string;
  parameters: string;
  value: string;
}

const unescapeText = (text: string) =>
  text.replace(/\\([nN,;:\\])/g, (_, letter: string) => (/n/i.test(letter) ? '\n' : letter));

/** Splits at separators that are not escaped (RFC 6350, 3.4). */
function splitUnescaped(text: string, separator: ';' | ','): string[] {
  const parts: string[] = [];
  let part = '';
  for (let index = 0; index < text.length; index++) {
    const letter = text[index] ?? '';
    if (letter === '\\') {
      part += letter + (text[index + 1] ?? '');
      index++;
    } else if (letter === separator) {
      parts.push(unescapeText(part).trim());
      part = '';
    } else part += letter;
  }
  parts.push(unescapeText(part).trim());
  return parts;
}

/** Quoted-printable of vCard 2.1, in the charset its parameters name. */
function decodeQuotedPrintable(value: string, parameters: string): string {
  const bytes: number[] = [];
  for (let index = 0; index < value.length; index++) {
    const code = /^=[0-9A-Fa-f]{2}/.exec(value.slice(index, index + 3));
    if (code) {
      bytes.push(Number.parseInt(value.slice(index + 1, index + 3), 16));
      index += 2;
    } else bytes.push(...new TextEncoder().encode(value[index] ?? ''));
  }
  const charset = /CHARSET=([\w-]+)/i.exec(parameters)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(Uint8Array.from(bytes));
  } catch {
    return new TextDecoder().decode(Uint8Array.from(bytes));
  }
}

function parseProperties(text: string): Property[] {
  const unfolded = text
    .replace(/\r\n?/g, '\n')
    .replace(/=\n(?=[^\n])/g, (soft, at: number, whole: string) => {
      const line = whole.slice(whole.lastIndexOf('\n', at) + 1, at);
      return /QUOTED-PRINTABLE/i.test(line) || !line.includes(':') ? '' : soft;
    })
    .replace(/\n[ \t]/g, '');
  const properties: Property[] = [];
  for (const line of unfolded.split('\n')) {
    const match = /^(?:[\w-]+\.)?([A-Za-z-]+)((?:;(?:"[^"]*"|[^:"])*)?):(.*)$/.exec(line);
    if (!match) continue;
    const [, name = '', parameters = '', raw = ''] = match;
    const quoted = /QUOTED-PRINTABLE/i.test(parameters);
    properties.push({
      name: name.toUpperCase(),
      parameters,
      value: quoted ? decodeQuotedPrintable(raw, parameters) : raw,
    });
  }
  return properties;
}

const values = (card: readonly Property[], name: string) =>
  card.filter((property) => property.name === name).map((property) => property.value);

function cardCells(card: readonly Property[]): string[] {
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = splitUnescaped(
    values(card, 'N')[0] ?? '',
    ';',
  );
  const [, extended = '', street = '', city = '', region = '', postcode = '', country = ''] =
    splitUnescaped(values(card, 'ADR')[0] ?? '', ';');
  const structured = given !== '' || family !== '';
  return [
    prefix,
    [given, middle].filter(Boolean).join(' '),
    [family, suffix].filter(Boolean).join(' '),
    structured ? '' : unescapeText(values(card, 'FN')[0] ?? values(card, 'ORG')[0] ?? '').trim(),
    values(card, 'EMAIL')
      .map((value) => value.replace(/^mailto:/i, ''))
      .join('; '),
    values(card, 'TEL')
      .map((value) => value.replace(/^tel:/i, ''))
      .join('; '),
    [street, extended].filter(Boolean).join(', '),
    city,
    region,
    postcode,
    country,
    values(card, 'CATEGORIES')
      .flatMap((value) => splitUnescaped(value, ','))
      .join(', '),
    values(card, 'NOTE').map(unescapeText).join('\n').trim(),
  ];
}

/** vCard 2.1, 3.0 and 4.0 (RFC 2426, RFC 6350) → one row of `vcardHeader` cells per card. */
export function readVcards(text: string): { row: number; cells: string[] }[] {
  const rows: { row: number; cells: string[] }[] = [];
  let card: Property[] | null = null;
  for (const property of parseProperties(text)) {
    const marker = property.value.trim().toUpperCase() === 'VCARD';
    if (marker && property.name === 'BEGIN') card = [];
    else if (marker && property.name === 'END') {
      if (card) rows.push({ row: rows.length + 1, cells: cardCells(card) });
      card = null;
    } else card?.push(property);
  }
  // A file cut short must not lose its last card.
  if (card && card.length > 0) rows.push({ row: rows.length + 1, cells: cardCells(card) });
  return rows;
}
