import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from './root';
import { textSearch } from './search';

export const drillsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/drills',
  validateSearch: textSearch('status', 'organisationId', 'from', 'to', 'cursor'),
  component: lazyRouteComponent(() => import('../features/drills/drills-page'), 'DrillsPage'),
});

export const drillRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/drills/$drillId',
  component: lazyRouteComponent(() => import('../features/drills/drill-page'), 'DrillPage'),
});

export const editDrillRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/drills/$drillId/edit',
  staticData: { needs: 'evidence:write' },
  component: lazyRouteComponent(() => import('../features/drills/planning/drill-form-pages'), 'EditDrillPage'),
});

export const newDrillRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/systems/$systemId/drills/new',
  staticData: { needs: 'evidence:write' },
  /** `type` and `on` (a day) that are proposed, and a drill to plan it `like`. */
  validateSearch: textSearch('type', 'on', 'like'),
  component: lazyRouteComponent(() => import('../features/drills/planning/drill-form-pages'), 'NewDrillPage'),
});

export const runRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/drill-runs/$runId',
  component: lazyRouteComponent(() => import('../features/drills/running/run-page'), 'RunPage'),
});

export const runReportRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/drill-runs/$runId/report',
  component: lazyRouteComponent(() => import('../features/drills/running/report-page'), 'ReportPage'),
});
