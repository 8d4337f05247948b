import type { FixtureKind } from '@wedsync/contracts/seating';
import { tableTop } from '@wedsync/contracts/seating-geometry';
import { fitText } from './fit-text.ts';
import type { PlacedSeat, PlanScale } from './floor-plan-scale.ts';
import { ink, type Pen } from './pen.ts';
import type { PrintFixture, PrintScene, PrintTable } from './print-scene.ts';
import { fixtureWords, isAllergy } from './words.ts';

const colors = {
  floor: '#fbfaf7',
  thing: '#efeae0',
  solid: '#8d867a',
  opening: '#ffffff',
  table: '#ffffff',
  chair: '#f4f1ea',
  taken: '#d9e4dc',
} as const;

const fills: Partial<Readonly<Record<FixtureKind, string>>> = {
  wall: colors.solid,
  pillar: colors.solid,
  door: colors.opening,
  window: colors.opening,
};

export function drawRoom(pen: Pen, { outline }: PrintScene, scale: PlanScale): void {
  const [first, ...rest] = outline.map(scale.place);
  if (!first) return;
  pen.doc.moveTo(first.x, first.y);
  for (const corner of rest) pen.doc.lineTo(corner.x, corner.y);
  pen.doc.closePath().lineWidth(Math.max(0.9, scale.length(120)));
  pen.doc.lineJoin('miter').fillAndStroke(colors.floor, ink.strong);
}

/** Words in the middle of a thing where they fit; nothing where they would be too small to read. */
function drawWords(
  pen: Pen,
  text: string,
  box: { x: number; y: number; width: number; height: number; size: number },
): void {
  const style = { face: 'sans', size: box.size, color: ink.soft } as const;
  const sizeMin = Math.min(4.4, box.size);
  const fitted = fitText(pen, text, {
    style,
    box: { width: box.width * 0.92, linesMax: 2, sizeMin },
  });
  const height = fitted.lines.length * fitted.size * 1.2;
  if (height > box.height * 1.1 || fitted.lines.some((line) => line.endsWith('…'))) return;
  fitted.lines.forEach((line, index) => {
    const y = box.y - height / 2 + (index + 0.85) * fitted.size * 1.2;
    pen.write(line, { x: box.x, y, align: 'center' }, { ...style, size: fitted.size });
  });
}

export function drawFixture(pen: Pen, fixture: PrintFixture, scale: PlanScale): void {
  const { x, y } = scale.place(fixture);
  const [width, height] = [scale.length(fixture.widthMm), scale.length(fixture.depthMm)];
  pen.doc.save().translate(x, y).rotate(fixture.rotation);
  pen.doc.rect(-width / 2, -height / 2, width, height).lineWidth(0.5);
  pen.doc.fillAndStroke(fills[fixture.kind] ?? colors.thing, ink.faint).restore();
  const words = fixture.label || fixtureWords[fixture.kind];
  if (!words || fixture.kind === 'wall' || fixture.kind === 'pillar') return;
  const isTurned = fixture.rotation % 180 !== 0;
  const box = isTurned ? { width: height, height: width } : { width, height };
  // Thin things such as doors have their word across them.
  const upright = { ...box, width: Math.max(box.width, scale.length(900)) };
  drawWords(pen, words, {
    x,
    y,
    ...upright,
    height: Math.max(box.height, 6),
    size: letterSize(scale),
  });
}

/** Letters in proportion to the furniture, within what can be read. */
export const letterSize = (scale: PlanScale): number =>
  Math.min(40, Math.max(4.4, scale.length(450) * 0.62));

function drawTop(pen: Pen, table: PrintTable, scale: PlanScale): void {
  const top = tableTop(table);
  const { doc } = pen;
  if (top.kind === 'ellipse') doc.ellipse(0, 0, scale.length(top.rxMm), scale.length(top.ryMm));
  else if (top.kind === 'rectangle') {
    const [width, height] = [scale.length(top.widthMm), scale.length(top.depthMm)];
    doc.roundedRect(-width / 2, -height / 2, width, height, scale.length(top.cornerMm));
  } else {
    top.points.forEach(({ xMm, yMm }, index) => {
      const [x, y] = [scale.length(xMm), scale.length(yMm)];
      if (index === 0) doc.moveTo(x, y);
      else doc.lineTo(x, y);
    });
    doc.closePath();
  }
  doc.lineWidth(Math.max(0.6, scale.length(25))).fillAndStroke(colors.table, ink.strong);
}

export function drawTable(pen: Pen, table: PrintTable, scale: PlanScale): void {
  const { x, y } = scale.place(table);
  pen.doc.save().translate(x, y).rotate(table.rotation);
  drawTop(pen, table, scale);
  pen.doc.restore();
  const isTurned = table.rotation % 180 >= 45 && table.rotation % 180 < 135;
  const depthMm = table.shape === 'round' ? table.widthMm : table.depthMm;
  const box = isTurned
    ? { width: scale.length(depthMm), height: scale.length(table.widthMm) }
    : { width: scale.length(table.widthMm), height: scale.length(depthMm) };
  const size = Math.min(box.height * 0.42, scale.length(500));
  const style = { face: 'serif-bold', size } as const;
  const label = fitText(pen, table.label, {
    style,
    box: { width: box.width * 0.8, linesMax: 1, sizeMin: Math.min(4.4, size) },
  });
  const taken = table.seats.filter(({ guest }) => guest).length;
  const small = { face: 'sans', size: label.size * 0.45, color: ink.soft } as const;
  const showsCount = small.size >= 3.8;
  const at = { x, align: 'center' } as const;
  const lift = showsCount ? label.size * 0.1 : label.size * 0.36;
  pen.write(label.lines[0] ?? '', { ...at, y: y + lift }, { ...style, size: label.size });
  if (showsCount)
    pen.write(`${taken}/${table.seatCount}`, { ...at, y: y + label.size * 0.68 }, small);
}

/** A chair with its number; a red ring says that somebody with an allergy sits there. */
export function drawSeat(pen: Pen, seat: PlacedSeat, radius: number): void {
  const hasAllergy = seat.guest?.diets.some(isAllergy) ?? false;
  pen.doc.circle(seat.x, seat.y, radius).lineWidth(hasAllergy ? radius * 0.28 : radius * 0.09);
  pen.doc.fillAndStroke(
    seat.guest ? colors.taken : colors.chair,
    hasAllergy ? ink.danger : seat.guest ? ink.strong : ink.faint,
  );
  const size = radius * 0.95;
  if (size < 3) return;
  const color = seat.guest ? ink.strong : ink.soft;
  const at = { x: seat.x, y: seat.y + size * 0.36, align: 'center' } as const;
  pen.write(String(seat.number), at, { face: 'sans', size, color });
}

export const seatColors = { taken: colors.taken, empty: colors.chair };
