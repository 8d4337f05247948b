import type { GuestId } from '@wedsync/contracts/ids';
import type { SeatingGuest } from '@wedsync/contracts/seating';
import type { RelationshipSide, SeatingRelationship } from '@wedsync/contracts/seating-rules';

/** Everybody whom one side of a rule speaks of. */
export function membersOf(
  side: RelationshipSide,
  guests: Iterable<SeatingGuest>,
): ReadonlySet<GuestId> {
  if (side.kind === 'guest') return new Set([side.id]);
  const members = new Set<GuestId>();
  for (const guest of guests) {
    const isIn =
      side.kind === 'household'
        ? guest.householdId === side.id
        : guest.tagIds.some((tag) => tag === side.id);
    if (isIn) members.add(guest.id);
  }
  return members;
}

/** A rule with the people it speaks of. */
export interface ReadRule {
  rule: SeatingRelationship;
  one: ReadonlySet<GuestId>;
  other: ReadonlySet<GuestId>;
}

/** Looks the people of every rule up once. */
export function readRules(
  rules: readonly SeatingRelationship[],
  guests: readonly SeatingGuest[],
): ReadRule[] {
  return rules.map((rule) => ({
    rule,
    one: membersOf(rule.one, guests),
    other: membersOf(rule.other, guests),
  }));
}

/** Whom the rule asks `guestId` to be with or without; never the guest. */
export function partnersOf({ one, other }: ReadRule, guestId: GuestId): ReadonlySet<GuestId> {
  const partners = new Set<GuestId>();
  if (one.has(guestId)) for (const id of other) partners.add(id);
  if (other.has(guestId)) for (const id of one) partners.add(id);
  partners.delete(guestId);
  return partners;
}
