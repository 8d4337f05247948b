import type { RoomPoint } from '@wedsync/contracts/seating';
import {
  boundsOf,
  rotatePoint,
  seatPlacesInRoom,
  tableReach,
} from '@wedsync/contracts/seating-geometry';
import type { Area } from './page-frame.ts';
import { mm } from './paper.ts';
import type { PrintScene } from './print-scene.ts';

/** Usual scales of drawings (ISO 5455), with steps between them so that a sheet is well used. */
const denominators = [
  10, 15, 20, 25, 30, 40, 50, 60, 75, 100, 125, 150, 200, 250, 300, 400, 500, 750, 1_000,
];

export interface PlanScale {
  /** 1 : this. */
  denominator: number;
  /** Points on paper of a length in the room. */
  length(lengthMm: number): number;
  place(point: RoomPoint): { x: number; y: number };
}

/** Corners of everything that is drawn: the room, its things, and tables with their chairs. */
function cornersOf({ outline, fixtures, tables }: PrintScene): RoomPoint[] {
  const boxes = [
    ...fixtures.map((fixture) => ({
      ...fixture,
      reach: { xMm: fixture.widthMm / 2, yMm: fixture.depthMm / 2 },
    })),
    ...tables.map((table) => ({ ...table, reach: tableReach(table) })),
  ];
  const corners = boxes.flatMap(({ xMm, yMm, rotation, reach }) =>
    [-1, 1].flatMap((right) =>
      [-1, 1].map((down) => {
        const turned = rotatePoint({ xMm: right * reach.xMm, yMm: down * reach.yMm }, rotation);
        return { xMm: xMm + turned.xMm, yMm: yMm + turned.yMm };
      }),
    ),
  );
  return [...outline, ...corners];
}

/** The box around everything that is drawn, in the room. */
export const planBounds = (scene: PrintScene) =>
  boundsOf(cornersOf(scene)) ?? { xMm: 0, yMm: 0, widthMm: 1, depthMm: 1 };

/** The largest usual scale at which everything fits, and its place in the middle of the area. */
export function planScale(scene: PrintScene, area: Area): PlanScale {
  const { xMm, yMm, widthMm, depthMm } = planBounds(scene);
  const fits = (denominator: number) =>
    mm(widthMm / denominator) <= area.width && mm(depthMm / denominator) <= area.height;
  const needed = Math.max(mm(widthMm) / area.width, mm(depthMm) / area.height);
  const denominator = denominators.find(fits) ?? Math.ceil(needed / 500) * 500;
  const length = (lengthMm: number) => mm(lengthMm / denominator);
  const left = area.x + (area.width - length(widthMm)) / 2;
  const top = area.y + (area.height - length(depthMm)) / 2;
  return {
    denominator,
    length,
    place: (point) => ({ x: left + length(point.xMm - xMm), y: top + length(point.yMm - yMm) }),
  };
}

/** A chair on paper, with the guest on it. */
export function placedSeats(scene: PrintScene, scale: PlanScale) {
  return scene.tables.flatMap((table, tableIndex) => {
    const guests = new Map(table.seats.map(({ number, guest }) => [number, guest]));
    return seatPlacesInRoom(table).map(({ number, facing, ...point }) => ({
      ...scale.place(point),
      tableIndex,
      number,
      facing,
      guest: guests.get(number) ?? null,
    }));
  });
}
export type PlacedSeat = ReturnType<typeof placedSeats>[number];
