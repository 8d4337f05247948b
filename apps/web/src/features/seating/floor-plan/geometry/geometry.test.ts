import { newId, SeatingTableId } from '@wedsync/contracts/ids';
import type { SeatingTable } from '@wedsync/contracts/seating';
import { chairMm, seatPlacesInRoom, tableReach } from '@wedsync/contracts/seating-geometry';
import { describe, expect, it } from 'vitest';
import { findTarget } from './hit-test.ts';
import { nextInDirection } from './navigate.ts';
import { arrangements, planRoom, usualRoom } from './room-templates.ts';
import { align, snapAngle, snapPoint } from './snap.ts';
import { detailAt, fitView, keepInSight, scaleMax, toRoom, toWindow, zoomAt } from './viewport.ts';

const table = (label: string, xMm: number, rotation = 0): SeatingTable => ({
  id: newId(SeatingTableId),
  label,
  shape: 'round',
  seatCount: 8,
  xMm,
  yMm: 5_000,
  rotation,
  widthMm: 1_520,
  depthMm: 1_520,
  zone: '',
  features: [],
  isLocked: false,
  version: 1,
});

describe('the window on the room', () => {
  const room = { xMm: 0, yMm: 0, widthMm: 20_000, depthMm: 10_000 };
  const size = { x: 800, y: 600 };

  it('shows all of a room in its middle', () => {
    const view = fitView(room, size, 20);
    expect(toWindow(view, { xMm: 10_000, yMm: 5_000 })).toEqual({ x: 400, y: 300 });
    expect(toWindow(view, { xMm: 0, yMm: 0 }).x).toBeCloseTo(20);
  });

  it('keeps what lies under the pointer under it while zooming', () => {
    const view = fitView(room, size, 20);
    const at = { x: 123, y: 456 };
    const zoomed = zoomAt(view, 1.7, at);
    expect(toRoom(zoomed, at).xMm).toBeCloseTo(toRoom(view, at).xMm);
    expect(toRoom(zoomed, at).yMm).toBeCloseTo(toRoom(view, at).yMm);
    expect(zoomAt(view, 1e9, at).scale).toBe(scaleMax);
  });

  it('never loses the room out of sight', () => {
    const lost = { left: 5_000, top: -9_000, scale: 0.04 };
    const found = keepInSight(lost, room, size);
    expect(toWindow(found, { xMm: 0, yMm: 0 }).x).toBeLessThan(size.x);
    expect(toWindow(found, { xMm: 20_000, yMm: 10_000 }).y).toBeGreaterThan(0);
  });

  it('draws more the nearer one looks', () => {
    expect([0.01, 0.03, 0.06, 0.11].map((scale) => detailAt(scale, chairMm))).toEqual([
      'tables',
      'seats',
      'initials',
      'names',
    ]);
  });
});

describe('what lies under a point', () => {
  const [one, two] = [table('1', 2_000), table('2', 6_000, 45)];
  const tables = [one, two];
  const exact = { slopMm: 0, hasSeats: true };

  it('is the seat that is drawn there, also of a turned table', () => {
    for (const drawn of tables) {
      for (const seat of seatPlacesInRoom(drawn)) {
        expect(findTarget(tables, seat, exact)).toEqual({
          tableId: drawn.id,
          seatNumber: seat.number,
        });
      }
    }
  });

  it('is the table where only tables are drawn, and nothing on the floor', () => {
    const [seat] = seatPlacesInRoom(one);
    expect(seat && findTarget(tables, seat, { slopMm: 0, hasSeats: false })).toEqual({
      tableId: one.id,
      seatNumber: undefined,
    });
    expect(findTarget(tables, { xMm: 4_000, yMm: 9_000 }, exact)).toBeNull();
  });

  it('forgives half a finger', () => {
    const beside = { xMm: 2_000 + 760 + 260 + 225 + 150, yMm: 5_000 };
    expect(findTarget(tables, beside, exact)).toBeNull();
    expect(findTarget(tables, beside, { slopMm: 200, hasSeats: true })?.tableId).toBe(one.id);
  });
});

describe('arrow keys', () => {
  const grid = [0, 1, 2].flatMap((row) =>
    [0, 1, 2].map((column) => ({ name: `${row}${column}`, xMm: column * 3_000, yMm: row * 3_000 })),
  );
  const middle = { xMm: 3_000, yMm: 3_000 };

  it('go to the neighbour in their direction', () => {
    const to = (direction: 'left' | 'right' | 'up' | 'down') =>
      nextInDirection(middle, grid, direction)?.name;
    expect([to('left'), to('right'), to('up'), to('down')]).toEqual(['10', '12', '01', '21']);
  });

  it('go nowhere where nothing is', () => {
    expect(nextInDirection({ xMm: 0, yMm: 0 }, grid, 'left')).toBeNull();
  });
});

describe('moved things', () => {
  const options = { others: [{ xMm: 1_000, yMm: 7_000 }], toleranceMm: 80, gridMm: 100 };

  it('stand level with others that are near, else on the grid', () => {
    expect(snapPoint({ xMm: 1_060, yMm: 3_333 }, options)).toEqual({
      xMm: 1_000,
      yMm: 3_300,
      guides: [{ axis: 'x', atMm: 1_000 }],
    });
  });

  it('turn in steps of 15 degrees unless they are free', () => {
    expect([snapAngle(52, false), snapAngle(-7.4, true), snapAngle(359, false)]).toEqual([
      45, 353, 0,
    ]);
  });

  it('are spread evenly between the outermost two', () => {
    const spread = align(
      [0, 5_000, 6_000].map((xMm) => ({ xMm, yMm: 0 })),
      'spread-across',
    );
    expect(spread.map(({ xMm }) => xMm)).toEqual([0, 3_000, 6_000]);
  });
});

describe('a room to begin with', () => {
  it('seats everybody at tables that do not touch, whatever the arrangement', () => {
    for (const arrangement of arrangements) {
      for (const hasDanceFloor of [true, false]) {
        const wish = { arrangement, guestCount: 120, hasHeadTable: true, hasDanceFloor };
        const { tables, seatCount, fits } = planRoom({ ...wish, widthMm: 30_000, depthMm: 24_000 });
        expect(fits).toBe(true);
        expect(new Set(tables.map(({ label }) => label)).size).toBe(tables.length);
        if (arrangement !== 'empty') expect(seatCount).toBeGreaterThanOrEqual(120);
        const clashes = tables.filter((one, at) =>
          tables.slice(at + 1).some((other) => {
            const [a, b] = [tableReach(one), tableReach(other)];
            return (
              Math.abs(one.xMm - other.xMm) < a.xMm + b.xMm &&
              Math.abs(one.yMm - other.yMm) < a.yMm + b.yMm
            );
          }),
        );
        expect(clashes).toEqual([]);
      }
    }
  });

  it('is by default just large enough', () => {
    const wish = {
      arrangement: 'rounds-8',
      guestCount: 183,
      hasHeadTable: true,
      hasDanceFloor: true,
    } as const;
    const size = usualRoom(wish);
    expect(planRoom({ ...wish, ...size }).fits).toBe(true);
    const smaller = { widthMm: size.widthMm - 2_000, depthMm: size.depthMm - 2_000 };
    expect(planRoom({ ...wish, ...smaller }).fits).toBe(false);
  });

  it('says when the guests need more tables than the room holds', () => {
    const small = planRoom({
      arrangement: 'rounds-10',
      guestCount: 200,
      hasHeadTable: false,
      hasDanceFloor: true,
      widthMm: 12_000,
      depthMm: 9_000,
    });
    expect(small.fits).toBe(false);
    expect(small.tables.some(({ yMm }) => yMm > 9_000)).toBe(true);
  });
});
