import type { ReactNode } from 'react';

export interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  /** Why it is empty and what to do first. */
  children?: ReactNode;
  actions?: ReactNode;
}

/** What stands where nothing is yet: the reason and the first step. */
export function EmptyState({ icon, title, children, actions }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-lg flex-col items-center px-6 py-14 text-center">
      {icon ? (
        <div
          aria-hidden="true"
          className="mb-4 flex size-14 items-center justify-center rounded-full bg-accent-soft text-accent-ink [&_svg]:size-6"
        >
          {icon}
        </div>
      ) : null}
      <h2 className="font-display text-2xl text-ink">{title}</h2>
      {children ? <div className="mt-2 text-base text-ink-soft">{children}</div> : null}
      {actions ? <div className="mt-6 flex flex-wrap justify-center gap-2.5">{actions}</div> : null}
    </div>
  );
}
