import type { UpdateWedding } from '@wedsync/contracts/weddings';
import { ComboBox } from '@wedsync/ui/combo-box';
import { DateField } from '@wedsync/ui/date-field';
import { TextField } from '@wedsync/ui/text-field';
import { countryOptions, currencyOptions, languageOptions, zoneOptions } from './place-options.ts';

/** What can be said about a wedding, as a form holds it: nothing is null. */
export interface WeddingDraft {
  title: string;
  partnerAName: string;
  partnerBName: string;
  date: string;
  rsvpDeadline: string;
  venue: string;
  timeZone: string;
  locale: string;
  currency: string;
  defaultCountry: string;
}

/** What the server takes for a draft. */
export function weddingInput(draft: WeddingDraft): Required<UpdateWedding['patch']> {
  return { ...draft, date: draft.date || null, rsvpDeadline: draft.rsvpDeadline || null };
}

interface WeddingFieldsProps {
  draft: WeddingDraft;
  onChange: (patch: Partial<WeddingDraft>) => void;
}

/** The fields of a wedding: the couple, the days, the place and its conventions. */
export function WeddingFields({ draft, onChange }: WeddingFieldsProps) {
  const choice = (field: 'timeZone' | 'locale' | 'currency' | 'defaultCountry') => ({
    name: field,
    value: draft[field],
    onChange: (value: string | null) => {
      if (value) onChange({ [field]: value });
    },
  });
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="One partner"
          name="partnerAName"
          value={draft.partnerAName}
          onChange={(partnerAName) => onChange({ partnerAName })}
          isRequired
        />
        <TextField
          label="The other partner"
          name="partnerBName"
          value={draft.partnerBName}
          onChange={(partnerBName) => onChange({ partnerBName })}
        />
      </div>
      <TextField
        label="Title"
        name="title"
        description="As it stands above every page and in invitations."
        placeholder={coupleTitle(draft) || 'Sofia & Daniel'}
        value={draft.title}
        onChange={(title) => onChange({ title })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <DateField
          kind="date"
          label="Day of the wedding"
          name="date"
          value={draft.date}
          onChange={(date) => onChange({ date })}
        />
        <DateField
          kind="date"
          label="Last day for answers"
          name="rsvpDeadline"
          max={draft.date || undefined}
          value={draft.rsvpDeadline}
          onChange={(rsvpDeadline) => onChange({ rsvpDeadline })}
        />
      </div>
      <TextField
        label="Venue"
        name="venue"
        value={draft.venue}
        onChange={(venue) => onChange({ venue })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <ComboBox label="Time zone of the place" options={zoneOptions()} {...choice('timeZone')} />
        <ComboBox
          label="Country for phone numbers"
          options={countryOptions()}
          {...choice('defaultCountry')}
        />
        <ComboBox label="Language" options={languageOptions()} {...choice('locale')} />
        <ComboBox label="Currency" options={currencyOptions()} {...choice('currency')} />
      </div>
    </div>
  );
}

/** "Sofia & Daniel" from the partners' names. */
export function coupleTitle(draft: Pick<WeddingDraft, 'partnerAName' | 'partnerBName'>): string {
  return [draft.partnerAName.trim(), draft.partnerBName.trim()].filter(Boolean).join(' & ');
}
