import type { ReactNode } from 'react';
import { Brand } from './brand.tsx';

interface AuthLayoutProps {
  title: string;
  note?: ReactNode;
  children: ReactNode;
  /** Below the card: the way to a neighbouring page. */
  footer?: ReactNode;
}

/** The page of somebody who is not signed in: one sheet of paper on the linen. */
export function AuthLayout({ title, note, children, footer }: AuthLayoutProps) {
  return (
    <div className="flex min-h-dvh flex-col items-center bg-frame px-4 py-8 sm:justify-center sm:py-12">
      <header className="mb-7">
        <Brand />
      </header>
      <main
        id="content"
        className="w-full max-w-md rounded-xl bg-surface px-6 py-7 text-ink shadow-float sm:px-9 sm:py-9"
      >
        <h1 className="font-display text-3xl text-ink">{title}</h1>
        {note ? <div className="mt-1.5 text-base text-ink-soft">{note}</div> : null}
        <div className="mt-6">{children}</div>
      </main>
      {footer ? (
        <footer className="mt-6 text-base text-frame-soft [&_a]:text-frame-ink [&_button]:text-frame-ink [&_button]:data-hovered:bg-frame-hover">
          {footer}
        </footer>
      ) : null}
    </div>
  );
}
