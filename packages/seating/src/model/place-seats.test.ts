import { describe, expect, it } from 'vitest';
import { factsOf, guestOf, relationOf, tableOf } from '../../fixtures/random-plan.ts';
import { checkPlan } from './check-plan.ts';
import { placeSeats } from './place-seats.ts';
import { indexPlan, type PlanFacts } from './plan-index.ts';

const people = (count: number) => Array.from({ length: count }, () => guestOf());
const allAt = (facts: PlanFacts, table = 0) => new Int32Array(facts.plan.guests.length).fill(table);
const kindsOf = (facts: PlanFacts, seats: ReturnType<typeof placeSeats>) =>
  checkPlan(facts, {
    weights: { happiness: 6, fairness: 4, fewestMoves: 2, balance: 1 },
    includesUndecided: false,
    seats,
  }).violations.map(({ kind }) => kind);

describe('chairs round a table', () => {
  it('meet every wish for a neighbour that can be met, and part those who should not be', () => {
    const guests = people(8);
    const ring = guests
      .slice(0, 5)
      .map((guest, at) => relationOf('next-to', [guest, guests[at + 1]]));
    const relationships = [...ring, relationOf('not-next-to', [guests[0], guests[7]])];
    const facts = factsOf({ guests, tables: [tableOf()], relationships });
    expect(kindsOf(facts, placeSeats(indexPlan(facts), allAt(facts), false))).toEqual([]);
  });

  it('have no neighbours across the ends of a head table', () => {
    const guests = people(3);
    const relationships = [0, 1, 2].map((at) =>
      relationOf('next-to', [guests[at], guests[(at + 1) % 3]]),
    );
    const head = factsOf({
      guests,
      tables: [tableOf({ shape: 'head', seatCount: 3 })],
      relationships,
    });
    const round = factsOf({ guests, tables: [tableOf({ seatCount: 3 })], relationships });
    expect(kindsOf(head, placeSeats(indexPlan(head), allAt(head), false))).toEqual([
      'next-to-apart',
    ]);
    expect(kindsOf(round, placeSeats(indexPlan(round), allAt(round), false))).toEqual([]);
  });

  it('are kept by locked guests, and by everybody who stays while a plan is repaired', () => {
    const guests = people(6);
    const table = tableOf();
    const facts = factsOf({
      guests,
      tables: [table],
      relationships: [relationOf('next-to', [guests[0], guests[5]])],
      seated: [[table, guests.slice(0, 5)]],
    });
    const [first] = facts.plan.assignments;
    if (first) first.isLocked = true;
    const seatOf = (seats: ReturnType<typeof placeSeats>, at: number) =>
      seats.find(({ guestId }) => guestId === guests[at]?.id)?.seatNumber;
    const repaired = placeSeats(indexPlan(facts), allAt(facts), true);
    expect([0, 1, 2, 3, 4].map((at) => seatOf(repaired, at))).toEqual([1, 2, 3, 4, 5]);
    expect(seatOf(repaired, 5)).toBe(8);
    const anew = placeSeats(indexPlan(facts), allAt(facts), false);
    expect(seatOf(anew, 0)).toBe(1);
    expect([2, 8]).toContain(seatOf(anew, 5));
  });

  it('stay as they are where nothing better is known', () => {
    const guests = people(5);
    const table = tableOf();
    const facts = factsOf({
      guests,
      tables: [table],
      seated: [[table, [guests[3], undefined, guests[0], guests[4], guests[1], guests[2]]]],
    });
    const before = facts.plan.assignments.map(({ guestId, seatNumber }) => [guestId, seatNumber]);
    const after = placeSeats(indexPlan(facts), allAt(facts), false).map(
      ({ guestId, seatNumber }) => [guestId, seatNumber],
    );
    expect(new Map(after as [string, number][])).toEqual(new Map(before as [string, number][]));
  });
});
