import type { ImportGuestValues, ImportIssue } from '@wedsync/contracts/guest-import';

/** Lengths that a guest's fields take; the same as those of the forms. */
const textMax = {
  title: 60,
  firstName: 120,
  lastName: 120,
  dietNotes: 1_000,
  accessibilityNotes: 1_000,
  notes: 4_000,
} as const;
const listMax = { emails: 11, phones: 11, tags: 50 } as const;
const tagCharsMax = 60;

/** Cuts what is longer than a guest's fields are, and says so. */
export function clipValues(
  values: ImportGuestValues,
  row: number,
  issues: ImportIssue[],
): ImportGuestValues {
  const clipped = { ...values, tags: values.tags.map((tag) => tag.slice(0, tagCharsMax).trim()) };
  const cut: string[] = values.tags.some((tag) => tag.length > tagCharsMax) ? ['tags'] : [];
  for (const [field, max] of Object.entries(textMax) as [keyof typeof textMax, number][]) {
    if (clipped[field].length <= max) continue;
    clipped[field] = clipped[field].slice(0, max).trim();
    cut.push(field);
  }
  for (const [field, max] of Object.entries(listMax) as [keyof typeof listMax, number][]) {
    if (clipped[field].length <= max) continue;
    clipped[field] = clipped[field].slice(0, max);
    cut.push(field);
  }
  for (const field of cut) {
    issues.push({
      severity: 'warning',
      code: 'guests.import_too_long',
      row,
      column: null,
      message: `The ${field} of row ${row} are longer than a guest's ${field} can be; the end was left out.`,
      remedy: 'Shorten the cell in the file, or keep the rest in a document of its own.',
    });
  }
  return clipped;
}
