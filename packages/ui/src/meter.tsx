import { Meter as AriaMeter } from 'react-aria-components';

export interface MeterPart {
  label: string;
  value: number;
  tone: 'positive' | 'critical' | 'caution' | 'neutral' | 'accent';
}

const fills: Record<MeterPart['tone'], string> = {
  positive: 'bg-positive',
  critical: 'bg-critical',
  caution: 'bg-caution',
  neutral: 'bg-line-strong',
  accent: 'bg-accent',
};

interface StackedMeterProps {
  label: string;
  parts: readonly MeterPart[];
  max: number;
}

/** Shares of a whole as one bar; the figures must also stand in words nearby. */
export function StackedMeter({ label, parts, max }: StackedMeterProps) {
  const words = parts.map((part) => `${part.value} ${part.label}`).join(', ');
  return (
    <div
      role="img"
      aria-label={`${label}: ${words}, of ${max}`}
      className="flex h-2 gap-px overflow-hidden rounded-full bg-hover"
    >
      {parts.map((part) => (
        <span
          key={part.label}
          className={fills[part.tone]}
          style={{ width: `${max > 0 ? (part.value / max) * 100 : 0}%` }}
        />
      ))}
    </div>
  );
}

interface MeterProps {
  label: string;
  value: number;
  max: number;
  valueText?: string;
}

/** How much of a limit is used; it warns from 80 % on. */
export function Meter({ label, value, max, valueText }: MeterProps) {
  const share = max > 0 ? value / max : 0;
  const fill = share >= 1 ? 'bg-critical' : share >= 0.8 ? 'bg-caution' : 'bg-accent';
  return (
    <AriaMeter
      aria-label={label}
      value={value}
      maxValue={Math.max(max, 1)}
      valueLabel={valueText ?? `${value} of ${max}`}
      className="flex flex-col gap-1.5"
    >
      {({ percentage, valueText: shown }) => (
        <>
          <div className="flex justify-between gap-4 text-sm">
            <span>{label}</span>
            <span className="tabular text-ink-soft">{shown}</span>
          </div>
          <div className="h-2 overflow-hidden rounded-full bg-hover">
            <div className={`h-full rounded-full ${fill}`} style={{ width: `${percentage}%` }} />
          </div>
        </>
      )}
    </AriaMeter>
  );
}
