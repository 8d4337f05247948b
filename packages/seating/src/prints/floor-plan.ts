import { boundsOf, chairMm } from '@wedsync/contracts/seating-geometry';
import { clipLine } from './fit-text.ts';
import { drawSeatName, type PlacedName, placeSeatNames } from './floor-plan-names.ts';
import {
  drawFixture,
  drawRoom,
  drawSeat,
  drawTable,
  letterSize,
  seatColors,
} from './floor-plan-room.ts';
import {
  type PlacedSeat,
  type PlanScale,
  placedSeats,
  planBounds,
  planScale,
} from './floor-plan-scale.ts';
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
): void {
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
}

function drawLegend(pen: Pen, scene: PrintScene, at: { right: number; y: number; scale: number }) {
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

interface Drawing {
  area: Area;
  paper: Paper;
  scale: PlanScale;
  seats: readonly PlacedSeat[];
  /** Half a chair. */
  radius: number;
  names: readonly PlacedName[];
}

/** Everything in its place, before anything is drawn. */
function layOut(
  pen: Pen,
  scene: PrintScene,
  { area, paper }: { area: Area; paper: Paper },
): Drawing {
  const strip = legendHeight * paperScale(paper);
  const scale = planScale(scene, { ...area, height: area.height - strip });
  const seats = placedSeats(scene, scale);
  const radius = scale.length(chairMm * 0.46);
  const { xMm, yMm, widthMm, depthMm } = boundsOf(scene.outline) ?? planBounds(scene);
  const size = { width: scale.length(widthMm), height: scale.length(depthMm) };
  const room = { ...scale.place({ xMm, yMm }), ...size };
  const names = placeSeatNames(pen, scene, { scale, seats, radius, size: letterSize(scale), room });
  return { area, paper, scale, seats, radius, names };
}

function drawPlan(pen: Pen, scene: PrintScene, drawing: Drawing): void {
  const { area, paper, scale, seats, radius, names } = drawing;
  drawRoom(pen, scene, scale);
  for (const fixture of scene.fixtures) drawFixture(pen, fixture, scale);
  for (const seat of seats) drawSeat(pen, seat, radius);
  for (const table of scene.tables) drawTable(pen, table, scale);
  for (const name of names) drawSeatName(pen, name);
  const factor = paperScale(paper);
  const y = area.y + area.height - legendHeight * factor * 0.55;
  drawScaleBar(pen, scale, { x: area.x, y, paper });
  drawLegend(pen, scene, { right: area.x + area.width, y, scale: factor });
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
  const drawing = layOut(pen, scene, { area, paper });
  const shown = new Map(drawing.names.map(({ seat, text }) => [seat, text]));
  const isWhole = drawing.seats.every((seat) => !seat.guest || shown.get(seat) === seat.guest.name);
  const lines = isWhole ? [] : keyLines(scene, look.scale);
  const filled = fillColumns(lines, area.height - 4 * look.scale);
  const pages = 1 + Math.ceil(filled.length / columns);
  startFramedPage(pen, scene, { ...look, page: 1, pages });
  drawPlan(pen, scene, drawing);
  yield;
  for (let page = 1; page < pages; page++) {
    const title = 'Seats of the floor plan';
    startFramedPage(pen, scene, { ...look, title, page: page + 1, pages });
    filled.slice((page - 1) * columns, page * columns).forEach((inColumn, index) => {
      const x = area.x + index * (width + gap);
      drawKeyColumn(pen, inColumn, { ...area, x, width, scale: look.scale });
    });
    yield;
  }
}
