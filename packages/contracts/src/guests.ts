import { z } from 'zod';
import {
  AccessibilityNeed,
  Answer,
  type AnswerVia,
  EmailAddress,
  GuestSide,
  PhoneInput,
  RemovalId,
  TagColor,
  TagId,
  textBlock,
  textLine,
  Version,
} from './guest-fields.ts';
import { AgeGroup, Diet, DietCode } from './guest-import.ts';
import { EventId, GuestId, HouseholdId } from './ids.ts';
import { defineJob, jobVersion } from './job.ts';
import { pageInput } from './paging.ts';

/** Most guests that one bulk verb takes. */
export const bulkGuestsMax = 5_000;
const guestIds = z.array(GuestId).min(1).max(bulkGuestsMax);

// Reads -----------------------------------------------------------------------------------------

/** The list's row: what the table shows and filters on, nothing else. */
export interface GuestRow {
  id: GuestId;
  householdId: HouseholdId;
  householdName: string;
  /** The guest who brings this companion. */
  plusOneOf: GuestId | null;
  title: string;
  /** First and last name are both empty for a companion without a name yet. */
  firstName: string;
  lastName: string;
  email: string | null;
  phone: string | null;
  ageGroup: AgeGroup;
  side: GuestSide | null;
  diets: Diet[];
  accessibility: AccessibilityNeed[];
  tagIds: TagId[];
  /** One entry per event to which the guest is invited; null = outstanding. */
  answers: Partial<Record<EventId, Answer | null>>;
  /** Only there where it is so: name and contacts are gone for good, the answers stay as numbers. */
  isErased?: true;
  version: number;
}

export const answerFilters = [
  'yes',
  'no',
  'unsure',
  'outstanding',
  'invited',
  'not-invited',
] as const;

/**
 * Every given filter must hold. `answer` speaks of `eventId`, or of any event without one.
 * `missing: 'contact'` holds for guests whom nothing reaches: nobody in their household has an
 * e-mail address or a phone number.
 */
export const GuestFilter = z.object({
  eventId: EventId.optional(),
  answer: z.enum(answerFilters).optional(),
  tagIds: z.array(TagId).max(20).optional(),
  side: z.union([GuestSide, z.literal('none')]).optional(),
  diet: z.union([DietCode, z.literal('any'), z.literal('allergy')]).optional(),
  accessibility: z.union([AccessibilityNeed, z.literal('any')]).optional(),
  ageGroup: AgeGroup.optional(),
  missing: z.enum(['email', 'phone', 'contact', 'name', 'address']).optional(),
  householdId: HouseholdId.optional(),
});
export type GuestFilter = z.infer<typeof GuestFilter>;

/** Ordered by last name, first name; `limit` up to 500. Answers `Page<GuestRow>`. */
export const ListGuests = GuestFilter.extend(pageInput);
export type ListGuests = z.input<typeof ListGuests>;

/** Answers `{ total, ids }` of everything the filter holds for, for "select all". */
export const FindGuests = GuestFilter;
export type FindGuests = z.input<typeof FindGuests>;

export const GetGuest = z.object({ guestId: GuestId });
export type GetGuest = z.input<typeof GetGuest>;

export interface GuestInvitation {
  eventId: EventId;
  answer: Answer | null;
  answeredAt: string | null;
  answeredByKind: 'user' | 'guest_link' | 'operator' | 'system' | null;
  answeredBy: string | null;
  via: AnswerVia | null;
  version: number;
}

/** One guest with everything its page shows. */
export interface Guest extends Omit<GuestRow, 'answers'> {
  otherEmails: string[];
  otherPhones: string[];
  ageYears: number | null;
  dietNotes: string;
  accessibilityNotes: string;
  notes: string;
  invitations: GuestInvitation[];
  createdAt: string;
  updatedAt: string;
}

/** As you type: over names, e-mail and phone, without regard to accents, case and small typos. */
export const SearchGuests = z.object({
  query: z.string().trim().max(100),
  limit: z.int().min(1).max(50).default(20),
});
export type SearchGuests = z.input<typeof SearchGuests>;
export interface GuestHit {
  id: GuestId;
  householdId: HouseholdId;
  householdName: string;
  firstName: string;
  lastName: string;
  email: string | null;
  /** 0..1, best first. */
  score: number;
}

export interface DietCount {
  code: DietCode;
  severity: 'preference' | 'allergy';
  count: number;
}
/** One event in numbers; ages, diets and needs count the guests who said yes. */
export interface EventSummary {
  eventId: EventId;
  invited: number;
  yes: number;
  no: number;
  unsure: number;
  outstanding: number;
  ages: Record<AgeGroup, number>;
  diets: DietCount[];
  withDietNotes: number;
  withAccessibility: number;
}
export interface GuestSummary {
  guests: number;
  households: number;
  /** Guests in households where nobody has an e-mail address or a phone number. */
  unreachable: number;
  unnamed: number;
  events: EventSummary[];
  tags: { tagId: TagId; guests: number }[];
}

export const GuestHistory = z.object({ guestId: GuestId, ...pageInput });
export type GuestHistory = z.input<typeof GuestHistory>;
export interface HistoryEntry {
  id: string;
  at: string;
  actorKind: 'user' | 'guest_link' | 'operator' | 'system';
  actorId: string | null;
  /** null for links, the system and people who left. */
  actorName: string | null;
  /** `guests.<verb>`, e.g. `guests.update`, `guests.answer`, `guests.apply-import`. */
  action: string;
  /** Only the fields that changed. */
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

// Guests ----------------------------------------------------------------------------------------

const guestFields = {
  title: textLine(60),
  firstName: textLine(120),
  lastName: textLine(120),
  email: EmailAddress.nullable(),
  otherEmails: z.array(EmailAddress).max(10),
  phone: PhoneInput.nullable(),
  otherPhones: z.array(PhoneInput).max(10),
  ageGroup: AgeGroup,
  ageYears: z.int().min(0).max(130).nullable(),
  side: GuestSide.nullable(),
  diets: z.array(Diet).max(30),
  dietNotes: textBlock(1000),
  accessibility: z.array(AccessibilityNeed).max(12),
  accessibilityNotes: textBlock(1000),
  notes: textBlock(4000),
};
export const GuestFields = z.object(guestFields).partial();
export type GuestFields = z.input<typeof GuestFields>;

/**
 * A guest of an existing household, or of a new one named `householdName` (default: the last name).
 * `plusOneOf` makes an open place or a named companion, in the household of the guest who brings it.
 * Answers the `Guest`.
 */
export const CreateGuest = GuestFields.extend({
  householdId: HouseholdId.optional(),
  householdName: textLine(200).optional(),
  plusOneOf: GuestId.optional(),
  tagIds: z.array(TagId).max(50).default([]),
  eventIds: z.array(EventId).max(50).default([]),
});
export type CreateGuest = z.input<typeof CreateGuest>;

/** Answers the `Guest`; a stale `version` is a conflict whose `details.current` is the `Guest`. */
export const UpdateGuest = z.object({
  guestId: GuestId,
  version: Version,
  patch: GuestFields.extend({ householdId: HouseholdId.optional() }),
});
export type UpdateGuest = z.input<typeof UpdateGuest>;

/** Answers `{ removalId, removed }`; companions of a removed guest go with them. */
export const RemoveGuests = z.object({ guestIds });
export type RemoveGuests = z.input<typeof RemoveGuests>;
/** Answers `{ restored }`. */
export const RestoreGuests = z.object({ removalId: RemovalId });
export type RestoreGuests = z.input<typeof RestoreGuests>;

/** Adds and takes away tags; answers `{ changed }` = number of guests that changed. */
export const TagGuests = z.object({
  guestIds,
  add: z.array(TagId).max(20).default([]),
  remove: z.array(TagId).max(20).default([]),
});
export type TagGuests = z.input<typeof TagGuests>;

/** Answers `{ invited }` = invitations that did not exist before. */
export const InviteGuests = z.object({ eventId: EventId, guestIds });
export type InviteGuests = z.input<typeof InviteGuests>;
/** Answers `{ uninvited, answersLost }`; invitations with an answer need `evenAnswered`. */
export const UninviteGuests = InviteGuests.extend({ evenAnswered: z.boolean().default(false) });
export type UninviteGuests = z.input<typeof UninviteGuests>;

/** A planner writes down answers. A stated `version` (of the invitation) is checked. */
export const RecordAnswers = z.object({
  eventId: EventId,
  answer: Answer.nullable(),
  via: z.enum(['planner', 'phone']).default('planner'),
  guests: z
    .array(z.object({ guestId: GuestId, version: Version.optional() }))
    .min(1)
    .max(bulkGuestsMax),
});
export type RecordAnswers = z.input<typeof RecordAnswers>;

// Tags ------------------------------------------------------------------------------------------

export interface Tag {
  id: TagId;
  name: string;
  color: TagColor;
  version: number;
}
const tagFields = { name: textLine(60).min(1, { error: 'Give the tag a name.' }), color: TagColor };
/** Answers the `Tag`. */
export const CreateTag = z.object({ name: tagFields.name, color: TagColor.default('slate') });
export type CreateTag = z.input<typeof CreateTag>;
export const UpdateTag = z.object({
  tagId: TagId,
  version: Version,
  patch: z.object(tagFields).partial(),
});
export type UpdateTag = z.input<typeof UpdateTag>;
/** Takes the tag off every guest. */
export const RemoveTag = z.object({ tagId: TagId });
export type RemoveTag = z.input<typeof RemoveTag>;

// Jobs -----------------------------------------------------------------------------------------

/** Erases what was removed or replaced so long ago that it cannot be taken back any more. */
export const removeExpiredGuestData = defineJob({
  name: 'guests.remove-expired-data',
  queue: 'maintenance',
  payload: z.object({ v: jobVersion(1) }),
  timeoutMs: 600_000,
  schedule: { pattern: '40 3 * * *', tz: 'UTC' },
});
