import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from './root';
import { textSearch } from './search';

export const readinessRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  validateSearch: textSearch('organisationId', 'tier', 'verdict', 'q', 'cursor', 'trend', 'moved', 'asOf'),
  component: lazyRouteComponent(() => import('../features/readiness/readiness-page'), 'ReadinessPage'),
});

export const myDeadlinesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/me',
  component: lazyRouteComponent(() => import('../features/obligations/my-deadlines-page'), 'MyDeadlinesPage'),
});

export const calendarRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/calendar',
  validateSearch: textSearch('view', 'month', 'day', 'owner', 'kind', 'tier', 'organisationId'),
  component: lazyRouteComponent(() => import('../features/calendar/calendar-page'), 'CalendarPage'),
});

export const waiversRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/waivers',
  validateSearch: textSearch('status', 'organisationId', 'cursor'),
  component: lazyRouteComponent(() => import('../features/waivers/waivers-page'), 'WaiversPage'),
});

export const improvementsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/improvements',
  validateSearch: textSearch('source', 'status', 'overdue', 'owner', 'organisationId', 'q', 'cursor'),
  component: lazyRouteComponent(() => import('../features/improvements/improvements-page'), 'ImprovementsPage'),
});

export const improvementRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/improvements/$itemId',
  component: lazyRouteComponent(() => import('../features/improvements/improvement-page'), 'ImprovementPage'),
});

export const adviceListRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/advice',
  staticData: { needs: 'advice:read' },
  validateSearch: textSearch('status', 'organisationId', 'cursor'),
  component: lazyRouteComponent(() => import('../features/advice/advice-list-page'), 'AdviceListPage'),
});

export const adviceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/advice/$adviceId',
  staticData: { needs: 'advice:read' },
  component: lazyRouteComponent(() => import('../features/advice/advice-page'), 'AdvicePage'),
});

export const reportsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports',
  staticData: { needs: 'reports:read' },
  validateSearch: textSearch('periodKind', 'status', 'organisationId', 'cursor'),
  component: lazyRouteComponent(() => import('../features/reports/reports-page'), 'ReportsPage'),
});

export const reportRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reports/$reportId',
  staticData: { needs: 'reports:read' },
  component: lazyRouteComponent(() => import('../features/reports/report-page'), 'ReportPage'),
});

export const obligationsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/obligations',
  validateSearch: textSearch(
    'organisationId',
    'tier',
    'state',
    'ruleKey',
    'owner',
    'gating',
    'dueBefore',
    'dueOn',
    'q',
    'sort',
    'cursor',
  ),
  component: lazyRouteComponent(() => import('../features/obligations/obligations-page'), 'ObligationsPage'),
});
