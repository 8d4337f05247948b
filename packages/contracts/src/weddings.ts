import { z } from 'zod';
import { EventId, MemberInvitationId, OrgId, UserId, type WeddingId } from './ids.ts';
import { defineJob, jobVersion } from './job.ts';
import { Currency } from './money.ts';
import { pageInput } from './paging.ts';
import { type OrgRole, orgRoles, type Role, type WeddingRole, weddingRoles } from './roles.ts';
import { IsoDate, TimeZone, WallTime } from './time.ts';

/** Subscription tiers, smallest first; their limits stand in `wedding.tier_limits`. */
export const tiers = ['free', 'studio', 'enterprise'] as const;
export type Tier = (typeof tiers)[number];

export const eventKinds = [
  'welcome',
  'rehearsal',
  'ceremony',
  'reception',
  'dinner',
  'party',
  'brunch',
  'other',
] as const;
export type EventKind = (typeof eventKinds)[number];

const version = z.int().min(1);
const name = z.string().trim().min(1, { error: 'Enter a name.' }).max(120);
const shortText = z.string().trim().max(200);

/** An e-mail address as it is stored: lower case. */
export const EmailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email({ error: 'Enter an e-mail address like ana@example.com.' }));

/** ISO 3166-1 alpha-2. */
export const CountryCode = z.string().regex(/^[A-Z]{2}$/, {
  error: 'Write the country as its two-letter code, for example PT.',
});

/** A BCP 47 language tag that this runtime can format, e.g. `en` or `pt-PT`. */
export const Locale = z
  .string()
  .max(35)
  .refine((tag) => /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag), {
    error: 'Choose a language from the list, for example en or pt-PT.',
  });

// Organizations --------------------------------------------------------------------------------
export interface Organization {
  id: OrgId;
  name: string;
  tier: Tier;
  postalAddress: string;
  replyToEmail: string | null;
  version: number;
  /** What the tier allows; null means without limit. */
  limits: { weddings: number | null; guestsPerWedding: number | null; members: number | null };
}

/** The creator becomes its owner. Answers the `Organization`. */
export const CreateOrganization = z.object({ name, postalAddress: shortText.default('') });
export type CreateOrganization = z.input<typeof CreateOrganization>;

/** Answers the `Organization`; a stale `version` is a conflict with `details.current`. */
export const UpdateOrganization = z.object({
  version,
  patch: z
    .object({ name, postalAddress: shortText, replyToEmail: EmailAddress.nullable() })
    .partial(),
});
export type UpdateOrganization = z.input<typeof UpdateOrganization>;

export interface OrganizationSummary {
  orgId: OrgId;
  name: string;
  tier: Tier;
  role: OrgRole;
  /** Not counting archived ones. */
  weddings: number;
}

// Members --------------------------------------------------------------------------------------
export interface Member<R extends Role = Role> {
  userId: UserId;
  name: string;
  email: string;
  role: R;
  version: number;
  createdAt: string;
}

export interface OpenInvitation {
  id: MemberInvitationId;
  email: string;
  role: Role;
  expiresAt: string;
  /** False while the mail with the link is under way. */
  sent: boolean;
}

/** Who belongs, and who has been asked to. */
export interface MemberList<R extends Role = Role> {
  members: Member<R>[];
  invitations: OpenInvitation[];
}

export const InviteOrgMember = z.object({ email: EmailAddress, role: z.enum(orgRoles) });
export type InviteOrgMember = z.input<typeof InviteOrgMember>;

export const InviteWeddingMember = z.object({ email: EmailAddress, role: z.enum(weddingRoles) });
export type InviteWeddingMember = z.input<typeof InviteWeddingMember>;

export const InvitationInput = z.object({ invitationId: MemberInvitationId });
export type InvitationInput = z.input<typeof InvitationInput>;

/** The token of an invitation's link `/join/<token>`: 22 characters of base64url. */
export const InvitationToken = z.object({ token: z.string().regex(/^[A-Za-z0-9_-]{22}$/) });
export type InvitationToken = z.input<typeof InvitationToken>;

/** What an invitation's link shows before it is accepted. */
export interface InvitationPreview {
  organization: string;
  /** Null: an invitation into the company. */
  wedding: string | null;
  invitedBy: string | null;
  role: Role;
  expiresAt: string;
  /** The address it was sent to; only an account with this address can accept. */
  email: string;
}

export const UpdateOrgMember = z.object({ userId: UserId, version, role: z.enum(orgRoles) });
export type UpdateOrgMember = z.input<typeof UpdateOrgMember>;

export const UpdateWeddingMember = z.object({
  userId: UserId,
  version,
  role: z.enum(weddingRoles),
});
export type UpdateWeddingMember = z.input<typeof UpdateWeddingMember>;

export const MemberInput = z.object({ userId: UserId });
export type MemberInput = z.input<typeof MemberInput>;

// Weddings -------------------------------------------------------------------------------------
const weddingFields = {
  title: z.string().trim().min(1, { error: 'Give the wedding a title.' }).max(160),
  partnerAName: name,
  partnerBName: z.string().trim().max(120),
  /** Null while it is being decided. */
  date: IsoDate.nullable(),
  timeZone: TimeZone,
  locale: Locale,
  currency: Currency,
  defaultCountry: CountryCode,
  venue: shortText,
  /** Last day on which guests may answer, in the wedding's zone. */
  rsvpDeadline: IsoDate.nullable(),
};

export interface Wedding {
  id: WeddingId;
  orgId: OrgId;
  title: string;
  partnerAName: string;
  partnerBName: string;
  date: string | null;
  timeZone: string;
  locale: string;
  currency: string;
  defaultCountry: string;
  venue: string;
  rsvpDeadline: string | null;
  archivedAt: string | null;
  version: number;
}

/** Answers the `Wedding`. */
export const CreateWedding = z.object({
  ...weddingFields,
  partnerBName: weddingFields.partnerBName.default(''),
  date: weddingFields.date.default(null),
  locale: Locale.default('en'),
  currency: Currency.default('EUR'),
  defaultCountry: CountryCode.default('GB'),
  venue: shortText.default(''),
  rsvpDeadline: weddingFields.rsvpDeadline.default(null),
});
export type CreateWedding = z.input<typeof CreateWedding>;

/** Answers the `Wedding`; a stale `version` is a conflict with `details.current`. */
export const UpdateWedding = z.object({ version, patch: z.object(weddingFields).partial() });
export type UpdateWedding = z.input<typeof UpdateWedding>;

/** Archives, or brings back. Answers the `Wedding`. */
export const ArchiveWedding = z.object({ version, archived: z.boolean() });
export type ArchiveWedding = z.input<typeof ArchiveWedding>;

export const ListWeddings = z.object({ archived: z.boolean().default(false) });
export type ListWeddings = z.input<typeof ListWeddings>;

export interface WeddingSummary {
  weddingId: WeddingId;
  orgId: OrgId;
  organization: string;
  title: string;
  date: string | null;
  venue: string;
  timeZone: string;
  locale: string;
  rsvpDeadline: string | null;
  archivedAt: string | null;
  orgRole: OrgRole | null;
  weddingRole: WeddingRole | null;
  guests: number;
  /** Guests invited to at least one event. */
  invited: number;
  /** Coming to at least one event. */
  attending: number;
  /** Not coming to any event they were invited to. */
  declined: number;
}

/** One wedding as its pages need it: what it is, its programme, and what the user may do there. */
export interface WeddingOverview {
  wedding: Wedding;
  events: WeddingEvent[];
  orgRole: OrgRole | null;
  weddingRole: WeddingRole | null;
}

// Events ---------------------------------------------------------------------------------------
const eventFields = {
  kind: z.enum(eventKinds),
  name,
  startsOn: IsoDate.nullable(),
  startsAt: WallTime.nullable(),
  /** Earlier than `startsAt` means after midnight. */
  endsAt: WallTime.nullable(),
  venue: shortText,
  address: shortText,
};

export interface WeddingEvent {
  id: EventId;
  kind: EventKind;
  name: string;
  startsOn: string | null;
  startsAt: string | null;
  endsAt: string | null;
  venue: string;
  address: string;
  /** Place in the programme, from 1. */
  position: number;
  version: number;
}

/** Appends to the programme. Answers the `WeddingEvent`. */
export const CreateEvent = z.object({
  ...eventFields,
  startsOn: eventFields.startsOn.default(null),
  startsAt: eventFields.startsAt.default(null),
  endsAt: eventFields.endsAt.default(null),
  venue: shortText.default(''),
  address: shortText.default(''),
});
export type CreateEvent = z.input<typeof CreateEvent>;

/** Answers the `WeddingEvent`; a stale `version` is a conflict with `details.current`. */
export const UpdateEvent = z.object({
  eventId: EventId,
  version,
  patch: z.object(eventFields).partial(),
});
export type UpdateEvent = z.input<typeof UpdateEvent>;

export const RemoveEvent = z.object({ eventId: EventId, version });
export type RemoveEvent = z.input<typeof RemoveEvent>;

/** The whole programme in its new order, every event exactly once. Answers all of them. */
export const OrderEvents = z.object({ eventIds: z.array(EventId).min(1).max(100) });
export type OrderEvents = z.input<typeof OrderEvents>;

// Feed and history -----------------------------------------------------------------------------
/** `lastEventId` is filled in by the browser when it reconnects. */
export const OnChanges = z.object({
  lastEventId: z
    .string()
    .regex(/^\d{1,15}$/)
    .nullish(),
});
export type OnChanges = z.input<typeof OnChanges>;

/** One line of the change feed: what to fetch again. `entityId` is null for `bulk`. */
export interface Change {
  seq: number;
  at: string;
  entity: string;
  entityId: string | null;
  kind: 'created' | 'updated' | 'removed' | 'bulk';
  actorId: string | null;
}

/**
 * What the feed sends: changes in order, each exactly once over any number of reconnections. The
 * first batch of a new subscription is empty and only says where the feed stands.
 */
export interface ChangeBatch {
  seq: number;
  changes: Change[];
}

/** Newest first. Answers `Page<AuditLine>`. */
export const ListAudit = z.object({
  entity: z.string().max(60).optional(),
  entityId: z.uuid().optional(),
  ...pageInput,
});
export type ListAudit = z.input<typeof ListAudit>;

export interface AuditLine {
  id: string;
  at: string;
  actorKind: 'user' | 'guest_link' | 'operator' | 'system';
  actorId: string | null;
  /** Null for guests, the system, and people who have left. */
  actorName: string | null;
  action: string;
  entity: string;
  entityId: string | null;
  before: unknown;
  after: unknown;
}

// Jobs -----------------------------------------------------------------------------------------
/** Sends the mail that stands in `auth.account_emails`: password reset and the like. */
export const sendAccountEmail = defineJob({
  name: 'weddings.send-account-email',
  queue: 'interactive',
  payload: z.object({ v: jobVersion(1), accountEmailId: z.uuid() }),
});

/** Sends the link of an invitation to join a company or a wedding. */
export const sendMemberInvitation = defineJob({
  name: 'weddings.send-member-invitation',
  queue: 'interactive',
  payload: z.object({
    v: jobVersion(1),
    orgId: OrgId,
    invitationId: MemberInvitationId,
    linkVersion: z.int().min(1),
  }),
});

/** Deletes sessions, proofs and account mails past their end. */
export const sweepAccounts = defineJob({
  name: 'weddings.sweep-accounts',
  queue: 'maintenance',
  payload: z.object({ v: jobVersion(1) }),
  schedule: { everyMs: 3_600_000 },
});
