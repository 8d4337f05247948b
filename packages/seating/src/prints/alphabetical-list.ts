import { type FittedText, fitText } from './fit-text.ts';
import { canPrint } from './fonts.ts';
import { guestOrder, headingLetters } from './guest-order.ts';
import { type Area, contentArea, drawEmptyPage, startFramedPage } from './page-frame.ts';
import { fillColumns } from './paginate.ts';
import { mm, type Paper, pageSize, paperScale } from './paper.ts';
import { ink, type Pen } from './pen.ts';
import { type PrintGuest, type PrintScene, seatedGuests } from './print-scene.ts';
import { printTitles } from './words.ts';

type Entry = { height: number; staysWithNext?: boolean } & (
  | { kind: 'letter'; letter: string }
  | { kind: 'guest'; name: FittedText; place: FittedText; hasSeat: boolean }
);

const marginMm = 14;
const columns = 2;

/** "Lee, Ann": by what they are looked up; as it is where a part of the name is marked. */
const lookedUpName = ({ name, firstName, lastName }: PrintGuest) =>
  lastName && name === `${firstName} ${lastName}` ? `${lastName}, ${firstName}` : name;

/** Everybody who comes with the table, in the order of the wedding's language. */
function entriesOf(pen: Pen, scene: PrintScene, column: { width: number; scale: number }): Entry[] {
  const { width, scale } = column;
  const order = guestOrder(scene.locale);
  const letterOf = headingLetters(scene.locale);
  const everybody = [
    ...seatedGuests(scene).map(({ guest, table }) => ({ guest, place: table.label })),
    ...scene.unseated.map((guest) => ({ guest, place: null })),
  ].toSorted((one, other) => order(one.guest, other.guest));
  let letter: string | undefined;
  return everybody.flatMap(({ guest, place }): Entry[] => {
    const style = { face: 'sans', size: 10.5 * scale } as const;
    const name = fitText(pen, lookedUpName(guest), {
      style,
      box: { width: width * 0.68, linesMax: 2, sizeMin: 6.5 * scale },
    });
    const placed = fitText(pen, place ?? 'no seat yet', {
      style: { ...style, face: 'sans-bold' },
      box: { width: width * 0.28, linesMax: 2, sizeMin: 6 * scale },
    });
    const lines = Math.max(name.lines.length, placed.lines.length);
    const height = (lines * 12.5 + 3) * scale;
    const row: Entry = { kind: 'guest', name, place: placed, hasSeat: place !== null, height };
    const found = letterOf(guest);
    const shown = [...found].every(canPrint) ? found : '#';
    if (shown === letter) return [row];
    letter = shown;
    return [{ kind: 'letter', letter, height: 24 * scale, staysWithNext: true }, row];
  });
}

function drawGuest(
  pen: Pen,
  entry: Entry & { kind: 'guest' },
  area: Area & { scale: number },
): void {
  const { scale } = area;
  const right = area.x + area.width;
  const line = (index: number) => area.y + (index * 12.5 + 11) * scale;
  const { name, place, hasSeat } = entry;
  const nameStyle = { face: 'sans', size: name.size } as const;
  const color = hasSeat ? ink.strong : ink.soft;
  const placeStyle = { face: hasSeat ? 'sans-bold' : 'sans', size: place.size, color } as const;
  name.lines.forEach((text, index) => {
    pen.write(text, { x: area.x, y: line(index) }, nameStyle);
  });
  place.lines.forEach((text, index) => {
    pen.write(text, { x: right, y: line(index), align: 'right' }, placeStyle);
  });
  const from = area.x + pen.widthOf(name.lines.at(-1) ?? '', nameStyle) + 4 * scale;
  const to = right - Math.max(...place.lines.map((text) => pen.widthOf(text, placeStyle)));
  const y = line(name.lines.length - 1) - 1 * scale;
  if (to - 4 * scale <= from) return;
  pen.doc
    .save()
    .moveTo(from, y)
    .lineTo(to - 4 * scale, y);
  pen.doc.lineWidth(0.5 * scale).dash(0.6 * scale, { space: 2.4 * scale });
  pen.doc.strokeColor(ink.faint).stroke().restore();
}

function drawColumn(pen: Pen, entries: readonly Entry[], area: Area & { scale: number }): void {
  let y = area.y;
  for (const entry of entries) {
    if (entry.kind === 'guest') drawGuest(pen, entry, { ...area, y });
    else {
      const style = { face: 'serif-bold', size: 13 * area.scale } as const;
      pen.write(entry.letter, { x: area.x, y: y + 18 * area.scale }, style);
    }
    y += entry.height;
  }
}

/** Guest and table, for the door: on larger sheets as a poster with larger letters. */
export function* alphabeticalList(pen: Pen, scene: PrintScene, paper: Paper): Generator<void> {
  const size = pageSize(paper, 'portrait');
  const scale = paperScale(paper);
  const frame = { size, marginMm, scale, title: printTitles['alphabetical-list'] };
  const area = contentArea(frame);
  const gap = mm(10) * scale;
  const width = (area.width - gap * (columns - 1)) / columns;
  const filled = fillColumns(entriesOf(pen, scene, { width, scale }), area.height);
  const pages = Math.max(1, Math.ceil(filled.length / columns));
  if (filled.length === 0) {
    const why = 'Nobody has a seat yet. Seat guests in the plan and print this again.';
    drawEmptyPage(pen, scene, { ...frame, page: 1, pages: 1, why });
    return;
  }
  for (let page = 0; page < pages; page++) {
    startFramedPage(pen, scene, { ...frame, page: page + 1, pages });
    filled.slice(page * columns, (page + 1) * columns).forEach((entries, index) => {
      drawColumn(pen, entries, { ...area, x: area.x + index * (width + gap), width, scale });
    });
    yield;
  }
}
