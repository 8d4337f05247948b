import type { AccessibilityNeed, GuestSide } from '@wedsync/contracts/guest-fields';
import type { AgeGroup, Diet } from '@wedsync/contracts/guest-import';
import type { Guest, GuestFields } from '@wedsync/contracts/guests';

/** A guest as a form holds it: nothing is null, lists of contacts are one line of text. */
export interface GuestDraft {
  title: string;
  firstName: string;
  lastName: string;
  email: string;
  phone: string;
  otherEmails: string;
  otherPhones: string;
  ageGroup: AgeGroup;
  side: GuestSide | '';
  diets: Diet[];
  dietNotes: string;
  accessibility: AccessibilityNeed[];
  accessibilityNotes: string;
  notes: string;
}
export type DraftField = keyof GuestDraft;

export const emptyDraft: GuestDraft = {
  title: '',
  firstName: '',
  lastName: '',
  email: '',
  phone: '',
  otherEmails: '',
  otherPhones: '',
  ageGroup: 'adult',
  side: '',
  diets: [],
  dietNotes: '',
  accessibility: [],
  accessibilityNotes: '',
  notes: '',
};

/** The form's reading of a stored guest. */
export function draftOf(guest: Guest): GuestDraft {
  return {
    title: guest.title,
    firstName: guest.firstName,
    lastName: guest.lastName,
    email: guest.email ?? '',
    phone: guest.phone ?? '',
    otherEmails: guest.otherEmails.join(', '),
    otherPhones: guest.otherPhones.join(', '),
    ageGroup: guest.ageGroup,
    side: guest.side ?? '',
    diets: guest.diets,
    dietNotes: guest.dietNotes,
    accessibility: guest.accessibility,
    accessibilityNotes: guest.accessibilityNotes,
    notes: guest.notes,
  };
}

const listOf = (text: string) =>
  text
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter(Boolean);

/** What the server takes for a draft. */
export function fieldsOf(draft: GuestDraft): Required<Omit<GuestFields, 'ageYears'>> {
  return {
    title: draft.title,
    firstName: draft.firstName,
    lastName: draft.lastName,
    email: draft.email.trim() || null,
    phone: draft.phone.trim() || null,
    otherEmails: listOf(draft.otherEmails),
    otherPhones: listOf(draft.otherPhones),
    ageGroup: draft.ageGroup,
    side: draft.side || null,
    diets: draft.diets,
    dietNotes: draft.dietNotes,
    accessibility: draft.accessibility,
    accessibilityNotes: draft.accessibilityNotes,
    notes: draft.notes,
  };
}

const isSame = (left: unknown, right: unknown) => JSON.stringify(left) === JSON.stringify(right);

const draftFields = Object.keys(emptyDraft).filter((key): key is DraftField => key in emptyDraft);

/** The fields in which a draft differs from where it started. */
export function changedFields(base: GuestDraft, draft: GuestDraft): DraftField[] {
  return draftFields.filter((field) => !isSame(base[field], draft[field]));
}

/** The smallest patch: fields that the person did not touch are not sent. */
export function patchOf(base: GuestDraft, draft: GuestDraft): GuestFields {
  const changed = new Set<string>(changedFields(base, draft));
  const entries = Object.entries(fieldsOf(draft)).filter(([field]) => changed.has(field));
  return Object.fromEntries(entries);
}

/** After a lost race: what the other person wrote, with what this one typed on top. */
export interface Merged {
  draft: GuestDraft;
  /** Fields that both changed, to different values; the draft keeps what this person typed. */
  clashes: DraftField[];
}

/** Puts a draft that started from `base` onto the row as it stands now. */
export function mergeDraft(base: GuestDraft, draft: GuestDraft, current: GuestDraft): Merged {
  const mine = changedFields(base, draft);
  const merged: GuestDraft = { ...current };
  for (const field of mine) copyField(merged, draft, field);
  const clashes = mine.filter(
    (field) => !isSame(base[field], current[field]) && !isSame(draft[field], current[field]),
  );
  return { draft: merged, clashes };
}

/** Copies one field; a function of its own so that its type follows the field. */
export function copyField<F extends DraftField>(
  target: Pick<GuestDraft, F>,
  source: Pick<GuestDraft, F>,
  field: F,
) {
  target[field] = source[field];
}
