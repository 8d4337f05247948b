import type {
  Audience,
  DeliveryReason,
  DeliveryState,
  HeldReason,
  MessageLane,
  MessagePurpose,
  MessageState,
  Schedule,
} from '@wedsync/contracts/communications';
import type { MessageChecks } from '@wedsync/contracts/communications-control';
import type {
  SuppressionChannel,
  SuppressionId,
  SuppressionReason,
} from '@wedsync/contracts/communications-feedback';
import type {
  MessageChannel,
  MessageKind,
  WordingFormat,
} from '@wedsync/contracts/communications-templates';
import type {
  DeliveryId,
  EventId,
  GuestId,
  HouseholdId,
  MessageId,
  ReminderRuleId,
  TemplateId,
  UserId,
  WeddingId,
} from '@wedsync/contracts/ids';
import {
  bigint,
  boolean,
  customType,
  date,
  integer,
  interval,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  time,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';

const wedding = pgSchema('wedding');
const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** Wording that a planner reuses; what it says is the newest of `templateVersions`. */
export const messageTemplates = wedding.table(
  'message_templates',
  {
    weddingId: uuid('wedding_id').$type<WeddingId>().notNull(),
    id: uuid('id').$type<TemplateId>().notNull(),
    kind: text('kind').$type<MessageKind>().notNull(),
    name: text('name').notNull(),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.id] })],
);

/** What a template was after each save. */
export const templateVersions = wedding.table(
  'template_versions',
  {
    weddingId: uuid('wedding_id').$type<WeddingId>().notNull(),
    templateId: uuid('template_id').$type<TemplateId>().notNull(),
    version: integer('version').notNull(),
    kind: text('kind').$type<MessageKind>().notNull(),
    name: text('name').notNull(),
    defaultLanguage: text('default_language').notNull(),
    createdBy: uuid('created_by').$type<UserId>(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.templateId, table.version] })],
);

/** What is said on one channel in one language, with what MJML was compiled to. */
const wordingColumns = {
  channel: text('channel').$type<MessageChannel>().notNull(),
  language: text('language').notNull(),
  format: text('format').$type<WordingFormat>().notNull(),
  subject: text('subject').notNull(),
  body: text('body').notNull(),
  html: text('html'),
  plainText: text('plain_text'),
};

/** The wordings of a template's version. */
export const templateWordings = wedding.table(
  'template_wordings',
  {
    weddingId: uuid('wedding_id').$type<WeddingId>().notNull(),
    templateId: uuid('template_id').$type<TemplateId>().notNull(),
    version: integer('version').notNull(),
    ...wordingColumns,
  },
  (table) => [
    primaryKey({
      columns: [table.weddingId, table.templateId, table.version, table.channel, table.language],
    }),
  ],
);

/** One intent to write to many guests. */
export const messages = wedding.table(
  'messages',
  {
    weddingId: uuid('wedding_id').$type<WeddingId>().notNull(),
    id: uuid('id').$type<MessageId>().notNull(),
    templateId: uuid('template_id').$type<TemplateId>(),
    templateVersion: integer('template_version'),
    kind: text('kind').$type<MessageKind>().notNull(),
    channel: text('channel').$type<MessageChannel>().notNull().default('email'),
    fallbackChannel: text('fallback_channel').$type<MessageChannel>(),
    fallbackAfter: interval('fallback_after'),
    purpose: text('purpose').$type<MessagePurpose>().notNull().default('relationship'),
    lane: text('lane').$type<MessageLane>().notNull().default('bulk'),
    title: text('title').notNull(),
    defaultLanguage: text('default_language').notNull().default('en'),
    replyTo: text('reply_to'),
    audience: jsonb('audience').$type<Audience>().notNull(),
    state: text('state').$type<MessageState>().notNull().default('draft'),
    heldReason: text('held_reason').$type<HeldReason>(),
    sendAt: instant('send_at'),
    schedule: jsonb('schedule').$type<Schedule>(),
    notAfter: instant('not_after'),
    retryOf: uuid('retry_of').$type<MessageId>(),
    ruleId: uuid('rule_id').$type<ReminderRuleId>(),
    ruleOccurrence: date('rule_occurrence', { mode: 'string' }),
    audienceCount: integer('audience_count'),
    queuedAt: instant('queued_at'),
    expandedAt: instant('expanded_at'),
    finishedAt: instant('finished_at'),
    createdBy: uuid('created_by').$type<UserId>(),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.id] })],
);

/** The wordings of a message; fixed once it is no draft. */
export const messageWordings = wedding.table(
  'message_wordings',
  {
    weddingId: uuid('wedding_id').$type<WeddingId>().notNull(),
    messageId: uuid('message_id').$type<MessageId>().notNull(),
    ...wordingColumns,
  },
  (table) => [
    primaryKey({ columns: [table.weddingId, table.messageId, table.channel, table.language] }),
  ],
);

/** The ledger: one row per message, guest and channel. */
export const deliveries = wedding.table(
  'deliveries',
  {
    weddingId: uuid('wedding_id').$type<WeddingId>().notNull(),
    messageId: uuid('message_id').$type<MessageId>().notNull(),
    id: uuid('id').$type<DeliveryId>().notNull(),
    guestId: uuid('guest_id').$type<GuestId>(),
    householdId: uuid('household_id').$type<HouseholdId>(),
    channel: text('channel').$type<MessageChannel>().notNull(),
    addressCipher: bytea('address_cipher'),
    addressHash: bytea('address_hash'),
    language: text('language'),
    carriedById: uuid('carried_by_id').$type<DeliveryId>(),
    speaksFor: uuid('speaks_for').$type<GuestId>().array().notNull().default([]),
    fallbackOfId: uuid('fallback_of_id').$type<DeliveryId>(),
    shard: integer('shard').notNull().default(0),
    state: text('state').$type<DeliveryState>().notNull(),
    reason: text('reason').$type<DeliveryReason>(),
    code: text('code'),
    providerRef: text('provider_ref'),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: instant('next_attempt_at').notNull().defaultNow(),
    leaseOwner: uuid('lease_owner'),
    leaseEpoch: bigint('lease_epoch', { mode: 'number' }).notNull().default(0),
    leaseUntil: instant('lease_until'),
    sentAt: instant('sent_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.messageId, table.id] })],
);

/** Deliveries by state and reason, kept by triggers of the ledger. */
export const deliveryCounts = wedding.table(
  'delivery_counts',
  {
    weddingId: uuid('wedding_id').$type<WeddingId>().notNull(),
    messageId: uuid('message_id').$type<MessageId>().notNull(),
    channel: text('channel').$type<MessageChannel>().notNull(),
    shard: integer('shard').notNull(),
    state: text('state').$type<DeliveryState>().notNull(),
    reason: text('reason').$type<DeliveryReason | ''>().notNull(),
    n: integer('n').notNull(),
  },
  (table) => [
    primaryKey({
      columns: [
        table.weddingId,
        table.messageId,
        table.channel,
        table.shard,
        table.state,
        table.reason,
      ],
    }),
  ],
);

/** Addresses and numbers never written to again, as keyed hashes. */
export const suppressions = wedding.table(
  'suppressions',
  {
    weddingId: uuid('wedding_id').$type<WeddingId>().notNull(),
    id: uuid('id').$type<SuppressionId>().notNull().defaultRandom(),
    channel: text('channel').$type<SuppressionChannel>().notNull(),
    addressHash: bytea('address_hash').notNull(),
    reason: text('reason').$type<SuppressionReason>().notNull(),
    note: text('note'),
    createdBy: uuid('created_by').$type<UserId>(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({
      columns: [table.weddingId, table.channel, table.addressHash],
    }),
  ],
);

/** What an unsubscribe token stands for. */
export const unsubscribeLinks = wedding.table(
  'unsubscribe_links',
  {
    weddingId: uuid('wedding_id').$type<WeddingId>().notNull(),
    guestId: uuid('guest_id').$type<GuestId>().notNull(),
    channel: text('channel').$type<SuppressionChannel>().notNull(),
    addressHash: bytea('address_hash').notNull(),
    tokenHash: bytea('token_hash').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({
      columns: [table.weddingId, table.guestId, table.channel, table.addressHash],
    }),
  ],
);

/** Idempotency keys of verbs that send. */
export const sendRequests = wedding.table(
  'send_requests',
  {
    weddingId: uuid('wedding_id').$type<WeddingId>().notNull(),
    key: text('key').notNull(),
    inputHash: text('input_hash').notNull(),
    answer: jsonb('answer'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.key] })],
);

/** How a wedding sends, where it differs from the default. */
export const sendSettings = wedding.table('send_settings', {
  weddingId: uuid('wedding_id').$type<WeddingId>().primaryKey(),
  weeklyLimit: integer('weekly_limit'),
  version: integer('version').notNull().default(1),
  createdAt: instant('created_at').notNull().defaultNow(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
});

/** Messages that write themselves a number of days before or after a date of the wedding. */
export const reminderRules = wedding.table(
  'reminder_rules',
  {
    weddingId: uuid('wedding_id').$type<WeddingId>().notNull(),
    id: uuid('id').$type<ReminderRuleId>().notNull(),
    name: text('name').notNull(),
    templateId: uuid('template_id').$type<TemplateId>().notNull(),
    channel: text('channel').$type<MessageChannel>().notNull(),
    anchor: text('anchor').$type<'rsvp_deadline' | 'wedding_day' | 'event'>().notNull(),
    eventId: uuid('event_id').$type<EventId>(),
    days: integer('days').notNull(),
    atTime: time('at_time').notNull(),
    audience: jsonb('audience').$type<Audience>().notNull(),
    onlyUnanswered: boolean('only_unanswered').notNull(),
    paused: boolean('paused').notNull().default(false),
    armedAt: instant('armed_at').notNull().defaultNow(),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.id] })],
);

/** The newest look at a message's links and at the DNS of its sender. */
export const messageChecks = wedding.table(
  'message_checks',
  {
    weddingId: uuid('wedding_id').$type<WeddingId>().notNull(),
    messageId: uuid('message_id').$type<MessageId>().notNull(),
    state: text('state').$type<MessageChecks['state']>().notNull(),
    messageVersion: integer('message_version').notNull(),
    startedAt: instant('started_at').notNull().defaultNow(),
    finishedAt: instant('finished_at'),
    links: jsonb('links').$type<MessageChecks['links']>().notNull().default([]),
    authentication: jsonb('authentication')
      .$type<MessageChecks['authentication']>()
      .notNull()
      .default([]),
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.messageId] })],
);
