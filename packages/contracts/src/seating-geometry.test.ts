import { describe, expect, it } from 'vitest';
import { tableShapes } from './seating.ts';
import {
  boundsOf,
  chairMm,
  rotatePoint,
  type SeatPlace,
  seatPlaces,
  seatPlacesInRoom,
  tableReach,
  tableTop,
  usualTableSize,
} from './seating-geometry.ts';

const distance = (a: SeatPlace, b: SeatPlace) => Math.hypot(a.xMm - b.xMm, a.yMm - b.yMm);
const around = (seats: readonly SeatPlace[]) =>
  seats.map((seat, index) => distance(seat, seats[(index + 1) % seats.length] ?? seat));

describe('the seats of a table', () => {
  it('are as many as asked for, numbered from one, for every shape and count', () => {
    for (const shape of tableShapes) {
      for (let seatCount = 1; seatCount <= 60; seatCount++) {
        const seats = seatPlaces({ shape, seatCount, ...usualTableSize(shape, seatCount) });
        expect(seats.map(({ number }) => number)).toEqual(
          Array.from({ length: seatCount }, (_, index) => index + 1),
        );
        expect(seats.every(({ xMm, yMm }) => Number.isFinite(xMm + yMm))).toBe(true);
      }
    }
  });

  it('leave room for a chair each where the table has its usual size', () => {
    for (const shape of tableShapes) {
      for (const seatCount of [2, 4, 6, 8, 10, 12, 16]) {
        const seats = seatPlaces({ shape, seatCount, ...usualTableSize(shape, seatCount) });
        const closest = Math.min(...around(seats));
        expect({ shape, seatCount, fits: closest >= chairMm }).toEqual({
          shape,
          seatCount,
          fits: true,
        });
      }
    }
  });

  it('go clockwise round a table from its top', () => {
    const [first, second, , fourth] = seatPlaces({
      shape: 'round',
      seatCount: 4,
      widthMm: 1_500,
      depthMm: 1_500,
    });
    expect(first).toMatchObject({ number: 1, xMm: 0, facing: 0 });
    expect(first?.yMm).toBeLessThan(-750);
    expect(second?.xMm).toBeGreaterThan(750);
    expect(fourth?.xMm).toBeLessThan(-750);
  });

  it('stand equally far apart round an oval', () => {
    const gaps = around(
      seatPlaces({ shape: 'oval', seatCount: 12, widthMm: 3_000, depthMm: 1_200 }),
    );
    expect(Math.max(...gaps) / Math.min(...gaps)).toBeLessThan(1.12);
  });

  it('take the ends of a banquet table before they crowd its sides', () => {
    const seats = seatPlaces({
      shape: 'rectangular',
      seatCount: 8,
      widthMm: 1_830,
      depthMm: 760,
    });
    expect(seats.map(({ facing }) => facing)).toEqual([0, 0, 0, 90, 180, 180, 180, 270]);
  });

  it('leave the front of a head table open', () => {
    const seats = seatPlaces({ shape: 'head', seatCount: 6, widthMm: 3_660, depthMm: 760 });
    expect(seats.every(({ yMm, facing }) => yMm < 0 && facing === 0)).toBe(true);
    expect(seats.map(({ xMm }) => xMm)).toEqual(
      [...seats].sort((a, b) => a.xMm - b.xMm).map(({ xMm }) => xMm),
    );
  });

  it('turn with their table', () => {
    const form = { shape: 'head', seatCount: 2, widthMm: 1_200, depthMm: 760 } as const;
    const [seat] = seatPlacesInRoom({ ...form, xMm: 5_000, yMm: 4_000, rotation: 90 });
    expect(seat?.facing).toBe(90);
    expect(seat?.xMm).toBeCloseTo(5_000 + 380 + 260);
    expect(seat?.yMm).toBeCloseTo(4_000 - 300);
  });
});

describe('the form of a table', () => {
  it('reaches as far as its outermost chair', () => {
    const reach = tableReach({ shape: 'round', seatCount: 8, widthMm: 1_520, depthMm: 1_520 });
    expect(reach.xMm).toBeCloseTo(760 + 260 + 225);
  });

  it('keeps a serpentine top within its width and depth', () => {
    const top = tableTop({ shape: 'serpentine', seatCount: 8, widthMm: 3_000, depthMm: 1_600 });
    const box = top.kind === 'polygon' ? boundsOf(top.points) : null;
    expect(box?.depthMm).toBeLessThanOrEqual(1_601);
    expect(box?.widthMm).toBeLessThanOrEqual(3_001);
  });

  it('has no bounds without points', () => {
    expect(boundsOf([])).toBeNull();
  });

  it('comes back after a full turn', () => {
    const { xMm, yMm } = rotatePoint({ xMm: 120, yMm: -45 }, 360);
    expect(xMm).toBeCloseTo(120);
    expect(yMm).toBeCloseTo(-45);
  });
});
