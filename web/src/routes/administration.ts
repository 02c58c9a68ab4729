import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { AUDIT_FILTERS } from '../features/audit/audit-queries';
import { shellRoute } from './root';
import { textSearch } from './search';

export const importsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/imports',
  staticData: { needs: 'systems:import' },
  /** `run`: the import whose progress or report is shown. */
  validateSearch: textSearch('run'),
  component: lazyRouteComponent(() => import('../features/imports/imports-page'), 'ImportsPage'),
});

export const remindersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/reminders',
  staticData: { needs: 'reminders:read' },
  validateSearch: textSearch('status', 'recipientId', 'systemId', 'cursor'),
  component: lazyRouteComponent(() => import('../features/reminders/reminders-page'), 'RemindersPage'),
});

export const outboxRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/outbox',
  staticData: { needs: 'outbox:read' },
  validateSearch: textSearch('cursor', 'tab'),
  component: lazyRouteComponent(() => import('../features/outbox/outbox-page'), 'OutboxPage'),
});

export const channelsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/channels',
  staticData: { needs: 'channels:write' },
  component: lazyRouteComponent(() => import('../features/channels/channels-page'), 'ChannelsPage'),
});

export const mailRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/outbox/$mailId',
  staticData: { needs: 'outbox:read' },
  validateSearch: textSearch('tab'),
  component: lazyRouteComponent(() => import('../features/outbox/mail-page'), 'MailPage'),
});

export const policiesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/policies',
  component: lazyRouteComponent(() => import('../features/policies/policies-page'), 'PoliciesPage'),
});

export const policyRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/policies/$policyId',
  /** `since`: the number of the version it is compared with. */
  validateSearch: textSearch('tab', 'since'),
  component: lazyRouteComponent(() => import('../features/policies/policy-page'), 'PolicyPage'),
});

export const editPolicyRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/policies/$policyId/edit',
  staticData: { needs: 'policies:write' },
  component: lazyRouteComponent(() => import('../features/policies/editing/edit-policy-page'), 'EditPolicyPage'),
});

export const organisationsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/organisations',
  component: lazyRouteComponent(() => import('../features/organisations/organisations-page'), 'OrganisationsPage'),
});

export const usersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/users',
  staticData: { needs: 'users:read' },
  validateSearch: textSearch('q', 'role', 'organisationId', 'active', 'cursor'),
  component: lazyRouteComponent(() => import('../features/people/users-page'), 'UsersPage'),
});

export const userRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/users/$userId',
  staticData: { needs: 'users:read' },
  component: lazyRouteComponent(() => import('../features/people/person/person-page'), 'PersonPage'),
});

export const securityRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/security',
  staticData: { needs: 'security:read' },
  component: lazyRouteComponent(() => import('../features/security/security-page'), 'SecurityPage'),
});

export const groupMappingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/users/groups',
  staticData: { needs: 'users:write' },
  component: lazyRouteComponent(() => import('../features/people/groups/group-mappings-page'), 'GroupMappingsPage'),
});

export const auditRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/audit',
  staticData: { needs: 'audit:read' },
  validateSearch: textSearch(...AUDIT_FILTERS, 'cursor'),
  component: lazyRouteComponent(() => import('../features/audit/audit-page'), 'AuditPage'),
});
