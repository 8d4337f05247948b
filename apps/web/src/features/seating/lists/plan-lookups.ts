import type { SeatingGuest } from '@wedsync/contracts/seating';
import type { PlanIndex, TableView } from '../plan-model.ts';
import { folded } from './queue-groups.ts';

/** "2" stands before "10", and accents and case make no difference. */
export const compareLabels = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
  .compare;

/** Chairs of a table that nobody has. */
export function freeCount(view: TableView): number {
  return view.seats.length - view.seatedCount;
}

/** Guests who said no after they had been seated, in the order of their names. */
export function declinedGuests(index: PlanIndex): SeatingGuest[] {
  const guests = [...index.assignments.keys()].flatMap((id) => index.guests.get(id) ?? []);
  return guests
    .filter(({ answer }) => answer === 'no')
    .sort(
      (a, b) => compareLabels(a.lastName, b.lastName) || compareLabels(a.firstName, b.firstName),
    );
}

/** Whether what was typed begins a word of the table's label or zone; nothing typed fits all. */
export function isNamedTable({ table }: TableView, text: string): boolean {
  const words = folded(`table ${table.label} ${table.zone}`).split(/\s+/);
  return folded(text)
    .split(/\s+/)
    .every((typed) => words.some((word) => word.startsWith(typed)));
}
