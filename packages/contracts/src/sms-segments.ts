/**
 * How a text travels: in the 7-bit alphabet of GSM 03.38 (3GPP TS 23.038), or, as soon as one
 * character is missing there, in UTF-16. A text that does not fit one segment loses 6 octets of
 * each to the header that joins them (TS 23.040). Pure, so that a composer can count while typing.
 */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** Written with an escape: two septets each. */
const extension = '\f^{}\\[~]|€';

const septetsOf = new Map<string, 1 | 2>([
  ...[...basic].map((character) => [character, 1] as const),
  ...[...extension].map((character) => [character, 2] as const),
]);

const limits = {
  gsm7: { single: 160, joined: 153 },
  ucs2: { single: 70, joined: 67 },
} as const;

export type SmsEncoding = keyof typeof limits;

export interface SmsSegments {
  encoding: SmsEncoding;
  /** Septets or UTF-16 units; the extension characters of GSM-7 and most emoji count two. */
  units: number;
  /** What the carrier bills. */
  segments: number;
  /** Units that still fit into the last segment. */
  unitsLeft: number;
  /** The characters that GSM-7 does not know, each once, in order of appearance. */
  foreign: string[];
}

/** Counts the segments of a text. An empty text is one empty segment. */
export function countSmsSegments(text: string): SmsSegments {
  const characters = [...text];
  const foreign = [...new Set(characters.filter((character) => !septetsOf.has(character)))];
  const encoding = foreign.length === 0 ? 'gsm7' : 'ucs2';
  const sizes = characters.map((character) =>
    encoding === 'gsm7' ? (septetsOf.get(character) ?? 1) : character.length,
  );
  const units = sizes.reduce<number>((sum, size) => sum + size, 0);
  const { single, joined } = limits[encoding];
  if (units <= single) {
    return { encoding, units, segments: 1, unitsLeft: single - units, foreign };
  }
  const { segments, used } = pack(sizes, joined);
  return { encoding, units, segments, unitsLeft: joined - used, foreign };
}

/** Neither an escape sequence nor a surrogate pair may be torn over two segments. */
function pack(sizes: readonly number[], capacity: number): { segments: number; used: number } {
  let segments = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > capacity) {
      segments += 1;
      used = 0;
    }
    used += size;
  }
  return { segments, used };
}
