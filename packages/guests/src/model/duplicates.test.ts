import { describe, expect, it } from 'vitest';
import { makeLabelledPeople } from '../../fixtures/labelled-people.ts';
import type { Candidate } from './duplicate-score.ts';
import { findDuplicates } from './duplicates.ts';

const person = (firstName: string, lastName: string, more: Partial<Candidate> = {}): Candidate => ({
  firstName,
  lastName,
  emails: [],
  phones: [],
  ageGroup: 'adult',
  row: null,
  ...more,
});
const found = (left: Candidate, right: Candidate) => findDuplicates([left], [right])[0];

describe('duplicates', () => {
  it.each([
    ['nicknames', person('Bob', 'Smith'), person('Robert', 'Smith')],
    ['accents', person('José', 'Muñoz'), person('Jose', 'Munoz')],
    ['umlauts spelled out', person('Jürgen', 'Müller'), person('Juergen', 'Mueller')],
    ['transliteration', person('Иван', 'Петров'), person('Ivan', 'Petrov')],
    ['typing slips', person('Katherine', 'Whitfield'), person('Katherine', 'Whitfeild')],
    ['swapped names', person('Smith', 'Jonathan'), person('Jonathan', 'Smith')],
    ['look-alike letters', person('P\u0430ul', 'Smith'), person('Paul', 'Smith')],
    [
      'a married name at the same address',
      person('Ann', 'Lee', { emails: ['a@example.com'] }),
      person('Ann', 'Ray', { emails: ['a@example.com'] }),
    ],
  ])('are proposed for %s, with a reason', (_, left, right) => {
    expect(found(left, right)?.reasons.length).toBeGreaterThan(0);
  });

  it.each([
    [
      'a couple that shares an address',
      person('John', 'Smith', { emails: ['s@example.com'] }),
      person('Jane', 'Smith', { emails: ['s@example.com'] }),
    ],
    ['father and son', person('John', 'Smith'), person('John', 'Smith Jr.')],
    [
      'a parent and a child of one name',
      person('John', 'Smith'),
      person('John', 'Smith', { ageGroup: 'child' }),
    ],
    ['similar everyday names', person('Anna', 'Smith'), person('Hanna', 'Smith')],
    [
      'one name with other address and number',
      person('John', 'Smith', { emails: ['a@example.com'], phones: ['+441'] }),
      person('John', 'Smith', { emails: ['b@example.com'], phones: ['+442'] }),
    ],
    [
      'two people of one row',
      person('Chris', 'Smith', { row: '4' }),
      person('Christine', 'Smith', { row: '4' }),
    ],
    ['a companion without a name', person('', ''), person('', '')],
  ])('are not proposed for %s', (_, left, right) => {
    expect(found(left, right)).toBeUndefined();
  });

  it('reach precision 0.98 and recall 0.90 on a labelled synthetic set', () => {
    for (const seed of [11, 12, 13, 14]) {
      const { left, right, pairs } = makeLabelledPeople(seed, 1_000);
      const proposed = findDuplicates(left, right);
      const truth = new Set(pairs.map(([a, b]) => `${a}:${b}`));
      const hits = proposed.filter((pair) => truth.has(`${pair.left}:${pair.right}`)).length;
      const precision = hits / proposed.length;
      const recall = hits / pairs.length;
      process.stdout.write(
        `duplicates, seed ${seed}: ${pairs.length} true pairs, precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}\n`,
      );
      expect(precision).toBeGreaterThanOrEqual(0.98);
      expect(recall).toBeGreaterThanOrEqual(0.9);
    }
  }, 60_000);

  it('compare 2,000 with 2,000 entries without comparing all pairs', () => {
    const { left, right } = makeLabelledPeople(7, 2_000);
    const started = performance.now();
    findDuplicates(left, right);
    const same = Array.from({ length: 2_000 }, (_, index) =>
      person('John', 'Smith', { emails: [`j${index}@example.com`], phones: [`+44${index}`] }),
    );
    findDuplicates(same);
    process.stdout.write(
      `duplicates 2,000 × 2,000, and 2,000 of one name: ${Math.round(performance.now() - started)} ms\n`,
    );
    expect(findDuplicates(same, same.slice(0, 1))).toHaveLength(1);
  }, 60_000);
});
