import type { ReactNode } from 'react';

export interface CardProps {
  title?: ReactNode;
  /** A line below the title. */
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** Lets a table or list reach the edges. */
  isFlush?: boolean;
}

/** A sheet of paper on the page: one subject. */
export function Card({ title, note, actions, children, isFlush }: CardProps) {
  return (
    <section className="min-w-0 rounded-xl border border-line bg-surface shadow-card">
      {title ? (
        <header className="flex flex-wrap items-start justify-between gap-3 px-5 pt-4.5">
          <div className="min-w-0">
            <h2 className="font-display text-ink text-xl">{title}</h2>
            {note ? <p className="mt-0.5 text-ink-soft text-sm">{note}</p> : null}
          </div>
          {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
        </header>
      ) : null}
      <div className={isFlush ? 'pt-3' : 'px-5 py-4.5'}>{children}</div>
    </section>
  );
}
