import { newId, SeatingTableId } from '@wedsync/contracts/ids';
import type { SeatingWarning } from '@wedsync/contracts/seating-rules';
import type { SeatingMove } from '@wedsync/contracts/seating-runs';
import { describe, expect, it } from 'vitest';
import { makeGuest, makePlan, makeTable } from '../lists/testing/small-plan.ts';
import { indexPlan } from '../plan-model.ts';
import { answerChanges } from './answer-changes.ts';
import { costWords } from './cost-words.ts';
import { curveShape, tableRows } from './curve-shape.ts';
import { moveGroups, warningChanges } from './diff-groups.ts';
import { gapWords, secondsWords } from './run-words.ts';

describe('how good a plan is, in words', () => {
  it('is proven only at a gap of nothing', () => {
    expect(gapWords(0).text).toBe('Proven best');
    expect(gapWords(0.0001).text).toBe('At most 0.1% from the best possible');
    expect(gapWords(null).tone).toBe('neutral');
  });

  it('never promises more than is known', () => {
    expect(gapWords(0.0121).text).toBe('At most 1.3% from the best possible');
  });

  it('tells costs by what they mean', () => {
    expect([costWords(-3), costWords(0), costWords(1), costWords(null)]).toEqual([
      'better by 3 points',
      'just as good',
      'worse by 1 point',
      'against a rule',
    ]);
    expect([secondsWords(8), secondsWords(120), secondsWords(150)]).toEqual([
      '8 s',
      '2 min',
      '2 min 30 s',
    ]);
  });
});

describe('the difference between two plans', () => {
  const [four, five] = [newId(SeatingTableId), newId(SeatingTableId)];
  const at = (tableId: typeof four, seatNumber: number) => ({
    tableId,
    tableLabel: tableId === four ? '4' : '5',
    seatNumber,
  });
  const move = (name: string, from: SeatingMove['from'], to: SeatingMove['to']): SeatingMove => ({
    guestId: makeGuest(name).id,
    name,
    from,
    to,
  });

  it('tells a lost seat from another table, a first seat and another chair', () => {
    const groups = moveGroups([
      move('Bo', at(four, 2), at(five, 1)),
      move('Ann', at(four, 1), null),
      move('Cy', null, at(five, 3)),
      move('Dora', at(five, 4), at(five, 5)),
    ]);
    const names = (moves: readonly SeatingMove[]) => moves.map(({ name }) => name);
    expect({
      seated: names(groups.seated),
      moved: names(groups.moved),
      shifted: names(groups.shifted),
      unseated: names(groups.unseated),
    }).toEqual({ seated: ['Cy'], moved: ['Bo'], shifted: ['Dora'], unseated: ['Ann'] });
  });

  it('knows a warning again although its words have changed', () => {
    const guest = makeGuest('Ann Lee');
    const warning = (set: Partial<SeatingWarning>): SeatingWarning => ({
      kind: 'knows-nobody',
      severity: 'wish',
      guestIds: [guest.id],
      tableIds: [four],
      relationshipId: null,
      message: 'Ann knows nobody',
      fix: null,
      ...set,
    });
    const changes = warningChanges({
      before: { cost: 0, warnings: [warning({}), warning({ kind: 'household-split' })] },
      after: {
        cost: 0,
        warnings: [warning({ message: 'other words' }), warning({ tableIds: [five] })],
      },
    });
    expect(changes.mended.map(({ kind }) => kind)).toEqual(['household-split']);
    expect(changes.brought.map(({ tableIds }) => tableIds)).toEqual([[five]]);
  });
});

describe('answers that came after the seating', () => {
  const guests = Array.from({ length: 10 }, (_, at) => makeGuest(`G${at} Lee`));
  const late = makeGuest('Late Costa');
  const gone = makeGuest('Gone Costa', { answer: 'no' });
  const table = makeTable('1', { seatCount: 12 });

  it('are told by who needs a seat and who has one too many', () => {
    const plan = makePlan([...guests, late, gone], [[table, ...guests, gone]]);
    expect(answerChanges(indexPlan(plan))?.sentence).toBe(
      '2 answers changed: 1 guest needs a seat, 1 guest is not coming any more.',
    );
  });

  it('are no news while the plan is in the making', () => {
    const [first] = guests;
    const plan = makePlan([...guests, late], [[table, ...(first ? [first] : [])]]);
    expect(answerChanges(indexPlan(plan))).toBeNull();
  });

  it('are none when everybody who comes sits', () => {
    expect(answerChanges(indexPlan(makePlan(guests, [[table, ...guests]])))).toBeNull();
  });
});

describe('the curve of a run', () => {
  const curve = [
    { atMs: 0, cost: 100, bound: null },
    { atMs: 500, cost: 10, bound: 0 },
    { atMs: 1_000, cost: 0, bound: 0 },
  ];

  it('falls in steps from the top to the proven bound', () => {
    const shape = curveShape(curve, 1_000, { width: 100, height: 50 });
    expect(shape?.cost).toMatch(/^M0 0H50V\d+(\.\d)?H100V50H100$/);
    expect(shape?.bound).toBe('M50 50H100V50H100');
  });

  it('is nothing without a point, and flat where nothing changed', () => {
    expect(curveShape([], 1_000, { width: 100, height: 50 })).toBeNull();
    const flat = curveShape([{ atMs: 0, cost: 5, bound: null }], 1_000, { width: 100, height: 50 });
    expect(flat?.cost).toBe('M0 50H100');
  });

  it('shows first and last among ten rows of figures', () => {
    const long = Array.from({ length: 95 }, (_, atMs) => ({ atMs, cost: -atMs, bound: null }));
    const rows = tableRows(long);
    expect(rows).toHaveLength(10);
    expect([rows[0]?.atMs, rows.at(-1)?.atMs]).toEqual([0, 94]);
  });
});
