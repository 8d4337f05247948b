import type { Tag } from '@wedsync/contracts/guests';
import type { SeatingGuest } from '@wedsync/contracts/seating';
import type { RelationshipSide } from '@wedsync/contracts/seating-rules';
import { plural } from '@wedsync/ui/format';
import type { Option } from '@wedsync/ui/select';
import { guestName } from '../../guests/words.ts';
import { householdLine } from '../lists/guest-lines.ts';
import { folded } from '../lists/queue-groups.ts';

/** Somebody a rule can speak of. */
export interface SideOption extends Option {
  side: RelationshipSide;
  /** Folded words, each after a space. */
  search: string;
}

/** A side as one string. */
export const keyOfSide = ({ kind, id }: RelationshipSide) => `${kind}:${id}`;

function option(side: RelationshipSide, label: string, note: string): SideOption {
  const search = ` ${folded(`${label} ${side.kind === 'guest' ? note : ''}`).replaceAll('-', ' ')}`;
  return { side, value: keyOfSide(side), label, note, search };
}

/** Everybody whom a rule can speak of: tags and households of several people, then each guest. */
export function sideOptions(guests: readonly SeatingGuest[], tags: readonly Tag[]): SideOption[] {
  const households = Map.groupBy(guests, ({ householdId }) => householdId);
  const families = [...households].flatMap(([id, members]) => {
    const [first] = members;
    if (!first || members.length < 2) return [];
    const label = householdLine(first.householdName);
    return [option({ kind: 'household', id }, label, `${members.length} people`)];
  });
  const counted = tags.map((tag) => {
    const count = guests.filter(({ tagIds }) => tagIds.includes(tag.id)).length;
    return option({ kind: 'tag', id: tag.id }, tag.name, `Tag, ${plural(count, 'guest')}`);
  });
  const people = guests.map((guest) =>
    option({ kind: 'guest', id: guest.id }, guestName(guest), householdLine(guest.householdName)),
  );
  const byLabel = (a: SideOption, b: SideOption) => a.label.localeCompare(b.label);
  return [...people.sort(byLabel), ...families.sort(byLabel), ...counted.sort(byLabel)];
}
