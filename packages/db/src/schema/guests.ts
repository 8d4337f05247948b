import type { AgeGroup, Diet } from '@wedsync/contracts/guest-import';
import {
  boolean,
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
/** Drizzle's own arrays of custom types put raw bytes into the array's text. */
const byteaArray = customType<{ data: Uint8Array[]; driverData: string }>({
  dataType: () => 'bytea[]',
  toDriver: (values) =>
    `{${values.map((bytes) => `"\\\\x${Buffer.from(bytes).toString('hex')}"`).join(',')}}`,
});
const moment = (name: string) => timestamp(name, { withTimezone: true });
const rowMarks = {
  version: integer('version').notNull().default(1),
  createdAt: moment('created_at').notNull().defaultNow(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
};
const removalMarks = { removedAt: moment('removed_at'), removalId: uuid('removal_id') };

export const households = wedding.table(
  'households',
  {
    weddingId: uuid('wedding_id').notNull(),
    id: uuid('id').notNull(),
    name: text('name').notNull().default(''),
    city: text('city').notNull().default(''),
    region: text('region').notNull().default(''),
    country: text('country').notNull().default(''),
    notes: text('notes').notNull().default(''),
    streetCipher: bytea('street_cipher'),
    postalCodeCipher: bytea('postal_code_cipher'),
    language: text('language'),
    linkVersion: integer('link_version').notNull().default(1),
    linkHash: bytea('link_hash'),
    ...removalMarks,
    ...rowMarks,
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.id] })],
);

export const guests = wedding.table(
  'guests',
  {
    weddingId: uuid('wedding_id').notNull(),
    id: uuid('id').notNull(),
    householdId: uuid('household_id').notNull(),
    plusOneOf: uuid('plus_one_of'),
    title: text('title').notNull().default(''),
    firstName: text('first_name').notNull().default(''),
    lastName: text('last_name').notNull().default(''),
    emailCipher: bytea('email_cipher'),
    emailHash: bytea('email_hash'),
    phoneCipher: bytea('phone_cipher'),
    phoneHash: bytea('phone_hash'),
    otherContactsCipher: bytea('other_contacts_cipher'),
    otherContactHashes: byteaArray('other_contact_hashes').notNull().default([]),
    erasedAt: moment('erased_at'),
    ageGroup: text('age_group').$type<AgeGroup>().notNull().default('adult'),
    ageYears: integer('age_years'),
    side: text('side').$type<'partner_a' | 'partner_b' | 'both'>(),
    diets: jsonb('diets').$type<Diet[]>().notNull().default([]),
    dietNotes: text('diet_notes').notNull().default(''),
    accessibility: text('accessibility').array().notNull().default([]),
    accessibilityNotes: text('accessibility_notes').notNull().default(''),
    notes: text('notes').notNull().default(''),
    /** Written by a trigger; never set. */
    sortName: text('sort_name').notNull().default(''),
    /** Written by a trigger; read only through `wedding.search_guests`. */
    searchDocument: text('search_document').notNull().default(''),
    ...removalMarks,
    ...rowMarks,
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.id] })],
);

export const guestKeys = wedding.table(
  'guest_keys',
  {
    weddingId: uuid('wedding_id').notNull(),
    guestId: uuid('guest_id').notNull(),
    dataKeyId: uuid('data_key_id').notNull(),
    wrapped: bytea('wrapped').notNull(),
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.guestId] })],
);

export const householdKeys = wedding.table(
  'household_keys',
  {
    weddingId: uuid('wedding_id').notNull(),
    householdId: uuid('household_id').notNull(),
    dataKeyId: uuid('data_key_id').notNull(),
    wrapped: bytea('wrapped').notNull(),
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.householdId] })],
);

export const tags = wedding.table(
  'tags',
  {
    weddingId: uuid('wedding_id').notNull(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    color: text('color').notNull().default('slate'),
    ...rowMarks,
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.id] })],
);

export const guestTags = wedding.table(
  'guest_tags',
  {
    weddingId: uuid('wedding_id').notNull(),
    guestId: uuid('guest_id').notNull(),
    tagId: uuid('tag_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.guestId, table.tagId] })],
);

export const invitations = wedding.table(
  'invitations',
  {
    weddingId: uuid('wedding_id').notNull(),
    guestId: uuid('guest_id').notNull(),
    eventId: uuid('event_id').notNull(),
    answer: text('answer').$type<'yes' | 'no' | 'unsure'>(),
    answeredAt: moment('answered_at'),
    answeredByKind: text('answered_by_kind'),
    answeredBy: uuid('answered_by'),
    via: text('via').$type<'link' | 'planner' | 'import' | 'phone'>(),
    ...rowMarks,
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.guestId, table.eventId] })],
);

export const questions = wedding.table(
  'questions',
  {
    weddingId: uuid('wedding_id').notNull(),
    id: uuid('id').notNull(),
    prompt: text('prompt').notNull(),
    kind: text('kind').$type<'text' | 'choice' | 'choices' | 'yes_no' | 'number'>().notNull(),
    options: text('options').array().notNull().default([]),
    appliesTo: text('applies_to').$type<'guest' | 'household'>().notNull().default('guest'),
    eventId: uuid('event_id'),
    tagId: uuid('tag_id'),
    required: boolean('required').notNull().default(false),
    position: integer('position').notNull().default(0),
    ...rowMarks,
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.id] })],
);

export const questionAnswers = wedding.table(
  'question_answers',
  {
    weddingId: uuid('wedding_id').notNull(),
    id: uuid('id').notNull(),
    questionId: uuid('question_id').notNull(),
    householdId: uuid('household_id').notNull(),
    guestId: uuid('guest_id'),
    value: text('value').array().notNull(),
    answeredAt: moment('answered_at').notNull(),
    answeredByKind: text('answered_by_kind').notNull(),
    answeredBy: uuid('answered_by'),
    via: text('via').$type<'link' | 'planner' | 'import' | 'phone'>().notNull(),
    ...rowMarks,
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.id] })],
);

export const guestImports = wedding.table(
  'guest_imports',
  {
    weddingId: uuid('wedding_id').notNull(),
    id: uuid('id').notNull(),
    fileName: text('file_name').notNull(),
    fileSha256: bytea('file_sha256').notNull(),
    format: text('format').$type<'csv' | 'xlsx' | 'vcard'>().notNull(),
    mapping: jsonb('mapping').notNull(),
    counts: jsonb('counts').notNull(),
    state: text('state')
      .$type<'applied' | 'partly_undone' | 'undone'>()
      .notNull()
      .default('applied'),
    appliedAt: moment('applied_at').notNull(),
    appliedBy: uuid('applied_by'),
    undoneAt: moment('undone_at'),
    undoneBy: uuid('undone_by'),
    ...rowMarks,
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.id] })],
);

export const guestImportChanges = wedding.table(
  'guest_import_changes',
  {
    weddingId: uuid('wedding_id').notNull(),
    importId: uuid('import_id').notNull(),
    entity: text('entity').$type<'household' | 'guest' | 'tag'>().notNull(),
    entityId: uuid('entity_id').notNull(),
    action: text('action').$type<'create' | 'update'>().notNull(),
    before: jsonb('before'),
    after: jsonb('after').notNull(),
    undone: boolean('undone').notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.weddingId, table.importId, table.entity, table.entityId] }),
  ],
);
