import { createRootRouteWithContext, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import type { QueryClient } from '@tanstack/react-query';
import { sessionQuery } from '../features/session/session';
import { Shell } from '../features/shell/shell';
import { NotFoundPage, ProblemPage } from '../features/shell/problem-pages';
import { textSearch } from './search';

export const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFoundPage,
  errorComponent: ProblemPage,
});

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: textSearch('return', 'problem'),
  component: lazyRouteComponent(() => import('../features/session/sign-in-page'), 'SignInPage'),
});

/** For who must have a second factor and has none. */
export const enrolmentRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/enrolment',
  validateSearch: textSearch('return'),
  component: lazyRouteComponent(() => import('../features/factors/enrolment-page'), 'EnrolmentPage'),
});

/** For who comes by the link of a mail, without a sign-in. */
export const linkRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/link',
  component: lazyRouteComponent(() => import('../features/evidence/link-page'), 'LinkPage'),
});

/** Everything behind the sign-in: header, navigation and the page asked for. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  component: Shell,
  notFoundComponent: NotFoundPage,
  errorComponent: ProblemPage,
  beforeLoad: async ({ context, location }) => {
    const me = await context.queryClient.ensureQueryData(sessionQuery);
    if (!me) throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { return: location.href } });
  },
});
