import type { RoomPoint, SeatingPlan } from '@wedsync/contracts/seating';
import { boundsOf, tableReach, usualTableSize } from '@wedsync/contracts/seating-geometry';

/** Way between chairs of neighbouring tables, so that somebody can pass. */
const aisleMm = 700;
const stepMm = 500;

/**
 * Where a new table finds room when nobody points at a place: the first spot, row by row, at which
 * a usual round table keeps clear of the walls' box and of every table; the middle of a full room.
 */
export function freeSpot({ layout, tables }: SeatingPlan): RoomPoint {
  const room = boundsOf(layout.outline);
  if (!room) return { xMm: 0, yMm: 0 };
  const own = tableReach({ shape: 'round', seatCount: 8, ...usualTableSize('round', 8) });
  const taken = tables.map((table) => {
    // Turned by any angle, a table stays within the circle around it.
    const { xMm, yMm } = tableReach(table);
    return { ...table, reachMm: Math.hypot(xMm, yMm) };
  });
  const right = room.xMm + room.widthMm - own.xMm;
  const bottom = room.yMm + room.depthMm - own.yMm;
  for (let yMm = room.yMm + own.yMm; yMm <= bottom; yMm += stepMm) {
    for (let xMm = room.xMm + own.xMm; xMm <= right; xMm += stepMm) {
      const isFree = taken.every(
        (table) =>
          Math.hypot(table.xMm - xMm, table.yMm - yMm) >= table.reachMm + own.xMm + aisleMm,
      );
      if (isFree) return { xMm: Math.round(xMm), yMm: Math.round(yMm) };
    }
  }
  return {
    xMm: Math.round(room.xMm + room.widthMm / 2),
    yMm: Math.round(room.yMm + room.depthMm / 2),
  };
}
