import type { Answer } from '@wedsync/contracts/guest-fields';
import type { GuestId, HouseholdId } from '@wedsync/contracts/ids';
import type { SeatingGuest } from '@wedsync/contracts/seating';
import { guestName } from '../../guests/words.ts';

/** What the queue is narrowed to; an empty string takes everybody. */
export interface QueueFilter {
  tag: string;
  side: string;
  /** A code of a diet, `any`, or `allergy`. */
  diet: string;
  /** A need of accessibility, or `any`. */
  need: string;
  answer: Answer | 'outstanding' | '';
}

export const noFilter: QueueFilter = { tag: '', side: '', diet: '', need: '', answer: '' };

export interface QueueGroup {
  id: HouseholdId;
  name: string;
  guests: SeatingGuest[];
}

/** Without accents and case: "José" and "jose" are the same to whoever types. */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Whether every word typed begins a word of the guest's or the household's name. */
export function isNamed(guest: SeatingGuest, text: string): boolean {
  const words = folded(`${guestName(guest)} ${guest.householdName}`).split(/[\s\-'’]+/u);
  return folded(text)
    .split(/\s+/)
    .filter(Boolean)
    .every((typed) => words.some((word) => word.startsWith(typed)));
}

function hasDiet(guest: SeatingGuest, wanted: string): boolean {
  if (wanted === 'any') return guest.diets.length > 0;
  if (wanted === 'allergy') return guest.diets.some(({ severity }) => severity === 'allergy');
  return guest.diets.some(({ code }) => code === wanted);
}

function passes(guest: SeatingGuest, filter: QueueFilter): boolean {
  const { tag, side, diet, need, answer } = filter;
  return (
    (!tag || guest.tagIds.some((id) => id === tag)) &&
    (!side || (guest.side ?? 'none') === side) &&
    (!diet || hasDiet(guest, diet)) &&
    (!need || guest.accessibility.some((own) => need === 'any' || own === need)) &&
    (!answer || (guest.answer ?? 'outstanding') === answer)
  );
}

/**
 * The guests to show, by household.
 * @param guests in order of household
 * @param foundIds whom the server's search found besides, typos forgiven
 */
export function queueGroups(
  guests: readonly SeatingGuest[],
  { text, filter, foundIds }: { text: string; filter: QueueFilter; foundIds: ReadonlySet<GuestId> },
): QueueGroup[] {
  const groups = new Map<HouseholdId, QueueGroup>();
  for (const guest of guests) {
    const isFound = !text || isNamed(guest, text) || foundIds.has(guest.id);
    if (!isFound || !passes(guest, filter)) continue;
    const group = groups.get(guest.householdId);
    if (group) group.guests.push(guest);
    else {
      groups.set(guest.householdId, {
        id: guest.householdId,
        name: guest.householdName,
        guests: [guest],
      });
    }
  }
  return [...groups.values()];
}

/** How many narrowings are on. */
export function filterCount(filter: QueueFilter): number {
  return Object.values(filter).filter(Boolean).length;
}
