import type { RoomPoint } from '@wedsync/contracts/seating';

/** A line along which a moved thing stands level with another. */
export interface Guide {
  axis: 'x' | 'y';
  atMm: number;
}

export interface Snapped extends RoomPoint {
  guides: Guide[];
}

interface SnapOptions {
  /** Middles of what stays where it is. */
  others: readonly RoomPoint[];
  /** How near is near enough; grows as one zooms out. */
  toleranceMm: number;
  /** Where nothing else attracts. */
  gridMm: number;
}

const nearest = (value: number, lines: readonly number[], tolerance: number) => {
  let found: number | undefined;
  for (const line of lines) {
    const distance = Math.abs(line - value);
    if (distance <= tolerance && (found === undefined || distance < Math.abs(found - value))) {
      found = line;
    }
  }
  return found;
};

/** Moves a middle onto a line with others, else onto the grid; says along which lines it stands. */
export function snapPoint({ xMm, yMm }: RoomPoint, options: SnapOptions): Snapped {
  const { others, toleranceMm, gridMm } = options;
  const x = nearest(
    xMm,
    others.map((other) => other.xMm),
    toleranceMm,
  );
  const y = nearest(
    yMm,
    others.map((other) => other.yMm),
    toleranceMm,
  );
  const toGrid = (value: number) => Math.round(value / gridMm) * gridMm;
  const guides: Guide[] = [];
  if (x !== undefined) guides.push({ axis: 'x', atMm: x });
  if (y !== undefined) guides.push({ axis: 'y', atMm: y });
  return { xMm: Math.round(x ?? toGrid(xMm)), yMm: Math.round(y ?? toGrid(yMm)), guides };
}

/** The angle of a turning hand, on the nearest step; free while `isFree`. */
export function snapAngle(degrees: number, isFree: boolean): number {
  const step = isFree ? 1 : 15;
  return (((Math.round(degrees / step) * step) % 360) + 360) % 360;
}

export type Alignment = 'row' | 'column' | 'spread-across' | 'spread-down';

/** Where things stand after they were lined up, or spread evenly between the outermost two. */
export function align<T extends RoomPoint>(things: readonly T[], how: Alignment): T[] {
  if (things.length < 2) return [...things];
  const mean = (values: readonly number[]) =>
    Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);
  if (how === 'row') {
    const yMm = mean(things.map((thing) => thing.yMm));
    return things.map((thing) => ({ ...thing, yMm }));
  }
  if (how === 'column') {
    const xMm = mean(things.map((thing) => thing.xMm));
    return things.map((thing) => ({ ...thing, xMm }));
  }
  const key = how === 'spread-across' ? 'xMm' : 'yMm';
  const sorted = [...things].sort((one, other) => one[key] - other[key]);
  const first = sorted[0]?.[key] ?? 0;
  const last = sorted.at(-1)?.[key] ?? 0;
  const gap = (last - first) / (sorted.length - 1);
  return sorted.map((thing, at) => ({ ...thing, [key]: Math.round(first + gap * at) }));
}
