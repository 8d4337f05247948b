import { TagId } from '@wedsync/contracts/guest-fields';
import { GuestId, HouseholdId, newId } from '@wedsync/contracts/ids';
import type { RelationshipSide } from '@wedsync/contracts/seating-rules';
import { describe, expect, it } from 'vitest';
import { householdLine } from '../lists/guest-lines.ts';
import { makeGuest, makeRule } from '../lists/testing/small-plan.ts';
import { membersOf, partnersOf, readRules } from './rule-members.ts';
import { ruleSentence } from './rule-words.ts';
import { sideOptions } from './side-options.ts';

const names = {
  guest: () => 'Ann Lee',
  household: () => householdLine('Costa'),
  tag: () => 'Band',
};
const guest: RelationshipSide = { kind: 'guest', id: newId(GuestId) };
const household: RelationshipSide = { kind: 'household', id: newId(HouseholdId) };
const tag: RelationshipSide = { kind: 'tag', id: newId(TagId) };

describe('a rule in words', () => {
  it('reads like a sentence of a planner', () => {
    expect(ruleSentence({ kind: 'never', one: guest, other: household }, names)).toBe(
      'Ann Lee never sits with the Costa family',
    );
    expect(ruleSentence({ kind: 'never', one: household, other: guest }, names)).toBe(
      'The Costa family never sit with Ann Lee',
    );
    expect(ruleSentence({ kind: 'prefer', one: tag, other: guest }, names)).toBe(
      'Everybody tagged “Band” would like to sit with Ann Lee',
    );
  });

  it('speaks of the members of a household or tag among themselves', () => {
    expect(ruleSentence({ kind: 'must', one: household, other: household }, names)).toBe(
      'The Costa family must all sit together',
    );
    expect(ruleSentence({ kind: 'avoid', one: tag, other: tag }, names)).toBe(
      'Guests tagged “Band” would rather not share a table',
    );
  });

  it('does not call a family a family twice', () => {
    expect(householdLine('Silva Family')).toBe('Silva Family');
    expect(householdLine('Ann & Bo Lee')).toBe('Ann & Bo Lee');
    expect(householdLine('Silva')).toBe('Silva family');
  });
});

describe('whom a rule speaks of', () => {
  const band = newId(TagId);
  const ann = makeGuest('Ann Lee', { tagIds: [band] });
  const bo = makeGuest('Bo Lee');
  const cy = makeGuest('Cy Costa', { tagIds: [band] });
  const guests = [ann, bo, cy];

  it('is a guest, a household or everybody with a tag', () => {
    expect(membersOf({ kind: 'household', id: ann.householdId }, guests)).toEqual(
      new Set([ann.id, bo.id]),
    );
    expect(membersOf({ kind: 'tag', id: band }, guests)).toEqual(new Set([ann.id, cy.id]));
  });

  it('never makes somebody the partner of themselves', () => {
    const side = { kind: 'tag' as const, id: band };
    const [read] = readRules([{ ...makeRule('must', ann, cy), one: side, other: side }], guests);
    expect(read && partnersOf(read, ann.id)).toEqual(new Set([cy.id]));
  });

  it('is offered as people, as households of several, and as tags', () => {
    const tags = [{ id: band, name: 'Band', color: 'blue' as const, version: 1 }];
    expect(sideOptions(guests, tags).map(({ label }) => label)).toEqual([
      'Ann Lee',
      'Bo Lee',
      'Cy Costa',
      'Lee family',
      'Band',
    ]);
  });
});
