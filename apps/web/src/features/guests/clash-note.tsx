import { dietWords } from '@wedsync/contracts/diet-words';
import type { Diet } from '@wedsync/contracts/guest-import';
import { Button } from '@wedsync/ui/button';
import { Callout } from '@wedsync/ui/callout';
import type { DraftField, GuestDraft } from './guest-draft.ts';
import { ageWords, needWords } from './words.ts';

const fieldWords: Record<DraftField, string> = {
  title: 'Title',
  firstName: 'First name',
  lastName: 'Last name',
  email: 'E-mail',
  phone: 'Phone',
  otherEmails: 'More e-mails',
  otherPhones: 'More phones',
  ageGroup: 'Age',
  side: 'Side',
  diets: 'Diets and allergies',
  dietNotes: 'Food, in their own words',
  accessibility: 'Accessibility',
  accessibilityNotes: 'What else helps',
  notes: 'Notes',
};

const dietText = (diet: Diet) =>
  diet.severity === 'allergy' ? `${dietWords[diet.code]} (allergy)` : dietWords[diet.code];

function valueWords(draft: GuestDraft, field: DraftField): string {
  if (field === 'diets') return draft.diets.map(dietText).join(', ') || 'nothing';
  if (field === 'accessibility') {
    return draft.accessibility.map((need) => needWords[need]).join(', ') || 'nothing';
  }
  if (field === 'ageGroup') return ageWords[draft.ageGroup];
  return String(draft[field]) || 'nothing';
}

interface ClashNoteProps {
  fields: readonly DraftField[];
  mine: GuestDraft;
  theirs: GuestDraft;
  onTakeTheirs: (field: DraftField) => void;
}

/** Both values of every field that two people changed at once. Saving again keeps one's own. */
export function ClashNote({ fields, mine, theirs, onTakeTheirs }: ClashNoteProps) {
  if (fields.length === 0) return null;
  return (
    <Callout tone="caution" title="Somebody changed this guest while you were typing" isLive>
      <p>Nothing of yours is lost. Choose for each field, then save again.</p>
      <ul className="mt-2 list-none space-y-2.5 p-0">
        {fields.map((field) => (
          <li key={field}>
            <p className="font-medium">{fieldWords[field]}</p>
            <p>Yours: {valueWords(mine, field)}</p>
            <p className="flex flex-wrap items-center gap-2">
              Theirs: {valueWords(theirs, field)}
              <Button size="sm" onPress={() => onTakeTheirs(field)}>
                Take theirs
              </Button>
            </p>
          </li>
        ))}
      </ul>
    </Callout>
  );
}
