import { z } from 'zod';
import type { MessageChannel, MessageKind } from './communications-templates.ts';
import { DeliveryId, GuestId, HouseholdId, MessageId } from './ids.ts';
import { pageInput } from './paging.ts';
import { Instant } from './time.ts';

// What comes back after a message has left: reports about deliveries, wishes of guests, and the
// list of addresses that are never written to again.

// Events -----------------------------------------------------------------------------------------

export const deliveryEventKinds = [
  'delivered',
  /** A temporary failure; the relay goes on trying. */
  'deferred',
  'bounced',
  /** The guest marked it as unwanted. */
  'complained',
  'unsubscribed',
  'replied',
  /** An out-of-office or other automatic answer: neither a bounce nor an answer. */
  'auto_replied',
] as const;
export type DeliveryEventKind = (typeof deliveryEventKinds)[number];

/** Who said so: mail to the return path, a provider's webhook, or a link that a guest opened. */
export const deliveryEventSources = ['mail', 'webhook', 'link'] as const;
export type DeliveryEventSource = (typeof deliveryEventSources)[number];

/**
 * `hard`: this address will never work. `soft`: full, away, too busy; it may work another time.
 * `blocked`: the message or its sender was refused, which says nothing about the address.
 */
export const bounceClasses = ['hard', 'soft', 'blocked'] as const;
export type BounceClass = (typeof bounceClasses)[number];

/** Whose mail system the report came from; private domains are all `other`, they name people. */
export const mailProviders = [
  'google',
  'microsoft',
  'yahoo',
  'apple',
  'gmx',
  'proton',
  'orange',
  'libero',
  'mailru',
  'tencent',
  'netease',
  'other',
] as const;
export type MailProvider = (typeof mailProviders)[number];

export const DeliveryEvent = z.object({
  id: z.uuid(),
  messageId: MessageId,
  deliveryId: DeliveryId,
  kind: z.enum(deliveryEventKinds),
  source: z.enum(deliveryEventSources),
  bounceClass: z.enum(bounceClasses).nullable(),
  /** Enhanced status code (RFC 3463) or the reply code of a server. */
  code: z.string().nullable(),
  at: Instant,
});
export type DeliveryEvent = z.infer<typeof DeliveryEvent>;
/** What came back about one delivery, oldest first. */
export const ListDeliveryEvents = z.object({ messageId: MessageId, deliveryId: DeliveryId });
export type ListDeliveryEvents = z.input<typeof ListDeliveryEvents>;

// Webhooks ---------------------------------------------------------------------------------------

export const webhookEventsMax = 1_000;

/**
 * One event as a mail provider posts it. `reference` is the return path (`MAIL FROM`) of the e-mail,
 * which every relay knows and which proves by itself which delivery is meant.
 */
export const EmailWebhookEvent = z.object({
  type: z.enum(['delivered', 'deferred', 'bounced', 'complained', 'unsubscribed']),
  reference: z.string().min(1).max(320),
  at: Instant,
  /** The provider's own id of the event; the same id counts once. */
  id: z.string().min(1).max(200).optional(),
  code: z.string().max(40).optional(),
  /** Without it the code decides. */
  bounceClass: z.enum(bounceClasses).optional(),
  /** What the other server said; read for its codes, never stored. */
  diagnostic: z.string().max(2_000).optional(),
});
export type EmailWebhookEvent = z.infer<typeof EmailWebhookEvent>;
export const EmailWebhook = z.object({
  events: z.array(EmailWebhookEvent).min(1).max(webhookEventsMax),
});
export type EmailWebhook = z.input<typeof EmailWebhook>;
/** `recorded` counts new events; `known` those that were there; `unknown` references not ours. */
export const WebhookAnswer = z.object({
  received: z.int(),
  recorded: z.int(),
  known: z.int(),
  unknown: z.int(),
});
export type WebhookAnswer = z.infer<typeof WebhookAnswer>;

// Suppressions -----------------------------------------------------------------------------------

export const suppressionChannels = ['email', 'sms'] as const;
export type SuppressionChannel = (typeof suppressionChannels)[number];

export const suppressionReasons = [
  /** By the link in an e-mail, the preference page, or a STOP by text. */
  'unsubscribed',
  'bounced',
  /** Five temporary failures in a row. */
  'soft_bounced',
  'complained',
  /** Entered by a planner. */
  'manual',
  /** The guest was erased; the wish outlives the data. Cannot be lifted. */
  'erased',
] as const;
export type SuppressionReason = (typeof suppressionReasons)[number];

export const SuppressionId = z.uuid().brand<'SuppressionId'>();
export type SuppressionId = z.infer<typeof SuppressionId>;

export const Suppression = z.object({
  id: SuppressionId,
  channel: z.enum(suppressionChannels),
  reason: z.enum(suppressionReasons),
  /** Why a planner added it. */
  note: z.string().nullable(),
  createdAt: Instant,
  /** Guests who have this address or number now; nobody where it was changed or erased. */
  guests: z.array(z.object({ guestId: GuestId, name: z.string() })),
});
export type Suppression = z.infer<typeof Suppression>;
export const ListSuppressions = z.object({
  /** Only what concerns the present address and number of this guest. */
  guestId: GuestId.optional(),
  channels: z.array(z.enum(suppressionChannels)).max(2).default([]),
  reasons: z.array(z.enum(suppressionReasons)).max(6).default([]),
  ...pageInput,
  /** Microseconds of the last row and its id: rows of one statement share their moment. */
  cursor: z
    .string()
    .regex(/^\d{1,17}\.[0-9a-f-]{36}$/)
    .optional(),
});
export type ListSuppressions = z.input<typeof ListSuppressions>;

const Reason = z
  .string()
  .trim()
  .min(3, { error: 'Say in a few words why; it is kept with the change.' })
  .max(300);
/** Stops a channel for the present address or number of a guest. */
export const AddSuppression = z.object({
  guestId: GuestId,
  channel: z.enum(suppressionChannels),
  note: Reason,
});
export type AddSuppression = z.input<typeof AddSuppression>;
/**
 * Writes to an address again. Where the guest had asked not to be written to, only the guest's own
 * word lifts it: `guestAsked` states that they gave it, and the reason says how.
 */
export const LiftSuppression = z.object({
  suppressionId: SuppressionId,
  reason: Reason,
  guestAsked: z.boolean().default(false),
});
export type LiftSuppression = z.input<typeof LiftSuppression>;

/** What came back about the messages of one wedding. */
export const FeedbackSummary = z.object({
  delivered: z.int(),
  bounced: z.int(),
  complained: z.int(),
  unsubscribed: z.int(),
  suppressed: z.array(
    z.object({
      channel: z.enum(suppressionChannels),
      reason: z.enum(suppressionReasons),
      count: z.int(),
    }),
  ),
  /** Addresses with temporary failures that are not suppressed yet, by failures in a row. */
  softBounces: z.array(z.object({ inRow: z.int(), addresses: z.int() })),
});
export type FeedbackSummary = z.infer<typeof FeedbackSummary>;

// Operators --------------------------------------------------------------------------------------

/** Bounces over all weddings, by whose mail system and which code. */
export const BounceOverviewInput = z.object({ days: z.int().min(1).max(90).default(7) });
export type BounceOverviewInput = z.input<typeof BounceOverviewInput>;
export const BounceOverview = z.object({
  totals: z.object({
    delivered: z.int(),
    deferred: z.int(),
    bouncedHard: z.int(),
    bouncedSoft: z.int(),
    bouncedBlocked: z.int(),
    complained: z.int(),
    unsubscribed: z.int(),
    autoReplied: z.int(),
  }),
  byCode: z.array(
    z.object({
      provider: z.enum(mailProviders),
      bounceClass: z.enum(bounceClasses),
      code: z.string(),
      /** The code in words. */
      meaning: z.string(),
      count: z.int(),
    }),
  ),
  byDay: z.array(
    z.object({ day: z.iso.date(), bounced: z.int(), complained: z.int(), delivered: z.int() }),
  ),
  /** Webhook calls and reports by mail that could not be used. */
  refused: z.array(z.object({ source: z.string(), reason: z.string(), count: z.int() })),
});
export type BounceOverview = z.infer<typeof BounceOverview>;

// Preferences of a household ---------------------------------------------------------------------

/**
 * The wording next to the choice on the preference page; consent is recorded with its version and
 * hash, so change both together.
 */
export const smsConsentWording = {
  version: 'preferences-sms-2026-11',
  text: 'Text messages about the wedding. Your network’s usual charges apply; reply STOP to end them at any time.',
} as const;

/** What a household's preference page shows. */
export interface HouseholdPreferences {
  coupleNames: string;
  people: {
    guestId: GuestId;
    /** Empty for a place that nobody has a name for yet. */
    name: string;
    /** Null where no such address or number is known. */
    email: boolean | null;
    sms: boolean | null;
  }[];
  /** What was sent to this household, newest first. */
  sent: {
    kind: MessageKind;
    channel: MessageChannel;
    /** Whom it went to. */
    name: string;
    at: string;
    /** Whether it came back. */
    cameBack: boolean;
  }[];
}

/** What a household wants; persons and channels that are not named stay as they are. */
export const UpdatePreferences = z.object({
  householdId: HouseholdId,
  choices: z
    .array(
      z.object({ guestId: GuestId, email: z.boolean().optional(), sms: z.boolean().optional() }),
    )
    .max(100),
});
export type UpdatePreferences = z.input<typeof UpdatePreferences>;
