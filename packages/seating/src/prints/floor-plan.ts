import { chairMm } from '@wedsync/contracts/seating-geometry';
import { clipLine } from './fit-text.ts';
import { drawSeatNames } from './floor-plan-names.ts';
import {
  chairSize,
  drawFixture,
  drawRoom,
  drawSeat,
  drawTable,
  seatColors,
} from './floor-plan-room.ts';
import { type PlanScale, placedSeats, planBounds, planScale } from './floor-plan-scale.ts';
import { type Area, contentArea, type Frame, startFramedPage } from './page-frame.ts';
import { fillColumns } from './paginate.ts';
import { mm, type Paper, pageSize, paperScale } from './paper.ts';
import { ink, type Pen } from './pen.ts';
import type { PrintScene } from './print-scene.ts';
import { counted, printTitles } from './words.ts';

/** Below the drawing: scale bar and legend. */
const legendHeight = mm(13);
const marginMm = 10;

type Look = Omit<Frame, 'page' | 'pages'>;

/** The sheet lies as the room does. */
function lookOf(scene: PrintScene, paper: Paper): Look {
  const { widthMm, depthMm } = planBounds(scene);
  const size = pageSize(paper, widthMm >= depthMm ? 'landscape' : 'portrait');
  return { size, marginMm, scale: paperScale(paper), title: printTitles['floor-plan'] };
}

/** The largest of 1, 2, 5, 10, … metres that takes at most a fifth of the sheet. */
function barMetres(scale: PlanScale, widthMax: number): number {
  const steps = [1, 2, 5, 10, 20, 50, 100];
  return steps.findLast((metres) => scale.length(metres * 1_000) <= widthMax) ?? 1;
}

function drawScaleBar(
  pen: Pen,
  scale: PlanScale,
  at: { x: number; y: number; paper: Paper },
): number {
  const factor = paperScale(at.paper);
  const metres = barMetres(scale, mm(52) * factor);
  const width = scale.length(metres * 1_000);
  const height = mm(1.4) * factor;
  const style = { face: 'sans', size: 8 * factor, color: ink.soft } as const;
  for (let part = 0; part < 4; part++) {
    pen.doc.rect(at.x + (part * width) / 4, at.y, width / 4, height).lineWidth(0.4 * factor);
    pen.doc.fillAndStroke(part % 2 === 0 ? ink.strong : '#ffffff', ink.strong);
  }
  const below = at.y + height + 10 * factor;
  pen.write('0', { x: at.x, y: below }, style);
  pen.write(`${metres} m`, { x: at.x + width, y: below, align: 'center' }, style);
  const paperName = at.paper === 'letter' ? 'letter' : at.paper;
  const words = `1 : ${scale.denominator} on ${paperName}, printed at 100 %`;
  const right = at.x + width + mm(8) * factor;
  pen.write(words, { x: right, y: at.y + height }, style);
  return right + pen.widthOf(words, style);
}

function drawLegend(
  pen: Pen,
  scene: PrintScene,
  at: { left: number; right: number; y: number; scale: number },
) {
  const { scale } = at;
  const style = { face: 'sans', size: 8 * scale, color: ink.soft } as const;
  const seats = scene.tables.flatMap((table) => table.seats);
  const taken = seats.filter(({ guest }) => guest).length;
  const items = [
    { words: counted(taken, 'guest'), fill: seatColors.taken, stroke: ink.strong, line: 0.4 },
    { words: `${seats.length - taken} free`, fill: seatColors.empty, stroke: ink.faint, line: 0.4 },
    { words: 'allergy', fill: seatColors.taken, stroke: ink.danger, line: 1.2 },
  ];
  let x = at.right;
  for (const { words, fill, stroke, line } of items.toReversed()) {
    x -= pen.widthOf(words, style);
    pen.write(words, { x, y: at.y + 4 * scale }, style);
    pen.doc.circle(x - 8 * scale, at.y + 1.3 * scale, 4 * scale).lineWidth(line * scale);
    pen.doc.fillAndStroke(fill, stroke);
    x -= 22 * scale;
  }
}

/** Everything drawn to scale. @returns true when every guest's whole name stands at the seat */
function drawPlan(
  pen: Pen,
  scene: PrintScene,
  { area, paper }: { area: Area; paper: Paper },
): boolean {
  const factor = paperScale(paper);
  const strip = legendHeight * factor;
  const drawing = { ...area, height: area.height - strip };
  const scale = planScale(scene, drawing);
  drawRoom(pen, scene, scale);
  for (const fixture of scene.fixtures) drawFixture(pen, fixture, scale);
  const seats = placedSeats(scene, scale);
  const radius = scale.length(chairMm * 0.46);
  for (const seat of seats) drawSeat(pen, seat, radius);
  for (const table of scene.tables) drawTable(pen, table, scale);
  const size = chairSize(scale);
  const isWhole = drawSeatNames(pen, { seats, area: drawing, radius, size });
  const y = area.y + area.height - strip * 0.55;
  const left = drawScaleBar(pen, scale, { x: area.x, y, paper });
  drawLegend(pen, scene, { left, right: area.x + area.width, y, scale: factor });
  return isWhole;
}

interface KeyLine {
  height: number;
  staysWithNext?: boolean;
  text: string;
  face: 'sans' | 'sans-bold';
}

/** Who sits on which seat, for the names that the drawing has no room for. */
function keyLines(scene: PrintScene, scale: number): KeyLine[] {
  return scene.tables.flatMap((table): KeyLine[] => {
    const guests = table.seats.flatMap(({ number, guest }) =>
      guest
        ? [{ text: `${number}  ${guest.name}`, face: 'sans' as const, height: 11 * scale }]
        : [],
    );
    const title = { text: `Table ${table.label}`, face: 'sans-bold' as const, height: 17 * scale };
    return guests.length > 0 ? [{ ...title, staysWithNext: true }, ...guests] : [title];
  });
}

function drawKeyColumn(pen: Pen, lines: readonly KeyLine[], area: Area & { scale: number }): void {
  let y = area.y;
  for (const { text, face, height } of lines) {
    y += height;
    const style = { face, size: (face === 'sans' ? 8.5 : 9.5) * area.scale } as const;
    pen.write(clipLine(pen, text, { style, width: area.width }), { x: area.x, y }, style);
  }
}

/** The room to scale with tables, seats and names; names without room follow in a list. */
export function* floorPlan(pen: Pen, scene: PrintScene, paper: Paper): Generator<void> {
  const look = lookOf(scene, paper);
  const area = contentArea(look);
  const columns = look.size.width > look.size.height ? 5 : 4;
  const gap = mm(5) * look.scale;
  const width = (area.width - gap * (columns - 1)) / columns;
  const filled = fillColumns(keyLines(scene, look.scale), area.height - 4 * look.scale);
  const keyPages = Math.ceil(filled.length / columns);
  startFramedPage(pen, scene, { ...look, page: 1, pages: 1 });
  const isWhole = drawPlan(pen, scene, { area, paper });
  yield;
  for (let page = 0; page < keyPages && !isWhole; page++) {
    const title = 'Seats of the floor plan';
    startFramedPage(pen, scene, { ...look, title, page: page + 1, pages: keyPages });
    filled.slice(page * columns, (page + 1) * columns).forEach((lines, index) => {
      const x = area.x + index * (width + gap);
      drawKeyColumn(pen, lines, { ...area, x, width, scale: look.scale });
    });
    yield;
  }
}
