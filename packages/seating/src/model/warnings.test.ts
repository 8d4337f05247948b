import type { SeatingWeights } from '@wedsync/contracts/seating-runs';
import { describe, expect, it } from 'vitest';
import { factsOf, guestOf, randomFacts, relationOf, tableOf } from '../../fixtures/random-plan.ts';
import { checkPlan } from './check-plan.ts';
import { GuestMoves } from './guest-moves.ts';
import { indexPlan, type PlanFacts } from './plan-index.ts';
import { judgePlan } from './warnings.ts';

const weights: SeatingWeights = { happiness: 6, fairness: 4, fewestMoves: 2, balance: 1 };
const judge = (facts: PlanFacts) => judgePlan(facts, weights);

const ann = guestOf({ firstName: 'Ann' });
const ben = guestOf({ firstName: 'Ben' });
const cleo = guestOf({ firstName: 'Cleo' });
const one = tableOf({ label: '1', features: ['step-free', 'near-exit', 'quiet', 'near-kitchen'] });
const two = tableOf({ label: '2', xMm: 9_000 });
const head = tableOf({ label: 'Head', shape: 'head', xMm: 18_000 });
const tables = [one, two, head];

describe('what is wrong with a plan', () => {
  it.each([
    [
      'never',
      [[one, [ann, ben]]],
      'never-together',
      'Ann Lee and Ben Lee must never share a table, but are at table 1.',
    ],
    [
      'must',
      [
        [one, [ann]],
        [two, [ben]],
      ],
      'must-apart',
      'Ann Lee and Ben Lee must sit together, but are at tables 1 and 2.',
    ],
    [
      'avoid',
      [[one, [ann, ben]]],
      'avoid-together',
      'Ann Lee and Ben Lee would rather not share table 1.',
    ],
    [
      'prefer',
      [
        [one, [ann]],
        [two, [ben]],
      ],
      'prefer-apart',
      'Ann Lee and Ben Lee would like to sit together, but are at tables 1 and 2.',
    ],
    [
      'not-next-to',
      [[one, [ann, ben]]],
      'not-next-to',
      'Ann Lee and Ben Lee should not sit side by side at table 1.',
    ],
    [
      'next-to',
      [[one, [ann, undefined, ben]]],
      'next-to-apart',
      'Ann Lee and Ben Lee would like to sit side by side.',
    ],
  ] as const)('%s is broken', (...[kind, seated, warning, message]) => {
    const relationships = [relationOf(kind, [ann, ben])];
    const seats = seated.map(
      ([table, guests]) => [table, [...guests]] as [typeof table, (typeof ann | undefined)[]],
    );
    const { warnings } = judge(
      factsOf({ guests: [ann, ben, cleo], tables, relationships, seated: seats }),
    );
    const found = warnings.find((one) => one.kind === warning);
    expect(found).toMatchObject({
      kind: warning,
      message,
      relationshipId: relationships[0]?.id,
    });
    expect(found?.guestIds).toEqual([ann.id, ben.id]);
  });

  it.each([
    [{ accessibility: ['wheelchair'] }, two, 'needs-step-free'],
    [{ accessibility: ['seat-near-exit'] }, two, 'needs-near-exit'],
    [{ accessibility: ['quiet-place'] }, two, 'needs-quiet'],
    [{ diets: [{ code: 'nuts', severity: 'allergy' }] }, two, 'allergy-far-from-kitchen'],
    [{ accessibility: ['high-chair'] }, head, 'high-chair-at-head'],
    [{ answer: 'no' }, two, 'declined-but-seated'],
  ] as const)('%j is not met at the table', (fields, table, kind) => {
    const guest = guestOf(fields as Partial<typeof ann>);
    const { warnings } = judge(factsOf({ guests: [guest], tables, seated: [[table, [guest]]] }));
    expect(warnings.map((warning) => [warning.kind, warning.severity])).toEqual([[kind, 'rule']]);
    const fix = warnings[0]?.fix;
    if (kind === 'declined-but-seated')
      expect(fix).toMatchObject({ kind: 'unseat', guestIds: [guest.id] });
    else if (kind === 'high-chair-at-head')
      expect(fix).toMatchObject({ kind: 'move', guestId: guest.id });
    else
      expect(fix).toMatchObject({
        kind: 'move',
        guestId: guest.id,
        tableId: one.id,
        label: 'Move Ann Lee to table 1',
      });
  });

  it('names a parted household, somebody among strangers, and a room too full', () => {
    const kid = guestOf({ firstName: 'Kit', householdId: ann.householdId });
    const facts = factsOf({
      guests: [ann, kid, ben],
      tables,
      seated: [
        [one, [ann]],
        [two, [kid, ben]],
      ],
      layout: { capacity: 2 },
    });
    const found = judge(facts).warnings.map(({ kind, fix }) => [kind, fix?.kind ?? null]);
    expect(found[0]).toEqual(['over-room-capacity', null]);
    expect(found).toContainEqual(['household-split', 'move']);
    expect(found.filter(([kind]) => kind === 'knows-nobody')).toHaveLength(2);
  });

  it('offers only fixes that mend what they are offered for and break no rule', () => {
    for (let seed = 1; seed <= 6; seed++) {
      const facts = randomFacts({ guests: 80, rules: 300, seed, seatedShare: 0.9 });
      const before = judge(facts);
      for (const { kind, fix, relationshipId, guestIds } of before.warnings) {
        if (fix?.kind !== 'move') continue;
        const used = new Set(
          facts.plan.assignments
            .filter(({ tableId }) => tableId === fix.tableId)
            .map(({ seatNumber }) => seatNumber),
        );
        const seatNumber = [1, 2, 3, 4, 5, 6, 7, 8].find((number) => !used.has(number)) ?? 0;
        expect(seatNumber).toBeGreaterThan(0);
        const seats = facts.plan.assignments.map((seat) =>
          seat.guestId === fix.guestId ? { ...seat, tableId: fix.tableId, seatNumber } : seat,
        );
        const after = judgePlan(facts, weights, seats).warnings;
        const rules = (list: typeof after) =>
          list.filter(({ severity }) => severity === 'rule').length;
        expect(rules(after)).toBeLessThanOrEqual(rules(before.warnings));
        const isSame = (other: (typeof after)[number]) =>
          other.kind === kind &&
          other.relationshipId === relationshipId &&
          other.guestIds.join() === guestIds.join();
        if (kind === 'never-together') expect(after.some(isSame)).toBe(false);
      }
    }
  });

  it('prices a move as the whole plan is priced after it', () => {
    for (let seed = 1; seed <= 5; seed++) {
      const facts = randomFacts({ guests: 60, rules: 250, seed, seatedShare: 0.8 });
      const settings = { mode: 'full' as const, weights, includesUndecided: false };
      const moves = new GuestMoves(indexPlan(facts), settings);
      const costOf = (
        seats?: { guestId: typeof ann.id; tableId: typeof one.id; seatNumber: number }[],
      ) =>
        checkPlan(facts, { weights, includesUndecided: false, ...(seats ? { seats } : {}) }).cost;
      const now = costOf();
      for (let guest = 0; guest < 60; guest += 7) {
        for (const { table, delta } of moves.movesOf(guest).slice(0, 4)) {
          const [person, to] = [facts.plan.guests[guest], facts.plan.tables[table]];
          if (!person || !to || person.answer === 'no' || moves.freeSeats(table) === 0) continue;
          const others = facts.plan.assignments.filter(({ guestId }) => guestId !== person.id);
          const after = costOf([...others, { guestId: person.id, tableId: to.id, seatNumber: 8 }]);
          expect(after - now).toBe(delta);
        }
      }
    }
  });

  it('measures happiness as the share of the wishes that are met', () => {
    const relationships = [
      relationOf('prefer', [ann, ben], { weight: 3 }),
      relationOf('avoid', [ann, cleo], { weight: 1 }),
    ];
    const seated: [typeof one, (typeof ann)[]][] = [
      [one, [ann]],
      [two, [ben, cleo]],
    ];
    expect(
      judge(factsOf({ guests: [ann, ben, cleo], tables, relationships, seated })).happiness,
    ).toBe(25);
    expect(judge(factsOf({ guests: [ann], tables, seated: [] })).happiness).toBeNull();
  });
});
