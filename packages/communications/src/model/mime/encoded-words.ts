/** RFC 2047 §2: an encoded word has at most 75 characters. With a header's name before it, we use less. */
const wordMax = 60;
const lineMax = 78;

/** Allowed as it is in an encoded word wherever it may stand (RFC 2047 §5, rule 3). */
const safeOctet = /[A-Za-z0-9!*+/-]/;

const hex = (octet: number) => `=${octet.toString(16).toUpperCase().padStart(2, '0')}`;

function encodeCharacter(character: string): string {
  if (character === ' ') return '_';
  if (safeOctet.test(character)) return character;
  return Array.from(Buffer.from(character, 'utf8'), hex).join('');
}

const known = new Map<string, string>();
const knownMax = 4_096;

/** `encodeCharacter`, remembered: a mailing speaks few alphabets. */
function inQ(character: string): string {
  const seen = known.get(character);
  if (seen !== undefined) return seen;
  const encoded = encodeCharacter(character);
  if (known.size < knownMax) known.set(character, encoded);
  return encoded;
}

const prefix = { Q: '=?UTF-8?Q?', B: '=?UTF-8?B?' } as const;
const room = wordMax - prefix.Q.length - '?='.length;
const fold = '?=\r\n ';

function quotedWords(text: string): string {
  let words: string = prefix.Q;
  let used = 0;
  for (const character of text) {
    const encoded = inQ(character);
    used += encoded.length;
    if (used > room) {
      words += fold + prefix.Q;
      used = encoded.length;
    }
    words += encoded;
  }
  return `${words}?=`;
}

/** Four letters carry three octets. */
const roomOctets = Math.floor(room / 4) * 3;

function base64Words(text: string): string {
  const words: string[] = [];
  let word = '';
  let used = 0;
  for (const character of text) {
    const size = Buffer.byteLength(character, 'utf8');
    used += size;
    if (used > roomOctets) {
      words.push(word);
      word = '';
      used = size;
    }
    word += character;
  }
  words.push(word);
  return `${prefix.B}${words.map((part) => Buffer.from(part, 'utf8').toString('base64')).join(fold + prefix.B)}?=`;
}

/**
 * Text as RFC 2047 encoded words, split between characters and never inside one. Base64 where most
 * of the text needs encoding, quoted-printable otherwise.
 */
export function encodedWords(text: string): string {
  const wellFormed = text.toWellFormed();
  const beyondAscii = Buffer.byteLength(wellFormed, 'utf8') - wellFormed.length;
  return beyondAscii * 2 > wellFormed.length ? base64Words(wellFormed) : quotedWords(wellFormed);
}

const printable = /^[ -~]*$/;

/** Breaks plain words at spaces; undefined where a word alone is longer than a line. */
function foldWords(text: string, firstColumn: number): string | undefined {
  let folded = '';
  let column = firstColumn;
  for (const word of text.split(' ')) {
    if (word.length > lineMax - 2) return undefined;
    if (folded === '') {
      folded = word;
      column += word.length;
    } else if (column + 1 + word.length > lineMax) {
      folded += `\r\n ${word}`;
      column = 1 + word.length;
    } else {
      folded += ` ${word}`;
      column += 1 + word.length;
    }
  }
  return column > lineMax && !folded.includes('\r') && text.length > lineMax ? undefined : folded;
}

/**
 * The value of a header of free text, folded (RFC 5322 §2.2.3). The text must be a single line
 * without leading, trailing or double spaces; anything that is not plain ASCII is encoded.
 */
export function unstructured(text: string, headerName: string): string {
  const firstColumn = headerName.length + 2;
  if (printable.test(text) && !text.includes('=?')) {
    if (firstColumn + text.length <= lineMax) return text;
    const folded = foldWords(text, firstColumn);
    if (folded !== undefined) return folded;
  }
  return encodedWords(text);
}

const quotable = /^[ -~]{1,60}$/;

/** A display name: a quoted string where that can say it, encoded words otherwise; '' for none. */
export function phrase(name: string): string {
  if (name === '') return '';
  if (quotable.test(name) && !name.includes('=?')) {
    return `"${name.replace(/["\\]/g, '\\$&')}"`;
  }
  return encodedWords(name);
}
