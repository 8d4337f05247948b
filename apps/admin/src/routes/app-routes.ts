import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { mailSearch } from '../features/mail/mail-search.ts';
import { appRoute } from './app-route.ts';
import { communicationRoutes } from './communication-routes.ts';

const overviewRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/',
  component: lazyRouteComponent(
    () => import('../features/overview/overview-page.tsx'),
    'OverviewPage',
  ),
});

const servicesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/services',
  component: lazyRouteComponent(
    () => import('../features/services/services-page.tsx'),
    'ServicesPage',
  ),
});

const databaseRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/database',
  component: lazyRouteComponent(
    () => import('../features/database/database-page.tsx'),
    'DatabasePage',
  ),
});

const queuesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/queues',
  component: lazyRouteComponent(() => import('../features/queues/queues-page.tsx'), 'QueuesPage'),
});

const schedulesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/schedules',
  component: lazyRouteComponent(
    () => import('../features/schedules/schedules-page.tsx'),
    'SchedulesPage',
  ),
});

const outboxRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/outbox',
  component: lazyRouteComponent(() => import('../features/outbox/outbox-page.tsx'), 'OutboxPage'),
});

const mailRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/mail',
  validateSearch: mailSearch,
  component: lazyRouteComponent(() => import('../features/mail/mail-page.tsx'), 'MailPage'),
});

const seatingRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/seating',
  component: lazyRouteComponent(
    () => import('../features/seating/seating-page.tsx'),
    'SeatingPage',
  ),
});

const organizationsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/organizations',
  component: lazyRouteComponent(
    () => import('../features/organizations/organizations-page.tsx'),
    'OrganizationsPage',
  ),
});

const usersRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/users',
  component: lazyRouteComponent(() => import('../features/users/users-page.tsx'), 'UsersPage'),
});

const operatorAuditRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/operator-audit',
  component: lazyRouteComponent(
    () => import('../features/operator-audit/operator-audit-page.tsx'),
    'OperatorAuditPage',
  ),
});

/** One route per room; its entry in the navigation stands in `rooms.ts`. */
export const appRoutes = [
  overviewRoute,
  servicesRoute,
  databaseRoute,
  queuesRoute,
  schedulesRoute,
  outboxRoute,
  mailRoute,
  ...communicationRoutes,
  seatingRoute,
  organizationsRoute,
  usersRoute,
  operatorAuditRoute,
] as const;
