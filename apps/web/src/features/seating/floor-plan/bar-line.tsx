import type { ReactNode } from 'react';

/** Words and buttons of one line; wraps on a phone. */
export function BarLine(props: { title: string; note: ReactNode; children: ReactNode }) {
  return (
    <>
      <div className="min-w-0 flex-1 basis-36">
        <p className="truncate font-medium text-ink">{props.title}</p>
        <p className="truncate text-ink-soft text-sm">{props.note}</p>
      </div>
      <div className="flex flex-wrap items-center gap-1.5">{props.children}</div>
    </>
  );
}
