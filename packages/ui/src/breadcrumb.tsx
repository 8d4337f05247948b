import { Breadcrumb as AriaBreadcrumb, Breadcrumbs } from 'react-aria-components';
import { Link } from './link.tsx';

export interface Crumb {
  label: string;
  /** The last crumb is the page itself and has none. */
  href?: string;
}

/** The way from the top to this page. */
export function Breadcrumb({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb">
      <Breadcrumbs className="m-0 flex list-none flex-wrap items-center gap-x-2 p-0 text-sm">
        {crumbs.map((crumb) => (
          <AriaBreadcrumb
            key={crumb.label}
            className="flex items-center gap-2 text-ink-soft not-last:after:text-ink-faint not-last:after:content-['/']"
          >
            {crumb.href ? (
              <Link href={crumb.href} variant="quiet">
                {crumb.label}
              </Link>
            ) : (
              <span aria-current="page">{crumb.label}</span>
            )}
          </AriaBreadcrumb>
        ))}
      </Breadcrumbs>
    </nav>
  );
}
