import type { Pen, TextStyle } from './pen.ts';

export interface FittedText {
  lines: string[];
  size: number;
}

export interface FitBox {
  width: number;
  /** Lines stand this far apart, as a share of the size. */
  lineHeight?: number;
  linesMax: number;
  sizeMin: number;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const lettersOf = (word: string) => [...graphemes.segment(word)].map(({ segment }) => segment);
const step = 0.94;

/** The longest beginning of a word that fits, at least one letter. */
function headThatFits(
  pen: Pen,
  letters: readonly string[],
  line: { style: TextStyle; width: number },
) {
  let end = 1;
  while (
    end < letters.length &&
    pen.widthOf(letters.slice(0, end + 1).join(''), line.style) <= line.width
  ) {
    end++;
  }
  return end;
}

/** Breaks a word that is wider than a line: better in two than outside the card. */
function breakWord(pen: Pen, word: string, line: { style: TextStyle; width: number }): string[] {
  const parts: string[] = [];
  let letters = lettersOf(word);
  while (letters.length > 0 && pen.widthOf(letters.join(''), line.style) > line.width) {
    const end = headThatFits(pen, letters, line);
    parts.push(letters.slice(0, end).join(''));
    letters = letters.slice(end);
  }
  return letters.length > 0 ? [...parts, letters.join('')] : parts;
}

/** Places to break: after spaces and after hyphens, as in "Müller-Lüdenscheidt". */
const wordsOf = (text: string) => text.match(/[^\s-]+-?|-+/gu) ?? [];
const joins = (line: string, word: string) =>
  line.endsWith('-') ? line + word : `${line} ${word}`;

/** Lines of a text at one size; words that are too wide are broken. */
export function wrapText(
  pen: Pen,
  text: string,
  line: { style: TextStyle; width: number },
): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of wordsOf(text)) {
    const longer = current ? joins(current, word) : word;
    if (pen.widthOf(longer, line.style) <= line.width) {
      current = longer;
      continue;
    }
    if (current) lines.push(current);
    const parts = breakWord(pen, word, line);
    lines.push(...parts.slice(0, -1));
    current = parts.at(-1) ?? '';
  }
  return current ? [...lines, current] : lines;
}

/** Shortens a line until it fits with an ellipsis. The whole text always stands elsewhere too. */
export function clipLine(
  pen: Pen,
  text: string,
  line: { style: TextStyle; width: number },
): string {
  if (pen.widthOf(text, line.style) <= line.width) return text;
  const letters = lettersOf(text);
  let [low, high] = [0, letters.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const shorter = `${letters.slice(0, middle).join('').trimEnd()}…`;
    if (pen.widthOf(shorter, line.style) <= line.width) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : `${letters.slice(0, low).join('').trimEnd()}…`;
}

const breaksWords = (text: string, lines: readonly string[]) =>
  lines.reduce((sum, line) => sum + wordsOf(line).length, 0) > wordsOf(text).length;

/**
 * The largest size at which a text stands whole in its box: first smaller on few lines, then on
 * more lines, and with broken words only at the smallest size. What does not even fit then is
 * clipped with an ellipsis.
 */
export function fitText(
  pen: Pen,
  text: string,
  { style, box }: { style: TextStyle; box: FitBox },
): FittedText {
  const { width, linesMax, sizeMin } = box;
  if (!text) return { lines: [], size: style.size };
  for (let allowed = 1; allowed <= linesMax; allowed++) {
    // One more line is better than letters of less than three quarters of the size.
    const least = allowed === linesMax ? sizeMin : Math.max(sizeMin, style.size * 0.75);
    for (let size = style.size; size >= least; size *= step) {
      const lines = wrapText(pen, text, { style: { ...style, size }, width });
      if (lines.length <= allowed && !breaksWords(text, lines)) return { lines, size };
    }
  }
  const smallest = { ...style, size: sizeMin };
  const lines = wrapText(pen, text, { style: smallest, width });
  if (lines.length <= linesMax) return { lines, size: sizeMin };
  const rest = lines.slice(linesMax - 1).reduce(joins);
  const last = clipLine(pen, rest, { style: smallest, width });
  return { lines: [...lines.slice(0, linesMax - 1), last], size: sizeMin };
}
