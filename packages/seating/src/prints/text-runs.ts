import { type Face, faceFor } from './fonts.ts';

/** A piece of a line that is drawn in one go: one font, one direction. */
export interface TextRun {
  text: string;
  face: Face;
}

const rightToLeft = /[\p{scx=Hebrew}\p{scx=Arabic}]/u;
const leftToRight = /[\p{L}\p{N}]/u;
const mirrored: Readonly<Record<string, string>> = {
  '(': ')',
  ')': '(',
  '[': ']',
  ']': '[',
  '«': '»',
  '»': '«',
};

type Direction = 'ltr' | 'rtl';

/** Direction of a word; null where it has none of its own, as a dash or a bracket. */
function directionOf(word: string): Direction | null {
  if (rightToLeft.test(word)) return 'rtl';
  return leftToRight.test(word) ? 'ltr' : null;
}

/** Letters of both directions within one word are separated: each font run has one direction. */
const piecesOf = (text: string): string[] =>
  text.match(/\s+|[\p{scx=Hebrew}\p{scx=Arabic}\p{M}]+|[^\s\p{scx=Hebrew}\p{scx=Arabic}]+/gu) ?? [];

interface Directed {
  direction: Direction;
  pieces: string[];
}

/** Neighbouring pieces of one direction; what has none goes with what surrounds it. */
function directedRuns(pieces: readonly string[], base: Direction): Directed[] {
  const runs: Directed[] = [];
  pieces.forEach((piece, index) => {
    const before = runs.at(-1)?.direction ?? base;
    const after =
      pieces
        .slice(index + 1)
        .map(directionOf)
        .find(Boolean) ?? base;
    const neutral = before === after ? before : base;
    const direction = directionOf(piece) ?? neutral;
    const last = runs.at(-1);
    if (last?.direction === direction) last.pieces.push(piece);
    else runs.push({ direction, pieces: [piece] });
  });
  return runs;
}

const mirror = (piece: string) =>
  [...piece]
    .reverse()
    .map((character) => mirrored[character] ?? character)
    .join('');

/**
 * A line in the order in which it is drawn, from left to right. The main rules of the Unicode
 * Bidirectional Algorithm (UAX #9) for one line without embeddings: enough for names and headings.
 * Letters within a run are turned and joined by the font engine.
 */
export function visualPieces(text: string): string[] {
  if (!rightToLeft.test(text)) return [text];
  const pieces = piecesOf(text);
  const base = pieces.map(directionOf).find(Boolean) ?? 'ltr';
  const runs = directedRuns(pieces, base).map(({ direction, pieces: inRun }) =>
    direction === 'rtl'
      ? inRun.toReversed().map((piece) => (directionOf(piece) ? piece : mirror(piece)))
      : [inRun.join('')],
  );
  return (base === 'rtl' ? runs.toReversed() : runs).flat();
}

/** Splits a line into what can be drawn in one go, in the order from left to right. */
export function textRuns(text: string, face: Face): TextRun[] {
  return visualPieces(text).flatMap((piece) => {
    const whole = faceFor(face, piece);
    if (whole === face) return [{ text: piece, face }];
    // Only the words that need it change their face, not their neighbours.
    return (piece.match(/\S+\s*|\s+/gu) ?? []).map((word) => ({
      text: word,
      face: faceFor(face, word),
    }));
  });
}
