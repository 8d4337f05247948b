import type {
  ColumnChoice,
  ImportField,
  ImportGuestField,
  ImportGuestValues,
} from '@wedsync/contracts/guest-import';

const fieldsOfColumn: Readonly<Partial<Record<ImportField, readonly ImportGuestField[]>>> = {
  title: ['title'],
  email: ['emails'],
  phone: ['phones'],
  diet: ['diets', 'dietNotes'],
  allergy: ['diets', 'dietNotes'],
  'diet-notes': ['dietNotes'],
  accessibility: ['accessibility', 'accessibilityNotes'],
  'accessibility-notes': ['accessibilityNotes'],
  'age-group': ['ageGroup', 'ageYears'],
  children: ['ageGroup', 'ageYears'],
  side: ['side', 'tags'],
  tags: ['tags'],
  notes: ['notes', 'diets', 'dietNotes', 'accessibility'],
  extra: ['notes'],
  'event-invited': ['invitations'],
  'event-answer': ['invitations'],
};

/**
 * The fields that the columns of a file speak of, also where a cell is blank. A list of names and
 * addresses must not empty the diets that another list brought.
 */
export function providedFields(mapping: readonly ColumnChoice[]): ImportGuestField[] {
  const fields = new Set<ImportGuestField>(['firstName', 'lastName']);
  for (const { field } of mapping) for (const name of fieldsOfColumn[field] ?? []) fields.add(name);
  return [...fields];
}

/** Those, and what a name cell said by the way: a title, an age, a remark in brackets. */
export function spokenFields(
  provided: readonly ImportGuestField[],
  values: ImportGuestValues,
): ImportGuestField[] {
  const all = Object.keys(values) as ImportGuestField[];
  return all.filter((field) => {
    if (provided.includes(field)) return true;
    const value = values[field];
    if (field === 'ageGroup') return value !== 'adult';
    return Array.isArray(value) ? value.length > 0 : value !== null && value !== '';
  });
}
