import type { ReactNode } from 'react';
import { NavBar, NavRail, type ShellNavItem } from './shell-nav.tsx';

export interface PageShellProps {
  /** The product's name or mark, top left. */
  brand: ReactNode;
  /** Where the person is, e.g. the open wedding; between brand and navigation. */
  context?: ReactNode;
  nav: readonly ShellNavItem[];
  /** Names the navigation for screen readers. */
  navLabel: string;
  /** The address of the page, to mark the current entry. */
  path: string;
  /** Theme and user menu at the foot of the sidebar, top right on a phone. */
  account: ReactNode;
  /** A thin line of state, e.g. the connection. */
  status?: ReactNode;
  children: ReactNode;
}

/**
 * The frame of an application: sidebar from 768 px on, top line and tab bar below. The first stop
 * of the keyboard is a link to the content.
 */
export function PageShell(props: PageShellProps) {
  const { brand, context, nav, navLabel, path, account, status, children } = props;
  return (
    <div className="flex min-h-dvh flex-col bg-frame md:h-dvh md:flex-row">
      <a
        href="#content"
        className="absolute -top-20 left-3 z-50 rounded-md bg-raised px-4 py-2 text-ink shadow-float focus:top-3"
      >
        Skip to the content
      </a>
      <header className="flex items-center gap-3 px-4 py-2.5 text-frame-ink md:w-60 md:shrink-0 md:flex-col md:items-stretch md:gap-5 md:px-3 md:pt-5 md:pb-3">
        <div className="shrink-0 md:px-2.5">{brand}</div>
        {context ? <div className="min-w-0 flex-1 md:flex-none md:px-1">{context}</div> : null}
        <NavRail items={nav} label={navLabel} path={path} />
        <div className="ml-auto flex items-center gap-1 md:mt-auto md:ml-0 md:flex-col md:items-stretch md:gap-2">
          {status ? <div className="text-frame-soft text-xs md:px-2.5">{status}</div> : null}
          {account}
        </div>
      </header>
      <main
        id="content"
        tabIndex={-1}
        // Positioned: what hides itself from sight would otherwise lengthen the document instead of the page.
        className="relative min-w-0 flex-1 rounded-t-xl bg-canvas pb-20 outline-none md:my-2 md:mr-2 md:overflow-y-auto md:rounded-xl md:pb-0"
      >
        {children}
      </main>
      <NavBar items={nav} label={navLabel} path={path} />
    </div>
  );
}

export interface PageProps {
  title: ReactNode;
  /** Above the title: a breadcrumb. */
  above?: ReactNode;
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** `wide` for tables, `text` for forms. */
  width?: 'text' | 'normal' | 'wide';
}

const widths = { text: 'max-w-3xl', normal: 'max-w-6xl', wide: 'max-w-none' };

/** A page inside the shell: one heading, its actions, its content. */
export function Page({ title, above, note, actions, children, width = 'normal' }: PageProps) {
  return (
    <div className={`mx-auto flex min-h-full flex-col px-4 py-5 sm:px-7 sm:py-7 ${widths[width]}`}>
      {above ? <div className="mb-2">{above}</div> : null}
      <div className="mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 className="font-display text-3xl text-ink">{title}</h1>
          {note ? <div className="mt-1 text-base text-ink-soft">{note}</div> : null}
        </div>
        {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
      </div>
      {children}
    </div>
  );
}
