import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsOf, guestOf, relationOf, tableOf } from '../../fixtures/random-plan.ts';
import { compileProblem } from './compile-problem.ts';
import { explainInfeasible } from './infeasible.ts';
import { indexPlan, type PlanFacts } from './plan-index.ts';
import { findShortage } from './seat-flow.ts';
import { apartClique, canSeat, type RuleGraph, smallestUnseatable } from './seating-graph.ts';

const weights = { happiness: 6, fairness: 4, fewestMoves: 2, balance: 1 };
const explain = (facts: PlanFacts) =>
  explainInfeasible(
    compileProblem(indexPlan(facts), { mode: 'full', weights, includesUndecided: false }),
  );
const names = ['Ann', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gus', 'Hal', 'Ida', 'Jon'];
const people = (count: number) =>
  Array.from({ length: count }, (_, at) =>
    guestOf({ firstName: names[at] ?? 'Kit', lastName: '' }),
  );
const tables = (count: number, seatCount: number) =>
  Array.from({ length: count }, (_, at) => tableOf({ label: String(at + 1), seatCount }));
const allApart = (guests: ReturnType<typeof people>) =>
  guests.flatMap((one, at) =>
    guests.slice(at + 1).map((other) => relationOf('never', [one, other])),
  );

describe('why there is no plan', () => {
  it('counts guests and seats', () => {
    const facts = factsOf({ guests: people(9), tables: tables(2, 4) });
    expect(explain(facts)?.message).toBe(
      '9 guests want a seat, but the tables have 8 seats: 1 too few. Add a table or chairs.',
    );
  });

  it('names a rule that says together and one that says apart', () => {
    const [ann, ben, cleo] = people(3);
    const relationships = [
      relationOf('must', [ann, ben]),
      relationOf('must', [ben, cleo]),
      relationOf('never', [ann, cleo]),
    ];
    const found = explain(
      factsOf({
        guests: [ann, ben, cleo].flatMap((one) => one ?? []),
        tables: tables(3, 8),
        relationships,
      }),
    );
    expect(found?.message).toBe(
      'Ann and Cleo must sit together and must never share a table. Remove one of the two rules.',
    );
    expect(found?.guestIds).toEqual([ann?.id, cleo?.id]);
  });

  it('names those who must sit together and are more than the largest table holds', () => {
    const guests = people(5);
    const relationships = guests.slice(1).map((guest) => relationOf('must', [guests[0], guest]));
    expect(explain(factsOf({ guests, tables: tables(3, 4), relationships }))?.message).toBe(
      'Ann, Ben, Cleo and 2 others must sit together, 5 in all, but the largest table has 4 seats. Part them or make a table larger.',
    );
  });

  it('never blames a household: it can be parted', () => {
    const [first] = people(1);
    const guests = people(6).map((guest) => ({
      ...guest,
      householdId: first?.householdId ?? guest.householdId,
    }));
    expect(explain(factsOf({ guests, tables: tables(2, 4) }))).toBeUndefined();
  });

  it('says that nothing offers what somebody needs', () => {
    const [ann] = people(1);
    const guest = { ...(ann ?? guestOf()), accessibility: ['wheelchair' as const] };
    const found = explain(factsOf({ guests: [guest], tables: tables(2, 4) }));
    expect(found?.message).toBe(
      'Ann needs a step-free table, and no open table is that. Say which table is, or seat them by hand and lock them.',
    );
    expect(found?.guestIds).toEqual([guest.id]);
  });

  it('says that the seats which somebody needs are held by others', () => {
    const [ann, ben, cleo] = people(3);
    if (!ann || !ben || !cleo) throw new Error('no guests');
    const guest = { ...ann, accessibility: ['wheelchair' as const] };
    const [one, two] = tables(2, 2);
    if (!one || !two) throw new Error('no tables');
    const free = { ...one, features: ['step-free' as const] };
    const facts = factsOf({
      guests: [guest, ben, cleo],
      tables: [free, two],
      seated: [[free, [ben, cleo]]],
    });
    for (const seat of facts.plan.assignments) seat.isLocked = true;
    const found = explain(facts);
    expect(found?.message).toBe(
      'Ann needs a step-free table, and none has a free seat. Free one at table 1.',
    );
    expect(found?.tableIds).toEqual([free.id]);
  });

  it('counts those who ask for the same few seats', () => {
    const guests = people(5).map((guest) => ({
      ...guest,
      accessibility: ['quiet-place' as const],
    }));
    const [one, two] = tables(2, 4);
    if (!one || !two) throw new Error('no tables');
    const found = explain(factsOf({ guests, tables: [{ ...one, features: ['quiet'] }, two] }));
    expect(found?.message).toContain('a quiet table: 5 guests for 4 seats there');
  });

  it('finds groups that are pairwise apart, and no more of them than it takes', () => {
    const guests = people(10);
    const facts = factsOf({
      guests,
      tables: tables(8, 8),
      relationships: allApart(guests.slice(0, 9)),
    });
    const found = explain(facts);
    expect(found?.message).toContain(
      'all to be kept apart from each other: 9 groups, but there are 8 tables',
    );
    expect(found?.guestIds).toHaveLength(9);
  });

  it('finds the smallest set that cannot be seated where no simpler reason is', () => {
    // An odd ring of quarrels at two tables, beside guests who have nothing to do with it.
    const guests = people(9);
    const ring = [0, 1, 2, 3, 4].map((at) =>
      relationOf('never', [guests[at], guests[(at + 1) % 5]]),
    );
    const found = explain(factsOf({ guests, tables: tables(2, 8), relationships: ring }));
    expect(found?.guestIds).toHaveLength(5);
    expect(found?.message).toContain('never together: Ann and Ben');
  });

  it('finds nothing where there is a plan', () => {
    const guests = people(8);
    const facts = factsOf({ guests, tables: tables(8, 1), relationships: allApart(guests) });
    expect(explain(facts)).toBeUndefined();
  });
});

const graph = fc
  .record({
    sizes: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 6 }),
    capacities: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 }),
    quarrels: fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 9 }),
    closed: fc.array(fc.tuple(fc.nat(5), fc.nat(2)), { maxLength: 4 }),
  })
  .map(({ sizes, capacities, quarrels, closed }): RuleGraph => {
    const apart = sizes.map(() => new Set<number>());
    for (const [a, b] of quarrels) {
      if (a === b || a >= sizes.length || b >= sizes.length) continue;
      apart[a]?.add(b);
      apart[b]?.add(a);
    }
    const open = sizes.map((size, group) =>
      [...capacities.keys()].filter(
        (table) =>
          (capacities[table] ?? 0) >= size && !closed.some(([g, t]) => g === group && t === table),
      ),
    );
    return { sizes: Int32Array.from(sizes), capacities: Int32Array.from(capacities), open, apart };
  });

/** Tries every table for every group. */
function bruteForce(
  { sizes, capacities, open, apart }: RuleGraph,
  groups: readonly number[],
): boolean {
  const at = new Map<number, number>();
  const free = capacities.slice();
  const seat = (index: number): boolean => {
    const group = groups[index];
    if (group === undefined) return true;
    return (open[group] ?? []).some((table) => {
      const size = sizes[group] ?? 0;
      if ((free[table] ?? 0) < size) return false;
      if ([...(apart[group] ?? [])].some((foe) => at.get(foe) === table)) return false;
      at.set(group, table);
      free[table] = (free[table] ?? 0) - size;
      const isDone = seat(index + 1);
      at.delete(group);
      free[table] = (free[table] ?? 0) + size;
      return isDone;
    });
  };
  return seat(0);
}

describe('the search behind the explanation', () => {
  it('agrees with trying everything', () => {
    fc.assert(
      fc.property(graph, (rules) => {
        const all = [...rules.sizes.keys()];
        expect(canSeat(rules, all, 1_000_000)).toBe(bruteForce(rules, all) ? 'yes' : 'no');
      }),
      { numRuns: 400 },
    );
  });

  it('leaves a set of which every part can be seated', () => {
    fc.assert(
      fc.property(graph, (rules) => {
        const all = [...rules.sizes.keys()];
        if (bruteForce(rules, all)) return;
        const core = smallestUnseatable(rules, all, 1_000_000);
        expect(bruteForce(rules, core)).toBe(false);
        for (const group of core) {
          const rest = core.filter((other) => other !== group);
          expect(rest.length === 0 || bruteForce(rules, rest)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('calls a set pairwise apart only where it is', () => {
    fc.assert(
      fc.property(graph, (rules) => {
        const clique = apartClique(rules);
        for (const a of clique)
          for (const b of clique) expect(a === b || rules.apart[a]?.has(b)).toBe(true);
      }),
    );
  });

  it('finds guests who are more than the seats they may take, exactly where there are some', () => {
    const demand = fc.record({
      count: fc.integer({ min: 1, max: 4 }),
      tables: fc.uniqueArray(fc.nat(2), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(
        fc.array(demand, { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(4), { minLength: 3, maxLength: 3 }),
        (wanted, seats) => {
          const demands = wanted.map(({ count, tables: open }) => ({
            guests: Array.from({ length: count }, (_, at) => at),
            tables: open,
          }));
          const singles = demands.flatMap(({ guests, tables: open }) => guests.map(() => open));
          const rules: RuleGraph = {
            sizes: new Int32Array(singles.length).fill(1),
            capacities: Int32Array.from(seats),
            open: singles,
            apart: singles.map(() => new Set()),
          };
          const found = findShortage(demands, Int32Array.from(seats));
          expect(found === undefined).toBe(bruteForce(rules, [...singles.keys()]));
          if (!found) return;
          const asking = found.demands.reduce(
            (sum, at) => sum + (demands[at]?.guests.length ?? 0),
            0,
          );
          const open = new Set(found.demands.flatMap((at) => demands[at]?.tables ?? []));
          expect(asking).toBeGreaterThan(
            [...open].reduce((sum, table) => sum + (seats[table] ?? 0), 0),
          );
          expect(new Set(found.tables)).toEqual(open);
        },
      ),
      { numRuns: 300 },
    );
  });
});
