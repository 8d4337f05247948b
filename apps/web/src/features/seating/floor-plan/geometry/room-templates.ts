import type { FixtureInput, RoomPoint, TableInput } from '@wedsync/contracts/seating';
import { tableReach, usualTableSize } from '@wedsync/contracts/seating-geometry';

export interface RoomSize {
  widthMm: number;
  depthMm: number;
}

export const rectangleOutline = ({ widthMm, depthMm }: RoomSize): RoomPoint[] => [
  { xMm: 0, yMm: 0 },
  { xMm: widthMm, yMm: 0 },
  { xMm: widthMm, yMm: depthMm },
  { xMm: 0, yMm: depthMm },
];

export const arrangements = ['rounds-8', 'rounds-10', 'banquet', 'long-rows', 'empty'] as const;
export type Arrangement = (typeof arrangements)[number];

export interface RoomWish extends RoomSize {
  arrangement: Arrangement;
  guestCount: number;
  hasHeadTable: boolean;
  hasDanceFloor: boolean;
}

export interface RoomPlan {
  outline: RoomPoint[];
  tables: TableInput[];
  fixtures: FixtureInput[];
  seatCount: number;
  /** All tables stand inside the room with room to walk. */
  fits: boolean;
}

const kinds = {
  'rounds-8': { shape: 'round', seatCount: 8 },
  'rounds-10': { shape: 'round', seatCount: 10 },
  banquet: { shape: 'rectangular', seatCount: 8 },
  'long-rows': { shape: 'rectangular', seatCount: 20 },
} as const;

/** Between chairs of neighbouring tables, so that somebody can be served. */
const aisleMm = 700;
const wallMm = 500;
const headSeats = 8;

const middleOf = (room: RoomSize) => Math.round(room.widthMm / 2);

function headTable(room: RoomSize): TableInput {
  return {
    label: 'Head',
    shape: 'head',
    seatCount: headSeats,
    ...usualTableSize('head', headSeats),
    xMm: middleOf(room),
    yMm: wallMm + 1_300,
    rotation: 0,
    features: ['vip'],
  };
}

function fixturesOf(wish: RoomWish): FixtureInput[] {
  const { widthMm, depthMm, hasDanceFloor } = wish;
  const door: FixtureInput = {
    kind: 'door',
    label: 'Entrance',
    xMm: middleOf(wish),
    yMm: depthMm,
    rotation: 0,
    widthMm: 1_800,
    depthMm: 200,
  };
  const pass: FixtureInput = {
    kind: 'kitchen-pass',
    label: 'Kitchen',
    xMm: widthMm,
    yMm: Math.round(depthMm / 3),
    rotation: 270,
    widthMm: 1_600,
    depthMm: 200,
  };
  if (!hasDanceFloor) return [door, pass];
  const side = danceFloorMm(wish);
  return [
    door,
    pass,
    { kind: 'dance-floor', label: 'Dance floor', ...danceSpot(wish), widthMm: side, depthMm: side },
  ];
}

/** Four guests dance on a square metre and a half at a time; half of them do. */
const danceFloorMm = ({ guestCount, widthMm, depthMm }: RoomWish) => {
  const wanted = Math.sqrt(guestCount * 0.35) * 1_000;
  const most = Math.min(widthMm, depthMm) * 0.45;
  return Math.round(Math.min(most, Math.max(3_000, wanted)) / 100) * 100;
};

const headDepth = (wish: RoomWish) => (wish.hasHeadTable ? 2_600 : 0);

function danceSpot(wish: RoomWish): RoomPoint & { rotation: number } {
  const side = danceFloorMm(wish);
  return {
    xMm: middleOf(wish),
    yMm: Math.round(wallMm + headDepth(wish) + side / 2 + 300),
    rotation: 0,
  };
}

/** Middles of places for tables of one size, row by row, around the dance floor. */
function places(wish: RoomWish, form: ReturnType<typeof formOf>): RoomPoint[] {
  const reach = tableReach(form);
  const [stepX, stepY] = [2 * reach.xMm + aisleMm, 2 * reach.yMm + aisleMm];
  const top = wallMm + headDepth(wish);
  const columns = Math.max(1, Math.floor((wish.widthMm - 2 * wallMm + aisleMm) / stepX));
  const rows = Math.max(1, Math.floor((wish.depthMm - wallMm - top + aisleMm) / stepY));
  const spread = (wish.widthMm - columns * stepX + aisleMm) / 2;
  const floor = wish.hasDanceFloor ? { ...danceSpot(wish), half: danceFloorMm(wish) / 2 } : null;
  const found: RoomPoint[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const xMm = Math.round(spread + reach.xMm + column * stepX);
      const yMm = Math.round(top + reach.yMm + row * stepY);
      const isOnFloor =
        floor &&
        Math.abs(xMm - floor.xMm) < floor.half + reach.xMm &&
        Math.abs(yMm - floor.yMm) < floor.half + reach.yMm;
      if (!isOnFloor) found.push({ xMm, yMm });
    }
  }
  return found;
}

function formOf(arrangement: Exclude<Arrangement, 'empty'>) {
  const kind = kinds[arrangement];
  const size = usualTableSize(kind.shape, kind.seatCount);
  return arrangement === 'long-rows' ? { ...kind, ...size, widthMm: 6_000 } : { ...kind, ...size };
}

/**
 * A room to begin with: as many tables as the guests need, in rows with aisles, round the dance
 * floor. Tables that find no place inside stand below the room, where they are seen to be too many.
 */
export function planRoom(wish: RoomWish): RoomPlan {
  const outline = rectangleOutline(wish);
  const fixtures = fixturesOf(wish);
  const head = wish.hasHeadTable ? [headTable(wish)] : [];
  if (wish.arrangement === 'empty') {
    return { outline, fixtures, tables: head, seatCount: head.length * headSeats, fits: true };
  }
  const form = formOf(wish.arrangement);
  const count = Math.max(
    1,
    Math.ceil((wish.guestCount - head.length * headSeats) / form.seatCount),
  );
  const inside = places(wish, form);
  const reach = tableReach(form);
  const perRow = Math.max(1, Math.floor(wish.widthMm / (2 * reach.xMm + aisleMm)));
  const tables = Array.from({ length: count }, (_, at): TableInput => {
    const over = at - inside.length;
    const spot = inside[at] ?? {
      xMm: Math.round(reach.xMm + (over % perRow) * (2 * reach.xMm + aisleMm)),
      yMm: Math.round(
        wish.depthMm + 800 + reach.yMm + Math.floor(over / perRow) * (2 * reach.yMm + aisleMm),
      ),
    };
    return { ...form, ...spot, label: String(at + 1), rotation: 0 };
  });
  return {
    outline,
    fixtures,
    tables: [...head, ...tables],
    seatCount: count * form.seatCount + head.length * headSeats,
    fits: inside.length >= count,
  };
}

/** The smallest usual room, four by three, that holds what is wished; the largest where none does. */
export function usualRoom(wish: Omit<RoomWish, 'widthMm' | 'depthMm'>): RoomSize {
  const sizes = Array.from({ length: 30 }, (_, at) => {
    const depthMm = 8_000 + at * 1_000;
    return { widthMm: Math.round((depthMm * 4) / 3 / 1_000) * 1_000, depthMm };
  });
  const largest = { widthMm: 50_000, depthMm: 38_000 };
  return sizes.find((size) => planRoom({ ...wish, ...size }).fits) ?? largest;
}
