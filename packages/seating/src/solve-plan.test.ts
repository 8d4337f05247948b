import type { SeatingWeights } from '@wedsync/contracts/seating-runs';
import { describe, expect, it } from 'vitest';
import { factsOf, guestOf, randomFacts, relationOf, tableOf } from '../fixtures/random-plan.ts';
import { checkPlan, isRule, type PlannedSeat } from './model/check-plan.ts';
import type { PlanFacts } from './model/plan-index.ts';
import type { PlanSettings } from './model/seating-rules.ts';
import { repairPlan } from './repair-plan.ts';
import { solvePlan } from './solve-plan.ts';

const usual: SeatingWeights = { happiness: 6, fairness: 4, fewestMoves: 2, balance: 1 };
const patience = new AbortController().signal;

async function solve(facts: PlanFacts, set: Partial<PlanSettings> = {}, seconds = 1) {
  const settings: PlanSettings = { mode: 'full', weights: usual, includesUndecided: false, ...set };
  const options = { seconds, seed: 11, isRepeatable: false, signal: patience };
  const solution = await solvePlan(facts, settings, options);
  if (solution.kind !== 'solved') throw new Error(`ended ${solution.kind}`);
  return solution;
}

/** The same facts with these places stored. */
function seatedAs(facts: PlanFacts, seats: readonly PlannedSeat[]): PlanFacts {
  const rows = new Map(facts.plan.seats.map((seat) => [`${seat.tableId} ${seat.number}`, seat.id]));
  const assignments = seats.map((seat) => ({
    ...seat,
    seatId: rows.get(`${seat.tableId} ${seat.seatNumber}`) ?? ('' as never),
    isLocked: false,
    placedBy: 'manual' as const,
  }));
  return { ...facts, plan: { ...facts.plan, assignments } };
}

const tablesOf = (seats: readonly PlannedSeat[]) =>
  new Map(seats.map(({ guestId, tableId }) => [guestId, tableId]));
function movedBetween(before: readonly PlannedSeat[], after: readonly PlannedSeat[]): number {
  const now = tablesOf(after);
  return before.filter(({ guestId, tableId }) => now.get(guestId) !== tableId).length;
}
function loadsOf(facts: PlanFacts, seats: readonly PlannedSeat[]): number[] {
  return facts.plan.tables.map(({ id }) => seats.filter(({ tableId }) => tableId === id).length);
}

describe('a plan that is solved', { timeout: 30_000 }, () => {
  it('seats everybody who comes on a chair of their own, and breaks no rule', async () => {
    for (const seed of [1, 2, 3]) {
      const facts = randomFacts({ guests: 60, rules: 150, seed });
      const { seats, cost } = await solve(facts, {}, 1);
      const coming = facts.plan.guests.filter(({ answer }) => answer === 'yes');
      expect(new Set(seats.map(({ guestId }) => guestId))).toEqual(
        new Set(coming.map(({ id }) => id)),
      );
      expect(new Set(seats.map(({ tableId, seatNumber }) => `${tableId} ${seatNumber}`)).size).toBe(
        seats.length,
      );
      const check = checkPlan(facts, { weights: usual, includesUndecided: false, seats });
      expect(check.violations.filter(({ kind }) => isRule(kind))).toEqual([]);
      expect(check.cost).toBe(cost);
    }
  });

  it('is never worse than the stored one, and stays where nothing is won', async () => {
    const facts = randomFacts({ guests: 50, rules: 120, seed: 4 });
    const first = await solve(facts);
    const stored = seatedAs(facts, first.seats);
    const again = await solve(stored, {}, 1);
    expect(again.cost).toBeLessThanOrEqual(first.cost);
    expect(again.bound ?? again.cost).toBeLessThanOrEqual(again.cost);
    if (again.cost === first.cost) expect(movedBetween(first.seats, again.seats)).toBe(0);
  });

  it('parts households only where they cannot be kept whole', async () => {
    const homes = [guestOf(), guestOf(), guestOf()];
    const guests = homes.flatMap((one) => [
      one,
      ...[1, 2, 3, 4].map(() => guestOf({ householdId: one.householdId })),
    ]);
    const roomy = factsOf({
      guests,
      tables: [1, 2, 3].map((at) => tableOf({ label: String(at), seatCount: 5 })),
    });
    const tight = factsOf({
      guests,
      tables: [1, 2].map((at) => tableOf({ label: String(at), seatCount: 8 })),
    });
    const parted = (facts: PlanFacts, seats: PlannedSeat[]) =>
      checkPlan(facts, { weights: usual, includesUndecided: false, seats }).violations.filter(
        ({ kind }) => kind === 'household-split',
      ).length;
    expect(parted(roomy, (await solve(roomy, {}, 1)).seats)).toBe(0);
    expect(parted(tight, (await solve(tight, {}, 1)).seats)).toBe(1);
  });

  it('says so where there is no plan', async () => {
    const facts = factsOf({ guests: [guestOf(), guestOf()], tables: [tableOf({ seatCount: 1 })] });
    const settings = { mode: 'full' as const, weights: usual, includesUndecided: false };
    const options = { seconds: 1, seed: 1, isRepeatable: false, signal: patience };
    expect(await solvePlan(facts, settings, options)).toMatchObject({ kind: 'infeasible' });
  });

  it('keeps head tables for those whom people put there', async () => {
    const guests = [1, 2, 3, 4, 5, 6].map(() => guestOf());
    const head = tableOf({ label: 'Head', shape: 'head', seatCount: 4 });
    const plain = tableOf({ label: '1', seatCount: 8 });
    const facts = factsOf({ guests, tables: [head, plain], seated: [[head, guests.slice(0, 2)]] });
    const { seats } = await solve(facts, {}, 1);
    const atHead = seats.filter(({ tableId }) => tableId === head.id).map(({ guestId }) => guestId);
    expect(new Set(atHead)).toEqual(new Set(guests.slice(0, 2).map(({ id }) => id)));
  });
});

describe('what the planner trades off', { timeout: 30_000 }, () => {
  const only = (weights: Partial<SeatingWeights>): SeatingWeights => ({
    happiness: 0,
    fairness: 0,
    fewestMoves: 0,
    balance: 0,
    ...weights,
  });

  it('happiness raises the share of wishes that are met', async () => {
    const facts = randomFacts({ guests: 60, rules: 200, seed: 8 });
    const happiness = (seats: PlannedSeat[]) =>
      checkPlan(facts, { weights: usual, includesUndecided: false, seats }).happiness ?? 0;
    const [without, withIt] = [
      await solve(facts, { weights: only({ balance: 5 }) }, 1),
      await solve(facts, { weights: only({ happiness: 10, balance: 5 }) }, 1),
    ];
    expect(happiness(withIt.seats)).toBeGreaterThan(happiness(without.seats) + 5);
  });

  it('fairness leaves fewer guests who know nobody', async () => {
    // A crowd of eight who all want each other, and two pairs of loners whom a crowd outbids.
    const crowd = Array.from({ length: 8 }, () => guestOf());
    const loners = Array.from({ length: 8 }, () => guestOf());
    const relationships = [
      ...crowd.flatMap((one, at) =>
        crowd.slice(at + 1).map((other) => relationOf('prefer', [one, other], { weight: 2 })),
      ),
      ...loners.map((one, at) => relationOf('prefer', [one, crowd[at]], { weight: 2 })),
    ];
    const facts = factsOf({
      guests: [...crowd, ...loners],
      tables: [1, 2].map((at) => tableOf({ label: String(at), seatCount: 8 })),
      relationships,
    });
    const lonely = (seats: PlannedSeat[]) =>
      checkPlan(facts, { weights: usual, includesUndecided: false, seats }).violations.filter(
        ({ kind }) => kind === 'knows-nobody',
      ).length;
    const unfair = await solve(facts, { weights: only({ happiness: 6 }) }, 1);
    const fair = await solve(facts, { weights: only({ happiness: 6, fairness: 10 }) }, 1);
    expect(lonely(unfair.seats)).toBe(8);
    expect(lonely(fair.seats)).toBeLessThan(lonely(unfair.seats));
  });

  it('fewest moves keeps more guests where they are', async () => {
    const facts = randomFacts({ guests: 60, rules: 200, seed: 9 });
    const start = await solve(facts, { weights: only({ balance: 1 }) }, 1);
    const stored = seatedAs(facts, start.seats);
    const moved = async (fewestMoves: number) =>
      movedBetween(
        start.seats,
        (await solve(stored, { weights: only({ happiness: 4, fewestMoves }) }, 1)).seats,
      );
    expect(await moved(10)).toBeLessThan(await moved(0));
  });

  it('balance fills tables more equally', async () => {
    const facts = randomFacts({ guests: 40, rules: 150, seed: 10 });
    const spread = async (balance: number) => {
      const { seats } = await solve(facts, { weights: only({ happiness: 2, balance }) }, 1);
      const loads = loadsOf(facts, seats);
      const mean = seats.length / loads.length;
      return loads.reduce((sum, load) => sum + (load - mean) ** 2, 0);
    };
    expect(await spread(10)).toBeLessThan(await spread(0));
  });
});

describe('a repair', { timeout: 30_000 }, () => {
  it('moves few others and never breaks a rule', async () => {
    const facts = randomFacts({ guests: 100, rules: 200, seed: 12 });
    const { seats } = await solve(facts, {}, 1);
    for (let turn = 0; turn < 5; turn++) {
      const stored = seatedAs(facts, seats);
      const leaving = stored.plan.guests.findIndex(
        ({ answer }, at) => at > turn * 15 && answer === 'yes',
      );
      const fresh = stored.plan.guests.findIndex(({ answer }) => answer === 'no');
      const guests = stored.plan.guests.map((guest, at) =>
        at === leaving
          ? { ...guest, answer: 'no' as const }
          : at === fresh
            ? { ...guest, answer: 'yes' as const }
            : guest,
      );
      const changed = { ...stored, plan: { ...stored.plan, guests } };
      const repaired = await repairPlan(changed, usual);
      if (repaired.kind !== 'solved') throw new Error(repaired.kind);
      const gone = guests[leaving]?.id;
      expect(repaired.seats.some(({ guestId }) => guestId === gone)).toBe(false);
      expect(repaired.seats.some(({ guestId }) => guestId === guests[fresh]?.id)).toBe(true);
      const others = seats.filter(({ guestId }) => guestId !== gone);
      expect(movedBetween(others, repaired.seats)).toBeLessThanOrEqual(3);
      const { violations } = checkPlan(changed, {
        weights: usual,
        includesUndecided: false,
        seats: repaired.seats,
      });
      expect(violations.filter(({ kind }) => isRule(kind))).toEqual([]);
    }
  });
});
