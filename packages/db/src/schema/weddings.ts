import { orgRoles, weddingRoles } from '@wedsync/contracts/roles';
import { eventKinds, tiers } from '@wedsync/contracts/weddings';
import {
  bigint,
  customType,
  date,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';

const wedding = pgSchema('wedding');

/** `time`, read as `HH:MM`: PostgreSQL answers with seconds, which plans do not have. */
const wallTime = customType<{ data: string; driverData: string }>({
  dataType: () => 'time',
  fromDriver: (value) => value.slice(0, 5),
});

const moment = (name: string) => timestamp(name, { withTimezone: true });
/** Counted by a trigger on each update; compared by optimistic locking. */
const bookkeeping = () => ({
  version: integer('version').notNull().default(1),
  createdAt: moment('created_at').notNull().defaultNow(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
});

export const tierLimits = wedding.table('tier_limits', {
  tier: text('tier', { enum: tiers }).primaryKey(),
  weddingsMax: integer('weddings_max'),
  guestsPerWeddingMax: integer('guests_per_wedding_max'),
  membersMax: integer('members_max'),
});

export const organizations = wedding.table('organizations', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  tier: text('tier', { enum: tiers }).notNull().default('free'),
  postalAddress: text('postal_address').notNull().default(''),
  replyToEmail: text('reply_to_email'),
  ...bookkeeping(),
});

export const orgMembers = wedding.table(
  'org_members',
  {
    orgId: uuid('org_id').notNull(),
    userId: uuid('user_id').notNull(),
    role: text('role', { enum: orgRoles }).notNull(),
    ...bookkeeping(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.userId] })],
);

export const weddings = wedding.table('weddings', {
  id: uuid('id').primaryKey(),
  orgId: uuid('org_id').notNull(),
  title: text('title').notNull(),
  partnerAName: text('partner_a_name').notNull(),
  partnerBName: text('partner_b_name').notNull().default(''),
  date: date('date'),
  timeZone: text('time_zone').notNull(),
  locale: text('locale').notNull().default('en'),
  currency: text('currency').notNull().default('EUR'),
  defaultCountry: text('default_country').notNull().default('GB'),
  venue: text('venue').notNull().default(''),
  rsvpDeadline: date('rsvp_deadline'),
  archivedAt: moment('archived_at'),
  ...bookkeeping(),
});

export const weddingMembers = wedding.table(
  'wedding_members',
  {
    weddingId: uuid('wedding_id').notNull(),
    userId: uuid('user_id').notNull(),
    orgId: uuid('org_id').notNull(),
    role: text('role', { enum: weddingRoles }).notNull(),
    ...bookkeeping(),
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.userId] })],
);

export const memberInvitations = wedding.table(
  'member_invitations',
  {
    orgId: uuid('org_id').notNull(),
    id: uuid('id').notNull(),
    /** Null: an invitation into the company. */
    weddingId: uuid('wedding_id'),
    email: text('email').notNull(),
    role: text('role', { enum: [...orgRoles, ...weddingRoles] }).notNull(),
    tokenHash: text('token_hash'),
    linkVersion: integer('link_version').notNull().default(1),
    invitedBy: uuid('invited_by').notNull(),
    expiresAt: moment('expires_at').notNull(),
    acceptedAt: moment('accepted_at'),
    acceptedBy: uuid('accepted_by'),
    revokedAt: moment('revoked_at'),
    ...bookkeeping(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.id] })],
);

export const events = wedding.table(
  'events',
  {
    weddingId: uuid('wedding_id').notNull(),
    id: uuid('id').notNull(),
    kind: text('kind', { enum: eventKinds }).notNull(),
    name: text('name').notNull(),
    startsOn: date('starts_on'),
    startsAt: wallTime('starts_at'),
    endsAt: wallTime('ends_at'),
    venue: text('venue').notNull().default(''),
    address: text('address').notNull().default(''),
    position: integer('position').notNull(),
    ...bookkeeping(),
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.id] })],
);

export const auditLog = wedding.table(
  'audit_log',
  {
    orgId: uuid('org_id').notNull(),
    id: uuid('id').notNull(),
    weddingId: uuid('wedding_id'),
    at: moment('at').notNull().defaultNow(),
    actorKind: text('actor_kind', { enum: ['user', 'guest_link', 'operator', 'system'] }).notNull(),
    actorId: uuid('actor_id'),
    action: text('action').notNull(),
    entity: text('entity').notNull(),
    entityId: uuid('entity_id'),
    before: jsonb('before'),
    after: jsonb('after'),
    requestId: text('request_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.orgId, table.id] })],
);

export const changes = wedding.table(
  'changes',
  {
    weddingId: uuid('wedding_id').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    at: moment('at').notNull().defaultNow(),
    entity: text('entity').notNull(),
    entityId: uuid('entity_id'),
    kind: text('kind', { enum: ['created', 'updated', 'removed', 'bulk'] }).notNull(),
    actorId: uuid('actor_id'),
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.seq] })],
);
