import { z } from 'zod';
import { TagId, Version } from './guest-fields.ts';
import {
  EventId,
  GuestId,
  HouseholdId,
  SeatingRelationshipId,
  type SeatingTableId,
} from './ids.ts';

/**
 * `must` and `never` are rules: same table, never the same table. The others are wishes with a
 * weight. `next-to` and `not-next-to` speak of neighbouring chairs.
 */
export const relationshipKinds = [
  'must',
  'prefer',
  'avoid',
  'never',
  'next-to',
  'not-next-to',
] as const;
export const RelationshipKind = z.enum(relationshipKinds);
export type RelationshipKind = z.infer<typeof RelationshipKind>;

/** One guest, everybody of a household, or everybody with a tag. */
export const RelationshipSide = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('guest'), id: GuestId }),
  z.object({ kind: z.literal('household'), id: HouseholdId }),
  z.object({ kind: z.literal('tag'), id: TagId }),
]);
export type RelationshipSide = z.infer<typeof RelationshipSide>;

export interface SeatingRelationship {
  id: SeatingRelationshipId;
  /** null = at every event. */
  eventId: EventId | null;
  kind: RelationshipKind;
  one: RelationshipSide;
  other: RelationshipSide;
  /** 1 to 10; what a wish counts. Means nothing for `must` and `never`. */
  weight: number;
  note: string;
  version: number;
}

/** Every relationship that holds at the event: `SeatingRelationship[]`. */
export const ListRelationships = z.object({ eventId: EventId });
export type ListRelationships = z.input<typeof ListRelationships>;

/** Both sides the same tag or household: its members among themselves. Answers the row. */
export const CreateRelationship = z.object({
  eventId: EventId.nullable().default(null),
  kind: RelationshipKind,
  one: RelationshipSide,
  other: RelationshipSide,
  weight: z.int().min(1).max(10).default(5),
  note: z.string().trim().max(300).default(''),
});
export type CreateRelationship = z.input<typeof CreateRelationship>;
export const UpdateRelationship = z.object({
  relationshipId: SeatingRelationshipId,
  version: Version,
  kind: RelationshipKind.optional(),
  weight: z.int().min(1).max(10).optional(),
  note: z.string().trim().max(300).optional(),
});
export type UpdateRelationship = z.input<typeof UpdateRelationship>;
export const RemoveRelationships = z.object({
  relationshipIds: z.array(SeatingRelationshipId).min(1).max(1_000),
});
export type RemoveRelationships = z.input<typeof RemoveRelationships>;

/**
 * Two tables are beside each other when their middles are no further apart. Guests with an allergy
 * sit at a table near the kitchen pass or beside one, where the layout names such tables.
 */
export const tablesBesideMm = 4_000;

// Warnings --------------------------------------------------------------------------------------

export const seatingWarningKinds = [
  'never-together',
  'must-apart',
  'avoid-together',
  'prefer-apart',
  'not-next-to',
  'next-to-apart',
  'household-split',
  'knows-nobody',
  'needs-step-free',
  'needs-near-exit',
  'needs-quiet',
  'allergy-far-from-kitchen',
  'high-chair-at-head',
  'declined-but-seated',
  'over-room-capacity',
] as const;
export type SeatingWarningKind = (typeof seatingWarningKinds)[number];

/** What is wrong with the plan as it stands, most severe first. */
export interface SeatingWarning {
  kind: SeatingWarningKind;
  /** `rule`: must be mended. `wish`: could be better. */
  severity: 'rule' | 'wish';
  guestIds: GuestId[];
  tableIds: SeatingTableId[];
  relationshipId: SeatingRelationshipId | null;
  /** In the planner's words, with names. */
  message: string;
  /** What mends it: a ready input of `seating.assignSeats`, or nobody moves but leaves. */
  fix:
    | { kind: 'move'; guestId: GuestId; tableId: SeatingTableId; label: string }
    | { kind: 'unseat'; guestIds: GuestId[]; label: string }
    | null;
}

/** Answers `SeatingCheck`. */
export const CheckSeating = z.object({ eventId: EventId });
export type CheckSeating = z.input<typeof CheckSeating>;
export interface SeatingCheck {
  revision: number;
  warnings: SeatingWarning[];
  /** 0 to 100: share of the wishes that are met, by weight; null without wishes. */
  happiness: number | null;
  /** Objective of the optimizer for the plan as it is; lower is better. */
  cost: number;
}
