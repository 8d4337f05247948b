import { z } from 'zod';
import { EventId, MemberInvitationId, OrgId, UserId, WeddingId } from './ids.ts';
import { defineJob, jobVersion } from './job.ts';
import { Currency } from './money.ts';
import { pageInput } from './paging.ts';
import { orgRoles, weddingRoles } from './roles.ts';
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
export const CreateOrganization = z.object({ name, postalAddress: shortText.default('') });
export type CreateOrganization = z.input<typeof CreateOrganization>;

export const UpdateOrganization = z.object({
  orgId: OrgId,
  version,
  name: name.optional(),
  postalAddress: shortText.optional(),
  replyToEmail: EmailAddress.nullable().optional(),
});
export type UpdateOrganization = z.input<typeof UpdateOrganization>;

export const OrgInput = z.object({ orgId: OrgId });
export type OrgInput = z.input<typeof OrgInput>;

// Members --------------------------------------------------------------------------------------
export const OrgRoleInput = z.enum(orgRoles);
export const WeddingRoleInput = z.enum(weddingRoles);

export const InviteOrgMember = z.object({ orgId: OrgId, email: EmailAddress, role: OrgRoleInput });
export type InviteOrgMember = z.input<typeof InviteOrgMember>;

export const InviteWeddingMember = z.object({
  weddingId: WeddingId,
  email: EmailAddress,
  role: WeddingRoleInput,
});
export type InviteWeddingMember = z.input<typeof InviteWeddingMember>;

/** The token of an invitation's link: 128 bits, base64url. */
export const InvitationToken = z.object({ token: z.string().regex(/^[A-Za-z0-9_-]{22}$/) });
export type InvitationToken = z.input<typeof InvitationToken>;

export const RevokeInvitation = z.object({
  orgId: OrgId.optional(),
  weddingId: WeddingId.optional(),
  invitationId: MemberInvitationId,
});
export type RevokeInvitation = z.input<typeof RevokeInvitation>;

export const ChangeOrgMember = z.object({
  orgId: OrgId,
  userId: UserId,
  version,
  role: OrgRoleInput,
});
export type ChangeOrgMember = z.input<typeof ChangeOrgMember>;

export const RemoveOrgMember = z.object({ orgId: OrgId, userId: UserId });
export type RemoveOrgMember = z.input<typeof RemoveOrgMember>;

export const ChangeWeddingMember = z.object({
  weddingId: WeddingId,
  userId: UserId,
  version,
  role: WeddingRoleInput,
});
export type ChangeWeddingMember = z.input<typeof ChangeWeddingMember>;

export const RemoveWeddingMember = z.object({ weddingId: WeddingId, userId: UserId });
export type RemoveWeddingMember = z.input<typeof RemoveWeddingMember>;

// Weddings -------------------------------------------------------------------------------------
const weddingFields = {
  title: z.string().trim().min(1, { error: 'Give the wedding a title.' }).max(160),
  partnerAName: name,
  partnerBName: z.string().trim().max(120),
  date: IsoDate.nullable(),
  timeZone: TimeZone,
  locale: Locale,
  currency: Currency,
  defaultCountry: CountryCode,
  venue: shortText,
  rsvpDeadline: IsoDate.nullable(),
};

export const CreateWedding = z.object({
  orgId: OrgId,
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

export const UpdateWedding = z.object({
  weddingId: WeddingId,
  version,
  ...z.object(weddingFields).partial().shape,
});
export type UpdateWedding = z.input<typeof UpdateWedding>;

export const WeddingInput = z.object({ weddingId: WeddingId });
export type WeddingInput = z.input<typeof WeddingInput>;

export const ArchiveWedding = z.object({ weddingId: WeddingId, version, archived: z.boolean() });
export type ArchiveWedding = z.input<typeof ArchiveWedding>;

export const ListWeddings = z.object({ archived: z.boolean().default(false) });
export type ListWeddings = z.input<typeof ListWeddings>;

// Events ---------------------------------------------------------------------------------------
const eventFields = {
  kind: z.enum(eventKinds),
  name,
  startsOn: IsoDate.nullable(),
  startsAt: WallTime.nullable(),
  endsAt: WallTime.nullable(),
  venue: shortText,
  address: shortText,
};

export const CreateEvent = z.object({
  weddingId: WeddingId,
  ...eventFields,
  startsOn: eventFields.startsOn.default(null),
  startsAt: eventFields.startsAt.default(null),
  endsAt: eventFields.endsAt.default(null),
  venue: shortText.default(''),
  address: shortText.default(''),
});
export type CreateEvent = z.input<typeof CreateEvent>;

export const UpdateEvent = z.object({
  weddingId: WeddingId,
  eventId: EventId,
  version,
  ...z.object(eventFields).partial().shape,
});
export type UpdateEvent = z.input<typeof UpdateEvent>;

export const RemoveEvent = z.object({ weddingId: WeddingId, eventId: EventId, version });
export type RemoveEvent = z.input<typeof RemoveEvent>;

/** The whole programme in its new order; every event of the wedding exactly once. */
export const OrderEvents = z.object({
  weddingId: WeddingId,
  eventIds: z.array(EventId).min(1).max(100),
});
export type OrderEvents = z.input<typeof OrderEvents>;

// Feed and history -----------------------------------------------------------------------------
/** `lastEventId` is filled in by the browser when it reconnects. */
export const OnChanges = z.object({
  weddingId: WeddingId,
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

export const ListAudit = z.object({
  weddingId: WeddingId,
  entity: z.string().max(60).optional(),
  entityId: z.uuid().optional(),
  ...pageInput,
});
export type ListAudit = z.input<typeof ListAudit>;

/**
 * What the feed sends: changes in order, each exactly once over any number of reconnections. The
 * first batch of a new subscription is empty and only says where the feed stands.
 */
export interface ChangeBatch {
  seq: number;
  changes: Change[];
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
