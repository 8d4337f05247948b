import type { SeatingGuest } from '@wedsync/contracts/seating';
import { plural } from '@wedsync/ui/format';
import { declinedGuests } from '../lists/plan-lookups.ts';
import type { PlanIndex } from '../plan-model.ts';

/** What answers have changed about a plan that was as good as finished. */
export interface AnswerChanges {
  needSeat: readonly SeatingGuest[];
  declined: readonly SeatingGuest[];
  /** "2 answers changed: 1 guest needs a seat, 1 guest is not coming any more." */
  sentence: string;
}

/** Above this share of guests without a seat the plan is not finished but in the making. */
const openShareMax = 0.2;

/**
 * The guests whose answers came after the seating was made; null while there are none. A plan in
 * the making is no news: there the queue of guests without a seat says what is left to do.
 */
export function answerChanges(index: PlanIndex): AnswerChanges | null {
  const coming = index.unseated.filter(({ answer }) => answer === 'yes');
  const isFinished = coming.length <= index.assignments.size * openShareMax;
  const needSeat = isFinished ? coming : [];
  const declined = declinedGuests(index);
  const count = needSeat.length + declined.length;
  if (count === 0) return null;
  const parts = [
    needSeat.length > 0
      ? `${plural(needSeat.length, 'guest')} ${needSeat.length === 1 ? 'needs' : 'need'} a seat`
      : null,
    declined.length > 0
      ? `${plural(declined.length, 'guest')} ${declined.length === 1 ? 'is' : 'are'} not coming any more`
      : null,
  ].filter((part) => part !== null);
  return {
    needSeat,
    declined,
    sentence: `${plural(count, 'answer')} changed: ${parts.join(', ')}.`,
  };
}
