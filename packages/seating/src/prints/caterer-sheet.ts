import { ageOf, type Count, catererTotals } from './caterer-totals.ts';
import { wrapText } from './fit-text.ts';
import {
  type Area,
  contentArea,
  drawEmptyPage,
  type Frame,
  startFramedPage,
} from './page-frame.ts';
import { fillColumns } from './paginate.ts';
import { type Paper, pageSize, paperScale } from './paper.ts';
import { ink, type Pen, type TextStyle } from './pen.ts';
import type { PrintGuest, PrintScene } from './print-scene.ts';
import { counted, dietInWords, dietsInOrder, isAllergy, needWords, printTitles } from './words.ts';

const marginMm = 14;

interface Line {
  text: string;
  style: TextStyle;
}

/** One row of the sheet, measured: a table's heading, a guest, a line of totals. */
interface Row {
  height: number;
  staysWithNext?: boolean;
  draw(area: Area): void;
}

/** Columns as shares of the width. */
const columns = { seat: 0, name: 0.07, age: 0.4, food: 0.5 } as const;
const leading = 1.3;

interface Sheet {
  pen: Pen;
  width: number;
  scale: number;
}

const plain = ({ scale }: Sheet): TextStyle => ({ face: 'sans', size: 9.5 * scale });

function linesIn(sheet: Sheet, line: Line, share: number): Line[] {
  const { text, style } = line;
  const wrapped = wrapText(sheet.pen, text, { style, width: sheet.width * share });
  return wrapped.map((part) => ({ text: part, style }));
}

/** Everything that staff must know of a guest, allergies first and in their own colour. */
function foodLines(sheet: Sheet, guest: PrintGuest): Line[] {
  const style = plain(sheet);
  const bold: TextStyle = { ...style, face: 'sans-bold', color: ink.danger };
  const inOrder = dietsInOrder(guest.diets);
  const allergies = inOrder.filter(isAllergy).map(dietInWords).join(' · ');
  const wishes = inOrder.filter((diet) => !isAllergy(diet)).map(dietInWords);
  const needs = guest.accessibility.flatMap((need) => needWords[need] ?? []);
  const others = [...wishes, ...needs].join(' · ');
  const notes = guest.dietNotes ? `“${guest.dietNotes}”` : '';
  const lines = [
    { text: allergies, style: bold },
    { text: others, style },
    { text: notes, style: { ...style, color: ink.soft } },
  ];
  return lines.filter(({ text }) => text).flatMap((line) => linesIn(sheet, line, 1 - columns.food));
}

function writeLines(sheet: Sheet, lines: readonly Line[], at: { x: number; y: number }): void {
  lines.forEach(({ text, style }, index) => {
    const y = at.y + style.size * (1.05 + index * leading);
    sheet.pen.write(text, { x: at.x, y }, style);
  });
}

function guestRow(sheet: Sheet, guest: PrintGuest, seat: string): Row {
  const { pen, width, scale } = sheet;
  const style = plain(sheet);
  const cells = [
    { at: columns.seat, lines: [{ text: seat, style: { ...style, color: ink.soft } }] },
    {
      at: columns.name,
      lines: linesIn(sheet, { text: guest.name, style }, columns.age - columns.name - 0.02),
    },
    { at: columns.age, lines: [{ text: ageOf(guest), style }] },
    { at: columns.food, lines: foodLines(sheet, guest) },
  ];
  const count = Math.max(...cells.map(({ lines }) => lines.length));
  const height = count * style.size * leading + 3 * scale;
  return {
    height,
    draw(area) {
      for (const { at, lines } of cells) {
        writeLines(sheet, lines, { x: area.x + at * width, y: area.y });
      }
      const y = area.y + height - 0.5 * scale;
      pen.doc.moveTo(area.x, y).lineTo(area.x + width, y);
      pen.doc
        .lineWidth(0.3 * scale)
        .strokeColor(ink.faint)
        .stroke();
    },
  };
}

function headingRow(sheet: Sheet, title: string, remark: string): Row {
  const { pen, width, scale } = sheet;
  const style: TextStyle = { face: 'sans-bold', size: 12 * scale };
  const small: TextStyle = { face: 'sans', size: 9 * scale, color: ink.soft };
  const titles = linesIn(sheet, { text: title, style }, 0.6);
  const height = (titles.length * 12 * leading + 12) * scale;
  return {
    height,
    staysWithNext: true,
    draw(area) {
      writeLines(sheet, titles, { x: area.x, y: area.y + 8 * scale });
      const y = area.y + 8 * scale + style.size * 1.05;
      pen.write(remark, { x: area.x + width, y, align: 'right' }, small);
      const rule = area.y + height - 1 * scale;
      pen.doc.moveTo(area.x, rule).lineTo(area.x + width, rule);
      pen.doc
        .lineWidth(0.9 * scale)
        .strokeColor(ink.strong)
        .stroke();
    },
  };
}

function noteRow(sheet: Sheet, text: string): Row {
  const style = { ...plain(sheet), color: ink.soft };
  const lines = linesIn(sheet, { text, style }, 1 - columns.name);
  return {
    height: lines.length * style.size * leading + 4 * sheet.scale,
    draw: (area) => writeLines(sheet, lines, { x: area.x + columns.name * sheet.width, y: area.y }),
  };
}

/** Totals in four groups side by side. */
function totalsRow(sheet: Sheet, scene: PrintScene): Row {
  const { pen, width, scale } = sheet;
  const totals = catererTotals(scene);
  const groups: [string, readonly Count[]][] = [
    ['Guests', totals.guests],
    ['Meals', totals.meals],
    ['Allergies', totals.allergies],
    ['Chairs and access', totals.needs],
  ];
  const style = plain(sheet);
  const longest = Math.max(...groups.map(([, counts]) => counts.length), 1);
  const share = width / groups.length;
  return {
    height: (longest + 1) * style.size * leading + 14 * scale,
    draw(area) {
      groups.forEach(([title, counts], index) => {
        const x = area.x + index * share;
        const line = (row: number) => area.y + 8 * scale + (row + 1) * style.size * leading;
        pen.write(title, { x, y: line(0) }, { ...style, face: 'sans-bold' });
        const shown = counts.length > 0 ? counts : [{ what: 'None', count: 0 }];
        shown.forEach(({ what, count }, row) => {
          const color = title === 'Allergies' && count > 0 ? ink.danger : ink.strong;
          const at = { x: x + 22 * scale, y: line(row + 1) };
          if (count > 0 || what !== 'None') {
            const number = { ...at, x: x + 16 * scale, align: 'right' } as const;
            pen.write(String(count), number, { ...style, face: 'sans-bold', color });
          }
          pen.write(what, at, { ...style, color });
        });
      });
    },
  };
}

/** Rows that stay on one page under their heading; a longer table goes on under the same heading. */
function groupRows(
  sheet: Sheet & { height: number },
  { title, remark }: { title: string; remark: string },
  rows: readonly Row[],
): Row[] {
  const heading = headingRow(sheet, title, remark);
  const chunks: Row[][] = [];
  let left = 0;
  for (const row of rows) {
    if (chunks.length === 0 || row.height > left) {
      chunks.push([]);
      left = sheet.height - heading.height;
    }
    chunks.at(-1)?.push(row);
    left -= row.height;
  }
  return chunks.flatMap((chunk, index) => [
    index === 0 ? heading : headingRow(sheet, `${title}, continued`, remark),
    ...chunk.map((row, at) => ({ ...row, staysWithNext: at < chunk.length - 1 })),
  ]);
}

function rowsOf(sheet: Sheet & { height: number }, scene: PrintScene): Row[] {
  const rows = [headingRow(sheet, 'Totals', ''), totalsRow(sheet, scene)];
  for (const { label, zone, seats } of scene.tables) {
    const taken = seats.flatMap(({ guest, number }) => (guest ? [{ guest, number }] : []));
    const remark = [zone, `${taken.length} of ${counted(seats.length, 'seat')}`];
    const inTable = taken.map(({ guest, number }) => guestRow(sheet, guest, String(number)));
    const empty = seats.filter(({ guest }) => !guest).map(({ number }) => number);
    if (empty.length === seats.length) inTable.push(noteRow(sheet, 'Nobody sits here.'));
    else if (empty.length > 0) {
      const what = empty.length === 1 ? 'Seat' : 'Seats';
      inTable.push(noteRow(sheet, `${what} ${empty.join(', ')} without a guest.`));
    }
    const heading = { title: `Table ${label}`, remark: remark.filter(Boolean).join(' · ') };
    rows.push(...groupRows(sheet, heading, inTable));
  }
  if (scene.unseated.length > 0) {
    const remark = counted(scene.unseated.length, 'guest');
    const unseated = scene.unseated.map((guest) => guestRow(sheet, guest, '–'));
    rows.push(...groupRows(sheet, { title: 'Coming, still without a seat', remark }, unseated));
  }
  return rows;
}

/** Per table who sits where with diets, allergies and ages, and the totals a kitchen orders by. */
export function* catererSheet(pen: Pen, scene: PrintScene, paper: Paper): Generator<void> {
  const size = pageSize(paper, 'portrait');
  const scale = paperScale(paper);
  const look = { size, marginMm, scale, title: printTitles['caterer-sheet'] };
  const area = contentArea(look);
  const frameOf = (page: number, pages: number): Frame => ({ ...look, page, pages });
  if (scene.tables.length === 0 && scene.unseated.length === 0) {
    const why = 'Nobody comes yet and there are no tables. Print this again when guests answered.';
    drawEmptyPage(pen, scene, { ...frameOf(1, 1), why });
    return;
  }
  const filled = fillColumns(
    rowsOf({ pen, width: area.width, height: area.height, scale }, scene),
    area.height,
  );
  for (const [index, rows] of filled.entries()) {
    startFramedPage(pen, scene, frameOf(index + 1, filled.length));
    let y = area.y;
    for (const row of rows) {
      row.draw({ ...area, y });
      y += row.height;
    }
    yield;
  }
}
