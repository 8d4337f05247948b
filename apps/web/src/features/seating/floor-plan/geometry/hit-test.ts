import type { SeatingTableId } from '@wedsync/contracts/ids';
import type { RoomPoint, SeatingTable } from '@wedsync/contracts/seating';
import {
  chairMm,
  depthOf,
  rotatePoint,
  seatPlaces,
  tableReach,
} from '@wedsync/contracts/seating-geometry';

export interface HitTarget {
  tableId: SeatingTableId;
  seatNumber?: number | undefined;
}

type Form = Pick<SeatingTable, 'shape' | 'seatCount' | 'widthMm' | 'depthMm'>;

/** A point as the table sees it that stands unturned in the origin. */
const local = (table: SeatingTable, { xMm, yMm }: RoomPoint): RoomPoint =>
  rotatePoint({ xMm: xMm - table.xMm, yMm: yMm - table.yMm }, -table.rotation);

const seatsOf = new WeakMap<Form, ReturnType<typeof seatPlaces>>();
const reachOf = new WeakMap<Form, ReturnType<typeof tableReach>>();

/** The seats of a table, computed once per version of it. */
export function placesOf(table: Form): ReturnType<typeof seatPlaces> {
  const known = seatsOf.get(table) ?? seatPlaces(table);
  seatsOf.set(table, known);
  return known;
}

function reach(table: Form): ReturnType<typeof tableReach> {
  const known = reachOf.get(table) ?? tableReach(table);
  reachOf.set(table, known);
  return known;
}

function seatAt(table: SeatingTable, point: RoomPoint, slopMm: number): number | undefined {
  let nearest: { number: number; distance: number } | undefined;
  for (const seat of placesOf(table)) {
    const distance = Math.hypot(seat.xMm - point.xMm, seat.yMm - point.yMm);
    if (distance > chairMm / 2 + slopMm) continue;
    if (!nearest || distance < nearest.distance) nearest = { number: seat.number, distance };
  }
  return nearest?.number;
}

export interface HitOptions {
  /** How far beside a table or chair still counts, e.g. half a finger. */
  slopMm: number;
  /** Chairs are drawn and can be aimed at; else only tables. */
  hasSeats: boolean;
}

/** The table or seat under a point; the nearest where several reach it. Null on the floor. */
export function findTarget(
  tables: readonly SeatingTable[],
  point: RoomPoint,
  { slopMm, hasSeats }: HitOptions,
): HitTarget | null {
  let best: { target: HitTarget; distance: number } | null = null;
  for (const table of tables) {
    const inside = local(table, point);
    const { xMm, yMm } = reach(table);
    const over = Math.max(Math.abs(inside.xMm) - xMm, Math.abs(inside.yMm) - yMm);
    if (over > slopMm) continue;
    const seatNumber = hasSeats ? seatAt(table, inside, Math.min(slopMm, chairMm / 2)) : undefined;
    const edge = Math.max(
      Math.abs(inside.xMm) - table.widthMm / 2,
      Math.abs(inside.yMm) - depthOf(table) / 2,
    );
    const distance = seatNumber === undefined ? Math.max(0, edge) : -1;
    if (best && best.distance <= distance) continue;
    best = { target: { tableId: table.id, seatNumber }, distance };
  }
  return best?.target ?? null;
}
