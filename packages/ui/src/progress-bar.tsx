import { ProgressBar as AriaProgressBar } from 'react-aria-components';

export interface ProgressBarProps {
  label: string;
  /** Leave out while the amount of work is unknown. */
  value?: number;
  max?: number;
  /** The text at the right; the percentage by default. */
  valueText?: string;
}

/** How far a piece of work has come. */
export function ProgressBar({ label, value, max = 100, valueText }: ProgressBarProps) {
  const isUnknown = value === undefined;
  return (
    <AriaProgressBar
      aria-label={label}
      value={value ?? 0}
      maxValue={Math.max(max, 1)}
      isIndeterminate={isUnknown}
      valueLabel={valueText}
      className="flex flex-col gap-1.5"
    >
      {({ percentage, valueText: shown }) => (
        <>
          <div className="flex justify-between gap-4 text-sm">
            <span className="text-ink">{label}</span>
            {isUnknown ? null : <span className="tabular text-ink-soft">{shown}</span>}
          </div>
          <div className="h-2 overflow-hidden rounded-full bg-hover">
            <div
              className={`h-full rounded-full bg-accent transition-[width] duration-300 ${isUnknown ? 'w-1/3 animate-pulse-soft' : ''}`}
              style={isUnknown ? undefined : { width: `${percentage ?? 0}%` }}
            />
          </div>
        </>
      )}
    </AriaProgressBar>
  );
}
