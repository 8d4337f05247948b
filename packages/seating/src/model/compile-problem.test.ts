import type { SeatingWeights } from '@wedsync/contracts/seating-runs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsOf, guestOf, randomFacts, relationOf, tableOf } from '../../fixtures/random-plan.ts';
import { anneal } from './anneal.ts';
import { checkPlan, isRule } from './check-plan.ts';
import { compileProblem, presentAssignment, tablesOfGuests } from './compile-problem.ts';
import { indexPlan, type PlanFacts } from './plan-index.ts';
import { evaluate, isLegal } from './problem.ts';
import type { PlanSettings } from './seating-rules.ts';

const weights: SeatingWeights = { happiness: 6, fairness: 4, fewestMoves: 2, balance: 1 };
const full: PlanSettings = { mode: 'full', weights, includesUndecided: false };
const compile = (facts: PlanFacts, settings = full) => compileProblem(indexPlan(facts), settings);

/** The checker's judgement of a plan in groups, with seats numbered as they come. */
function judge(facts: PlanFacts, compiled: ReturnType<typeof compile>, plan: Int32Array) {
  const used = new Map<number, number>();
  const seats = [...tablesOfGuests(compiled, plan)].flatMap((table, guest) => {
    const [row, person] = [facts.plan.tables[table], facts.plan.guests[guest]];
    if (!row || !person) return [];
    const seatNumber = (used.get(table) ?? 0) + 1;
    used.set(table, seatNumber);
    return [{ guestId: person.id, tableId: row.id, seatNumber }];
  });
  const { mode, ...settings } = compiled.settings;
  return checkPlan(facts, { ...settings, isReflow: mode === 'reflow', seats });
}

describe('the problem made from a stored plan', () => {
  it('costs what the checker counts from the rows, for any plan, weights and mode', () => {
    const lever = fc.integer({ min: 0, max: 10 });
    const settings = fc.record({
      mode: fc.constantFrom('full', 'reflow', 'unseated'),
      includesUndecided: fc.boolean(),
      weights: fc.record({ happiness: lever, fairness: lever, fewestMoves: lever, balance: lever }),
    });
    fc.assert(
      fc.property(
        fc.nat(9_999),
        settings,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (seed, chosen, seatedShare) => {
          const facts = randomFacts({ guests: 60, rules: 200, seed, seatedShare });
          const compiled = compile(facts, chosen as PlanSettings);
          const start = presentAssignment(compiled);
          const { assignment } = anneal(compiled.problem, {
            seed: seed + 1,
            iterations: 2_000,
            start,
          });
          for (const plan of [start, assignment]) {
            const { cost } = evaluate(compiled.problem, plan);
            expect(cost + compiled.offset).toBe(judge(facts, compiled, plan).cost);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('is legal exactly where the checker finds no rule broken', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const facts = randomFacts({ guests: 80, rules: 240, seed });
      const compiled = compile(facts);
      const { assignment, evaluation } = anneal(compiled.problem, { seed, iterations: 20_000 });
      const broken = judge(facts, compiled, assignment).violations.filter(({ kind }) =>
        isRule(kind),
      );
      expect(broken.length === 0 || !isLegal(evaluation)).toBe(true);
      if (evaluation.overload === 0) expect(broken.length === 0).toBe(isLegal(evaluation));
    }
  });

  it('keeps a household in one group, and parts one that no table can hold', () => {
    const [small, large] = [guestOf(), guestOf()];
    const family = Array.from({ length: 3 }, () => guestOf({ householdId: small.householdId }));
    const clan = Array.from({ length: 9 }, (_, at) =>
      guestOf({ householdId: large.householdId, ageGroup: at < 3 ? 'adult' : 'child' }),
    );
    const facts = factsOf({
      guests: [small, ...family, large, ...clan],
      tables: [tableOf({ seatCount: 6 }), tableOf({ seatCount: 6 }), tableOf({ seatCount: 6 })],
    });
    const { groups } = compile(facts);
    const sizes = groups.map(({ length }) => length).sort((a, b) => a - b);
    expect(sizes).toEqual([4, 5, 5]);
    const hasAdult = groups.map((group) =>
      group.some((guest) => facts.plan.guests[guest]?.ageGroup === 'adult'),
    );
    expect(hasAdult).toEqual([true, true, true]);
  });

  it('makes a group of those who must sit together, whatever table could take them', () => {
    const guests = Array.from({ length: 5 }, () => guestOf());
    const rules = guests.slice(1).map((guest, at) => relationOf('must', [guests[at], guest]));
    const facts = factsOf({ guests, tables: [tableOf({ seatCount: 4 })], relationships: rules });
    expect(compile(facts).groups).toHaveLength(1);
  });

  it('holds locked guests and locked tables, and whom hands placed where only others are seated', () => {
    const [ann, ben, cleo] = [guestOf(), guestOf(), guestOf()];
    const [one, two] = [tableOf(), tableOf({ isLocked: true })];
    const facts = factsOf({
      guests: [ann, ben, cleo],
      tables: [one, two],
      seated: [
        [one, [ann]],
        [two, [ben]],
      ],
    });
    expect([...compile(facts).fixed]).toEqual([-1, 1, -1]);
    expect([...compile(facts, { ...full, mode: 'unseated' }).fixed]).toEqual([0, 1, -1]);
    const { problem } = compile(facts);
    expect([...(problem.allowed ?? [])]).toEqual([1, 0, 0, 1, 1, 0]);
  });

  it('lets nobody with a need sit where the table does not meet it', () => {
    const needs = [
      guestOf({ accessibility: ['wheelchair'] }),
      guestOf({ accessibility: ['seat-near-exit'] }),
      guestOf({ accessibility: ['quiet-place'] }),
      guestOf({ diets: [{ code: 'nuts', severity: 'allergy' }] }),
      guestOf({ accessibility: ['high-chair'] }),
      guestOf({ diets: [{ code: 'nuts', severity: 'preference' }] }),
    ];
    const tables = [
      tableOf({ features: ['step-free', 'near-kitchen'] }),
      tableOf({ features: ['near-exit'], xMm: 3_900 }),
      tableOf({ features: ['quiet'], xMm: 9_000 }),
      tableOf({ shape: 'head', xMm: 12_000 }),
    ];
    const { problem } = compile(factsOf({ guests: needs, tables }));
    const rows = needs.map((_, at) =>
      [...(problem.allowed ?? [])].slice(at * 4, at * 4 + 4).join(''),
    );
    expect(rows).toEqual(['1000', '0100', '0010', '1100', '1110', '1111']);
  });

  it('seats who comes; undecided guests when told, declined ones only under a lock', () => {
    const guests = (['yes', 'no', 'unsure', null, 'no'] as const).map((answer) =>
      guestOf({ answer }),
    );
    const held = tableOf({ isLocked: true });
    const facts = factsOf({ guests, tables: [tableOf(), held], seated: [[held, [guests[4]]]] });
    expect(compile(facts).taking).toEqual([0, 4]);
    expect(compile(facts, { ...full, includesUndecided: true }).taking).toEqual([0, 2, 3, 4]);
  });
});
