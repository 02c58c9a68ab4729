import { createRouter } from '@tanstack/react-router';
import type { QueryClient } from '@tanstack/react-query';
import { accountRoute, inboxRoute } from './routes/account';
import * as administration from './routes/administration';
import * as drills from './routes/drills';
import * as readiness from './routes/readiness';
import { enrolmentRoute, linkRoute, rootRoute, shellRoute, signInRoute } from './routes/root';
import { parseSearch, stringifySearch } from './routes/search';
import * as systems from './routes/systems';

const routeTree = rootRoute.addChildren([
  signInRoute,
  enrolmentRoute,
  linkRoute,
  shellRoute.addChildren([
    readiness.readinessRoute,
    readiness.myDeadlinesRoute,
    inboxRoute,
    readiness.calendarRoute,
    readiness.waiversRoute,
    readiness.improvementsRoute,
    readiness.improvementRoute,
    readiness.adviceListRoute,
    readiness.adviceRoute,
    readiness.reportsRoute,
    readiness.reportRoute,
    readiness.obligationsRoute,
    systems.systemsRoute,
    systems.newSystemRoute,
    systems.systemRoute,
    systems.editSystemRoute,
    systems.newProcedureRoute,
    systems.procedureRoute,
    systems.editProcedureRoute,
    systems.newAssessmentRoute,
    systems.newBackupRoute,
    systems.editBackupRoute,
    systems.backupRoute,
    systems.backupsRoute,
    systems.backupProfilesRoute,
    systems.newBackupProfileRoute,
    systems.backupProfileRoute,
    systems.editBackupProfileRoute,
    systems.inletsRoute,
    systems.evidenceRoute,
    systems.newRestoreTestRoute,
    systems.restoreTestRoute,
    administration.importsRoute,
    administration.remindersRoute,
    administration.outboxRoute,
    administration.mailRoute,
    administration.channelsRoute,
    administration.policiesRoute,
    administration.policyRoute,
    administration.editPolicyRoute,
    administration.organisationsRoute,
    administration.usersRoute,
    administration.userRoute,
    administration.securityRoute,
    administration.groupMappingsRoute,
    administration.auditRoute,
    drills.drillsRoute,
    drills.drillRoute,
    drills.editDrillRoute,
    drills.newDrillRoute,
    drills.runRoute,
    drills.runReportRoute,
    accountRoute,
  ]),
]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    parseSearch,
    stringifySearch,
    scrollRestoration: true,
    search: { strict: true },
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
