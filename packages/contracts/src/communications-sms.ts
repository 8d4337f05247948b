import { z } from 'zod';
import { Audience } from './communications.ts';
import { LanguageTag } from './communications-templates.ts';
import { GuestId, InboundTextId, MessageId, OrgId } from './ids.ts';
import { Currency } from './money.ts';
import { pageInput } from './paging.ts';
import { Instant } from './time.ts';

/** A telephone number as ITU-T E.164 writes it. */
export const PhoneNumber = z.string().regex(/^\+[1-9]\d{4,14}$/, {
  error: 'Write the number with its country code, for example +351912345678.',
});
/** ISO 3166-1 alpha-2. */
export const CountryCode = z.string().regex(/^[A-Z]{2}$/, {
  error: 'Write the country as its two letters, for example PT.',
});

/** Longest text that is sent: ten segments of GSM-7. */
export const smsLengthMax = 1_530;

/** The hours in which a text may reach somebody, by the clock of where that person is. */
export const smsHours = { from: '08:00', until: '21:00' } as const;

// Counting and cost ----------------------------------------------------------------------------

/** An amount in millionths of the currency's unit: a segment often costs less than a cent. */
export const MicroMoney = z.object({ micros: z.int(), currency: Currency });
export type MicroMoney = z.infer<typeof MicroMoney>;

const SmsBody = z
  .string()
  .trim()
  .min(1, { error: 'Write what the text message shall say.' })
  .max(smsLengthMax, { error: 'Shorten the text message to 1,530 characters.' });

/** What texting this wording to this audience would take, before anything is written. */
export const EstimateSms = z.object({ body: SmsBody, audience: Audience.prefault({}) });
export type EstimateSms = z.input<typeof EstimateSms>;

export const SmsCountryEstimate = z.object({
  /** Null for numbers that no country owns, such as satellite telephones. */
  country: CountryCode.nullable(),
  recipients: z.int(),
  segments: z.int(),
  /** Null where the installation has no price for the country. */
  cost: MicroMoney.nullable(),
});
export type SmsCountryEstimate = z.infer<typeof SmsCountryEstimate>;

/** A character that would make every segment shorter, and what says the same in GSM-7. */
export const SmsReplacement = z.object({ from: z.string(), to: z.string(), count: z.int() });
export type SmsReplacement = z.infer<typeof SmsReplacement>;

export const SmsEstimate = z.object({
  /** The wording as the first guest of the audience would get it. */
  example: z.string(),
  encoding: z.enum(['gsm7', 'ucs2']),
  /** Segments of the example, and the most that any guest's text takes. */
  segments: z.int(),
  segmentsMax: z.int(),
  recipients: z.int(),
  countries: z.array(SmsCountryEstimate),
  /** One sum per currency; countries without a price are in none. */
  totals: z.array(MicroMoney),
  /** What `totals` leaves out because no price is known for it. */
  unpriced: z.object({ recipients: z.int(), segments: z.int() }),
  replacements: z.array(SmsReplacement),
  /** Segments of the example once all replacements are made. */
  segmentsAfterReplacement: z.int(),
  /** Recipients for whom it is outside `smsHours` now, so that their text waits. */
  waiting: z.int(),
});
export type SmsEstimate = z.infer<typeof SmsEstimate>;

// A test -----------------------------------------------------------------------------------------

/**
 * Texts a message to a number of one's own, worded as for a guest. The number is used for this and
 * kept nowhere. Answers `TestTextAnswer` once the provider has taken it.
 */
export const SendTestText = z.object({
  id: MessageId,
  guestId: GuestId.nullable().default(null),
  /** Without a language, the guest's own. */
  language: LanguageTag.nullable().default(null),
  phone: PhoneNumber,
});
export type SendTestText = z.input<typeof SendTestText>;
export interface TestTextAnswer {
  from: string;
  segments: number;
  /** It went to the simulator of this machine. */
  isSimulated: boolean;
}

// Texts that come in ---------------------------------------------------------------------------

/** What a text was understood as; everything that is not clearly one of the three is `other`. */
export const inboundMeanings = ['stop', 'start', 'help', 'other'] as const;
export type InboundMeaning = (typeof inboundMeanings)[number];

export const InboundText = z.object({
  id: InboundTextId,
  receivedAt: Instant,
  from: z.string(),
  body: z.string(),
  meaning: z.enum(inboundMeanings),
  /** Guests of this wedding with that number; empty for a stranger. */
  guests: z.array(z.object({ id: GuestId, name: z.string() })),
  handledAt: Instant.nullable(),
});
export type InboundText = z.infer<typeof InboundText>;

export const ListInboundTexts = z.object({
  /** `open` shows what a person should still look at. */
  show: z.enum(['open', 'all']).default('open'),
  ...pageInput,
});
export type ListInboundTexts = z.input<typeof ListInboundTexts>;

export const MarkInboundText = z.object({ id: InboundTextId, isHandled: z.boolean() });
export type MarkInboundText = z.input<typeof MarkInboundText>;

// The installation -----------------------------------------------------------------------------

/** Whether and from which number this wedding's texts leave. */
export const SmsStatus = z.object({
  isAvailable: z.boolean(),
  from: z.string().nullable(),
  /** Texts go to the simulator of this machine: nobody receives one. */
  isSimulated: z.boolean(),
});
export type SmsStatus = z.infer<typeof SmsStatus>;

/** Price of one segment to a country; `country` null is the price of all others. */
export const SmsPrice = z.object({
  country: CountryCode.nullable(),
  microsPerSegment: z.int().min(0).max(100_000_000),
  currency: Currency,
});
export type SmsPrice = z.infer<typeof SmsPrice>;
/** Replaces the whole table. */
export const UpdateSmsPrices = z.object({ prices: z.array(SmsPrice).max(300) });
export type UpdateSmsPrices = z.input<typeof UpdateSmsPrices>;

/** The number of one organization; organizations without one share the installation's. */
export const SmsNumber = z.object({
  number: PhoneNumber,
  orgId: OrgId,
  organizationName: z.string(),
});
export type SmsNumber = z.infer<typeof SmsNumber>;
export const AssignSmsNumber = z.object({ number: PhoneNumber, orgId: OrgId });
export type AssignSmsNumber = z.input<typeof AssignSmsNumber>;
export const UnassignSmsNumber = z.object({ number: PhoneNumber });
export type UnassignSmsNumber = z.input<typeof UnassignSmsNumber>;

// Provider interface ---------------------------------------------------------------------------

/** What a provider says became of a text. `sent` is its hand-over to the carrier. */
export const smsStatuses = ['accepted', 'sent', 'delivered', 'undelivered', 'rejected'] as const;
export type SmsProviderStatus = (typeof smsStatuses)[number];

/**
 * The body of a request to the provider; the header `Idempotency-Key` repeats `id`. `reference`
 * names the delivery in what comes back and proves by itself that it is ours.
 */
export const SmsSendRequest = z.object({
  id: z.uuid(),
  /** Empty where no report is wanted. */
  reference: z.string().max(320),
  from: z.string(),
  to: PhoneNumber,
  text: z.string().max(smsLengthMax),
});
export type SmsSendRequest = z.infer<typeof SmsSendRequest>;

const eventHead = { eventId: z.string().min(1).max(200), at: Instant };
/** One thing that a provider tells the webhook. */
export const SmsWebhookEvent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('status'),
    ...eventHead,
    reference: z.string().min(1).max(320),
    providerRef: z.string().max(200).nullable().default(null),
    status: z.enum(smsStatuses),
    code: z.string().max(60).nullable().default(null),
  }),
  z.object({
    kind: z.literal('inbound'),
    ...eventHead,
    from: PhoneNumber,
    to: PhoneNumber,
    text: z.string().max(4_000),
  }),
]);
export type SmsWebhookEvent = z.infer<typeof SmsWebhookEvent>;
export const SmsWebhook = z.object({ events: z.array(SmsWebhookEvent).min(1).max(1_000) });
export type SmsWebhook = z.infer<typeof SmsWebhook>;

// Simulator ------------------------------------------------------------------------------------

export const simulatedTextIdPattern = /^[0-9a-z-]{1,64}$/;
/** A text in the simulator, either direction. */
export const SimulatedText = z.object({
  id: z.string().regex(simulatedTextIdPattern),
  direction: z.enum(['to_guest', 'from_guest']),
  from: z.string(),
  to: z.string(),
  text: z.string(),
  segments: z.int(),
  encoding: z.enum(['gsm7', 'ucs2']),
  status: z.enum(smsStatuses).nullable(),
  at: Instant,
});
export type SimulatedText = z.infer<typeof SimulatedText>;
export const ListSimulatedTexts = z.object({
  search: z.string().trim().max(100).default(''),
  cursor: z.string().regex(simulatedTextIdPattern).optional(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListSimulatedTexts = z.input<typeof ListSimulatedTexts>;
/** `provider`: texts leave through a real provider, so there is nothing to show. */
export type SimulatedTextPage =
  | { kind: 'provider' }
  | { kind: 'simulated'; items: SimulatedText[]; total: number; nextCursor: string | null };
/** Answers as the guest whom a simulated text went to. */
export const ReplyToSimulatedText = z.object({
  textId: z.string().regex(simulatedTextIdPattern),
  text: z.string().trim().min(1, { error: 'Write what the guest answers.' }).max(smsLengthMax),
});
export type ReplyToSimulatedText = z.input<typeof ReplyToSimulatedText>;
