import type {
  FixtureKind,
  PlacedBy,
  RoomPoint,
  TableFeature,
  TableShape,
} from '@wedsync/contracts/seating';
import type { RelationshipKind } from '@wedsync/contracts/seating-rules';
import type { RunMode, RunPoint, RunState, SeatingWeights } from '@wedsync/contracts/seating-runs';
import {
  bigint,
  boolean,
  date,
  doublePrecision,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';

const wedding = pgSchema('wedding');
const moment = (name: string) => timestamp(name, { withTimezone: true });
const counted = (name: string) => bigint(name, { mode: 'number' });
const rowMarks = {
  version: integer('version').notNull().default(1),
  createdAt: moment('created_at').notNull().defaultNow(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
};
const place = {
  xMm: integer('x_mm').notNull(),
  yMm: integer('y_mm').notNull(),
  rotation: integer('rotation').notNull().default(0),
  widthMm: integer('width_mm').notNull(),
  depthMm: integer('depth_mm').notNull(),
};
const ofEvent = {
  weddingId: uuid('wedding_id').notNull(),
  eventId: uuid('event_id').notNull(),
};
const ownId = { id: uuid('id').notNull() };

export const seatingLayouts = wedding.table(
  'seating_layouts',
  {
    ...ofEvent,
    ...ownId,
    outline: jsonb('outline').$type<RoomPoint[]>().notNull(),
    capacity: integer('capacity'),
    notes: text('notes').notNull().default(''),
    revision: counted('revision').notNull().default(0),
    ...rowMarks,
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.id] })],
);

export const seatingFixtures = wedding.table(
  'seating_fixtures',
  {
    ...ofEvent,
    ...ownId,
    kind: text('kind').$type<FixtureKind>().notNull(),
    label: text('label').notNull().default(''),
    ...place,
    ...rowMarks,
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.id] })],
);

export const seatingTables = wedding.table(
  'seating_tables',
  {
    ...ofEvent,
    ...ownId,
    label: text('label').notNull(),
    shape: text('shape').$type<TableShape>().notNull(),
    seatCount: integer('seat_count').notNull(),
    ...place,
    zone: text('zone').notNull().default(''),
    features: text('features').array().$type<TableFeature[]>().notNull().default([]),
    isLocked: boolean('is_locked').notNull().default(false),
    ...rowMarks,
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.id] })],
);

export const seatingSeats = wedding.table(
  'seating_seats',
  {
    ...ofEvent,
    ...ownId,
    tableId: uuid('table_id').notNull(),
    number: integer('number').notNull(),
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.id] })],
);

export const seatingAssignments = wedding.table(
  'seating_assignments',
  {
    ...ofEvent,
    guestId: uuid('guest_id').notNull(),
    seatId: uuid('seat_id').notNull(),
    isLocked: boolean('is_locked').notNull().default(false),
    placedBy: text('placed_by').$type<PlacedBy>().notNull().default('manual'),
    placedAt: moment('placed_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.eventId, table.guestId] })],
);

export const seatingRelationships = wedding.table(
  'seating_relationships',
  {
    weddingId: uuid('wedding_id').notNull(),
    ...ownId,
    /** null = at every event. */
    eventId: uuid('event_id'),
    kind: text('kind').$type<RelationshipKind>().notNull(),
    oneGuestId: uuid('one_guest_id'),
    oneHouseholdId: uuid('one_household_id'),
    oneTagId: uuid('one_tag_id'),
    otherGuestId: uuid('other_guest_id'),
    otherHouseholdId: uuid('other_household_id'),
    otherTagId: uuid('other_tag_id'),
    weight: integer('weight').notNull().default(5),
    note: text('note').notNull().default(''),
    ...rowMarks,
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.id] })],
);

export const seatingOperations = wedding.table(
  'seating_operations',
  {
    ...ofEvent,
    revision: counted('revision').notNull(),
    kind: text('kind').notNull(),
    parts: jsonb('parts').notNull().default({}),
    forward: jsonb('forward').notNull(),
    backward: jsonb('backward'),
    touched: uuid('touched').array().notNull().default([]),
    actorKind: text('actor_kind').notNull(),
    actorId: uuid('actor_id'),
    undoes: counted('undoes'),
    undoneBy: counted('undone_by'),
    at: moment('at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.eventId, table.revision] })],
);

export const seatingVersions = wedding.table(
  'seating_versions',
  {
    ...ofEvent,
    ...ownId,
    name: text('name').notNull(),
    revision: counted('revision').notNull(),
    assignments: jsonb('assignments').notNull(),
    seatedCount: integer('seated_count').notNull(),
    cost: counted('cost'),
    savedBy: uuid('saved_by'),
    savedAt: moment('saved_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.id] })],
);

/** What households read of their own seats; no row = the table, on the day of the event. */
export const seatingPublications = wedding.table(
  'seating_publications',
  {
    ...ofEvent,
    shows: text('shows').$type<'nothing' | 'table' | 'seat'>().notNull().default('table'),
    /** `2027-06-19`; null = the day of the event. */
    shownFrom: date('shown_from', { mode: 'string' }),
    version: integer('version').notNull().default(1),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.eventId] })],
);

export const seatingRuns = wedding.table(
  'seating_runs',
  {
    ...ofEvent,
    ...ownId,
    mode: text('mode').$type<RunMode>().notNull(),
    state: text('state').$type<RunState>().notNull().default('queued'),
    weights: jsonb('weights').$type<SeatingWeights>().notNull(),
    includesUndecided: boolean('includes_undecided').notNull().default(false),
    seconds: integer('seconds').notNull(),
    seed: integer('seed').notNull(),
    isRepeatable: boolean('is_repeatable').notNull().default(false),
    baseRevision: counted('base_revision').notNull(),
    startedBy: uuid('started_by'),
    queuedAt: moment('queued_at').notNull().defaultNow(),
    startedAt: moment('started_at'),
    endedAt: moment('ended_at'),
    startCost: counted('start_cost'),
    cost: counted('cost'),
    bound: counted('bound'),
    gap: doublePrecision('gap'),
    curve: jsonb('curve').$type<RunPoint[]>().notNull().default([]),
    movesPerSecond: integer('moves_per_second'),
    movedCount: integer('moved_count'),
    appliedRevision: counted('applied_revision'),
    infeasible: jsonb('infeasible'),
    error: text('error'),
    /** `[{ guestId, from, to }]`: what the run would change in the plan it began with. */
    result: jsonb('result'),
    isCancelRequested: boolean('is_cancel_requested').notNull().default(false),
    leaseUntil: moment('lease_until'),
    leaseEpoch: counted('lease_epoch').notNull().default(0),
    version: integer('version').notNull().default(1),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.id] })],
);

export const seatingPresence = wedding.table(
  'seating_presence',
  {
    ...ofEvent,
    userId: uuid('user_id').notNull(),
    tableId: uuid('table_id'),
    guestIds: uuid('guest_ids').array().notNull().default([]),
    seenAt: moment('seen_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.eventId, table.userId] })],
);
