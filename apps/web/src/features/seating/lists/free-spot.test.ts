import { describe, expect, it } from 'vitest';
import { freeSpot } from './free-spot.ts';
import { makePlan, makeTable } from './testing/small-plan.ts';

function room(sideMm: number, tables: ReturnType<typeof makeTable>[]) {
  const plan = makePlan(
    [],
    tables.map((table) => [table] as const),
  );
  const outline = [
    { xMm: 0, yMm: 0 },
    { xMm: sideMm, yMm: 0 },
    { xMm: sideMm, yMm: sideMm },
    { xMm: 0, yMm: sideMm },
  ];
  return { ...plan, layout: { ...plan.layout, outline } };
}

describe('the place of a new table', () => {
  it('lies inside the room and clear of every table', () => {
    const tables = [makeTable('1', { xMm: 2_000, yMm: 2_000, seatCount: 8 })];
    for (let count = 2; count < 8; count++) {
      const spot = freeSpot(room(12_000, tables));
      const nearest = Math.min(
        ...tables.map(({ xMm, yMm }) => Math.hypot(xMm - spot.xMm, yMm - spot.yMm)),
      );
      expect(nearest).toBeGreaterThan(2_500);
      expect(Math.min(spot.xMm, spot.yMm)).toBeGreaterThan(700);
      expect(Math.max(spot.xMm, spot.yMm)).toBeLessThan(11_300);
      tables.push(makeTable(String(count), { ...spot, seatCount: 8 }));
    }
  });

  it('is the middle where the room is full', () => {
    const table = makeTable('1', { xMm: 1_500, yMm: 1_500, seatCount: 8 });
    expect(freeSpot(room(3_000, [table]))).toEqual({ xMm: 1_500, yMm: 1_500 });
  });
});
