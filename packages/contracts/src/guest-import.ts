import { z } from 'zod';
import { AccessibilityNeed, Answer, GuestSide } from './guest-fields.ts';
import { EventId, GuestId, HouseholdId } from './ids.ts';

/** What a column of an imported guest list may mean. `extra` keeps the cell, labelled, in the notes. */
export const importFields = [
  'ignore',
  'extra',
  'guest-id',
  'version',
  'household-id',
  'title',
  'first-name',
  'last-name',
  'full-name',
  'household',
  'email',
  'phone',
  'address',
  'address-street',
  'address-city',
  'address-region',
  'address-postcode',
  'address-country',
  'diet',
  'allergy',
  'diet-notes',
  'accessibility',
  'accessibility-notes',
  'age-group',
  'adults',
  'children',
  'plus-one',
  'plus-one-of',
  'party-size',
  'side',
  'tags',
  'notes',
  'event-invited',
  'event-answer',
] as const;
export const ImportField = z.enum(importFields);
export type ImportField = z.infer<typeof ImportField>;

/** The controlled list of diets; anything else stays readable in `dietNotes`. */
export const dietCodes = [
  'vegetarian',
  'vegan',
  'pescatarian',
  'halal',
  'kosher',
  'gluten',
  'lactose',
  'dairy',
  'egg',
  'nuts',
  'peanuts',
  'fish',
  'shellfish',
  'soy',
  'sesame',
  'celery',
  'mustard',
  'lupin',
  'sulphites',
  'pork',
  'beef',
  'red-meat',
  'alcohol',
  'sugar',
  'low-salt',
  'other',
] as const;
export const DietCode = z.enum(dietCodes);
export type DietCode = z.infer<typeof DietCode>;

/** An allergy (or coeliac disease, anaphylaxis) is a danger; a preference is a wish. */
export const dietSeverities = ['preference', 'allergy'] as const;
export const Diet = z.object({ code: DietCode, severity: z.enum(dietSeverities) });
export type Diet = z.infer<typeof Diet>;

export const ageGroups = ['adult', 'teen', 'child', 'infant'] as const;
export const AgeGroup = z.enum(ageGroups);
export type AgeGroup = z.infer<typeof AgeGroup>;

/** One column's meaning, as chosen by the recogniser or by the person importing. */
export const ColumnChoice = z.object({
  column: z.int().min(0).max(199),
  field: ImportField,
  /** Which event an `event-*` column speaks of; null = every event of the wedding. */
  eventId: EventId.nullable().default(null),
  /**
   * Which person of the row the column describes: empty = the first, else `partner`, `guest 2`,
   * `child 1`, `plus-one 1`, … Columns with the same value belong to the same person.
   */
  person: z.string().max(20).default(''),
});
export type ColumnChoice = z.infer<typeof ColumnChoice>;

/** All columns of a file; a column that is not named is ignored. */
export const ImportMapping = z.array(ColumnChoice).max(200);
export type ImportMapping = z.infer<typeof ImportMapping>;

/** A recogniser's proposal for one column. `confidence` is 0..1. */
export const ColumnGuess = ColumnChoice.extend({
  header: z.string(),
  confidence: z.number().min(0).max(1),
  reason: z.string(),
  /** Up to three different cells of the column, so that a person can judge the guess. */
  samples: z.array(z.string()),
});
export type ColumnGuess = z.infer<typeof ColumnGuess>;

/**
 * Something to know about a place in the file. An `error` row needs a person before it can become a
 * guest; a `warning` was imported with the stated reading; `info` is a repair that needs no look.
 */
export const ImportIssue = z.object({
  severity: z.enum(['error', 'warning', 'info']),
  /** Stable, `guests.import_<reason>`. */
  code: z.string(),
  /** Row number as the spreadsheet program shows it (1-based); null = the whole file. */
  row: z.int().nullable(),
  /** The column's header; null = the whole row. */
  column: z.string().nullable(),
  message: z.string(),
  remedy: z.string(),
});
export type ImportIssue = z.infer<typeof ImportIssue>;

export const ImportInvitation = z.object({
  eventId: EventId,
  invited: z.boolean(),
  answer: Answer.nullable(),
});
export type ImportInvitation = z.infer<typeof ImportInvitation>;

/** The values of a guest that an import may set. Empty string or list = not known. */
export const ImportGuestValues = z.object({
  title: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  ageGroup: AgeGroup,
  /** Whole years; null when the file does not say. */
  ageYears: z.int().nullable(),
  /** Normalised, lower-case domain, the first one is the primary. */
  emails: z.array(z.string()),
  /** E.164, the first one is the primary. */
  phones: z.array(z.string()),
  diets: z.array(Diet),
  /** The person's own words. */
  dietNotes: z.string(),
  accessibility: z.array(AccessibilityNeed),
  accessibilityNotes: z.string(),
  side: GuestSide.nullable(),
  tags: z.array(z.string()),
  notes: z.string(),
  invitations: z.array(ImportInvitation),
});
export type ImportGuestValues = z.infer<typeof ImportGuestValues>;

export const PostalAddress = z.object({
  street: z.string(),
  city: z.string(),
  region: z.string(),
  postcode: z.string(),
  country: z.string(),
});
export type PostalAddress = z.infer<typeof PostalAddress>;

export const ImportHouseholdValues = z.object({ name: z.string(), address: PostalAddress });
export type ImportHouseholdValues = z.infer<typeof ImportHouseholdValues>;

/** A guest read from the file. `key` is stable over re-imports of an edited file. */
export const ImportGuest = z.object({
  key: z.string(),
  householdKey: z.string(),
  row: z.int(),
  /** The guest whose companion this is; a plus-one may have no name yet. */
  plusOneOfKey: z.string().nullable(),
  /** From an export of ours: which guest, at which version, the row was written from. */
  guestId: GuestId.nullable(),
  version: z.int().nullable(),
  values: ImportGuestValues,
});
export type ImportGuest = z.infer<typeof ImportGuest>;

export const ImportHousehold = z.object({
  key: z.string(),
  /** From an export of ours. */
  householdId: HouseholdId.nullable(),
  values: ImportHouseholdValues,
});
export type ImportHousehold = z.infer<typeof ImportHousehold>;

export type ImportGuestField = keyof ImportGuestValues;

/** One field of one guest or household: what the app has, what the file says (both as text). */
export const FieldChange = z.object({ field: z.string(), from: z.string(), to: z.string() });
export type FieldChange = z.infer<typeof FieldChange>;

export const PlannedGuest = z.object({
  key: z.string(),
  /** This row's key and those of the rows merged into it; stored with `imported`. */
  keys: z.array(z.string()),
  householdKey: z.string(),
  row: z.int(),
  /** `skip`: this row was merged into another one; there is nothing to write for it. */
  action: z.enum(['create', 'update', 'unchanged', 'skip']),
  guestId: GuestId.nullable(),
  plusOneOfKey: z.string().nullable(),
  /** What to write: the merged values (created or updated rows), as they shall stand afterwards. */
  values: ImportGuestValues,
  /** What the file says, to be stored as the base of the next three-way comparison. */
  imported: ImportGuestValues,
  changes: z.array(FieldChange),
  /** Edited by hand in the app since the last import and different in the file: kept, reported. */
  heldBack: z.array(FieldChange),
  matchedBy: z.enum(['id', 'import', 'contact', 'name', 'decision', 'new']),
});
export type PlannedGuest = z.infer<typeof PlannedGuest>;

export const PlannedHousehold = z.object({
  key: z.string(),
  action: z.enum(['create', 'update', 'unchanged']),
  householdId: HouseholdId.nullable(),
  values: ImportHouseholdValues,
  imported: ImportHouseholdValues,
  changes: z.array(FieldChange),
  heldBack: z.array(FieldChange),
});
export type PlannedHousehold = z.infer<typeof PlannedHousehold>;

/** One side of a proposed duplicate: a row of the file, or a guest that exists. */
export const DuplicateSide = z.object({
  key: z.string().nullable(),
  guestId: GuestId.nullable(),
  row: z.int().nullable(),
  name: z.string(),
  household: z.string(),
  emails: z.array(z.string()),
  phones: z.array(z.string()),
});
export type DuplicateSide = z.infer<typeof DuplicateSide>;

/** Two entries that look like one person. Never merged without a decision. */
export const DuplicateProposal = z.object({
  /** The row of the file in question. */
  left: DuplicateSide,
  right: DuplicateSide,
  /** 0..1. */
  score: z.number().min(0).max(1),
  reasons: z.array(z.string()),
});
export type DuplicateProposal = z.infer<typeof DuplicateProposal>;

/** What the person decided about proposals and held-back fields. */
export const ImportDecisions = z.object({
  /** Row `key` is the same person as an existing guest, or as another row of the file. */
  merges: z
    .array(
      z.object({
        key: z.string().max(64),
        intoGuestId: GuestId.nullable().default(null),
        intoKey: z.string().max(64).nullable().default(null),
      }),
    )
    .max(5_000)
    .default([]),
  /** Held-back fields in which the file shall win. */
  overwrites: z
    .array(z.object({ key: z.string().max(64), field: z.string().max(40) }))
    .max(50_000)
    .default([]),
});
export type ImportDecisions = z.infer<typeof ImportDecisions>;

export const ImportCounts = z.object({
  rowsRead: z.int(),
  rowsWithError: z.int(),
  households: z.int(),
  guests: z.int(),
  plusOnes: z.int(),
  unnamed: z.int(),
  withoutContact: z.int(),
  withAllergy: z.int(),
  guestsCreated: z.int(),
  guestsUpdated: z.int(),
  guestsUnchanged: z.int(),
  fieldsHeldBack: z.int(),
});
export type ImportCounts = z.infer<typeof ImportCounts>;

/** How the file was read, shown above the preview. */
export const ImportSource = z.object({
  fileName: z.string(),
  format: z.enum(['csv', 'xlsx', 'vcard']),
  encoding: z.string().nullable(),
  delimiter: z.string().nullable(),
  sheet: z.string().nullable(),
  /** 1-based row of the header; null when the file has none. */
  headerRow: z.int().nullable(),
});
export type ImportSource = z.infer<typeof ImportSource>;

/** Everything the import wizard shows before anything is written. */
export const ImportPreview = z.object({
  source: ImportSource,
  columns: z.array(ColumnGuess),
  households: z.array(PlannedHousehold),
  guests: z.array(PlannedGuest),
  duplicates: z.array(DuplicateProposal),
  /** Guests of an earlier import of this list that the file no longer has; never removed by us. */
  missing: z.array(z.object({ guestId: GuestId, name: z.string() })),
  issues: z.array(ImportIssue),
  counts: ImportCounts,
});
export type ImportPreview = z.infer<typeof ImportPreview>;
