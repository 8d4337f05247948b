import {
  customType,
  integer,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';

const wedding = pgSchema('wedding');
const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });
const moment = (name: string) => timestamp(name, { withTimezone: true });

export const consents = wedding.table(
  'consents',
  {
    weddingId: uuid('wedding_id').notNull(),
    id: uuid('id').notNull(),
    guestId: uuid('guest_id').notNull(),
    channel: text('channel').$type<'email' | 'sms' | 'notice'>().notNull(),
    purpose: text('purpose').$type<'relationship' | 'commercial'>().notNull(),
    status: text('status').$type<'granted' | 'withdrawn'>().notNull(),
    how: text('how').notNull(),
    textVersion: text('text_version'),
    textHash: bytea('text_hash'),
    proof: text('proof'),
    recordedByKind: text('recorded_by_kind').notNull(),
    recordedBy: uuid('recorded_by'),
    at: moment('at').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.id] })],
);

export const retentionPolicies = wedding.table('retention_policies', {
  orgId: uuid('org_id').primaryKey(),
  contactsKeptMonths: integer('contacts_kept_months'),
  version: integer('version').notNull().default(1),
  createdAt: moment('created_at').notNull().defaultNow(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
});
