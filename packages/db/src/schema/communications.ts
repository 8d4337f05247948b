import type {
  Audience,
  DeliveryReason,
  DeliveryState,
  MessageChannel,
  MessageKind,
  MessageState,
} from '@wedsync/contracts/communications';
import type {
  DeliveryId,
  GuestId,
  HouseholdId,
  MessageId,
  TemplateId,
  UserId,
  WeddingId,
} from '@wedsync/contracts/ids';
import {
  bigint,
  customType,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';

const wedding = pgSchema('wedding');
const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** Wording that a planner reuses; Liquid merge fields in plain text. */
export const messageTemplates = wedding.table(
  'message_templates',
  {
    weddingId: uuid('wedding_id').$type<WeddingId>().notNull(),
    id: uuid('id').$type<TemplateId>().notNull(),
    kind: text('kind').$type<MessageKind>().notNull(),
    name: text('name').notNull(),
    subject: text('subject').notNull(),
    body: text('body').notNull(),
    version: integer('version').notNull().default(1),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.id] })],
);

/** One intent to write to many guests. */
export const messages = wedding.table(
  'messages',
  {
    weddingId: uuid('wedding_id').$type<WeddingId>().notNull(),
    id: uuid('id').$type<MessageId>().notNull(),
    templateId: uuid('template_id').$type<TemplateId>(),
    kind: text('kind').$type<MessageKind>().notNull(),
    channel: text('channel').$type<MessageChannel>().notNull().default('email'),
    title: text('title').notNull(),
    subject: text('subject').notNull(),
    body: text('body').notNull(),
    replyTo: text('reply_to'),
    audience: jsonb('audience').$type<Audience>().notNull(),
    state: text('state').$type<MessageState>().notNull().default('draft'),
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
    address: text('address'),
    addressHash: bytea('address_hash'),
    carriedById: uuid('carried_by_id').$type<DeliveryId>(),
    shard: integer('shard').notNull().default(0),
    state: text('state').$type<DeliveryState>().notNull(),
    reason: text('reason').$type<DeliveryReason>(),
    code: text('code'),
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

/** Addresses never written to again, as keyed hashes. */
export const suppressions = wedding.table(
  'suppressions',
  {
    weddingId: uuid('wedding_id').$type<WeddingId>().notNull(),
    channel: text('channel').$type<MessageChannel>().notNull(),
    addressHash: bytea('address_hash').notNull(),
    reason: text('reason').$type<'unsubscribed' | 'bounced' | 'complained'>().notNull(),
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
    channel: text('channel').$type<MessageChannel>().notNull(),
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
