import { dietWords } from '@wedsync/contracts/diet-words';
import type { Diet, DietCode } from '@wedsync/contracts/guest-import';
import { IconButton } from '@wedsync/ui/icon-button';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { Select } from '@wedsync/ui/select';
import { X } from 'lucide-react';
import { keysOf } from '../../lib/keys-of.ts';

interface DietPickerProps {
  diets: readonly Diet[];
  onChange: (diets: Diet[]) => void;
}

const severities = [
  { value: 'preference', label: 'Wish' },
  { value: 'allergy', label: 'Allergy' },
] as const;

/** Foods to avoid, each as a wish or as a danger: the kitchen must know which. */
export function DietPicker({ diets, onChange }: DietPickerProps) {
  const chosen = new Set(diets.map((diet) => diet.code));
  const left = keysOf(dietWords).filter((code) => !chosen.has(code));
  const replace = (code: DietCode, severity: Diet['severity']) =>
    onChange(diets.map((diet) => (diet.code === code ? { code, severity } : diet)));
  return (
    <div className="flex flex-col gap-2.5">
      {diets.map((diet) => (
        <div key={diet.code} className="flex items-center gap-3">
          <span className="min-w-0 flex-1 truncate">{dietWords[diet.code]}</span>
          <RadioGroup
            label={`How strict is “${dietWords[diet.code]}”?`}
            isLabelHidden
            look="segments"
            orientation="horizontal"
            options={severities}
            value={diet.severity}
            onChange={(severity) => replace(diet.code, severity)}
          />
          <IconButton
            size="sm"
            label={`Remove “${dietWords[diet.code]}”`}
            onPress={() => onChange(diets.filter(({ code }) => code !== diet.code))}
          >
            <X aria-hidden="true" />
          </IconButton>
        </div>
      ))}
      <Select
        label={diets.length === 0 ? 'Diet or allergy' : 'Another diet or allergy'}
        placeholder="Add…"
        options={left.map((value) => ({ value, label: dietWords[value] }))}
        value={null}
        onChange={(code) => onChange([...diets, { code, severity: 'preference' }])}
      />
    </div>
  );
}
