import type { DemoPersonName } from '../support/app';
import type { Answer } from '../support/client';
import { eventually } from '../support/eventually';
import { csvOf, importFile } from '../support/imports';
import type { Stage } from '../support/stage';

export interface Known {
  system: string;
  obligation: string;
  procedure: string;
  draft: string;
  profile: string;
  draftSystem: string;
  mail: string;
  policy: string;
  policyDraft: string;
  run: string;
  person: string;
  improvement: string;
  drill: string;
  drillRun: string;
  attested: string;
  advice: string;
  report: string;
}

interface PageOfProduct {
  path: (known: Known) => string;
  /** Key of its heading; absent when the heading is a name. */
  heading?: string;
  /** Keep a picture of it. */
  picture?: boolean;
  /** Who has something on it; the administrator when absent. */
  as?: DemoPersonName;
}

const system = (tab: string) => (known: Known) => `/systems/${known.system}?tab=${tab}`;

/** Every page of the product, by a name for its picture. */
export const PAGES: Record<string, PageOfProduct> = {
  dashboard: { path: () => '/', heading: 'readiness.title', picture: true },
  'my-deadlines': { path: () => '/me', heading: 'mine.title', picture: true, as: 'owner' },
  'my-decisions': { path: () => '/me', heading: 'mine.title', picture: true, as: 'manager' },
  inbox: { path: () => '/inbox', heading: 'inbox.title', picture: true, as: 'owner' },
  calendar: { path: () => '/calendar', heading: 'calendar.title', picture: true },
  'calendar-year': { path: () => '/calendar?view=year', heading: 'calendar.title', picture: true },
  obligations: { path: () => '/obligations', heading: 'obligations.title' },
  systems: { path: () => '/systems', heading: 'systems.title', picture: true },
  'systems-none': { path: () => '/systems?q=nothing-is-called-so', heading: 'systems.title' },
  'system-new': { path: () => '/systems/new', heading: 'systems.register' },
  'system-obligations': { path: system('obligations'), picture: true },
  'system-procedures': { path: system('procedures') },
  'system-backups': { path: system('backups'), picture: true },
  'system-evidence': { path: system('evidence') },
  'system-importance': { path: system('importance') },
  'system-dependencies': { path: system('dependencies') },
  'importance-new': { path: ({ system: id }) => `/systems/${id}/importance/new`, heading: 'importance.assess' },
  waivers: { path: () => '/waivers', heading: 'waivers.page' },
  improvements: { path: () => '/improvements', heading: 'improvements.title', picture: true },
  improvement: { path: ({ improvement }) => `/improvements/${improvement}`, picture: true },
  'advice-list': { path: () => '/advice', heading: 'advice.title', as: 'ciso' },
  advice: { path: ({ advice }) => `/advice/${advice}`, picture: true },
  reports: { path: () => '/reports', heading: 'reports.title', as: 'ciso' },
  'reports-none': { path: () => '/reports?status=FAILED', heading: 'reports.title', as: 'ciso' },
  report: { path: ({ report }) => `/reports/${report}`, picture: true, as: 'ciso' },
  'system-improvements': { path: system('improvements') },
  drills: { path: () => '/drills', heading: 'drills.page' },
  'system-drills': { path: system('drills') },
  'drill-new': {
    path: ({ system: id }) => `/systems/${id}/drills/new?type=TABLETOP&on=2026-12-15`,
    heading: 'drills.plan',
  },
  drill: { path: ({ drill }) => `/drills/${drill}`, picture: true },
  'drill-edit': { path: ({ drill }) => `/drills/${drill}/edit`, heading: 'drills.change' },
  'drill-run': { path: ({ drillRun }) => `/drill-runs/${drillRun}`, picture: true, as: 'owner' },
  'drill-report': { path: ({ attested }) => `/drill-runs/${attested}/report` },
  'system-details': { path: system('details'), picture: true },
  'system-dialog': {
    path: ({ obligation, system: id }) => `/systems/${id}?tab=obligations&act=${obligation}`,
    picture: true,
  },
  'system-edit': { path: ({ system: id }) => `/systems/${id}/edit`, heading: 'systems.edit' },
  procedure: { path: (known) => `/systems/${known.system}/procedures/${known.procedure}`, picture: true },
  'procedure-new': { path: (known) => `/systems/${known.system}/procedures/new` },
  'procedure-edit': { path: (known) => `/systems/${known.system}/procedures/${known.procedure}/edit` },
  'backup-new': { path: (known) => `/systems/${known.system}/backups/new` },
  'backup-runs': { path: (known) => `/systems/${known.draftSystem}/backups/${known.draft}/runs`, picture: true },
  'backup-edit': { path: (known) => `/systems/${known.draftSystem}/backups/${known.draft}/edit`, picture: true },
  backup: { path: (known) => `/systems/${known.draftSystem}/backups/${known.draft}`, picture: true },
  backups: { path: () => '/backups', heading: 'backups.title', picture: true },
  'backups-none': { path: () => '/backups?status=DRAFT&tier=LOW', heading: 'backups.title' },
  'backup-profiles': { path: () => '/backup-profiles', heading: 'backupProfiles.title', picture: true },
  'backup-profile': { path: ({ profile }) => `/backup-profiles/${profile}`, picture: true },
  'backup-profile-new': { path: () => '/backup-profiles/new', heading: 'backupProfiles.make' },
  'backup-profile-edit': { path: ({ profile }) => `/backup-profiles/${profile}/edit` },
  imports: { path: () => '/imports', heading: 'imports.title' },
  'import-report': { path: ({ run }) => `/imports?run=${run}`, heading: 'imports.title', picture: true },
  reminders: { path: () => '/reminders', heading: 'reminders.title', picture: true },
  'reminders-none': { path: () => '/reminders?status=FAILED', heading: 'reminders.title' },
  outbox: { path: () => '/outbox', heading: 'outbox.title' },
  'outbox-channels': { path: () => '/outbox?tab=channels', heading: 'outbox.title' },
  channels: { path: () => '/channels', heading: 'channels.title', picture: true },
  mail: { path: ({ mail }) => `/outbox/${mail}`, picture: true },
  'mail-html': { path: ({ mail }) => `/outbox/${mail}?tab=html`, picture: true },
  policies: { path: () => '/policies', heading: 'policies.title' },
  policy: { path: ({ policy }) => `/policies/${policy}`, picture: true },
  'policy-edit': { path: ({ policyDraft }) => `/policies/${policyDraft}/edit` },
  organisations: { path: () => '/organisations', heading: 'organisations.title' },
  users: { path: () => '/users', heading: 'users.title', picture: true },
  'users-none': { path: () => '/users?q=nobody-is-called-so', heading: 'users.title' },
  person: { path: ({ person }) => `/users/${person}`, picture: true },
  security: { path: () => '/security', heading: 'security.title' },
  groups: { path: () => '/users/groups', heading: 'groups.title' },
  audit: { path: () => '/audit', heading: 'audit.title', picture: true },
  'system-history': { path: system('history') },
  account: { path: () => '/account', heading: 'account.title', picture: true },
  'not-found': { path: () => '/no/such/page', heading: 'problem.notFound' },
};

/** Ids of things that the pages are about. */
export async function knownOf(app: Stage['app']): Promise<Known> {
  const admin = await app.as('admin');
  const first = async (path: string): Promise<Answer['body']> => (await admin.get(path)).body.items[0];
  const { id: red } = await first('/systems?q=SHINSEI');
  const { id: draftSystem } = await first('/systems?q=KENKYU-DATA');
  const { body: mails } = await eventually(
    () => admin.get('/outbox'),
    ({ body }) => body.items.length > 0 && body.items.every(({ subject }: Answer['body']) => subject !== null),
    60_000,
  );
  const { id: organisationId } = await first('/organisations?q=MIHON-IND');
  const { id: ministry } = (await first('/policies')).organisation;
  const columns = { code: '番号', name: '名称', rto: 'RTO' };
  const mapping = { organisationId, columns, tier: { value: 'LOW' } };
  const file = csvOf(
    ['番号', '名称', 'RTO'],
    ['N-1', '新しいもの', '4h'],
    ['N-2', '', '4h'],
    ['N-3', '読めない目標', 'soon'],
  );
  return {
    ...(await drillsOf(app, red)),
    system: red,
    obligation: (await first(`/systems/${red}/obligations?ruleKey=restore-test`)).id,
    procedure: (await first(`/systems/${red}/procedures`)).current.versionId,
    draft: (await first(`/systems/${draftSystem}/backup-requirements`)).id,
    draftSystem,
    profile: (await first('/backup-profiles')).id,
    mail: mails.items[0].id,
    policy: (await first('/policies')).id,
    policyDraft: (await admin.post('/policies', { organisationId: ministry, pack: 'in-force' })).body.id,
    person: (await first('/users?q=owner')).id,
    improvement: (await first('/improvements?source=AUDIT')).id,
    advice: (await first('/advice')).id,
    report: (await first('/reports')).id,
    run: (await importFile(admin, file, { mapping, dryRun: true })).id,
  };
}

/** A drill that is planned, an outage that goes on, and one that was attested. */
async function drillsOf(app: Stage['app'], systemId: string): Promise<Pick<Known, 'drill' | 'drillRun' | 'attested'>> {
  const [owner, manager] = [await app.as('owner'), await app.as('manager')];
  const { current } = (await owner.get(`/systems/${systemId}/procedures`)).body.items[0];
  const procedureVersionId = current.versionId as string;
  const plan = { title: '年末の訓練', type: 'FUNCTIONAL', scheduledAt: '2026-12-15T01:00:00Z', plannedMinutes: 120 };
  const drill = await owner.post(`/systems/${systemId}/drills`, { ...plan, procedureVersionId });
  const outage = { title: '基盤の停止', startedAt: '2026-11-22T20:00:00Z', plannedMinutes: 240, procedureVersionId };
  const [going, over] = [
    await owner.post(`/systems/${systemId}/outages`, outage),
    await owner.post(`/systems/${systemId}/outages`, outage),
  ];
  await owner.post(`/drill-runs/${over.body.id}/complete`, { outcome: 'PARTIAL' });
  expect((await manager.post(`/drill-runs/${over.body.id}/attest`)).status).toBe(200);
  return { drill: drill.body.id, drillRun: going.body.id, attested: over.body.id };
}
