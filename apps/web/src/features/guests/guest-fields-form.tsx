import type { GuestSide } from '@wedsync/contracts/guest-fields';
import { Checkbox } from '@wedsync/ui/checkbox';
import { CheckboxGroup } from '@wedsync/ui/checkbox-group';
import { Select } from '@wedsync/ui/select';
import { TextArea } from '@wedsync/ui/text-area';
import { TextField } from '@wedsync/ui/text-field';
import type { ReactNode } from 'react';
import { keysOf } from '../../lib/keys-of.ts';
import { DietPicker } from './diet-picker.tsx';
import type { GuestDraft } from './guest-draft.ts';
import { ageWords, needWords, optionsOf } from './words.ts';

const needs = keysOf(needWords);

interface GuestFieldsFormProps {
  draft: GuestDraft;
  onChange: (patch: Partial<GuestDraft>) => void;
  sides: Record<GuestSide, string>;
}

/** A group of fields under one heading. */
export function FormSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="m-0 min-w-0 border-0 p-0">
      <legend className="mb-3 p-0 font-display text-ink text-lg">{title}</legend>
      <div className="flex flex-col gap-4">{children}</div>
    </fieldset>
  );
}

/** Everything that is known about one guest, apart from household, invitations and tags. */
export function GuestFieldsForm({ draft, onChange, sides }: GuestFieldsFormProps) {
  const text = (field: keyof GuestDraft & string, label: string) => ({
    label,
    name: field,
    value: String(draft[field]),
    onChange: (value: string) => onChange({ [field]: value }),
  });
  return (
    <div className="flex flex-col gap-7">
      <FormSection title="Who">
        <div className="grid grid-cols-[5.5rem_1fr] gap-3 sm:grid-cols-[5.5rem_1fr_1fr]">
          <TextField {...text('title', 'Title')} placeholder="Dr" />
          <TextField {...text('firstName', 'First name')} autoComplete="off" />
          <TextField
            {...text('lastName', 'Last name')}
            autoComplete="off"
            className="col-span-2 sm:col-span-1"
          />
        </div>
        <div className="grid grid-cols-2 gap-3">
          <Select
            label="Age"
            options={optionsOf(ageWords)}
            value={draft.ageGroup}
            onChange={(ageGroup) => onChange({ ageGroup })}
          />
          <Select
            label="Side"
            options={[{ value: '', label: 'Not chosen' }, ...optionsOf(sides)]}
            value={draft.side}
            onChange={(side) => onChange({ side })}
          />
        </div>
      </FormSection>
      <FormSection title="Contact">
        <div className="grid gap-3 sm:grid-cols-2">
          <TextField {...text('email', 'E-mail')} type="email" autoComplete="off" />
          <TextField {...text('phone', 'Phone')} type="tel" autoComplete="off" />
          <TextField {...text('otherEmails', 'More e-mails')} placeholder="Separated by commas" />
          <TextField {...text('otherPhones', 'More phones')} placeholder="Separated by commas" />
        </div>
      </FormSection>
      <FormSection title="Food">
        <DietPicker diets={draft.diets} onChange={(diets) => onChange({ diets })} />
        <TextArea {...text('dietNotes', 'In their own words')} rows={2} />
      </FormSection>
      <FormSection title="Accessibility">
        <CheckboxGroup
          label="What this guest needs"
          isLabelHidden
          value={draft.accessibility}
          onChange={(chosen) =>
            onChange({ accessibility: needs.filter((need) => chosen.includes(need)) })
          }
        >
          {needs.map((need) => (
            <Checkbox key={need} value={need}>
              {needWords[need]}
            </Checkbox>
          ))}
        </CheckboxGroup>
        <TextArea {...text('accessibilityNotes', 'What else helps')} rows={2} />
      </FormSection>
      <FormSection title="Notes">
        <TextArea {...text('notes', 'For the planning team only')} rows={3} />
      </FormSection>
    </div>
  );
}
