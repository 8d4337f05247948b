import type { RoomPoint } from '@wedsync/contracts/seating';
import { rotatePoint, tableTop } from '@wedsync/contracts/seating-geometry';
import type { PlacedSeat, PlanScale } from './floor-plan-scale.ts';
import type { Area } from './page-frame.ts';
import { ink, type Pen } from './pen.ts';
import type { PrintScene } from './print-scene.ts';

/** Smaller letters cannot be read at a table. */
const sizeMin = 4.4;
/** On a poster a first name of one size with the others is better than a whole one that is tiny. */
const shrinkMax = 0.45;

interface Point {
  x: number;
  y: number;
}

/** Something that a name must not cross, as points around it. */
interface Obstacle extends Point {
  /** Of a table, or -1 of a thing in the room. */
  tableIndex: number;
  isSeat: boolean;
}

/** A name beside its chair. */
export interface PlacedName {
  seat: PlacedSeat;
  text: string;
  size: number;
  from: Point;
  to: Point;
}

/** Points along a closed line, near enough to each other that no name slips between them. */
function pointsAlong(corners: readonly RoomPoint[]): RoomPoint[] {
  return corners.flatMap((corner, index) => {
    const next = corners[(index + 1) % corners.length] ?? corner;
    const length = Math.hypot(next.xMm - corner.xMm, next.yMm - corner.yMm);
    const steps = Math.max(1, Math.ceil(length / 250));
    return Array.from({ length: steps }, (_, step) => ({
      xMm: corner.xMm + ((next.xMm - corner.xMm) * step) / steps,
      yMm: corner.yMm + ((next.yMm - corner.yMm) * step) / steps,
    }));
  });
}

const rectangle = (widthMm: number, depthMm: number): RoomPoint[] =>
  [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ].map(([x = 0, y = 0]) => ({ xMm: (x * widthMm) / 2, yMm: (y * depthMm) / 2 }));

function edgeOf(table: PrintScene['tables'][number]): RoomPoint[] {
  const top = tableTop(table);
  if (top.kind === 'polygon') return top.points;
  if (top.kind === 'rectangle') return pointsAlong(rectangle(top.widthMm, top.depthMm));
  return Array.from({ length: 24 }, (_, index) => {
    const angle = (index * Math.PI) / 12;
    return { xMm: top.rxMm * Math.cos(angle), yMm: top.ryMm * Math.sin(angle) };
  });
}

function obstaclesOf(
  scene: PrintScene,
  scale: PlanScale,
  seats: readonly PlacedSeat[],
): Obstacle[] {
  const placed = (
    { xMm, yMm, rotation }: RoomPoint & { rotation: number },
    points: readonly RoomPoint[],
    tableIndex: number,
  ) =>
    points.map((point) => {
      const turned = rotatePoint(point, rotation);
      const at = scale.place({ xMm: xMm + turned.xMm, yMm: yMm + turned.yMm });
      return { ...at, tableIndex, isSeat: false };
    });
  return [
    ...seats.map(({ x, y, tableIndex }) => ({ x, y, tableIndex, isSeat: true })),
    ...scene.tables.flatMap((table, index) => placed(table, edgeOf(table), index)),
    ...scene.fixtures.flatMap((fixture) =>
      placed(fixture, pointsAlong(rectangle(fixture.widthMm, fixture.depthMm)), -1),
    ),
  ];
}

/** Unit vector of an angle, clockwise from straight up. */
function towards(facing: number): Point {
  const angle = (facing * Math.PI) / 180;
  return { x: Math.sin(angle), y: -Math.cos(angle) };
}

/** How far a ray runs inside an area. */
function lengthInside({ x, y }: Point, way: Point, area: Area): number {
  const along = (from: number, step: number, edges: [number, number]) => {
    if (Math.abs(step) < 1e-9) return Number.POSITIVE_INFINITY;
    return ((step > 0 ? edges[1] : edges[0]) - from) / step;
  };
  return Math.min(
    along(x, way.x, [area.x, area.x + area.width]),
    along(y, way.y, [area.y, area.y + area.height]),
  );
}

interface Space {
  obstacles: readonly Obstacle[];
  /** The room on paper. */
  room: Area;
  /** Half a chair. */
  radius: number;
  size: number;
}

/**
 * How long a name may be that is written from a chair outwards: to the wall, to a table or thing,
 * or half of the way to a chair of another table, because that one writes towards it.
 */
function roomFor(seat: PlacedSeat, { obstacles, room, radius, size }: Space): number {
  const way = towards(seat.facing);
  let length = lengthInside(seat, way, room) - size * 0.5;
  for (const { x, y, tableIndex, isSeat } of obstacles) {
    if (tableIndex === seat.tableIndex) continue;
    const [dx, dy] = [x - seat.x, y - seat.y];
    const ahead = dx * way.x + dy * way.y;
    const aside = Math.abs(dx * way.y - dy * way.x);
    if (ahead <= 0 || aside >= (isSeat ? radius : 0) + size * 0.6) continue;
    length = Math.min(length, isSeat ? ahead / 2 : ahead - size * 0.4);
  }
  return length - radius - size * 0.6;
}

const cross = (a: Point, b: Point, c: Point) =>
  (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);

/** Distance of a point from a stretch. */
function distanceFrom(point: Point, { from, to }: Pick<PlacedName, 'from' | 'to'>): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const share = ((point.x - from.x) * dx + (point.y - from.y) * dy) / (dx * dx + dy * dy || 1);
  const at = Math.min(1, Math.max(0, share));
  return Math.hypot(point.x - from.x - at * dx, point.y - from.y - at * dy);
}

/** True where the lines of two names come nearer than their letters are high. */
function touches(one: PlacedName, other: PlacedName): boolean {
  const isCrossing =
    cross(one.from, one.to, other.from) * cross(one.from, one.to, other.to) < 0 &&
    cross(other.from, other.to, one.from) * cross(other.from, other.to, one.to) < 0;
  const near = Math.min(
    distanceFrom(one.from, other),
    distanceFrom(one.to, other),
    distanceFrom(other.from, one),
    distanceFrom(other.to, one),
  );
  return isCrossing || near < (one.size + other.size) * 0.42;
}

/** The forms of a name, longest first; what is marked must not be shortened away. */
const formsOf = (name: string) =>
  name.includes('✎') ? [name] : [name, name.split(' ')[0] ?? name];

function placeName(
  pen: Pen,
  seat: PlacedSeat,
  { space, placed }: { space: Space; placed: readonly PlacedName[] },
): PlacedName | undefined {
  if (!seat.guest) return undefined;
  const [width, way] = [roomFor(seat, space), towards(seat.facing)];
  for (const text of formsOf(seat.guest.name)) {
    const natural = pen.widthOf(text, { face: 'sans', size: space.size });
    const size = Math.min(space.size, (space.size * width) / natural);
    if (size < Math.max(sizeMin, space.size * shrinkMax)) continue;
    const start = space.radius + size * 0.35;
    const end = start + (natural * size) / space.size;
    const at = (length: number) => ({ x: seat.x + way.x * length, y: seat.y + way.y * length });
    const name = { seat, text, size, from: at(start), to: at(end) };
    if (!placed.some((other) => touches(name, other))) return name;
  }
  return undefined;
}

/** Names written outwards from their chairs, where they can be read and cross nothing. */
export function placeSeatNames(
  pen: Pen,
  scene: PrintScene,
  drawing: {
    scale: PlanScale;
    seats: readonly PlacedSeat[];
    radius: number;
    size: number;
    room: Area;
  },
): PlacedName[] {
  const { scale, seats, ...rest } = drawing;
  const space = { ...rest, obstacles: obstaclesOf(scene, scale, seats) };
  const placed: PlacedName[] = [];
  for (const seat of seats) {
    const name = placeName(pen, seat, { space, placed });
    if (name) placed.push(name);
  }
  return placed;
}

/** Turned outwards and never upside down. */
export function drawSeatName(pen: Pen, { seat, text, size, from }: PlacedName): void {
  const isLeft = seat.facing > 180 && seat.facing < 360;
  pen.doc.save().translate(from.x, from.y);
  pen.doc.rotate(isLeft ? seat.facing + 90 : seat.facing - 90);
  pen.write(
    text,
    { x: 0, y: size * 0.35, align: isLeft ? 'right' : 'left' },
    { face: 'sans', size, color: ink.strong },
  );
  pen.doc.restore();
}
