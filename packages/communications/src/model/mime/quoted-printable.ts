/** RFC 2045 §6.7: an encoded line has at most 76 characters, the soft break's `=` among them. */
const lineMax = 76;
export const softBreak = '=\r\n';

const octets: readonly string[] = Array.from(
  { length: 256 },
  (_, octet) => `=${octet.toString(16).toUpperCase().padStart(2, '0')}`,
);

const space = 0x20;
const tab = 0x09;
const dot = 0x2e;

const isLiteral = (octet: number) => octet >= 0x21 && octet <= 0x7e && octet !== 0x3d;

/** A line of text, starting in column 0; broken softly where it is long, no blank before its end. */
function encodeLine(line: string, endsLine: boolean): { text: string; column: number } {
  const bytes = Buffer.from(line, 'utf8');
  let text = '';
  let column = 0;
  for (let index = 0; index < bytes.length; index++) {
    const octet = bytes[index] ?? 0;
    const isTrailing = endsLine && index === bytes.length - 1;
    const isBlank = octet === space || octet === tab;
    let encoded = octets[octet] ?? '';
    if (isLiteral(octet) || (isBlank && !isTrailing)) encoded = String.fromCharCode(octet);
    if (column + encoded.length > lineMax - 1) {
      text += softBreak;
      column = 0;
    }
    // No line of ours starts with a dot, so nothing is ever dot-stuffed on its way (RFC 5321 §4.5.2).
    if (octet === dot && column === 0) encoded = octets[dot] ?? '';
    text += encoded;
    column += encoded.length;
  }
  return { text, column };
}

/**
 * Text as quoted-printable, with `\n` as a line end, starting in column 0. Ends in column 0 as well,
 * by a soft break where the text itself does not end a line: pieces can be put one after the other.
 */
export function encodePiece(text: string): string {
  if (text === '') return '';
  const lines = text.toWellFormed().replace(/\r\n?/g, '\n').split('\n');
  const last = lines.pop() ?? '';
  const whole = lines.map((line) => `${encodeLine(line, true).text}\r\n`).join('');
  const { text: rest, column } = encodeLine(last, false);
  return column > 0 ? `${whole}${rest}${softBreak}` : whole;
}

/** What needs no encoding and fits into a line: nearly every name. */
const plainValue = /^[!-\-/-<>-~][ -<>-~]{0,72}$/;

/** `encodePiece`, quick for short plain values. */
export function encodeValue(value: string): string {
  return plainValue.test(value) ? value + softBreak : encodePiece(value);
}

/** A whole body: as `encodePiece`, for text that ends with a line end. */
export function encodeBody(text: string): string {
  return encodePiece(text.endsWith('\n') ? text : `${text}\n`);
}
