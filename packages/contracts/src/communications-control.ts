import { z } from 'zod';
import {
  Audience,
  type Delivery,
  type DeliveryReason,
  deliveryStates,
  type MessageState,
  type messagePurposes,
  Schedule,
} from './communications.ts';
import type { DeliveryEvent } from './communications-feedback.ts';
import type { SmsEstimate } from './communications-sms.ts';
import {
  type MessageChannel,
  type MessageKind,
  messageChannels,
  wordedFields,
  wordingsProblem,
} from './communications-templates.ts';
import {
  DeliveryId,
  EventId,
  GuestId,
  type HouseholdId,
  MessageId,
  ReminderRuleId,
  TemplateId,
} from './ids.ts';
import { pageInput } from './paging.ts';
import { Instant, WallTime } from './time.ts';

const versioned = { version: z.int().min(1) };

/**
 * Chosen by the caller for one intent. The same key again answers what the first call answered;
 * the same key for something else is the conflict `communications.key-reused`.
 */
const idempotencyKey = z
  .string()
  .regex(/^[A-Za-z0-9_-]{8,128}$/, { error: 'Use 8 to 128 letters, digits, - or _ as the key.' })
  .optional();

// Sending --------------------------------------------------------------------------------------

/** Sends a draft. Answers `MessageSummary`. */
export const SendMessage = z.object({ id: MessageId, ...versioned, idempotencyKey });
export type SendMessage = z.input<typeof SendMessage>;

/** Plans a draft, or plans a scheduled one anew. Answers `MessageSummary` with `sendAt`. */
export const ScheduleMessage = z.object({
  id: MessageId,
  ...versioned,
  schedule: Schedule,
  /**
   * After this moment nothing more leaves. A message that has not begun by then is held, without one
   * after twelve hours: a person must look first.
   */
  notAfter: Instant.nullable().default(null),
});
export type ScheduleMessage = z.input<typeof ScheduleMessage>;
/** `unscheduleMessage` makes a scheduled or held message a draft again: `MessageAtVersion`. */
/** `releaseMessage` sends a held message after all: `MessageAtVersion`. */

/** Puts the failed deliveries of a message back into the line. Answers `{ retried: number }`. */
export const RetryFailed = z.object({
  id: MessageId,
  idempotencyKey,
});
export type RetryFailed = z.input<typeof RetryFailed>;

/**
 * Corrects the address of a guest whom a delivery did not reach, and sends the message to this
 * guest alone, at once. Answers `MessageSummary` of the new single message.
 */
export const FixAndResend = z.object({
  messageId: MessageId,
  deliveryId: DeliveryId,
  /** An e-mail address or a telephone number, by the channel of the delivery. */
  address: z.string().trim().min(3, { error: 'Write the new address.' }).max(254),
  idempotencyKey,
});
export type FixAndResend = z.input<typeof FixAndResend>;

/**
 * Writes a draft to those of a sent message's audience who have not answered since. Answers
 * `MessageSummary`; nothing leaves before it is sent.
 */
export const ResendUnanswered = z.object({ id: MessageId, idempotencyKey });
export type ResendUnanswered = z.input<typeof ResendUnanswered>;

/** Writes to one guest at once, past every bulk message. Answers `MessageSummary`. */
export const SendSingle = z
  .object({
    guestId: GuestId,
    channel: z.enum(messageChannels).default('email'),
    templateId: TemplateId.nullable().default(null),
    title: z.string().trim().min(1, { error: 'Give the message a title.' }).max(120),
    ...wordedFields,
    idempotencyKey,
  })
  .superRefine((fields, ctx) => {
    const message = wordingsProblem(fields);
    if (message) ctx.addIssue({ code: 'custom', path: ['wordings'], message });
    if (!fields.wordings.some(({ channel }) => channel === fields.channel)) {
      const lacking = 'Write the text for the chosen channel.';
      ctx.addIssue({ code: 'custom', path: ['wordings'], message: lacking });
    }
  });
export type SendSingle = z.input<typeof SendSingle>;

// Settings of a wedding ------------------------------------------------------------------------

export interface SendSettings {
  /** Messages a guest may get within seven days over all bulk messages; null: without limit. */
  weeklyLimit: number | null;
  version: number;
}
/** Answers `SendSettings`. `version` is 0 before the first change. */
export const UpdateSendSettings = z.object({
  version: z.int().min(0),
  weeklyLimit: z.int().min(1).max(50).nullable(),
});
export type UpdateSendSettings = z.input<typeof UpdateSendSettings>;

// Reminder rules -------------------------------------------------------------------------------

const ruleFields = {
  name: z.string().trim().min(1, { error: 'Give the rule a name.' }).max(100),
  templateId: TemplateId,
  channel: z.enum(messageChannels).default('email'),
  anchor: z.enum(['rsvp_deadline', 'wedding_day', 'event']),
  /** With the anchor `event`. */
  eventId: EventId.nullable().default(null),
  /** Before (negative) or after the anchor's day. */
  days: z.int().min(-730).max(730),
  /** Wall time in the wedding's zone. */
  time: WallTime,
  audience: Audience.prefault({}),
  /** Leaves out everybody who has answered, as things stand when the reminder leaves. */
  onlyUnanswered: z.boolean().default(true),
};
const refuseRule = (
  { anchor, eventId }: { anchor: string; eventId: string | null },
  ctx: z.RefinementCtx,
) => {
  if ((anchor === 'event') !== (eventId !== null)) {
    ctx.addIssue({ code: 'custom', path: ['eventId'], message: 'Choose the event to count from.' });
  }
};
/** Answers `ReminderRule`. */
export const CreateReminderRule = z.object(ruleFields).superRefine(refuseRule);
export type CreateReminderRule = z.input<typeof CreateReminderRule>;
export const UpdateReminderRule = z
  .object({ id: ReminderRuleId, ...versioned, ...ruleFields, paused: z.boolean() })
  .superRefine(refuseRule);
export type UpdateReminderRule = z.input<typeof UpdateReminderRule>;
export const RemoveReminderRule = z.object({ id: ReminderRuleId, ...versioned });
export type RemoveReminderRule = z.input<typeof RemoveReminderRule>;

export interface ReminderRule extends z.output<z.ZodObject<typeof ruleFields>> {
  id: ReminderRuleId;
  paused: boolean;
  /** Null while the anchor is undecided. */
  nextAt: string | null;
  /** Messages that the rule has written, newest first; null where one was thrown away. */
  occurrences: { day: string; messageId: MessageId; state: MessageState | null }[];
  version: number;
}

// Pre-flight -----------------------------------------------------------------------------------

/** Everything that can be said before sending. Answers `Preflight`. */
export const PreflightMessage = z.object({ id: MessageId });
export type PreflightMessage = z.input<typeof PreflightMessage>;

export interface Preflight {
  messageId: MessageId;
  version: number;
  guests: number;
  households: number;
  /** What would leave, by channel. */
  sends: number;
  skips: { reason: DeliveryReason; count: number }[];
  languages: { language: string; count: number; worded: boolean }[];
  /** Merge fields used by the wording that are empty for some of the guests. */
  missingFields: { field: string; guests: number; example: string | null }[];
  /** Null where the channel is no text message. */
  sms: SmsEstimate | null;
  /** When the first one leaves and the last one is through; `now` where it is not scheduled. */
  startsAt: string;
  finishesAt: string | null;
  /** Messages a second that the estimate rests on, and where the figure is from. */
  rate: { perSecond: number; basis: 'limit' | 'measured' | 'assumed' };
  /** Guests' local times at the start, by time zone. */
  localTimes: { timeZone: string; localTime: string; guests: number; quiet: boolean }[];
  compliance: ComplianceScore;
  checks: MessageChecks | null;
  /** Why it cannot be sent as it is, each with what to do about it; sending refuses with the same code. */
  obstacles: { code: string; message: string; remedy: string }[];
  /** What a person should look at before sending, worst first. */
  warnings: { code: string; message: string }[];
}

/** CAN-SPAM: seven points that a machine can check and three that it can only guess at. */
export interface ComplianceScore {
  purpose: (typeof messagePurposes)[number];
  /** Whether the law asks all of this of a message with this purpose. */
  binding: boolean;
  /** 0-100. */
  score: number;
  items: {
    id: string;
    kind: 'check' | 'heuristic';
    title: string;
    passed: boolean;
    points: number;
    pointsMax: number;
    /** What was looked at and seen. */
    evidence: string;
  }[];
}

/** The exact recipients. Answers `Page<PreflightRecipient>`. */
export const ListPreflightRecipients = z.object({
  id: MessageId,
  show: z.enum(['all', 'sends', 'skips', 'missing']).default('all'),
  ...pageInput,
});
export type ListPreflightRecipients = z.input<typeof ListPreflightRecipients>;
export interface PreflightRecipient {
  guestId: GuestId;
  name: string;
  householdId: HouseholdId;
  householdName: string;
  address: string | null;
  language: string;
  state: 'ready' | 'skipped';
  reason: DeliveryReason | null;
  /** Whose message speaks for this guest too. */
  carriedBy: string | null;
  missingFields: string[];
  segments: number | null;
}

/** Starts the checks that ask the network: links and DNS. Answers `{ state: 'running' }`. */
export const StartMessageChecks = z.object({ id: MessageId, ...versioned });
export type StartMessageChecks = z.input<typeof StartMessageChecks>;

export type LinkVerdict = 'alive' | 'dead' | 'refused' | 'unreachable' | 'not_checked';
export type AuthenticationVerdict = 'pass' | 'warn' | 'fail' | 'not_checked';

/** What the checks found; read with `getMessageChecks` (`PreflightMessage` as input). */
export interface MessageChecks {
  state: 'running' | 'done' | 'failed';
  /** The version of the message they looked at; older than the message's: check again. */
  version: number;
  startedAt: string;
  finishedAt: string | null;
  links: { url: string; verdict: LinkVerdict; status: number | null; note: string }[];
  authentication: {
    id: 'dkim' | 'spf' | 'dmarc' | 'alignment';
    verdict: AuthenticationVerdict;
    note: string;
  }[];
}

// Reports --------------------------------------------------------------------------------------

/**
 * The ledger of a message as CSV, a line per guest and channel, streamed by
 * `GET /exports/messages/<weddingId>/<messageId>/deliveries.csv`.
 */
export const ExportDeliveries = z.object({
  messageId: MessageId,
  states: z.array(z.enum(deliveryStates)).max(10).default([]),
});
export type ExportDeliveries = z.input<typeof ExportDeliveries>;

/** All that was ever sent to a guest and what came back, newest first. Answers `Page<TimelineEntry>`. */
export const GetGuestTimeline = z.object({ guestId: GuestId, ...pageInput });
export type GetGuestTimeline = z.input<typeof GetGuestTimeline>;
export interface TimelineEntry {
  delivery: Delivery;
  messageTitle: string;
  messageKind: MessageKind;
  channel: MessageChannel;
  /** In the order in which it happened. */
  events: DeliveryEvent[];
}
