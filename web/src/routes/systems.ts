import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shellRoute } from './root';
import { textSearch } from './search';

export const systemsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/systems',
  validateSearch: textSearch(
    'tier',
    'verdict',
    'lifecycle',
    'organisationId',
    'owner',
    'reachable',
    'coverage',
    'effectiveVerdict',
    'heldBack',
    'q',
    'sort',
    'cursor',
  ),
  component: lazyRouteComponent(() => import('../features/systems/list/systems-page'), 'SystemsPage'),
});

export const newSystemRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/systems/new',
  staticData: { needs: 'systems:create' },
  component: lazyRouteComponent(() => import('../features/systems/register/system-form-pages'), 'NewSystemPage'),
});

export const systemRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/systems/$systemId',
  /** `act`: the obligation whose clearing dialog is open; `state`: which obligations are listed. */
  validateSearch: textSearch('tab', 'act', 'state', 'cursor'),
  component: lazyRouteComponent(() => import('../features/systems/system-page'), 'SystemPage'),
});

export const editSystemRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/systems/$systemId/edit',
  staticData: { needs: 'systems:write' },
  component: lazyRouteComponent(() => import('../features/systems/register/system-form-pages'), 'EditSystemPage'),
});

export const newProcedureRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/systems/$systemId/procedures/new',
  staticData: { needs: 'procedures:write' },
  component: lazyRouteComponent(
    () => import('../features/procedures/writing/procedure-form-pages'),
    'NewProcedurePage',
  ),
});

export const procedureRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/systems/$systemId/procedures/$versionId',
  component: lazyRouteComponent(() => import('../features/procedures/procedure-page'), 'ProcedurePage'),
});

export const editProcedureRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/systems/$systemId/procedures/$versionId/edit',
  staticData: { needs: 'procedures:write' },
  component: lazyRouteComponent(
    () => import('../features/procedures/writing/procedure-form-pages'),
    'NewProcedureVersionPage',
  ),
});

export const newAssessmentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/systems/$systemId/importance/new',
  staticData: { needs: 'systems:write' },
  component: lazyRouteComponent(() => import('../features/importance/assessment-page'), 'AssessmentPage'),
});

export const newBackupRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/systems/$systemId/backups/new',
  staticData: { needs: 'backups:write' },
  component: lazyRouteComponent(() => import('../features/backups/writing/backup-form-pages'), 'NewBackupPage'),
});

export const backupsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/backups',
  validateSearch: textSearch(
    ...([
      'tier',
      'organisationId',
      'backupProfileId',
      'status',
      'findings',
      'reviewDue',
      'approvable',
      'cursor',
    ] as const),
  ),
  component: lazyRouteComponent(() => import('../features/backups/list/backups-page'), 'BackupsPage'),
});

export const backupRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/systems/$systemId/backups/$requirementId',
  component: lazyRouteComponent(() => import('../features/backups/backup-page'), 'BackupPage'),
});

export const backupProfilesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/backup-profiles',
  validateSearch: textSearch('retired', 'cursor'),
  staticData: { needs: 'backup-profiles:read' },
  component: lazyRouteComponent(() => import('../features/backup-profiles/profiles-page'), 'ProfilesPage'),
});

export const newBackupProfileRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/backup-profiles/new',
  staticData: { needs: 'backup-profiles:write' },
  component: lazyRouteComponent(() => import('../features/backup-profiles/profile-form-pages'), 'NewProfilePage'),
});

export const backupProfileRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/backup-profiles/$profileId',
  staticData: { needs: 'backup-profiles:read' },
  component: lazyRouteComponent(() => import('../features/backup-profiles/profile-page'), 'ProfilePage'),
});

export const editBackupProfileRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/backup-profiles/$profileId/edit',
  staticData: { needs: 'backup-profiles:write' },
  component: lazyRouteComponent(() => import('../features/backup-profiles/profile-form-pages'), 'EditProfilePage'),
});

export const editBackupRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/systems/$systemId/backups/$requirementId/edit',
  staticData: { needs: 'backups:write' },
  component: lazyRouteComponent(() => import('../features/backups/writing/backup-form-pages'), 'EditBackupPage'),
});

export const inletsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/systems/$systemId/backups/$requirementId/runs',
  staticData: { needs: 'systems:read' },
  component: lazyRouteComponent(() => import('../features/inlets/inlets-page'), 'InletsPage'),
});

export const evidenceRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/evidence/$evidenceId',
  component: lazyRouteComponent(() => import('../features/evidence/record/evidence-page'), 'EvidencePage'),
});

export const newRestoreTestRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/systems/$systemId/restore-tests/new',
  /** `requirement`: the one that it is proposed to be about. */
  validateSearch: textSearch('requirement'),
  staticData: { needs: 'backup-evidence:write' },
  component: lazyRouteComponent(() => import('../features/restore-tests/new-restore-test-page'), 'NewRestoreTestPage'),
});

export const restoreTestRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/restore-tests/$testId',
  component: lazyRouteComponent(() => import('../features/restore-tests/restore-test-page'), 'RestoreTestPage'),
});
