import { dietWords } from '@wedsync/contracts/diet-words';
import type { HistoryEntry } from '@wedsync/contracts/guests';
import { ageWords, answerWords, needWords } from './words.ts';

const actions: Record<string, string> = {
  create: 'added the guest',
  update: 'changed the guest',
  remove: 'removed the guest',
  restore: 'brought the guest back',
  tag: 'changed the tags',
  invite: 'invited the guest',
  uninvite: 'took an invitation back',
  answer: 'answered',
  'record-answers': 'wrote down an answer',
  'submit-rsvp': 'answered the invitation',
  'apply-import': 'imported the guest',
  'undo-import': 'took an import back',
};

/** What was done, as the end of a sentence that starts with who did it. */
export function actionWords(action: string): string {
  const verb = action.split('.').at(-1)?.replaceAll('_', '-') ?? '';
  return actions[verb] ?? 'changed something';
}

/** Who did it. */
export function actorWords(entry: Pick<HistoryEntry, 'actorKind' | 'actorName'>): string {
  if (entry.actorName) return entry.actorName;
  const kinds = {
    user: 'Somebody who left',
    guest_link: 'The household',
    operator: 'Support',
    system: 'WedSync',
  };
  return kinds[entry.actorKind];
}

const fields: Record<string, string> = {
  title: 'Title',
  firstName: 'First name',
  lastName: 'Last name',
  email: 'E-mail',
  otherEmails: 'More e-mails',
  phone: 'Phone',
  otherPhones: 'More phones',
  ageGroup: 'Age',
  ageYears: 'Age in years',
  side: 'Side',
  diets: 'Diet',
  dietNotes: 'Food, in their own words',
  accessibility: 'Accessibility',
  accessibilityNotes: 'What else helps',
  notes: 'Notes',
  answer: 'Answer',
  eventId: 'Event',
  tagIds: 'Tags',
};

const words: Record<string, string> = { ...ageWords, ...answerWords, ...dietWords, ...needWords };

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

function valueText(value: unknown, names: ReadonlyMap<string, string>): string {
  if (value === null || value === undefined || value === '') return '';
  if (Array.isArray(value)) {
    return value
      .map((item) => valueText(item, names))
      .filter(Boolean)
      .join(', ');
  }
  if (typeof value === 'object') {
    if (!('code' in value)) return '';
    const diet = valueText(value.code, names);
    return 'severity' in value && value.severity === 'allergy' ? `${diet} (allergy)` : diet;
  }
  const text = String(value);
  return names.get(text) ?? words[text] ?? (uuid.test(text) ? '' : text);
}

export interface ChangeLine {
  field: string;
  before: string;
  after: string;
}

/** The fields of a change that mean something to a person, before and after. */
export function changeLines(
  entry: Pick<HistoryEntry, 'before' | 'after'>,
  names: ReadonlyMap<string, string>,
): ChangeLine[] {
  const keys = new Set([...Object.keys(entry.before ?? {}), ...Object.keys(entry.after ?? {})]);
  return [...keys].flatMap((key) => {
    const field = fields[key];
    if (!field) return [];
    const before = valueText(entry.before?.[key], names);
    const after = valueText(entry.after?.[key], names);
    return before === after ? [] : [{ field, before, after }];
  });
}
