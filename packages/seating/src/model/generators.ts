import type { PairCost, SeatingProblem } from './problem.ts';
import { seededRandom } from './random.ts';

/**
 * Weddings as they are: households of one to five, circles of friends and family who want to sit
 * together, a few old quarrels. Five per cent more seats than guests.
 *
 * @param guests how many to seat; the last household is cut to fit
 * @param seats of every table
 */
export function generateWedding(guests: number, seats: number, seed: number): SeatingProblem {
  const random = seededRandom(seed);
  const sizes: number[] = [];
  for (let total = 0; total < guests; ) {
    const x = random();
    const size = x < 0.3 ? 1 : x < 0.72 ? 2 : x < 0.84 ? 3 : x < 0.95 ? 4 : 5;
    sizes.push(Math.min(size, guests - total));
    total += size;
  }
  const circles: number[] = [];
  for (let circle = 0; circles.length < sizes.length; circle++) {
    const members = 3 + Math.floor(random() * 8);
    for (let member = 0; member < members; member++) circles.push(circle);
  }
  const pairs: PairCost[] = [];
  const apart: [number, number][] = [];
  for (let a = 0; a < sizes.length; a++) {
    for (let b = a + 1; b < sizes.length; b++) {
      let wish = 0;
      if (circles[a] === circles[b]) wish = -(2 + Math.floor(random() * 4));
      else if (random() < 0.01) wish = -(1 + Math.floor(random() * 3));
      else if (random() < 0.005) wish = 4;
      else if (random() < 0.003) apart.push([a, b]);
      if (wish !== 0) pairs.push({ a, b, cost: wish * ((sizes[a] ?? 0) + (sizes[b] ?? 0)) });
    }
  }
  const count = Math.ceil((1.05 * guests) / seats);
  const tables = Array.from({ length: count }, () => ({ capacity: seats }));
  return { sizes: Int32Array.from(sizes), pairs, apart, tables };
}

/**
 * Random instances of the Wedding Seating Problem of Lewis and Carroll (JORS 67, 2016): `apart` with
 * probability `density`, otherwise together, indifferent or rather apart alike; tables without a
 * capacity, but every guest more or less than the mean costs 1.
 */
export function generateLewisCarroll(options: {
  groups: number;
  tables: number;
  density: number;
  seed: number;
}): SeatingProblem {
  const random = seededRandom(options.seed);
  const sizes = Int32Array.from({ length: options.groups }, () => 1 + Math.floor(random() * 8));
  const pairs: PairCost[] = [];
  const apart: [number, number][] = [];
  for (let a = 0; a < options.groups; a++) {
    for (let b = a + 1; b < options.groups; b++) {
      const x = random();
      if (x < options.density) {
        apart.push([a, b]);
        continue;
      }
      const wish = Math.floor(random() * 3) - 1;
      if (wish !== 0) pairs.push({ a, b, cost: wish * ((sizes[a] ?? 0) + (sizes[b] ?? 0)) });
    }
  }
  const guests = sizes.reduce((sum, size) => sum + size, 0);
  const [low, high] = [Math.floor(guests / options.tables), Math.ceil(guests / options.tables)];
  const loadCosts = Int32Array.from({ length: guests + 1 }, (_, load) =>
    Math.min(Math.abs(load - low), Math.abs(load - high)),
  );
  const tables = Array.from({ length: options.tables }, () => ({ capacity: guests, loadCosts }));
  return { sizes, pairs, apart, tables };
}

/**
 * The wedding of Bellows and Peterson (Annals of Improbable Research, 2012) in its published form of
 * 17 guests: nine of the bride, eight of the groom, who know only their own side. Couples count 50,
 * siblings 10, acquaintances 1.
 *
 * @param known guests that everybody must know at the table, besides themselves
 */
export function bellowsPeterson(options: {
  tables: number;
  seats: number;
  known: number;
}): SeatingProblem {
  const bride = 9;
  const guests = 17;
  const couples = new Set(['0,1', '2,3', '4,5', '6,7', '9,10']);
  const pairs: PairCost[] = [];
  for (let a = 0; a < guests; a++) {
    for (let b = a + 1; b < guests; b++) {
      if (a < bride !== b < bride) continue;
      const value = couples.has(`${a},${b}`) ? 50 : a === 2 && b === 8 ? 10 : 1;
      pairs.push({ a, b, cost: -value });
    }
  }
  const company = {
    known: pairs.map(({ a, b }) => [a, b] as const),
    wanted: new Int32Array(guests).fill(options.known),
    costs: new Int32Array(guests),
    isRule: true,
  };
  const tables = Array.from({ length: options.tables }, () => ({ capacity: options.seats }));
  return { sizes: new Int32Array(guests).fill(1), pairs, apart: [], tables, company };
}
