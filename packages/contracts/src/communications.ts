import { z } from 'zod';
import {
  LanguageTag,
  messageChannels,
  messageKinds,
  Wording,
  wordedFields,
  wordingsProblem,
} from './communications-templates.ts';
import { GuestSide, TagId } from './guest-fields.ts';
import {
  DeliveryId,
  EventId,
  GuestId,
  HouseholdId,
  MessageId,
  QuestionId,
  ReminderRuleId,
  TemplateId,
  UserId,
} from './ids.ts';
import { pageInput } from './paging.ts';
import { Instant, WallTime } from './time.ts';

export const messageStates = [
  'draft',
  /** Starts at `sendAt`. */
  'scheduled',
  /** Would have started, but a person must look first; `heldReason` says why. */
  'held',
  'queued',
  'sending',
  'paused',
  'sent',
  'cancelled',
] as const;
export type MessageState = (typeof messageStates)[number];
/**
 * What was sent only climbs: sent < delivered < bounced < complained. `sent` means that the relay
 * has taken responsibility.
 */
export const deliveryStates = [
  'ready',
  'claimed',
  'in_doubt',
  'sent',
  'delivered',
  'bounced',
  'complained',
  'failed',
  'skipped',
  'cancelled',
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** Why a guest did not get the message: skips, then failures, then doubt. */
export const deliveryReasons = [
  /** Neither the guest nor anybody else of the household has an address. */
  'no_address',
  'invalid_address',
  /** Opted out, or the address bounced before. */
  'suppressed',
  /** The channel needs a consent that was not given, or it was withdrawn. */
  'no_consent',
  /** Another guest of the household has the same address; `carriedById` is the one e-mail for both. */
  'same_household_address',
  /** No own address; `carriedById` is the e-mail that the household gets. */
  'reached_through_household',
  /** Removed from the guest list after the audience was frozen. */
  'guest_removed',
  /** Has had as many messages in the last seven days as the planner allows. */
  'weekly_limit',
  /** Asked to be forgotten. */
  'erased',
  /** It would have left after the last moment at which it makes sense. */
  'too_late',
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
  /** Came back: the address will never work; it may another time; the message itself was refused. */
  'bounced_hard',
  'bounced_soft',
  'bounced_blocked',
] as const;
export type DeliveryReason = (typeof deliveryReasons)[number];

const versioned = { version: z.int().min(1) };

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
  /** Persons by name; used for messages to single guests. */
  guestIds: z.array(GuestId).max(5_000).default([]),
  /** Guests of whom something is not known: no e-mail address of their own, no telephone number. */
  missing: z
    .array(z.enum(['email', 'phone']))
    .max(2)
    .default([]),
  /** Guests who have not answered one of these questions, such as the choice of a meal. */
  unansweredQuestionIds: z.array(QuestionId).max(20).default([]),
});
export type Audience = z.infer<typeof Audience>;

/** Guests by the state of their delivery; the sum is the audience. */
export const DeliveryCounts = z.object({
  audience: z.int(),
  ready: z.int(),
  claimed: z.int(),
  inDoubt: z.int(),
  sent: z.int(),
  delivered: z.int(),
  bounced: z.int(),
  complained: z.int(),
  failed: z.int(),
  skipped: z.int(),
  cancelled: z.int(),
});
export type DeliveryCounts = z.infer<typeof DeliveryCounts>;

/** Relationship: a couple to its guests. Commercial: promotes something; stricter law binds it. */
export const messagePurposes = ['relationship', 'commercial'] as const;
export type MessagePurpose = (typeof messagePurposes)[number];
/** Single messages have their own queue and never wait behind bulk. */
export const messageLanes = ['bulk', 'single'] as const;
export type MessageLane = (typeof messageLanes)[number];

export const heldReasons = [
  /** The moment had passed by more than `notAfter` allows when the worker came to it. */
  'too_late',
  /** The data were restored from a backup: it may have been sent before. */
  'restored',
  /** The date or event that the schedule hangs on is gone or undecided. */
  'no_anchor',
] as const;
export type HeldReason = (typeof heldReasons)[number];

/**
 * When a message leaves. Relative ones follow the wedding's dates: `days` before (negative) or
 * after the anchor's day, at wall time `time` in the wedding's zone.
 */
export const Schedule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('at'), at: Instant }),
  z.object({
    kind: z.literal('relative'),
    anchor: z.enum(['rsvp_deadline', 'wedding_day', 'event']),
    /** With the anchor `event`. */
    eventId: EventId.nullable().default(null),
    days: z.int().min(-730).max(730),
    time: WallTime,
  }),
]);
export type Schedule = z.infer<typeof Schedule>;

export const MessageSummary = z.object({
  id: MessageId,
  title: z.string(),
  kind: z.enum(messageKinds),
  channel: z.enum(messageChannels),
  /** In the default language; empty on channels without subjects. */
  subject: z.string(),
  state: z.enum(messageStates),
  heldReason: z.enum(heldReasons).nullable(),
  lane: z.enum(messageLanes),
  sendAt: Instant.nullable(),
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
  templateVersion: z.int().nullable(),
  purpose: z.enum(messagePurposes),
  fallbackChannel: z.enum(messageChannels).nullable(),
  fallbackAfterHours: z.int().nullable(),
  defaultLanguage: z.string(),
  /** Frozen once it is sent. */
  wordings: z.array(Wording),
  replyTo: z.string().nullable(),
  audience: Audience,
  schedule: Schedule.nullable(),
  notAfter: Instant.nullable(),
  /** The message that this one repeats for some of its guests. */
  retryOf: MessageId.nullable(),
  ruleId: ReminderRuleId.nullable(),
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

const messageFields = {
  templateId: TemplateId.nullable().default(null),
  /** The version that was taken over; the newest one where only the template is named. */
  templateVersion: z.int().min(1).nullable().default(null),
  title: MessageTitle,
  channel: z.enum(messageChannels).default('email'),
  /** Tried for guests whom the channel did not reach; needs a wording of its own. */
  fallbackChannel: z.enum(messageChannels).nullable().default(null),
  /** How long to wait for a sign of delivery; null: only after a bounce or without an address. */
  fallbackAfterHours: z.int().min(1).max(720).nullable().default(null),
  purpose: z.enum(messagePurposes).default('relationship'),
  ...wordedFields,
  replyTo: ReplyTo.nullable().default(null),
  audience: Audience.prefault({}),
};
export type MessageFields = z.infer<z.ZodObject<typeof messageFields>>;

function refuseMessage(fields: MessageFields, ctx: z.RefinementCtx): void {
  const refuse = (path: string, message: string) =>
    ctx.addIssue({ code: 'custom', path: [path], message });
  const problem = wordingsProblem(fields);
  if (problem) refuse('wordings', problem);
  const worded = new Set(fields.wordings.map(({ channel }) => channel));
  if (!worded.has(fields.channel)) refuse('wordings', 'Write the text for the chosen channel.');
  const { fallbackChannel } = fields;
  if (fallbackChannel === fields.channel) {
    refuse('fallbackChannel', 'Choose another channel to fall back to.');
  } else if (fallbackChannel && !worded.has(fallbackChannel)) {
    refuse('wordings', 'Write the text for the channel to fall back to as well.');
  }
}

/** Answers `MessageSummary`, as every write of a message does. */
export const CreateMessage = z.object(messageFields).superRefine(refuseMessage);
export type CreateMessage = z.input<typeof CreateMessage>;
export const UpdateMessage = z
  .object({ ...messageFields, id: MessageId, ...versioned })
  .superRefine(refuseMessage);
export type UpdateMessage = z.input<typeof UpdateMessage>;
/** Names a message in the version that the person looked at: remove, pause, resume, cancel. */
export const MessageAtVersion = z.object({ id: MessageId, ...versioned });
export type MessageAtVersion = z.input<typeof MessageAtVersion>;

/** What sending to this audience would do now, before anything is written. */
export const CheckAudience = z.object({
  audience: Audience.prefault({}),
  channel: z.enum(messageChannels).default('email'),
});
export type CheckAudience = z.input<typeof CheckAudience>;
export const AudienceCheck = z.object({
  guests: z.int(),
  households: z.int(),
  /** E-mails or texts that would be sent. */
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

/**
 * Sends the message by e-mail to the signed-in person, as `guestId` would read it on that channel.
 */
export const SendTestMessage = z.object({
  id: MessageId,
  guestId: GuestId.nullable().default(null),
  channel: z.enum(messageChannels).default('email'),
  /** Without a language, the guest's own. */
  language: LanguageTag.nullable().default(null),
});
export type SendTestMessage = z.input<typeof SendTestMessage>;

// Deliveries -----------------------------------------------------------------------------------

export const Delivery = z.object({
  id: DeliveryId,
  messageId: MessageId,
  channel: z.enum(messageChannels),
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
  /** The delivery that did not reach the guest and that this one stands in for. */
  fallbackOfId: DeliveryId.nullable(),
  attempts: z.int(),
  nextAttemptAt: Instant.nullable(),
  sentAt: Instant.nullable(),
  updatedAt: Instant,
});
export type Delivery = z.infer<typeof Delivery>;
export const ListDeliveries = z.object({
  messageId: MessageId,
  states: z.array(z.enum(deliveryStates)).max(10).default([]),
  reasons: z.array(z.enum(deliveryReasons)).max(20).default([]),
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
