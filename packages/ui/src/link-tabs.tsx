import { Link } from 'react-aria-components';

export interface LinkTab {
  label: string;
  href: string;
}

interface LinkTabsProps {
  /** Names the places for screen readers. */
  label: string;
  tabs: readonly LinkTab[];
  /** The address of the page, to mark its entry. */
  path: string;
}

/** Neighbouring pages of one room; each has an address of its own. */
export function LinkTabs({ label, tabs, path }: LinkTabsProps) {
  return (
    <nav aria-label={label} className="mb-5 border-line border-b">
      <ul className="m-0 flex list-none gap-1 overflow-x-auto p-0 [scrollbar-width:none]">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href}
              aria-current={path === tab.href ? 'page' : undefined}
              className="-mb-px block whitespace-nowrap border-transparent border-b-2 px-3 py-2 text-base text-ink-soft no-underline outline-offset-[-2px] data-hovered:text-ink aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-ink"
            >
              {tab.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
