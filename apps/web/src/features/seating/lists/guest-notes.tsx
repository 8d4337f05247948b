import { dietWords } from '@wedsync/contracts/diet-words';
import type { SeatingGuest } from '@wedsync/contracts/seating';
import { Accessibility, Baby, TriangleAlert } from 'lucide-react';
import { needWords } from '../../guests/words.ts';

/** What matters to a seat, small, on one line unless it may wrap: allergies by sign and word, then the rest. */
export function GuestNotes({ guest, canWrap }: { guest: SeatingGuest; canWrap?: boolean }) {
  const allergies = guest.diets.filter(({ severity }) => severity === 'allergy');
  const diets = guest.diets.filter(({ severity }) => severity !== 'allergy');
  const isChild = guest.ageGroup === 'child' || guest.ageGroup === 'infant';
  if (guest.diets.length === 0 && guest.accessibility.length === 0 && !isChild) return null;
  return (
    <span
      className={`flex min-w-0 items-center gap-x-2.5 whitespace-nowrap text-ink-soft text-xs [&_svg]:size-3.5 [&_svg]:shrink-0 ${canWrap ? 'flex-wrap' : 'overflow-hidden'}`}
    >
      {allergies.map(({ code }) => (
        <span key={code} className="inline-flex items-center gap-1 text-critical">
          <TriangleAlert aria-hidden="true" />
          {dietWords[code]} (allergy)
        </span>
      ))}
      {guest.accessibility.map((need) => (
        <span key={need} className="inline-flex items-center gap-1 text-ink">
          <Accessibility aria-hidden="true" />
          {needWords[need]}
        </span>
      ))}
      {isChild ? (
        <span className="inline-flex items-center gap-1">
          <Baby aria-hidden="true" />
          {guest.ageGroup === 'infant' ? 'Baby' : 'Child'}
        </span>
      ) : null}
      {diets.map(({ code }) => (
        <span key={code}>{dietWords[code]}</span>
      ))}
    </span>
  );
}
