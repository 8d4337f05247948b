import type { PlacedSeat } from './floor-plan-scale.ts';
import type { Area } from './page-frame.ts';
import { ink, type Pen } from './pen.ts';

/** Smaller letters cannot be read at a table. */
const sizeMin = 4.4;

interface Space {
  seats: readonly PlacedSeat[];
  area: Area;
  /** Half a chair. */
  radius: number;
  size: number;
}

/** Unit vector of an angle, clockwise from straight up. */
function towards(facing: number): { x: number; y: number } {
  const angle = (facing * Math.PI) / 180;
  return { x: Math.sin(angle), y: -Math.cos(angle) };
}

/** How far a ray runs inside an area. */
function lengthInside({ x, y }: PlacedSeat, way: { x: number; y: number }, area: Area): number {
  const along = (from: number, step: number, edges: [number, number]) => {
    if (Math.abs(step) < 1e-9) return Number.POSITIVE_INFINITY;
    return ((step > 0 ? edges[1] : edges[0]) - from) / step;
  };
  return Math.min(
    along(x, way.x, [area.x, area.x + area.width]),
    along(y, way.y, [area.y, area.y + area.height]),
  );
}

/**
 * How long a name may be that is written from a chair outwards: to the edge of the drawing, or
 * half of the way to a chair of another table, because that one writes towards it.
 */
function roomFor(seat: PlacedSeat, { seats, area, radius, size }: Space): number {
  const way = towards(seat.facing);
  let length = lengthInside(seat, way, area);
  for (const other of seats) {
    if (other.tableIndex === seat.tableIndex) continue;
    const [dx, dy] = [other.x - seat.x, other.y - seat.y];
    const ahead = dx * way.x + dy * way.y;
    const aside = Math.abs(dx * way.y - dy * way.x);
    // A chair to the side leaves its own name in our way, too.
    if (ahead > 0 && aside < radius + size) length = Math.min(length, ahead / 2);
  }
  return length - radius - size * 0.6;
}

/** The longest form of a name that fits at a readable size. */
function fittingName(pen: Pen, seat: PlacedSeat, space: Space) {
  const { guest } = seat;
  if (!guest) return undefined;
  const width = roomFor(seat, space);
  // What is marked in the name must not be shortened away.
  const forms = guest.name.includes('✎')
    ? [guest.name]
    : [guest.name, guest.name.split(' ')[0] ?? ''];
  for (const text of forms) {
    const natural = pen.widthOf(text, { face: 'sans', size: space.size });
    const size = Math.min(space.size, (space.size * width) / natural);
    if (size >= sizeMin) return { text, size };
  }
  return undefined;
}

/**
 * Writes names beside their chairs where they can be read, turned outwards and never upside down.
 * @returns true when every name stands there whole
 */
export function drawSeatNames(pen: Pen, space: Space): boolean {
  let isWhole = true;
  for (const seat of space.seats) {
    if (!seat.guest) continue;
    const fitting = fittingName(pen, seat, space);
    if (fitting?.text !== seat.guest.name) isWhole = false;
    if (!fitting) continue;
    const isLeft = seat.facing > 180 && seat.facing < 360;
    const gap = space.radius + fitting.size * 0.35;
    pen.doc.save().translate(seat.x, seat.y);
    pen.doc.rotate(isLeft ? seat.facing + 90 : seat.facing - 90);
    pen.write(
      fitting.text,
      { x: isLeft ? -gap : gap, y: fitting.size * 0.35, align: isLeft ? 'right' : 'left' },
      { face: 'sans', size: fitting.size, color: ink.strong },
    );
    pen.doc.restore();
  }
  return isWhole;
}
