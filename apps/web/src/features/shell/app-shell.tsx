import { useQuery } from '@tanstack/react-query';
import { lazyRouteComponent, Outlet, useLocation, useParams } from '@tanstack/react-router';
import { Brand } from '@wedsync/ui/brand';
import { PageShell } from '@wedsync/ui/page-shell';
import type { ShellNavItem } from '@wedsync/ui/shell-nav';
import { Building2, Heart, UserRound } from 'lucide-react';
import { Suspense } from 'react';
import { paths } from '../../lib/paths.ts';
import { useProfile } from '../../lib/session.ts';
import { isReaderOf, weddingQuery } from '../../lib/wedding.ts';
import { roomsOf } from '../../rooms.ts';
import { LiveDot } from './live-dot.tsx';
import { PageWait } from './page-wait.tsx';
import { WeddingSwitch } from './wedding-switch.tsx';

// Menus are large and not needed to see the page: they arrive after it.
const AccountMenu = lazyRouteComponent(() => import('./account-menu.tsx'), 'AccountMenu');

/** Frame of every page behind the sign-in: a wedding's rooms inside one, else the person's own. */
export function AppShell() {
  const profile = useProfile();
  const { pathname } = useLocation();
  const { weddingId } = useParams({ strict: false });
  const { data: wedding } = useQuery({
    ...weddingQuery(weddingId ?? ''),
    enabled: weddingId !== undefined,
  });
  const isReader = wedding !== undefined && isReaderOf(wedding);
  const home: ShellNavItem[] = [
    { label: 'Weddings', href: paths.home, icon: Heart, isExact: true },
    ...profile.organizations.map(({ orgId, name }) => ({
      label: name,
      href: paths.organization(orgId),
      icon: Building2,
    })),
    { label: 'Your account', href: paths.account, icon: UserRound },
  ];
  return (
    <PageShell
      brand={<Brand isCompact={Boolean(weddingId)} />}
      context={weddingId ? <WeddingSwitch weddingId={weddingId} /> : null}
      nav={weddingId ? roomsOf(weddingId, { isReader }) : home}
      navLabel={weddingId ? 'Rooms of the wedding' : 'Main'}
      path={pathname}
      status={<LiveDot />}
      account={
        <Suspense fallback={<span className="h-9.5 md:h-12" />}>
          <AccountMenu profile={profile} />
        </Suspense>
      }
    >
      <Suspense fallback={<PageWait />}>
        <Outlet />
      </Suspense>
    </PageShell>
  );
}
