import { z } from 'zod';
import { GuestSide, TagId } from './guest-fields.ts';
import {
  DeliveryId,
  EventId,
  GuestId,
  HouseholdId,
  MessageId,
  TemplateId,
  UserId,
  WeddingId,
} from './ids.ts';
import { defineJob, jobVersion } from './job.ts';
import { pageInput } from './paging.ts';
import { Instant } from './time.ts';

export const messageKinds = [
  'save_the_date',
  'invitation',
  'reminder',
  'thank_you',
  'other',
] as const;
export type MessageKind = (typeof messageKinds)[number];
export const messageChannels = ['email'] as const;
export type MessageChannel = (typeof messageChannels)[number];
export const messageStates = ['draft', 'queued', 'sending', 'paused', 'sent', 'cancelled'] as const;
export type MessageState = (typeof messageStates)[number];
export const deliveryStates = [
  'ready',
  'claimed',
  'sent',
  'failed',
  'skipped',
  'in_doubt',
  'cancelled',
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** Why a guest did not get the message. The first six are skips, then failures, then doubt. */
export const deliveryReasons = [
  /** Neither the guest nor anybody else of the household has an address. */
  'no_address',
  'invalid_address',
  /** Opted out, or the address bounced before. */
  'suppressed',
  /** Another guest of the household has the same address; `carriedById` is the one e-mail for both. */
  'same_household_address',
  /** No own address; `carriedById` is the e-mail that the household gets. */
  'reached_through_household',
  /** Removed from the guest list after the audience was frozen. */
  'guest_removed',
  /** The mail server refused for good; `code` says why. */
  'rejected',
  /** Temporary refusals outlasted every attempt. */
  'attempts_exhausted',
  'render_failed',
  /** The sender died between handing over the message and noting the answer. */
  'process_died',
  /** The connection broke after the message was handed over. */
  'connection_lost',
  /** The journal of the process that held the row is gone. */
  'journal_lost',
] as const;
export type DeliveryReason = (typeof deliveryReasons)[number];

/** A merge field of the wording, written `{{ name }}`. */
export interface MergeField {
  name: string;
  label: string;
  example: string;
}

/** Every field that a subject or body may use; anything else is refused when it is saved. */
export const mergeFields = [
  { name: 'first_name', label: 'First name of the guest', example: 'Amélie' },
  { name: 'last_name', label: 'Last name of the guest', example: 'Laurent' },
  {
    name: 'full_name',
    label: 'Title and full name of the guest',
    example: 'Dr Amélie Laurent',
  },
  {
    name: 'names',
    label: 'Everybody this e-mail speaks to',
    example: 'Amélie, Jonas and Mia',
  },
  {
    name: 'household_name',
    label: 'Name of the household',
    example: 'The Laurents',
  },
  { name: 'couple_names', label: 'The couple', example: 'Sofia & Daniel' },
  {
    name: 'wedding_title',
    label: 'Title of the wedding',
    example: 'Sofia & Daniel in Sintra',
  },
  {
    name: 'wedding_date',
    label: 'Day of the wedding',
    example: 'Saturday, 19 June 2027',
  },
  { name: 'venue', label: 'Venue', example: 'Quinta da Bela Vista' },
  {
    name: 'events',
    label: 'What this household is invited to, one line each',
    example: 'Ceremony, Saturday, 19 June 2027, 15:00, Capela de São Pedro',
  },
  {
    name: 'rsvp_link',
    label: 'Personal link to answer',
    example: 'https://example.com/r/…',
  },
  {
    name: 'rsvp_deadline',
    label: 'Last day to answer',
    example: 'Friday, 30 April 2027',
  },
] as const satisfies readonly MergeField[];
export type MergeFieldName = (typeof mergeFields)[number]['name'];

const Subject = z
  .string()
  .trim()
  .min(1, { error: 'Write a subject: it is the first thing guests see.' })
  .max(200, { error: 'Shorten the subject to 200 characters.' })
  // A control character here could end the header and start another one.
  .regex(/^\P{Cc}*$/u, { error: 'The subject must be a single line.' });
const Body = z
  .string()
  .min(1, { error: 'Write what the guests shall read.' })
  .max(20_000, { error: 'Shorten the text to 20,000 characters.' })
  .regex(/^[^\0]*$/, {
    error: 'The text holds a NUL character; paste it again as plain text.',
  });
const wording = { kind: z.enum(messageKinds), subject: Subject, body: Body };
const versioned = { version: z.int().min(1) };

// Templates ------------------------------------------------------------------------------------

export const MessageTemplate = z.object({
  id: TemplateId,
  name: z.string(),
  ...wording,
  ...versioned,
  updatedAt: Instant,
});
export type MessageTemplate = z.infer<typeof MessageTemplate>;

const TemplateName = z.string().trim().min(1, { error: 'Give the template a name.' }).max(100);
export const CreateTemplate = z.object({
  name: TemplateName,
  ...wording,
});
export type CreateTemplate = z.input<typeof CreateTemplate>;
export const UpdateTemplate = z.object({
  id: TemplateId,
  ...versioned,
  name: TemplateName,
  ...wording,
});
export type UpdateTemplate = z.input<typeof UpdateTemplate>;
export const RemoveTemplate = z.object({
  id: TemplateId,
  ...versioned,
});
export type RemoveTemplate = z.input<typeof RemoveTemplate>;

// Messages -------------------------------------------------------------------------------------

/** An answer to an invitation, or `none` where it was never answered. */
export const audienceAnswers = ['yes', 'no', 'unsure', 'none'] as const;

/**
 * Who shall get a message. An empty list means "no restriction"; different lists are combined with
 * AND, the entries of one list with OR. `answers` looks at the invitations to `eventIds`, or at all
 * invitations where no event is chosen.
 */
export const Audience = z.object({
  eventIds: z.array(EventId).max(50).default([]),
  answers: z.array(z.enum(audienceAnswers)).max(4).default([]),
  tagIds: z.array(TagId).max(50).default([]),
  sides: z.array(GuestSide).max(3).default([]),
  householdIds: z.array(HouseholdId).max(5_000).default([]),
});
export type Audience = z.infer<typeof Audience>;

/** Guests by the state of their delivery; the sum is the audience. */
export const DeliveryCounts = z.object({
  audience: z.int(),
  ready: z.int(),
  claimed: z.int(),
  sent: z.int(),
  failed: z.int(),
  skipped: z.int(),
  inDoubt: z.int(),
  cancelled: z.int(),
});
export type DeliveryCounts = z.infer<typeof DeliveryCounts>;

export const MessageSummary = z.object({
  id: MessageId,
  title: z.string(),
  kind: z.enum(messageKinds),
  subject: z.string(),
  state: z.enum(messageStates),
  /** Null until the audience is frozen. */
  counts: DeliveryCounts.nullable(),
  queuedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  createdAt: Instant,
  ...versioned,
});
export type MessageSummary = z.infer<typeof MessageSummary>;

export const Message = MessageSummary.extend({
  templateId: TemplateId.nullable(),
  body: z.string(),
  replyTo: z.string().nullable(),
  audience: Audience,
  createdBy: UserId.nullable(),
  /** Skips, failures and doubts by reason. */
  reasons: z.array(z.object({ reason: z.enum(deliveryReasons), count: z.int() })),
});
export type Message = z.infer<typeof Message>;

const MessageTitle = z.string().trim().min(1, { error: 'Give the message a title.' }).max(120);
const ReplyTo = z
  .email({ error: 'Write one e-mail address, for example anna@example.com.' })
  .max(254);
export const ListMessages = z.object({ ...pageInput });
export type ListMessages = z.input<typeof ListMessages>;
export const GetMessage = z.object({ id: MessageId });
export type GetMessage = z.input<typeof GetMessage>;
export const CreateMessage = z.object({
  templateId: TemplateId.nullable().default(null),
  title: MessageTitle,
  ...wording,
  replyTo: ReplyTo.nullable().default(null),
  audience: Audience.prefault({}),
});
export type CreateMessage = z.input<typeof CreateMessage>;
export const UpdateMessage = CreateMessage.extend({
  id: MessageId,
  ...versioned,
});
export type UpdateMessage = z.input<typeof UpdateMessage>;
/** Names a message in the version that the person looked at: remove, send, pause, resume, cancel. */
export const MessageAtVersion = z.object({
  id: MessageId,
  ...versioned,
});
export type MessageAtVersion = z.input<typeof MessageAtVersion>;

/** What sending to this audience would do now, before anything is written. */
export const CheckAudience = z.object({
  audience: Audience.prefault({}),
});
export type CheckAudience = z.input<typeof CheckAudience>;
export const AudienceCheck = z.object({
  guests: z.int(),
  households: z.int(),
  /** E-mails that would be sent. */
  emails: z.int(),
  skips: z.array(z.object({ reason: z.enum(deliveryReasons), count: z.int() })),
  /** The first hundred guests that nothing would reach, to be fixed before sending. */
  unreached: z.array(
    z.object({
      guestId: GuestId,
      name: z.string(),
      reason: z.enum(deliveryReasons),
    }),
  ),
});
export type AudienceCheck = z.infer<typeof AudienceCheck>;

/** Shows the wording as one guest would get it; unsaved wording may be passed. */
export const PreviewMessage = z.object({
  subject: Subject,
  body: Body,
  kind: z.enum(messageKinds),
  /** Without a guest, the first of the guest list. */
  guestId: GuestId.nullable().default(null),
});
export type PreviewMessage = z.input<typeof PreviewMessage>;
export const MessagePreview = z.object({
  guestId: GuestId.nullable(),
  to: z.string().nullable(),
  from: z.string(),
  subject: z.string(),
  /** A complete HTML document for a sandboxed frame. */
  html: z.string(),
  text: z.string(),
});
export type MessagePreview = z.infer<typeof MessagePreview>;

/** Sends the message to the signed-in person, worded as for `guestId`. */
export const SendTestMessage = z.object({
  id: MessageId,
  guestId: GuestId.nullable().default(null),
});
export type SendTestMessage = z.input<typeof SendTestMessage>;

// Deliveries -----------------------------------------------------------------------------------

export const Delivery = z.object({
  id: DeliveryId,
  messageId: MessageId,
  guestId: GuestId.nullable(),
  /** Null once the guest was removed. */
  guestName: z.string().nullable(),
  householdId: HouseholdId.nullable(),
  householdName: z.string().nullable(),
  address: z.string().nullable(),
  state: z.enum(deliveryStates),
  reason: z.enum(deliveryReasons).nullable(),
  code: z.string().nullable(),
  carriedById: DeliveryId.nullable(),
  attempts: z.int(),
  nextAttemptAt: Instant.nullable(),
  sentAt: Instant.nullable(),
  updatedAt: Instant,
});
export type Delivery = z.infer<typeof Delivery>;
export const ListDeliveries = z.object({
  messageId: MessageId,
  states: z.array(z.enum(deliveryStates)).max(7).default([]),
  reasons: z.array(z.enum(deliveryReasons)).max(12).default([]),
  ...pageInput,
});
export type ListDeliveries = z.input<typeof ListDeliveries>;
/** Everything that one guest was ever sent. */
export const ListGuestDeliveries = z.object({ guestId: GuestId });
export type ListGuestDeliveries = z.input<typeof ListGuestDeliveries>;
export const GuestDelivery = Delivery.extend({
  messageTitle: z.string(),
  messageKind: z.enum(messageKinds),
});
export type GuestDelivery = z.infer<typeof GuestDelivery>;
/** A person decides about a delivery in doubt: it arrived, or send it (perhaps a second time). */
export const ResolveDelivery = z.object({
  messageId: MessageId,
  id: DeliveryId,
  resolution: z.enum(['arrived', 'send_again']),
});
export type ResolveDelivery = z.input<typeof ResolveDelivery>;

// Jobs -----------------------------------------------------------------------------------------

/** Freezes the audience of a queued message into deliveries and starts its shards. */
export const expandMessageJob = defineJob({
  name: 'communications.expand-message',
  queue: 'bulk',
  payload: z.object({
    v: jobVersion(1),
    weddingId: WeddingId,
    messageId: MessageId,
  }),
  attempts: 10,
  timeoutMs: 120_000,
});

/** Sends what is ready in one shard of a message. */
export const sendShardJob = defineJob({
  name: 'communications.send-shard',
  queue: 'bulk',
  payload: z.object({
    v: jobVersion(1),
    weddingId: WeddingId,
    messageId: MessageId,
    shard: z.int().min(0),
  }),
  attempts: 8,
  backoffMs: 2_000,
  timeoutMs: 300_000,
});

/** Sends a message to the planner who wants to see it in an inbox. */
export const sendTestJob = defineJob({
  name: 'communications.send-test',
  queue: 'interactive',
  payload: z.object({
    v: jobVersion(1),
    weddingId: WeddingId,
    messageId: MessageId,
    userId: UserId,
    guestId: GuestId.nullable(),
  }),
});

/** Returns expired leases and wakes what stands still, over all weddings. */
export const sweepDeliveriesJob = defineJob({
  name: 'communications.sweep-deliveries',
  queue: 'maintenance',
  payload: z.object({ v: jobVersion(1) }),
  attempts: 1,
  schedule: { everyMs: 5_000 },
});
