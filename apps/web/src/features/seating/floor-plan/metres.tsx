import { NumberField } from '@wedsync/ui/number-field';

interface MetresFieldProps {
  label: string;
  valueMm: number;
  onChange: (mm: number) => void;
  minMm?: number;
  maxMm?: number;
  stepMm?: number;
  description?: string;
}

/** A length that people give in metres and the plan keeps in millimetres. */
export function MetresField(props: MetresFieldProps) {
  const { label, valueMm, onChange, minMm = 50, maxMm = 100_000, stepMm = 10, description } = props;
  return (
    <NumberField
      label={label}
      description={description}
      value={valueMm / 1_000}
      onChange={(metres) => {
        if (Number.isFinite(metres)) onChange(Math.round(metres * 1_000));
      }}
      minValue={minMm / 1_000}
      maxValue={maxMm / 1_000}
      step={stepMm / 1_000}
      formatOptions={{ style: 'unit', unit: 'meter', maximumFractionDigits: 2 }}
    />
  );
}
