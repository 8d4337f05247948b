import { type ComponentType, lazy, Suspense } from 'react';
import { Link } from 'react-aria-components';

export interface ShellNavItem {
  label: string;
  href: string;
  icon: ComponentType<{ className?: string; 'aria-hidden'?: boolean | 'true' }>;
  /** A figure worth seeing, e.g. failed jobs. */
  count?: number;
  /** Marks the entry only for this address, not for those below it. */
  isExact?: boolean;
  /** Starts a group with this heading in the sidebar. */
  group?: string;
}

/** Menus are large and not needed to see the page: they arrive after it. */
const ShellMore = lazy(async () => ({ default: (await import('./shell-more.tsx')).ShellMore }));

interface NavProps {
  items: readonly ShellNavItem[];
  label: string;
  path: string;
}

/** More entries than this leave a phone's tab bar for the "More" menu. */
const barEntriesMax = 4;

function isCurrent(item: ShellNavItem, path: string) {
  const isBelow = !item.isExact && path.startsWith(`${item.href}/`);
  return path === item.href || isBelow;
}

/** The sidebar's list; hidden below 768 px. */
export function NavRail({ items, label, path }: NavProps) {
  if (items.length === 0) return null;
  return (
    <nav aria-label={label} className="hidden min-h-0 overflow-y-auto md:block">
      <ul className="m-0 flex list-none flex-col gap-0.5 p-0.5">
        {items.map((item) => (
          <li key={item.href}>
            {item.group ? (
              <p className="px-2.5 pt-4 pb-1.5 text-frame-soft text-xs tracking-wide">
                {item.group}
              </p>
            ) : null}
            <Link
              href={item.href}
              aria-current={isCurrent(item, path) ? 'page' : undefined}
              className="flex h-9.5 items-center gap-3 rounded-md px-2.5 text-base text-frame-soft no-underline outline-offset-0 transition-colors data-hovered:bg-frame-hover data-hovered:text-frame-ink aria-[current]:bg-frame-active aria-[current]:font-medium aria-[current]:text-frame-ink"
            >
              <item.icon aria-hidden="true" className="size-4.5 shrink-0" />
              <span className="flex-1 truncate">{item.label}</span>
              {item.count ? (
                <span className="tabular rounded-full bg-frame-line px-2 text-frame-ink text-xs">
                  {item.count}
                </span>
              ) : null}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const barItemStyle =
  'flex min-h-13 w-full min-w-0 cursor-pointer flex-col items-center justify-center gap-0.5 rounded-md px-1 text-frame-soft text-xs no-underline outline-offset-[-3px] aria-[current]:text-frame-ink aria-[current]:bg-frame-active';

/** The tab bar of a phone; hidden from 768 px on. */
export function NavBar({ items, label, path }: NavProps) {
  if (items.length === 0) return null;
  const isLong = items.length > barEntriesMax + 1;
  const shown = isLong ? items.slice(0, barEntriesMax) : items;
  const rest = isLong ? items.slice(barEntriesMax) : [];
  return (
    <nav
      aria-label={label}
      className="fixed inset-x-0 bottom-0 z-30 border-frame-line border-t bg-frame px-1 pt-1 pb-[max(0.25rem,env(safe-area-inset-bottom))] md:hidden"
    >
      <ul className="m-0 flex list-none gap-0.5 p-0">
        {shown.map((item) => (
          <li key={item.href} className="min-w-0 flex-1">
            <Link
              href={item.href}
              aria-current={isCurrent(item, path) ? 'page' : undefined}
              className={barItemStyle}
            >
              <item.icon aria-hidden="true" className="size-5" />
              <span className="max-w-full truncate">{item.label}</span>
            </Link>
          </li>
        ))}
        {rest.length > 0 ? (
          <li className="min-w-0 flex-1">
            <Suspense>
              <ShellMore items={rest} className={barItemStyle} />
            </Suspense>
          </li>
        ) : null}
      </ul>
    </nav>
  );
}
