import type { Diet } from '@wedsync/contracts/guest-import';
import Papa from 'papaparse';
import type { ExportRow, ImportEvent } from './types.ts';

/** Headings of an export; the import recognises each of them. The ids make it a round trip. */
const headings = [
  'WedSync ID',
  'WedSync version',
  'WedSync plus-one of',
  'WedSync household ID',
  'Household',
  'Title',
  'First name',
  'Last name',
  'Age',
  'E-mail',
  'Phone',
  'Street',
  'City',
  'Region',
  'Postcode',
  'Country',
  'Side',
  'Tags',
  'Diet',
  'Allergies',
  'WedSync diet notes',
  'Accessibility',
  'WedSync accessibility notes',
  'Notes',
] as const;

/**
 * An apostrophe before what a spreadsheet program would run as a formula, in East Asian settings
 * also by its full-width sign (OWASP, CSV injection); the import takes it off again. A text that
 * begins so itself gets one more.
 */
function escapeFormula(cell: string): string {
  return /^('*[=+\-@＝＋－＠]|[\t\r\n])/.test(cell) ? `'${cell}` : cell;
}

/** Tags that hold a comma are closed with a semicolon, so that only semicolons separate. */
const joinTags = (tags: readonly string[]) =>
  tags.join('; ') + (tags.length === 1 && /[,|]/.test(tags[0] ?? '') ? ';' : '');

const dietWords = (diets: readonly Diet[], severity: Diet['severity']) =>
  diets
    .filter((diet) => diet.severity === severity)
    .map((diet) => diet.code)
    .join('; ');

const sideWords = { partner_a: 'Partner A', partner_b: 'Partner B', both: 'Both' } as const;

function cellsOf(row: ExportRow, events: readonly ImportEvent[]): string[] {
  const { values, household } = row;
  const age =
    values.ageYears === null ? values.ageGroup : `${values.ageGroup} (${values.ageYears})`;
  const cells = [
    row.guestId,
    String(row.version),
    row.plusOneOfId ?? '',
    row.householdId,
    household.name,
    values.title,
    values.firstName,
    values.lastName,
    age,
    values.emails.join('; '),
    values.phones.join('; '),
    household.address.street,
    household.address.city,
    household.address.region,
    household.address.postcode,
    household.address.country,
    values.side ? sideWords[values.side] : '',
    joinTags(values.tags),
    dietWords(values.diets, 'preference'),
    dietWords(values.diets, 'allergy'),
    values.dietNotes,
    values.accessibility.join('; '),
    values.accessibilityNotes,
    values.notes,
  ];
  for (const event of events) {
    const invitation = values.invitations.find(
      (other) => other.eventId === event.id && other.invited,
    );
    cells.push(invitation ? 'yes' : 'no', invitation?.answer ?? '');
  }
  return cells.map(escapeFormula);
}

/**
 * The guest list as CSV for spreadsheet programs: RFC 4180, UTF-8 with byte order mark, one guest
 * per row, formulas escaped. Importing it unchanged plans no change.
 */
export function exportCsv(rows: readonly ExportRow[], events: readonly ImportEvent[]): string {
  const header = [
    ...headings,
    ...events.flatMap((event) => [`${event.name} invited`, `${event.name} RSVP`]),
  ];
  const data = [header.map(escapeFormula), ...rows.map((row) => cellsOf(row, events))];
  return `\ufeff${Papa.unparse(data, { newline: '\r\n' })}\r\n`;
}
