import { describe, expect, it } from 'vitest';
import { factsOf, guestOf, relationOf, tableOf } from '../../fixtures/random-plan.ts';
import { explainGuest } from './explain-guest.ts';

const ann = guestOf({ firstName: 'Ann' });
const kit = guestOf({ firstName: 'Kit', householdId: ann.householdId });
const ben = guestOf({ firstName: 'Ben' });
const cleo = guestOf({ firstName: 'Cleo' });
const dan = guestOf({ firstName: 'Dan' });
const eve = guestOf({ firstName: 'Eve', accessibility: ['wheelchair'] });
const guests = [ann, kit, ben, cleo, dan, eve];
const one = tableOf({ label: '1', seatCount: 4, features: ['step-free'] });
const two = tableOf({ label: '2', seatCount: 2 });
const three = tableOf({ label: '3', seatCount: 4 });
const relationships = [
  relationOf('prefer', [ann, ben]),
  relationOf('prefer', [ann, cleo], { weight: 2 }),
  relationOf('never', [ann, dan]),
  relationOf('must', [cleo, dan]),
];
const facts = factsOf({
  guests,
  tables: [one, two, three],
  relationships,
  seated: [
    [one, [ann, kit, eve]],
    [two, [ben, undefined]],
    [three, [cleo, dan]],
  ],
});
const explained = (guestId: typeof ann.id) => explainGuest(facts, guestId);
const at = (guestId: typeof ann.id, label: string) =>
  explained(guestId)?.alternatives.find(({ tableLabel }) => tableLabel === label);

describe('why a guest sits here', () => {
  it('names what speaks for the table and against it, the strongest first', () => {
    const messages = explained(ann.id)?.reasons.map(({ message }) => message);
    expect(messages).toEqual([
      'Sits with the household: Kit Lee.',
      'Would like to sit with Ben Lee and Cleo Lee, who sit elsewhere.',
    ]);
    const costs = explained(ann.id)?.reasons.map(({ cost }) => Math.sign(cost));
    expect(costs).toEqual([-1, 1]);
  });

  it('says what each other table would change, the cheapest first, and what forbids one', () => {
    expect(at(ann.id, '2')).toMatchObject({
      message: 'Would sit with Ben Lee; would leave Kit Lee.',
      swapWith: null,
    });
    expect(at(ann.id, '2')?.cost).toBeGreaterThan(0);
    expect(at(ann.id, '3')).toMatchObject({
      cost: null,
      message: 'Must never share a table with Dan Lee.',
    });
    expect(at(eve.id, '3')).toMatchObject({
      cost: null,
      message: 'Needs a step-free table, which this table is not.',
    });
    expect(at(cleo.id, '1')).toMatchObject({ cost: null, message: 'Must stay with Dan Lee.' });
  });

  it('finds somebody to change places with at a full table', () => {
    const full = { ...two, seatCount: 1 };
    const tight = factsOf({
      guests,
      tables: [one, full],
      relationships: [],
      seated: [
        [one, [ann, kit]],
        [full, [ben]],
      ],
    });
    const [other] = explainGuest(tight, kit.id)?.alternatives ?? [];
    expect(other).toMatchObject({ tableId: full.id, swapWith: ben.id });
    expect(other?.message).toContain('Full; could change places with Ben Lee.');
  });

  it('names locks, needs and rules before any wish', () => {
    const held = structuredClone(facts);
    for (const seat of held.plan.assignments) seat.isLocked = true;
    expect(explainGuest(held, eve.id)?.reasons.map(({ message }) => message)).toEqual([
      'Is locked to this seat.',
      'Needs a step-free table.',
    ]);
    expect(explainGuest(held, cleo.id)?.reasons.map(({ message }) => message)).toContain(
      'Must sit with Dan Lee.',
    );
    expect(explainGuest(held, ann.id)?.alternatives.every(({ cost }) => cost === null)).toBe(true);
  });

  it('says that somebody has no seat yet, and where one would be best', () => {
    const open = factsOf({ guests, tables: [one, two], relationships, seated: [[two, [ben]]] });
    const explanation = explainGuest(open, ann.id);
    expect(explanation).toMatchObject({
      tableId: null,
      reasons: [{ message: 'Has no seat yet.' }],
    });
    expect(explanation?.alternatives[0]).toMatchObject({
      tableLabel: '2',
      message: 'Would sit with Ben Lee.',
    });
    expect(explainGuest(open, guestOf().id)).toBeUndefined();
  });
});
