import type { ReactNode } from 'react';

export interface StatProps {
  label: ReactNode;
  value: ReactNode;
  note?: ReactNode;
}

/** One figure with its name; put several into a `StatRow`. */
export function Stat({ label, value, note }: StatProps) {
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <dt className="text-ink-soft text-sm">{label}</dt>
      <dd className="tabular m-0 font-display text-3xl text-ink">{value}</dd>
      {note ? <dd className="m-0 text-ink-soft text-sm">{note}</dd> : null}
    </div>
  );
}

/** Figures side by side, wrapping on narrow screens. */
export function StatRow({ children }: { children: ReactNode }) {
  return (
    <dl className="m-0 grid grid-cols-[repeat(auto-fit,minmax(7.5rem,1fr))] gap-x-6 gap-y-5">
      {children}
    </dl>
  );
}
