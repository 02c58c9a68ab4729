import type { DemoPersonName } from '../support/app';
import { axeViolations } from '../support/axe';
import type { Answer } from '../support/client';
import { eventually } from '../support/eventually';
import { csvOf, importFile } from '../support/imports';
import { saveScreenshot } from '../support/screenshots';
import { Stage, type Visit } from '../support/stage';
import { type Locale, wordsOf } from '../support/words';

interface Known {
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

const PAGES: Record<string, PageOfProduct> = {
  dashboard: { path: () => '/', heading: 'readiness.title', picture: true },
  'my-deadlines': { path: () => '/me', heading: 'mine.title', picture: true, as: 'owner' },
  'my-decisions': { path: () => '/me', heading: 'mine.title', picture: true, as: 'manager' },
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
  outbox: { path: () => '/outbox', heading: 'outbox.title' },
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

let stage: Stage;
let known: Known;

beforeAll(async () => {
  stage = await Stage.open('pages');
  known = await look();
}, 120_000);

afterAll(() => stage?.close());

/** Ids of things that the pages are about. */
async function look(): Promise<Known> {
  const admin = await stage.app.as('admin');
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
    ...(await drillsOf(red)),
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
    run: (await importFile(admin, file, { mapping, dryRun: true })).id,
  };
}

/** A drill that is planned, an outage that goes on, and one that was attested. */
async function drillsOf(systemId: string): Promise<Pick<Known, 'drill' | 'drillRun' | 'attested'>> {
  const [owner, manager] = [await stage.app.as('owner'), await stage.app.as('manager')];
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

async function speak(locale: Locale): Promise<void> {
  for (const person of ['admin', 'owner', 'manager', 'ciso'] as const) {
    const client = await stage.app.as(person);
    const { headers } = await client.get('/me');
    const { status } = await client.patch('/me', { locale }, headers.get('etag'));
    expect(status).toBe(200);
  }
}

/** What holds for any page, at a glance. */
async function glanceAt({ page }: Visit) {
  return {
    lang: await page.evaluate('document.documentElement.lang'),
    title: await page.title(),
    headings: await page.locator('h1').allTextContents(),
    violations: await axeViolations(page),
  };
}

/** Whatever is drawn beyond the right edge of the window and makes the document scroll sideways. */
const SIDEWAYS = `(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const wide = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > clientWidth + 0.5);
  return wide.map((one) => one.outerHTML.slice(0, 120)).concat('scrolls to ' + scrollWidth);
})()`;

describe.each(['ja', 'en'] as const)('in %s', (locale) => {
  const words = wordsOf(locale);
  beforeAll(() => speak(locale));

  it.each(Object.entries(PAGES))(
    '%s is titled, accessible in light and dark, and fits 320 px',
    (name, { path, heading, picture, as = 'admin' }) =>
      stage.visit({ as, locale, context: { colorScheme: 'light' } }, async (visit) => {
        const { page } = visit;
        const shoot = (theme: string) => picture && saveScreenshot(page, `pages/${locale}-${theme}/${name}`);
        await visit.open(path(known));
        const light = await glanceAt(visit);
        const title = heading ? words(heading) : (light.headings[0] ?? '');
        const sound = { lang: locale, title: words('shell.pageTitle', { title }), headings: [title], violations: [] };
        expect(light).toEqual(sound);
        await shoot('light');
        await page.emulateMedia({ colorScheme: 'dark' });
        expect(await glanceAt(visit)).toEqual(sound);
        await shoot('dark');
        await page.setViewportSize({ width: 320, height: 720 });
        expect(await page.evaluate(SIDEWAYS)).toEqual([]);
        await shoot('dark-narrow');
      }),
  );
});

describe.each(['ja', 'en'] as const)('before the sign-in, in %s', (locale) => {
  it.each(['light', 'dark'] as const)('the sign-in page is titled and accessible in %s', (colorScheme) =>
    stage.visit({ locale, context: { colorScheme } }, async (visit) => {
      const { words } = visit;
      await visit.open('/sign-in');
      await visit.page.getByText('admin@demo.example').waitFor();
      const title = words('signIn.title');
      const sound = { lang: locale, title: words('shell.pageTitle', { title }), headings: [title], violations: [] };
      expect(await glanceAt(visit)).toEqual(sound);
      await saveScreenshot(visit.page, `pages/${locale}-${colorScheme}/sign-in`);
      await visit.page.setViewportSize({ width: 320, height: 720 });
      expect(await visit.page.evaluate(SIDEWAYS)).toEqual([]);
    }),
  );
});

describe('on a narrow screen', () => {
  beforeAll(() => speak('ja'));

  it('the menu opens over the page, is accessible, and closes when it is followed', () =>
    stage.visit({ as: 'ciso', context: { viewport: { width: 320, height: 720 } } }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/');
      await page.getByRole('button', { name: words('shell.openMenu') }).click();
      const menu = page.getByRole('dialog', { name: words('shell.menu') });
      await menu.waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await menu.getByRole('link', { name: words('nav.systems'), exact: true }).click();
      await visit.settled(words('systems.title'));
      await menu.waitFor({ state: 'detached' });
    }));
});

describe('on paper', () => {
  beforeAll(() => speak('ja'));

  /** Width between the margins of A4, in CSS pixels. */
  const UPRIGHT = 703;
  const ACROSS = 1047;

  it.each([
    ['dashboard', ACROSS],
    ['system-obligations', UPRIGHT],
    ['procedure', UPRIGHT],
    ['drill-report', UPRIGHT],
    ['policy', UPRIGHT],
    ['import-report', UPRIGHT],
  ])('%s is whole within the page, in dark letters, without what only a screen needs', (name, width) =>
    stage.visit({ as: 'ciso', context: { colorScheme: 'dark', viewport: { width, height: 900 } } }, async (visit) => {
      const { page, words } = visit;
      await visit.open(PAGES[name]?.path(known) ?? '');
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      expect(await page.evaluate(SIDEWAYS)).toEqual([]);
      expect(await page.evaluate("getComputedStyle(document.querySelector('h1')).color")).toBe('rgb(26, 26, 26)');
      expect(await page.getByRole('navigation', { name: words('shell.navigation') }).count()).toBe(0);
      expect(await page.locator('button:visible').count()).toBe(0);
      const heads = await page.evaluate(
        "[...document.querySelectorAll('thead')].map((one) => getComputedStyle(one).display)",
      );
      expect((heads as string[]).filter((display) => display !== 'table-header-group')).toEqual([]);
      await saveScreenshot(page, `pages/print/${name}`);
    }),
  );

  it('the dashboard lies across A4 and everything else stands upright', () =>
    stage.visit({ as: 'ciso' }, async (visit) => {
      const sheet = async (name: string): Promise<string | undefined> => {
        await visit.open(PAGES[name]?.path(known) ?? '');
        const pdf = (await visit.page.pdf({ preferCSSPageSize: true })).toString('latin1');
        return /\/MediaBox ?\[([\d. ]+)\]/.exec(pdf)?.[1];
      };
      expect(await sheet('dashboard')).toMatch(/^0 0 84\d(\.\d+)? 59\d(\.\d+)?$/);
      expect(await sheet('procedure')).toMatch(/^0 0 59\d(\.\d+)? 84\d(\.\d+)?$/);
    }));
});
