import { describe, expect, it } from 'vitest';
import { indexPlan } from '../plan-model.ts';
import { readRules } from '../rules/rule-members.ts';
import { placeChoices } from './place-choices.ts';
import { makeGuest, makePlan, makeRule, makeTable } from './testing/small-plan.ts';

const ann = makeGuest('Ann Lee');
const bo = makeGuest('Bo Lee');
const cy = makeGuest('Cy Costa');
const dora = makeGuest('Dora Costa', { accessibility: ['wheelchair'] });
const [one, two, ten] = [makeTable('1'), makeTable('2'), makeTable('10', { seatCount: 1 })];
const guests = [ann, bo, cy, dora];

const choose = (
  guestIds: Parameters<typeof placeChoices>[0],
  tables: Parameters<typeof makePlan>[1],
  rules: ReturnType<typeof makeRule>[] = [],
) =>
  placeChoices(guestIds, {
    index: indexPlan(makePlan(guests, tables)),
    rules: readRules(rules, guests),
  }).map(({ view, obstacle, notes }) => ({
    label: view.table.label,
    obstacle,
    notes: notes.map(({ weight, message }) => `${weight}: ${message}`),
  }));

describe('tables to choose from', () => {
  it('come in the order of their labels where nothing speaks for one', () => {
    expect(choose([cy.id], [[ten], [two], [one]]).map(({ label }) => label)).toEqual([
      '1',
      '2',
      '10',
    ]);
  });

  it('say where several do not fit, and come last then', () => {
    const choices = choose([ann.id, bo.id], [[one, cy, dora], [two], [ten]]);
    expect(choices.map(({ label, obstacle }) => [label, obstacle])).toEqual([
      ['2', null],
      ['1', 'Only 1 free, 2 needed'],
      ['10', 'Only 1 free, 2 needed'],
    ]);
  });

  it('count a seat that the guest has at the table as free', () => {
    const [first] = choose([cy.id, ann.id], [[makeTable('3', { seatCount: 2 }), ann]]);
    expect(first?.obstacle).toBeNull();
  });

  it('warn of somebody with whom the guest never sits, and come later', () => {
    const rules = [makeRule('never', cy, ann)];
    expect(choose([cy.id], [[one, ann], [two]], rules)).toEqual([
      { label: '2', obstacle: null, notes: [] },
      { label: '1', obstacle: null, notes: ['rule: Cy Costa never sits with Ann Lee'] },
    ]);
  });

  it('lead to the household and to whom the guest would like to sit with', () => {
    const rules = [makeRule('prefer', bo, cy)];
    const choices = choose([bo.id], [[one], [two, ann, cy]], rules);
    expect(choices[0]).toEqual({
      label: '2',
      obstacle: null,
      notes: [
        'good: Bo Lee would like to sit with Cy Costa',
        'good: Ann Lee of the same household sits here',
      ],
    });
  });

  it('say where somebody sits with whom the guest must sit', () => {
    const rules = [makeRule('must', cy, ann)];
    const choices = choose([cy.id], [[one], [two, ann]], rules);
    expect(choices.find(({ label }) => label === '1')?.notes).toEqual([
      'rule: Cy Costa must sit with Ann Lee, who is at table 2',
    ]);
    expect(choices[0]?.label).toBe('2');
  });

  it('warn where a need of accessibility is not met', () => {
    const open = makeTable('9', { features: ['step-free'] });
    const choices = choose([dora.id], [[one], [open]]);
    expect(choices.map(({ label, notes }) => [label, notes])).toEqual([
      ['9', []],
      ['1', ['rule: Dora Costa needs: wheelchair']],
    ]);
  });

  it('cannot be chosen while locked', () => {
    const [choice] = choose([cy.id], [[makeTable('4', { isLocked: true })]]);
    expect(choice?.obstacle).toBe('The table is locked');
  });
});
