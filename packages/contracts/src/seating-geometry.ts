import type { RoomPoint, TableShape } from './seating.ts';

/*
 * Where seats stand around a table and what a table looks like from above. The screen and the
 * printer draw from these functions, so that a printed plan is the plan that was looked at.
 * Lengths are millimetres, angles whole or fractional degrees, clockwise, 0 pointing up (minus y).
 */

/** Width of a chair as it is drawn. */
export const chairMm = 450;
/** From the edge of a table to the middle of a chair. */
export const chairGapMm = 260;
/** A side shorter than this seats nobody. */
const sideMmMin = 500;

/** What the geometry needs to know of a table. */
export interface TableForm {
  shape: TableShape;
  seatCount: number;
  /** Diameter of a round table. */
  widthMm: number;
  depthMm: number;
}

export interface PlacedTable extends TableForm, RoomPoint {
  rotation: number;
}

/** Middle of a seat and the way its back points (away from the table). */
export interface SeatPlace extends RoomPoint {
  /** From 1, clockwise. */
  number: number;
  facing: number;
}

const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** `point` turned clockwise about the origin. */
export function rotatePoint({ xMm, yMm }: RoomPoint, degrees: number): RoomPoint {
  if (degrees === 0) return { xMm, yMm };
  const [sin, cos] = [Math.sin(radians(degrees)), Math.cos(radians(degrees))];
  return { xMm: xMm * cos - yMm * sin, yMm: xMm * sin + yMm * cos };
}

type Walk = (share: number) => SeatPlace;

const place = (x: number, y: number, facing: number): SeatPlace => ({
  number: 0,
  xMm: x,
  yMm: y,
  facing: ((facing % 360) + 360) % 360,
});

/** Seats on an ellipse at equal distances along it, the first at the top. */
function aroundEllipse({ seatCount, widthMm, depthMm }: TableForm): SeatPlace[] {
  const [rx, ry] = [widthMm / 2 + chairGapMm, depthMm / 2 + chairGapMm];
  const at: Walk = (turn) => {
    const angle = 2 * Math.PI * turn;
    const [x, y] = [rx * Math.sin(angle), -ry * Math.cos(angle)];
    const facing = (Math.atan2(x / rx ** 2, -y / ry ** 2) * 180) / Math.PI;
    return place(x, y, facing);
  };
  if (rx === ry) return Array.from({ length: seatCount }, (_, index) => at(index / seatCount));
  return alongCurve({ at, count: seatCount, isClosed: true });
}

/** Points at equal distances along a curve: all the way round, or with half a space at both ends. */
function alongCurve(curve: { at: Walk; count: number; isClosed: boolean }): SeatPlace[] {
  const steps = 720;
  const samples = Array.from({ length: steps + 1 }, (_, step) => curve.at(step / steps));
  const lengths = [0];
  for (let step = 1; step <= steps; step++) {
    const [from, to] = [samples[step - 1], samples[step]];
    const passed = from && to ? Math.hypot(to.xMm - from.xMm, to.yMm - from.yMm) : 0;
    lengths.push((lengths[step - 1] ?? 0) + passed);
  }
  const total = lengths[steps] ?? 0;
  let step = 0;
  return Array.from({ length: curve.count }, (_, index) => {
    const wanted = (total * (index + (curve.isClosed ? 0 : 0.5))) / curve.count;
    while (step < steps && (lengths[step + 1] ?? total) < wanted) step++;
    const [from, to] = [lengths[step] ?? 0, lengths[step + 1] ?? total];
    return curve.at((step + (to > from ? (wanted - from) / (to - from) : 0)) / steps);
  });
}

/** How many seats stand on each side: always where the next one has most room. */
function seatsOfSides(sides: readonly number[], count: number): number[] {
  const seats = sides.map(() => 0);
  const order = [0, 2, 1, 3].filter((side) => side < sides.length);
  for (let left = count; left > 0; left--) {
    let best = 0;
    let room = -1;
    for (const side of order) {
      const length = sides[side] ?? 0;
      const share = length < sideMmMin ? 0 : length / ((seats[side] ?? 0) + 1);
      if (share > room + 1e-9) [best, room] = [side, share];
    }
    seats[best] = (seats[best] ?? 0) + 1;
  }
  return seats;
}

/** Seats on the four sides of a rectangle: top, right, bottom, left, each from its clockwise start. */
function aroundRectangle({ seatCount, widthMm, depthMm }: TableForm): SeatPlace[] {
  const [top = 0, right = 0, bottom = 0, left = 0] = seatsOfSides(
    [widthMm, depthMm, widthMm, depthMm],
    seatCount,
  );
  const [x, y] = [widthMm / 2 + chairGapMm, depthMm / 2 + chairGapMm];
  const spread = (count: number, length: number) =>
    Array.from({ length: count }, (_, index) => ((index + 0.5) / count - 0.5) * length);
  return [
    ...spread(top, widthMm).map((along) => place(along, -y, 0)),
    ...spread(right, depthMm).map((along) => place(x, along, 90)),
    ...spread(bottom, widthMm).map((along) => place(-along, y, 180)),
    ...spread(left, depthMm).map((along) => place(-x, -along, 270)),
  ];
}

/** Everybody on the far side, looking into the room. */
function alongTop({ seatCount, widthMm, depthMm }: TableForm): SeatPlace[] {
  const y = depthMm / 2 + chairGapMm;
  return Array.from({ length: seatCount }, (_, index) =>
    place(((index + 0.5) / seatCount - 0.5) * widthMm, -y, 0),
  );
}

/** The wave in the middle of a serpentine table, moved sideways by `offsetMm`. */
function wave({ widthMm, depthMm }: TableForm, offsetMm: number): Walk {
  const band = waveBandMm({ depthMm });
  const height = (depthMm - band) / 2;
  return (share) => {
    // Half a wave: level at both ends, so that several of them join.
    const [x, phase] = [(share - 0.5) * widthMm, Math.PI * share];
    const slope = -((Math.PI * height) / widthMm) * Math.sin(phase);
    const norm = Math.hypot(1, slope);
    // Up and away from the middle line: the left-hand normal of walking to the right.
    return place(
      x + (offsetMm * slope) / norm,
      height * Math.cos(phase) - offsetMm / norm,
      (Math.atan2(slope, 1) * 180) / Math.PI,
    );
  };
}

/** Breadth of the table top of a serpentine table. */
const waveBandMm = ({ depthMm }: Pick<TableForm, 'depthMm'>) => Math.min(760, depthMm / 2);

function alongWave(form: TableForm): SeatPlace[] {
  const out = waveBandMm(form) / 2 + chairGapMm;
  const upper = Math.ceil(form.seatCount / 2);
  const [above, below] = [wave(form, out), wave(form, -out)];
  return [
    ...alongCurve({ at: above, count: upper, isClosed: false }),
    ...alongCurve({ at: below, count: form.seatCount - upper, isClosed: false })
      .map((seat) => ({ ...seat, facing: (seat.facing + 180) % 360 }))
      .reverse(),
  ];
}

/**
 * The seats of a table that stands unturned in the origin, in the order of their numbers:
 * clockwise, the first nearest to the table's top.
 */
export function seatPlaces(form: TableForm): SeatPlace[] {
  const seats = {
    round: () => aroundEllipse({ ...form, depthMm: form.widthMm }),
    oval: () => aroundEllipse(form),
    rectangular: () => aroundRectangle(form),
    square: () => aroundRectangle(form),
    head: () => alongTop(form),
    sweetheart: () => alongTop(form),
    serpentine: () => alongWave(form),
  }[form.shape]();
  return seats.map((seat, index) => ({ ...seat, number: index + 1 }));
}

/** The seats of a table where it stands in the room. */
export function seatPlacesInRoom(table: PlacedTable): SeatPlace[] {
  return seatPlaces(table).map((seat) => {
    const turned = rotatePoint(seat, table.rotation);
    return {
      number: seat.number,
      xMm: table.xMm + turned.xMm,
      yMm: table.yMm + turned.yMm,
      facing: (seat.facing + table.rotation) % 360,
    };
  });
}

/** The top of a table that stands unturned in the origin. */
export type TableTop =
  | { kind: 'ellipse'; rxMm: number; ryMm: number }
  | { kind: 'rectangle'; widthMm: number; depthMm: number; cornerMm: number }
  | { kind: 'polygon'; points: RoomPoint[] };

/** What the top of a table looks like from above. */
export function tableTop(form: TableForm): TableTop {
  const { shape, widthMm, depthMm } = form;
  if (shape === 'round') return { kind: 'ellipse', rxMm: widthMm / 2, ryMm: widthMm / 2 };
  if (shape === 'oval') return { kind: 'ellipse', rxMm: widthMm / 2, ryMm: depthMm / 2 };
  if (shape !== 'serpentine') {
    return { kind: 'rectangle', widthMm, depthMm, cornerMm: Math.min(80, depthMm / 4) };
  }
  const half = waveBandMm(form) / 2;
  const samples = Array.from({ length: 33 }, (_, index) => index / 32);
  const edge = (offset: number) => samples.map((share) => wave(form, offset)(share));
  const points = [...edge(half), ...edge(-half).reverse()];
  return { kind: 'polygon', points: points.map(({ xMm, yMm }) => ({ xMm, yMm })) };
}

/** Half the width and depth of the space that a table takes with its chairs, unturned. */
export function tableReach(form: TableForm): { xMm: number; yMm: number } {
  const chair = chairMm / 2;
  const top = { xMm: form.widthMm / 2, yMm: depthOf(form) / 2 };
  return seatPlaces(form).reduce(
    (reach, { xMm, yMm }) => ({
      xMm: Math.max(reach.xMm, Math.abs(xMm) + chair),
      yMm: Math.max(reach.yMm, Math.abs(yMm) + chair),
    }),
    top,
  );
}

/** A round table is as deep as it is wide, whatever was stored. */
export const depthOf = ({ shape, widthMm, depthMm }: Omit<TableForm, 'seatCount'>): number =>
  shape === 'round' ? widthMm : depthMm;

/** The smallest upright box around some points; null without any. */
export function boundsOf(points: readonly RoomPoint[]): {
  xMm: number;
  yMm: number;
  widthMm: number;
  depthMm: number;
} | null {
  if (points.length === 0) return null;
  const [xs, ys] = [points.map(({ xMm }) => xMm), points.map(({ yMm }) => yMm)];
  const [xMm, yMm] = [Math.min(...xs), Math.min(...ys)];
  return { xMm, yMm, widthMm: Math.max(...xs) - xMm, depthMm: Math.max(...ys) - yMm };
}

/** Room per guest along the edge of a table, as caterers lay it. */
const coverMm = 600;

/** Usual measures of a table for that many guests. */
export function usualTableSize(
  shape: TableShape,
  seatCount: number,
): { widthMm: number; depthMm: number } {
  const edge = Math.max(1, seatCount) * coverMm;
  const upTo = (steps: readonly number[], wanted: number) =>
    steps.find((step) => step >= wanted) ?? Math.ceil(wanted / 100) * 100;
  const rounds = [900, 1_200, 1_520, 1_830, 2_130, 2_440];
  switch (shape) {
    case 'round': {
      // Rented rounds of 1.52 m take eight and of 1.83 m ten: chairs stand a little outside.
      const diameter = upTo(rounds, edge / Math.PI - 90);
      return { widthMm: diameter, depthMm: diameter };
    }
    case 'square': {
      const side = upTo([760, 900, 1_200, 1_500, 1_800], edge / 4);
      return { widthMm: side, depthMm: side };
    }
    case 'rectangular':
      return { widthMm: upTo([1_220, 1_830, 2_440], (edge - 2 * coverMm) / 2), depthMm: 760 };
    case 'oval':
      return { widthMm: upTo([1_800, 2_400, 3_000], edge / 2.6), depthMm: 1_200 };
    case 'head':
      return { widthMm: upTo([1_830, 2_440, 3_660, 4_880], edge), depthMm: 760 };
    case 'sweetheart':
      return { widthMm: Math.max(1_220, edge), depthMm: 760 };
    case 'serpentine':
      return { widthMm: upTo([3_000, 4_000, 5_000], edge / 2.4), depthMm: 1_600 };
  }
}
