import type { ColumnChoice, ImportField, ImportGuestField } from '@wedsync/contracts/guest-import';

const fieldsOfColumn: Readonly<Partial<Record<ImportField, readonly ImportGuestField[]>>> = {
  title: ['title'],
  email: ['emails', 'notes'],
  phone: ['phones', 'notes'],
  diet: ['diets', 'dietNotes'],
  allergy: ['diets', 'dietNotes'],
  'diet-notes': ['dietNotes'],
  accessibility: ['accessibility', 'accessibilityNotes'],
  'accessibility-notes': ['accessibilityNotes'],
  'age-group': ['ageGroup', 'ageYears', 'notes'],
  children: ['ageGroup', 'ageYears'],
  side: ['side', 'tags'],
  tags: ['tags'],
  notes: ['notes', 'diets', 'dietNotes', 'accessibility'],
  extra: ['notes'],
  'event-invited': ['invitations'],
  'event-answer': ['invitations'],
  'full-name': ['title', 'ageGroup', 'ageYears', 'notes', 'diets', 'dietNotes'],
};

/**
 * The fields that a file with these columns can say something about. A list of names and addresses
 * must not empty the diets that another list brought.
 */
export function providedFields(mapping: readonly ColumnChoice[]): ImportGuestField[] {
  const fields = new Set<ImportGuestField>(['firstName', 'lastName']);
  for (const { field } of mapping) for (const name of fieldsOfColumn[field] ?? []) fields.add(name);
  return [...fields];
}
