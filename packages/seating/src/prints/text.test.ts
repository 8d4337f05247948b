import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clipLine, fitText, wrapText } from './fit-text.ts';
import { canPrint } from './fonts.ts';
import { guestOrder, headingLetters } from './guest-order.ts';
import { fillColumns } from './paginate.ts';
import { createPen } from './pen.ts';
import { visualPieces } from './text-runs.ts';

const pen = createPen({ title: 'Test', language: 'en', asOf: '2027-06-01' });
const style = { face: 'serif', size: 20 } as const;
const named = (names: readonly string[]) =>
  names.map((name) => {
    const [firstName = '', lastName = ''] = name.split(' ');
    return { firstName, lastName };
  });

describe('fitting text', () => {
  const text = fc.stringMatching(/^[A-Za-zÀ-ž ‐-]{1,80}$/);

  it('never leaves its box, whatever the text', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 40, max: 400 }), (words, width) => {
        const box = { width, linesMax: 3, sizeMin: 6 };
        const { lines, size } = fitText(pen, words, { style, box });
        expect(lines.length).toBeLessThanOrEqual(3);
        for (const line of lines) {
          expect(pen.widthOf(line, { ...style, size })).toBeLessThanOrEqual(width + 1e-6);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keeps every letter when it breaks lines', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 30, max: 300 }), (words, width) => {
        const lines = wrapText(pen, words, { style, width });
        expect(lines.join('').replace(/\s/g, '')).toBe(words.replace(/\s/g, ''));
      }),
      { numRuns: 60 },
    );
  });

  it('makes a name smaller before it breaks it, and breaks at hyphens', () => {
    const box = { width: 200, linesMax: 2, sizeMin: 8 };
    expect(fitText(pen, 'Ana Reis', { style, box })).toEqual({ lines: ['Ana Reis'], size: 20 });
    const long = fitText(pen, 'Maximiliane-Theodora Hohenlohe-Waldenburg', { style, box });
    expect(long.lines).toEqual(['Maximiliane-Theodora', 'Hohenlohe-Waldenburg']);
    expect(clipLine(pen, 'Hohenlohe-Waldenburg', { style, width: 100 })).toMatch(/^Hohenl.*…$/);
  });
});

describe('lines of two directions', () => {
  it('are drawn in the order in which they are read', () => {
    expect(visualPieces('Ana Reis')).toEqual(['Ana Reis']);
    expect(visualPieces('مريم عبد')).toEqual(['عبد', ' ', 'مريم']);
    expect(visualPieces('Guest of مريم عبد')).toEqual(['Guest of ', 'عبد', ' ', 'مريم']);
    expect(visualPieces('שרה (Levi)').join('')).toBe('(Levi) שרה');
  });
});

describe('the fonts', () => {
  it('hold what the docs say, and no more', () => {
    for (const letter of 'Łśžđøþğıỹ‘’ΑωЖїԱაשمی⚠✎') expect(canPrint(letter), letter).toBe(true);
    for (const letter of '李さ한ไहি🎉') expect(canPrint(letter), letter).toBe(false);
  });
});

describe('the order of names', () => {
  const inOrder = (locale: string, names: readonly string[]) =>
    named(names)
      .toSorted(guestOrder(locale))
      .map(({ lastName }) => lastName);

  it('is that of the wedding’s language', () => {
    const names = ['A Ödman', 'A Zorn', 'A Olsen'];
    expect(inOrder('sv', names)).toEqual(['Olsen', 'Zorn', 'Ödman']);
    expect(inOrder('de', names)).toEqual(['Ödman', 'Olsen', 'Zorn']);
  });

  it('puts a letter above its names as that language knows it', () => {
    const [guest] = named(['A Åkesson']);
    if (!guest) throw new Error('no guest');
    expect(headingLetters('sv')(guest)).toBe('Å');
    expect(headingLetters('de')(guest)).toBe('A');
    expect(headingLetters('not a locale')(guest)).toBe('A');
  });
});

describe('filling pages', () => {
  it('keeps a heading with what follows, and everything in order', () => {
    const heading = { height: 10, staysWithNext: true };
    const row = { height: 10 };
    expect(fillColumns([row, row, row, heading, row], 40).map((column) => column.length)).toEqual([
      3, 2,
    ]);
    expect(fillColumns([{ height: 90 }, row], 40).map((column) => column.length)).toEqual([1, 1]);
    expect(fillColumns([], 40)).toEqual([]);
  });
});
