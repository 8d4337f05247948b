import type { SeatingFixture, SeatingGuest, SeatingTable } from '@wedsync/contracts/seating';
import { tablesBesideMm } from '@wedsync/contracts/seating-rules';
import { doorCost, doorMetresMax, loudCost, loudMm } from './objective.ts';

/** Why a guest may not sit at a table, whoever else sits there. */
export const placeObstacles = [
  'needs-step-free',
  'needs-near-exit',
  'needs-quiet',
  'allergy-far-from-kitchen',
  'high-chair',
] as const;
export type PlaceObstacle = (typeof placeObstacles)[number];

const distanceMm = (a: { xMm: number; yMm: number }, b: { xMm: number; yMm: number }): number =>
  Math.hypot(a.xMm - b.xMm, a.yMm - b.yMm);

/** Tables that are kept for those whom a person puts there. */
export const isHonour = ({ shape, features }: SeatingTable): boolean =>
  shape === 'head' || shape === 'sweetheart' || features.includes('vip');

/**
 * 1 for every table that the kitchen reaches: near its pass, or beside a table that is. Undefined
 * where the layout names no such table: then the rule does not apply.
 */
export function kitchenTables(tables: readonly SeatingTable[]): Uint8Array | undefined {
  const near = tables.filter(({ features }) => features.includes('near-kitchen'));
  if (near.length === 0) return undefined;
  return Uint8Array.from(tables, (table) =>
    near.some((other) => distanceMm(table, other) <= tablesBesideMm) ? 1 : 0,
  );
}

/** What a guest asks of a place, as a bit for each of `placeObstacles`; 0 = nothing. */
export function needsOf({ accessibility, diets }: SeatingGuest): number {
  let needs = 0;
  for (const need of accessibility) {
    if (need === 'wheelchair' || need === 'step-free') needs |= 1;
    else if (need === 'seat-near-exit') needs |= 2;
    else if (need === 'quiet-place') needs |= 4;
    else if (need === 'high-chair') needs |= 16;
  }
  if (diets.some(({ severity }) => severity === 'allergy')) needs |= 8;
  return needs;
}

/** What each table cannot offer, in the same bits: `needs & lacks` says what stands in the way. */
export function lacksOf(tables: readonly SeatingTable[]): Uint8Array {
  const kitchen = kitchenTables(tables);
  return Uint8Array.from(tables, ({ features, shape }, at) => {
    let lacks = 0;
    if (!features.includes('step-free')) lacks |= 1;
    if (!features.includes('near-exit')) lacks |= 2;
    if (!features.includes('quiet')) lacks |= 4;
    if (kitchen && !kitchen[at]) lacks |= 8;
    if (shape === 'head' || shape === 'sweetheart') lacks |= 16;
    return lacks;
  });
}

/** The first thing that keeps a guest with `needs` from a table that lacks `lacks`. */
export function obstacleOf(needs: number, lacks: number): PlaceObstacle | null {
  const missing = needs & lacks;
  return placeObstacles.find((_, bit) => missing & (1 << bit)) ?? null;
}

/** What the place of a table costs a guest: the way to a door, a band beside a child. */
export function zoneCost(
  guest: SeatingGuest,
  table: SeatingTable,
  fixtures: readonly SeatingFixture[],
): number {
  let cost = 0;
  if (needsOf(guest) & 1) {
    const ways = fixtures
      .filter(({ kind }) => kind === 'door')
      .map((door) => Math.round(distanceMm(door, table) / 1_000));
    if (ways.length > 0) cost += doorCost * Math.min(doorMetresMax, ...ways);
  }
  if (guest.ageGroup === 'child' || guest.ageGroup === 'infant') {
    const isLoud = fixtures.some(
      (fixture) => fixture.kind === 'band' && distanceMm(fixture, table) <= loudMm,
    );
    if (isLoud) cost += loudCost;
  }
  return cost;
}
