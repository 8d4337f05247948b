import { refuseFile } from './refusal.ts';

export interface DecodedText {
  text: string;
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'macintosh';
  /** True when nothing in the file states its encoding and it was told by its letters. */
  guessed: boolean;
}

const decode = (bytes: Uint8Array, encoding: string) => new TextDecoder(encoding).decode(bytes);

/** Letters of Western European names; what a wrong guess of the code page does not produce. */
const europeanLetter = /[ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿŒœŠšŽž]/;
const asciiLetter = (byte: number | undefined) =>
  byte !== undefined && ((byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a));

/**
 * UTF-16 without a byte order mark: ASCII text then has a NUL in every other byte, always on the
 * same side.
 */
function utf16WithoutMark(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const length = Math.min(bytes.length & ~1, 4096);
  if (length < 8) return null;
  let evenNuls = 0;
  let oddNuls = 0;
  for (let index = 0; index < length; index += 2) {
    if (bytes[index] === 0) evenNuls++;
    if (bytes[index + 1] === 0) oddNuls++;
  }
  const half = length / 2;
  if (oddNuls > half * 0.5 && evenNuls < half * 0.05) return 'utf-16le';
  if (evenNuls > half * 0.5 && oddNuls < half * 0.05) return 'utf-16be';
  return null;
}

/**
 * Windows-1252 or Mac Roman, decided by which of the two turns the bytes between Latin letters into
 * letters of European languages: `8E` is `é` in Mac Roman and `Ž` in Windows-1252, `E9` is `é` in
 * Windows-1252 and `È` in Mac Roman, where capitals inside a word count against a reading.
 */
function guessSingleByte(bytes: Uint8Array): 'windows-1252' | 'macintosh' {
  const scores = { 'windows-1252': 0.5, macintosh: 0 };
  const alphabets = {
    'windows-1252': Array.from(decode(highBytes, 'windows-1252')),
    macintosh: Array.from(decode(highBytes, 'macintosh')),
  };
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0;
    if (byte < 0x80) continue;
    const before = bytes[index - 1];
    const insideWord = asciiLetter(before) || asciiLetter(bytes[index + 1]);
    if (!insideWord) continue;
    const afterLowerCase = before !== undefined && before >= 0x61 && before <= 0x7a;
    for (const encoding of ['windows-1252', 'macintosh'] as const) {
      const letter = alphabets[encoding][byte - 0x80] ?? '';
      if (!europeanLetter.test(letter)) scores[encoding] -= 1;
      else if (afterLowerCase && letter !== letter.toLowerCase()) scores[encoding] -= 0.5;
      else scores[encoding] += 1;
    }
  }
  return scores.macintosh > scores['windows-1252'] ? 'macintosh' : 'windows-1252';
}
const highBytes = Uint8Array.from({ length: 128 }, (_, index) => 0x80 + index);

/**
 * Bytes of a text file → text. Byte order marks win, then UTF-16 by its NUL pattern, then strict
 * UTF-8, then Windows-1252 or Mac Roman by their letters.
 * @throws DomainError `guests.import_encoding` for UTF-32.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const [b0, b1, b2, b3] = bytes;
  if (b0 === 0xef && b1 === 0xbb && b2 === 0xbf) {
    return { text: decode(bytes, 'utf-8'), encoding: 'utf-8', guessed: false };
  }
  if (
    (b0 === 0xff && b1 === 0xfe && b2 === 0 && b3 === 0) ||
    (b0 === 0 && b1 === 0 && b2 === 0xfe)
  ) {
    throw refuseFile(
      'encoding',
      'This file is encoded as UTF-32, which is not read here. Save it again as “CSV UTF-8” and choose that file.',
    );
  }
  if (b0 === 0xff && b1 === 0xfe) {
    return { text: decode(bytes, 'utf-16le'), encoding: 'utf-16le', guessed: false };
  }
  if (b0 === 0xfe && b1 === 0xff) {
    return { text: decode(bytes, 'utf-16be'), encoding: 'utf-16be', guessed: false };
  }
  const wide = utf16WithoutMark(bytes);
  if (wide) return { text: decode(bytes, wide), encoding: wide, guessed: true };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { text, encoding: 'utf-8', guessed: false };
  } catch {
    const encoding = guessSingleByte(bytes);
    return { text: decode(bytes, encoding), encoding, guessed: true };
  }
}

/** The bytes 80..9F of Windows-1252, needed to turn mojibake back into bytes. */
const windowsPunctuation = new Map(
  Array.from(
    decode(
      Uint8Array.from({ length: 32 }, (_, index) => 0x80 + index),
      'windows-1252',
    ),
  ).map((letter, index) => [letter, 0x80 + index] as const),
);
const mojibake = /[ÂÃÄÅĂ][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€]/;

/**
 * UTF-8 that was once read as Windows-1252 and saved again (`JosÃ©`) → the text that was meant;
 * null when the text is not of that kind.
 */
export function repairMojibake(text: string): string | null {
  if (!mojibake.test(text)) return null;
  const bytes: number[] = [];
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    const byte = code < 0x100 ? code : windowsPunctuation.get(letter);
    if (byte === undefined) return null;
    bytes.push(byte);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
  } catch {
    return null;
  }
}
