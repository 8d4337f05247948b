import { accessibilityNeeds } from '@wedsync/contracts/guest-fields';
import { type AgeGroup, ageGroups, type Diet, dietCodes } from '@wedsync/contracts/guest-import';
import { type PrintGuest, type PrintScene, seatedGuests } from './print-scene.ts';
import { ageWords, dietInWords, needWords } from './words.ts';

export interface Count {
  what: string;
  count: number;
}

/** What a kitchen orders by: everybody who comes, seated or not yet. */
export interface CatererTotals {
  guests: Count[];
  meals: Count[];
  allergies: Count[];
  needs: Count[];
}

const agePlurals: Readonly<Record<AgeGroup, string>> = {
  adult: 'Adults',
  teen: 'Teenagers',
  child: 'Children',
  infant: 'Infants',
};

const some = (counts: readonly Count[]) => counts.filter(({ count }) => count > 0);

function dietCounts(guests: readonly PrintGuest[], severity: Diet['severity']): Count[] {
  const counts = dietCodes.map((code) => ({
    what: dietInWords({ code, severity }),
    count: guests.filter(({ diets }) =>
      diets.some((diet) => diet.code === code && diet.severity === severity),
    ).length,
  }));
  return some(counts).toSorted((one, other) => other.count - one.count);
}

/** A guest with several diets counts under each of them. */
export function catererTotals(scene: PrintScene): CatererTotals {
  const seated = seatedGuests(scene).map(({ guest }) => guest);
  const everybody = [...seated, ...scene.unseated];
  const of = (age: AgeGroup) => everybody.filter(({ ageGroup }) => ageGroup === age).length;
  const plain = everybody.filter(({ diets, dietNotes }) => diets.length === 0 && !dietNotes);
  return {
    guests: [
      { what: 'Guests', count: everybody.length },
      ...some(ageGroups.map((age) => ({ what: agePlurals[age], count: of(age) }))),
      ...some([{ what: 'Still without a seat', count: scene.unseated.length }]),
    ],
    meals: [
      { what: 'Without wishes', count: plain.length },
      ...dietCounts(everybody, 'preference'),
    ],
    allergies: dietCounts(everybody, 'allergy'),
    needs: some(
      accessibilityNeeds.map((need) => ({
        what: needWords[need] ?? '',
        count: needWords[need]
          ? everybody.filter(({ accessibility }) => accessibility.includes(need)).length
          : 0,
      })),
    ),
  };
}

/** What stands in the column of ages: nothing for adults, who are most. */
export const ageOf = ({ ageGroup }: PrintGuest): string =>
  ageGroup === 'adult' ? '' : ageWords[ageGroup];
