import { TagId } from '@wedsync/contracts/guest-fields';
import { newId } from '@wedsync/contracts/ids';
import { describe, expect, it } from 'vitest';
import { noFilter, queueGroups } from './queue-groups.ts';
import { markedKeys, queueRows, selectedAfter } from './queue-rows.ts';
import { makeGuest } from './testing/small-plan.ts';

const jose = makeGuest('José Costa', {
  side: 'partner_a',
  diets: [{ code: 'vegan', severity: 'preference' }],
});
const rui = makeGuest('Rui Costa', { answer: null });
const ann = makeGuest('Ann Lee', {
  accessibility: ['wheelchair'],
  diets: [{ code: 'nuts', severity: 'allergy' }],
});
const guests = [jose, rui, ann];
const names = (groups: ReturnType<typeof queueGroups>) =>
  groups.flatMap((group) => group.guests.map(({ firstName }) => firstName));
const ask = (set: Partial<Parameters<typeof queueGroups>[1]>) =>
  queueGroups(guests, { text: '', filter: noFilter, foundIds: new Set(), ...set });

describe('the queue of guests without a seat', () => {
  it('stands by household', () => {
    expect(ask({}).map(({ name, guests: { length } }) => [name, length])).toEqual([
      ['Costa', 2],
      ['Lee', 1],
    ]);
  });

  it('finds by the beginning of any name, in any order, accents or not', () => {
    expect(names(ask({ text: 'jose' }))).toEqual(['José']);
    expect(names(ask({ text: 'lee an' }))).toEqual(['Ann']);
    expect(names(ask({ text: 'costa' }))).toEqual(['José', 'Rui']);
    expect(names(ask({ text: 'nn' }))).toEqual([]);
  });

  it('keeps whom the server found besides', () => {
    expect(names(ask({ text: 'hosé', foundIds: new Set([jose.id]) }))).toEqual(['José']);
  });

  it('is narrowed by answer, side, diet and need, all at once', () => {
    expect(names(ask({ filter: { ...noFilter, answer: 'outstanding' } }))).toEqual(['Rui']);
    expect(names(ask({ filter: { ...noFilter, side: 'none' } }))).toEqual(['Rui', 'Ann']);
    expect(names(ask({ filter: { ...noFilter, diet: 'allergy' } }))).toEqual(['Ann']);
    expect(names(ask({ filter: { ...noFilter, diet: 'any' } }))).toEqual(['José', 'Ann']);
    expect(names(ask({ filter: { ...noFilter, diet: 'any', need: 'any' } }))).toEqual(['Ann']);
    expect(names(ask({ filter: { ...noFilter, tag: newId(TagId) } }))).toEqual([]);
  });
});

describe('selecting in the queue', () => {
  const groups = ask({});
  const keys = queueRows(groups).map(({ id }) => id);
  const household = keys[0] ?? '';

  it('gives a household of several a line of its own', () => {
    expect(keys).toEqual([household, jose.id, rui.id, ann.id]);
  });

  it('takes the whole household with its mark, and lets it go with it', () => {
    const all = selectedAfter(groups, new Set(), new Set([household]));
    expect(all).toEqual(new Set([jose.id, rui.id]));
    const none = selectedAfter(groups, all, new Set([jose.id, rui.id]));
    expect(none).toEqual(new Set());
  });

  it('keeps the others of a household when one of them is let go', () => {
    const all = new Set([jose.id, rui.id]);
    expect(markedKeys(groups, all)).toEqual(new Set([household, jose.id, rui.id]));
    expect(selectedAfter(groups, all, new Set([household, rui.id]))).toEqual(new Set([rui.id]));
  });

  it('keeps who is selected but not shown', () => {
    const shown = ask({ text: 'ann' });
    expect(selectedAfter(shown, new Set([jose.id]), new Set([ann.id]))).toEqual(
      new Set([jose.id, ann.id]),
    );
    expect(selectedAfter(shown, new Set([jose.id]), 'all')).toEqual(new Set([jose.id, ann.id]));
  });
});
