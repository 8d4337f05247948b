import { wrapText } from './fit-text.ts';
import { contentArea, type Frame, startFramedPage } from './page-frame.ts';
import { fillColumns } from './paginate.ts';
import { type Paper, pageSize } from './paper.ts';
import { ink, type Pen } from './pen.ts';
import type { NameNote, PrintScene } from './print-scene.ts';

const code = (character: string) =>
  [...character]
    .map((point) => `U+${(point.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)
    .join(' ');

const style = { face: 'sans', size: 10 } as const;
const leading = 13.5;

/** What a reader needs to find the name in the guest list and write it in. */
const linesOf = (pen: Pen, { number, where, printed, characters }: NameNote, width: number) => [
  ...wrapText(pen, `✎${number}  ${where}`, { style, width }),
  ...wrapText(pen, `printed as “${printed}”, missing: ${characters.map(code).join(', ')}`, {
    style,
    width,
  }),
];

const explanation =
  'The fonts of the prints hold Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew and Arabic letters. ' +
  'These texts contain others. Where they stand, a line is left free: please write them in by hand.';

/** After a print in which texts are marked: which they are, so that nothing is lost silently. */
export function* notesPage(pen: Pen, scene: PrintScene, paper: Paper): Generator<void> {
  if (scene.notes.length === 0) return;
  // Always a sheet for the desk, whatever the print is.
  const size = pageSize(paper === 'letter' ? 'letter' : 'A4', 'portrait');
  const look = { size, marginMm: 16, scale: 1, title: 'To write by hand' };
  const area = contentArea(look);
  const intro = wrapText(pen, explanation, { style, width: area.width });
  const blocks = [
    { lines: intro, height: (intro.length + 1) * leading, isIntro: true },
    ...scene.notes.map((note) => {
      const lines = linesOf(pen, note, area.width);
      return { lines, height: (lines.length + 0.6) * leading, isIntro: false };
    }),
  ];
  const filled = fillColumns(blocks, area.height);
  for (const [index, inPage] of filled.entries()) {
    const frame: Frame = { ...look, page: index + 1, pages: filled.length };
    startFramedPage(pen, scene, frame);
    let y = area.y;
    for (const { lines, height, isIntro } of inPage) {
      lines.forEach((line, row) => {
        const color = row === 0 || isIntro ? ink.strong : ink.soft;
        pen.write(line, { x: area.x, y: y + 10 + row * leading }, { ...style, color });
      });
      y += height;
    }
    yield;
  }
}
