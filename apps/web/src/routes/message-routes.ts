import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { weddingRoute } from './wedding-route.ts';

const messagesRoute = createRoute({
  getParentRoute: () => weddingRoute,
  path: '/messages',
  component: lazyRouteComponent(
    () => import('../features/communications/messages-page.tsx'),
    'MessagesPage',
  ),
});

const messageRoute = createRoute({
  getParentRoute: () => weddingRoute,
  path: '/messages/$messageId',
  component: lazyRouteComponent(
    () => import('../features/communications/message-page.tsx'),
    'MessagePage',
  ),
});

const messageCheckRoute = createRoute({
  getParentRoute: () => weddingRoute,
  path: '/messages/$messageId/check',
  component: lazyRouteComponent(
    () => import('../features/communications/preflight/preflight-page.tsx'),
    'PreflightPage',
  ),
});

const templatesRoute = createRoute({
  getParentRoute: () => weddingRoute,
  path: '/templates',
  component: lazyRouteComponent(
    () => import('../features/communications/templates/templates-page.tsx'),
    'TemplatesPage',
  ),
});

const templateRoute = createRoute({
  getParentRoute: () => weddingRoute,
  path: '/templates/$templateId',
  component: lazyRouteComponent(
    () => import('../features/communications/templates/template-page.tsx'),
    'TemplatePage',
  ),
});

const remindersRoute = createRoute({
  getParentRoute: () => weddingRoute,
  path: '/reminders',
  component: lazyRouteComponent(
    () => import('../features/communications/reminders/reminders-page.tsx'),
    'RemindersPage',
  ),
});

const textRepliesRoute = createRoute({
  getParentRoute: () => weddingRoute,
  path: '/text-replies',
  component: lazyRouteComponent(
    () => import('../features/communications/text-replies/text-replies-page.tsx'),
    'TextRepliesPage',
  ),
});

const messageReportRoute = createRoute({
  getParentRoute: () => weddingRoute,
  path: '/message-report',
  component: lazyRouteComponent(
    () => import('../features/communications/report/report-page.tsx'),
    'ReportPage',
  ),
});

/** The rooms around messages; `wedding-routes.ts` puts them under their wedding. */
export const messageRoutes = [
  messagesRoute,
  messageRoute,
  messageCheckRoute,
  templatesRoute,
  templateRoute,
  remindersRoute,
  textRepliesRoute,
  messageReportRoute,
] as const;
