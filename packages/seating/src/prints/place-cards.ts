import { drawCardSheets } from './card-sheet.ts';
import { clipLine, fitText } from './fit-text.ts';
import type { Area } from './page-frame.ts';
import { mm, type Paper } from './paper.ts';
import { ink, type Pen } from './pen.ts';
import { type PrintGuest, type PrintScene, seatedGuests } from './print-scene.ts';
import { dietInWords, dietsInOrder, isAllergy, needWords } from './words.ts';

interface PlaceCard {
  guest: PrintGuest;
  tableLabel: string;
  seatNumber: number;
}

/** What waiters look for, allergies first; the guest's other needs are between them and the host. */
function mealMark({ diets, accessibility }: PrintGuest): { text: string; isDanger: boolean } {
  const inOrder = dietsInOrder(diets);
  const words = inOrder.map(dietInWords);
  if (accessibility.includes('high-chair')) words.push(needWords['high-chair'] ?? '');
  return { text: words.join(' · '), isDanger: inOrder.some(isAllergy) };
}

/** Several lines in the middle of a card, around `y`. */
export function writeCentred(
  pen: Pen,
  text: { lines: readonly string[]; size: number },
  place: { x: number; y: number },
): void {
  const leading = text.size * 1.2;
  const first = place.y - ((text.lines.length - 1) * leading) / 2 + text.size * 0.35;
  text.lines.forEach((line, index) => {
    const at = { x: place.x, y: first + index * leading, align: 'center' } as const;
    pen.write(line, at, { face: 'serif', size: text.size });
  });
}

function drawCard(pen: Pen, { guest, tableLabel, seatNumber }: PlaceCard, area: Area): void {
  const middle = area.x + area.width / 2;
  const width = area.width - mm(12);
  const small = { face: 'sans', size: 8, color: ink.soft } as const;
  const place = `Table ${tableLabel} · Seat ${seatNumber}`;
  pen.write(
    clipLine(pen, place, { style: small, width }),
    { x: middle, y: area.y + mm(9), align: 'center' },
    small,
  );
  const name = fitText(pen, guest.name, {
    style: { face: 'serif', size: 22 },
    box: { width, linesMax: 3, sizeMin: 8 },
  });
  writeCentred(pen, name, { x: middle, y: area.y + area.height * 0.49 });
  const { text, isDanger } = mealMark(guest);
  if (!text) return;
  const style = { face: isDanger ? 'sans-bold' : 'sans', size: 9 } as const;
  const mark = fitText(pen, text, { style, box: { width, linesMax: 2, sizeMin: 5.5 } });
  mark.lines.forEach((line, index) => {
    const y = area.y + area.height - mm(7) - (mark.lines.length - 1 - index) * mark.size * 1.25;
    const color = isDanger ? ink.danger : ink.soft;
    pen.write(line, { x: middle, y, align: 'center' }, { ...style, size: mark.size, color });
  });
}

/** One card per seated guest, in the order in which they are laid out. */
export function placeCards(pen: Pen, scene: PrintScene, paper: Paper): Generator<void> {
  const cards = seatedGuests(scene).map(({ guest, table, seatNumber }) => ({
    guest,
    tableLabel: table.label,
    seatNumber,
  }));
  return drawCardSheets(pen, { paper, cards, draw: (card, area) => drawCard(pen, card, area) });
}
