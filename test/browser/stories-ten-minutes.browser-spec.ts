import type { Browser, Locator } from 'playwright-core';
import { axeViolations } from '../support/axe';
import { launchBrowser } from '../support/browser';
import { BackupHost } from '../support/running/real-tools';
import { cleanUp, dataFolder, demoPasswordOf, type RunningService, startService } from '../support/running/service';
import { Visitor } from '../support/running/visitor';
import { keepPicture } from '../support/screenshots';
import type { Visit } from '../support/stage';
import { stopwatch } from '../support/stopwatch';
import type { Locale } from '../support/words';

/** What the design promises of a first proof. */
const FIRST_PROOF_SECONDS = 60;
const LOCALES = ['ja', 'en'] as const;
const RED_STORY = '電子申請受付基盤';
const FRESHNESS = { ja: '復旧時点の新しさ', en: 'Recovery point fresh' };
const DAY = /20\d\d年\d+月\d+日/;
/** How many are ready; and of the nearest gap the rule, the system, its owner and its day. */
const SENTENCE = {
  ja: /^重要度高の4システム中1システムが準備完了です。最も急ぐのは電子申請受付基盤の「.+」（担当 運用 さくら、期限 20\d\d年\d+月\d+日（.））です。$/,
  en: /^1 of 4 systems of tier High are ready\. The nearest gap is “.+” of Online applications \(owner 運用 さくら, due .+ 20\d\d\)\.$/,
};
const emailOf = (person: string): string => `${person}@demo.example`;

let chromium: Browser;
let service: RunningService;
let visitor: Visitor;

beforeAll(async () => {
  chromium = await launchBrowser();
  const took = stopwatch();
  service = await startService(dataFolder());
  took('npm start', 'from the start of what is built to its address');
  visitor = new Visitor(chromium, service, await demoPasswordOf(service));
}, 120_000);

afterAll(async () => {
  await chromium?.close();
  await cleanUp();
});

const heatmap = ({ page, words }: Visit): Locator => page.getByRole('grid', { name: words('readiness.heatmap') });

async function speak(person: string, locale: Locale): Promise<void> {
  const client = await service.as(emailOf(person), await demoPasswordOf(service));
  const { headers } = await client.get('/me');
  expect((await client.patch('/me', { locale }, headers.get('etag'))).status).toBe(200);
}

it('offers an account for each role, and a ministry with two agencies, a dozen systems, drills, and one red story', () =>
  visitor.visit(async (visit) => {
    const { page, words } = visit;
    const took = stopwatch();
    await visit.open('/');
    for (const [person, role] of [
      ...[['admin', 'ADMIN'] as const, ['ciso', 'CISO_OFFICE'] as const, ['manager', 'MANAGER'] as const],
      ...[['owner', 'OWNER'] as const, ['auditor', 'AUDITOR'] as const],
    ]) {
      const account = page.getByRole('listitem').filter({ hasText: emailOf(person) });
      expect(await account.innerText()).toContain(words(`domain:role.${role}`));
      expect(service.process.stdout).toContain(emailOf(person));
    }
    await page.getByRole('button', { name: words('signIn.useAccount', { email: emailOf('manager') }) }).click();
    await visitor.signIn(visit, emailOf('manager'));
    await page
      .getByRole('region', { name: words('demo.label') })
      .getByText(words('demo.text'))
      .waitFor();

    const tiers = page.getByRole('table', { name: words('readiness.byTier') }).getByRole('row');
    await tiers.nth(3).waitFor();
    const rows = (await tiers.allInnerTexts()).slice(1).map((row) => row.split(/\s+/));
    expect(rows.map(([tier]) => tier)).toEqual(['HIGH', 'MODERATE', 'LOW'].map((tier) => words(`domain:tier.${tier}`)));
    expect(rows.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(12);

    await heatmap(visit).getByRole('link', { name: RED_STORY, exact: true }).click();
    await visit.settled(RED_STORY);
    const verdict = page.getByRole('region', { name: words('verdict.title') });
    await verdict.getByText(words('domain:verdict.NOT_READY'), { exact: true }).first().waitFor();
    took('fresh clone', 'from the address by one sign-in and one click to the red story');
    await keepPicture(page, 'ten-minutes/red-story-ja');

    await page.getByRole('link', { name: words('nav.drills'), exact: true }).click();
    await visit.settled(words('drills.page'));
    for (const status of ['HELD', 'PLANNED'])
      await page
        .getByText(words(`drillStatus.${status}`), { exact: true })
        .last()
        .waitFor();
    await page.getByRole('link', { name: words('nav.organisations'), exact: true }).click();
    await visit.settled(words('organisations.title'));
    const agencies = page.getByText(words('organisationKind.AGENCY'), { exact: true });
    await agencies.nth(1).waitFor();
    expect(await agencies.count()).toBe(2);
  }));

it.each(LOCALES)(
  'tells a manager in one sentence how many are ready, and of the nearest gap what, whose and by when, in %s',
  async (locale) => {
    await speak('manager', locale);
    await visitor.visit(async (visit) => {
      const { page, words } = visit;
      await visit.open('/');
      const took = stopwatch();
      await visitor.signIn(visit, emailOf('manager'));
      await page.getByText(SENTENCE[locale]).waitFor();
      took(`first value (${locale})`, 'from signing in to the sentence');
      expect(await page.getByRole('table', { name: words('readiness.byTier') }).count()).toBe(1);
      await keepPicture(page, `ten-minutes/sentence-${locale}`);
    }, locale);
  },
);

it('has for each backup requirement a line that any command is reported by, and one for each known tool', async () => {
  const manager = await service.as(emailOf('manager'), await demoPasswordOf(service));
  const { items } = (await manager.get('/backup-requirements?limit=100')).body;
  const tools = (await manager.get('/backup-tools')).body.items.length;
  expect(items.length).toBeGreaterThan(5);
  for (const { id } of items) {
    const made = await manager.post(`/backup-requirements/${id}/inlets`, {
      ...{ name: 'any', tool: null, copySite: null },
      ...{ scheduleKind: 'INTERVAL', schedule: 'PT24H', grace: 'PT1H', timeZone: 'Asia/Tokyo' },
    });
    const { url, commands } = made.body;
    expect(commands).toHaveLength(tools);
    expect(commands[0].name).toBe('curl');
    for (const { command } of commands) expect(command).toContain(url);
  }
});

describe('the first proof', () => {
  const host = new BackupHost(() => ({}));
  afterAll(() => host.remove());

  it.each([
    ['ja', 'owner', 'SHINSEI', 'CRITICAL'],
    ['en', 'manager', 'TOSHO', 'LATE'],
  ] as const)('is one line that turns the row while it is watched, in %s', async (locale, person, code, grade) => {
    await speak(person, locale);
    const client = await service.as(emailOf(person), await demoPasswordOf(service));
    const [system] = (await client.get(`/systems?q=${code}`)).body.items;
    await visitor.signedIn(
      emailOf(person),
      async (visit) => {
        const { page, words } = visit;
        await visit.open(`/systems/${system.id}?tab=obligations`);
        const row = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: FRESHNESS[locale] }) });
        await row.getByText(words('domain:state.OVERDUE'), { exact: true }).waitFor();
        let loads = 0;
        page.on('load', () => (loads += 1));

        const took = stopwatch();
        await page.getByRole('tab', { name: words('systemTabs.backups') }).click();
        await page.getByRole('link', { name: words('inlets.open') }).click();
        await page.getByText(words(`inlets.grade.${grade}`)).waitFor();
        expect(await page.getByRole('main').innerText()).not.toMatch(/\bPT?\d/);
        await page.getByRole('button', { name: words('inlets.connect') }).click();
        const form = page.getByRole('dialog', { name: words('inlets.connect') });
        await form.getByLabel(words('inlets.name')).fill('db01');
        await form.getByRole('button', { name: words('inlets.makeAddress') }).click();
        const dialog = page.getByRole('alertdialog', { name: words('inlets.commandTitle', { name: 'db01' }) });
        await dialog.getByText(words('inlets.waiting')).waitFor();
        await keepPicture(page, `ten-minutes/line-${locale}`);
        const line = (await dialog.locator('pre').textContent()) ?? '';
        const { code: exit, stderr } = await host.run(line.replace('backup-command', 'tar -czf saved.tgz data'));
        expect([exit, stderr]).toEqual([0, '']);
        await dialog
          .getByText(words('inlets.received', { at: '' }).split(' ')[0] ?? '')
          .first()
          .waitFor();
        await dialog.getByRole('button', { name: words('inlets.kept') }).click();
        await page.getByText(words('inlets.grade.FINE')).waitFor();
        await page.getByRole('listitem').filter({ hasText: 'db01' }).getByText(words('inlets.state.ON_TIME')).waitFor();
        await page.goBack();
        await page.getByRole('tab', { name: words('systemTabs.obligations') }).click();
        await row.getByText(words('domain:state.MET'), { exact: true }).waitFor();
        const seconds = took(`first proof (${locale})`, 'from the page of the system by one line to the turned row');
        expect(seconds).toBeLessThan(FIRST_PROOF_SECONDS);
        expect(loads).toBe(0);
        await keepPicture(page, `ten-minutes/row-${locale}`);
      },
      locale,
    );
  });
});

describe('an empty installation', () => {
  it('is what one question leaves of the demo', () =>
    visitor.signedIn(emailOf('admin'), async (visit) => {
      const { page, words } = visit;
      const banner = page.getByRole('region', { name: words('demo.label') });
      const ask = () => banner.getByRole('button', { name: words('demo.clear') }).click();
      const question = page.getByRole('alertdialog', { name: words('demo.confirmTitle') });
      await ask();
      expect(await axeViolations(page)).toEqual([]);
      await question.getByRole('button', { name: words('action.cancel') }).click();
      await question.waitFor({ state: 'detached' });
      await heatmap(visit).waitFor();

      const took = stopwatch();
      await ask();
      await question.getByRole('button', { name: words('demo.clear') }).click();
      await page.getByText(words('demo.cleared')).waitFor();
      await banner.waitFor({ state: 'detached' });
      await page.getByRole('heading', { name: words('firstSteps.title') }).waitFor();
      took('clearing the demo', 'from the button to the first steps');
    }));

  it('says in each list what belongs there and why, and holds the action, in en', async () => {
    await speak('admin', 'en');
    await visitor.signedIn(
      emailOf('admin'),
      async (visit) => {
        const { page, words } = visit;
        await keepPicture(page, 'ten-minutes/first-steps-en');
        const took = stopwatch();
        for (const [path, title, text, action] of EMPTY_LISTS) {
          await visit.open(path);
          await page.getByText(words(title), { exact: true }).waitFor();
          await page.getByText(words(text), { exact: true }).waitFor();
          const main = page.getByRole('main');
          const name = { name: words(action), exact: true };
          await main.getByRole('button', name).or(main.getByRole('link', name)).last().waitFor();
          await keepPicture(page, `ten-minutes/empty${path.replace('/', '-')}-en`);
        }
        took('empty lists', `for ${EMPTY_LISTS.length} of them`);
      },
      'en',
    );
    await speak('admin', 'ja');
  });

  it('leads in three steps to the first five obligations, with dates', () =>
    visitor.signedIn(emailOf('admin'), async (visit) => {
      const { page, words } = visit;
      const took = stopwatch();
      const steps = ['policy', 'systems', 'obligations'].map((step) => words(`firstSteps.${step}`));
      await page.getByRole('heading', { name: steps[2] }).waitFor();
      expect(await page.getByRole('main').getByRole('heading', { level: 3 }).allInnerTexts()).toEqual(steps);
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, 'ten-minutes/first-steps-ja');

      await page.getByRole('link', { name: words('firstSteps.policyAction') }).click();
      await page.getByRole('button', { name: words('policies.choose') }).click();
      await page.getByText(words('policies.chosen')).waitFor();
      await page.getByRole('cell', { name: words('policyStatus.PUBLISHED') }).waitFor();

      const home = page.getByRole('link', { name: words('nav.readiness'), exact: true });
      await home.click();
      await page.getByRole('heading', { name: `${steps[0]}${words('firstSteps.done')}` }).waitFor();
      const main = page.getByRole('main');
      await main.getByRole('link', { name: words('systems.import') }).waitFor();
      await main.getByRole('link', { name: words('systems.register') }).click();
      await page.getByLabel(words('systemFields.name')).first().fill('最初のシステム');
      await page.getByLabel(words('systemFields.code')).fill('FIRST');
      await page.getByRole('button', { name: words('systemFields.organisationId') }).click();
      await page.getByRole('option', { name: '自組織' }).click();
      await page.getByRole('radio', { name: words('domain:tier.HIGH'), exact: true }).check({ force: true });
      await page.getByRole('button', { name: words('systems.registerSubmit'), exact: true }).click();
      await visit.settled('最初のシステム');

      await home.click();
      await heatmap(visit).getByText('最初のシステム').first().waitFor();
      const nextDue = page.getByRole('heading', { name: words('readiness.nextDue') });
      const due = page.locator('section', { has: nextDue }).getByRole('listitem');
      await due.nth(4).waitFor();
      const dated = (await due.allInnerTexts()).filter((text) => DAY.test(text) && text.includes('最初のシステム'));
      expect(dated).toHaveLength(5);
      took('empty installation', 'from the three steps to the first five obligations, with dates');
      await keepPicture(page, 'ten-minutes/first-five-ja');
    }));
});

/** Where somebody of an empty installation looks: its page, what is missing, why it belongs there, and the action. */
const EMPTY_LISTS = [
  ['/systems', 'systems.empty', 'systems.emptyText', 'systems.register'],
  ['/backups', 'backups.empty', 'backups.emptyText', 'backups.toSystems'],
  ['/backup-profiles', 'backupProfiles.none', 'backupProfiles.noneText', 'backupProfiles.make'],
  ['/obligations', 'obligations.none', 'obligations.emptyText', 'obligations.toSystems'],
  ['/me', 'mine.empty', 'mine.emptyText', 'mine.emptyAction'],
  ['/calendar', 'calendar.empty', 'calendar.emptyText', 'calendar.emptyAction'],
  ['/drills', 'drills.none', 'drills.noneAnywhere', 'drills.toSystems'],
  ['/waivers', 'waivers.none', 'waivers.noneText', 'waivers.toObligations'],
  ['/improvements', 'improvements.none', 'improvements.noneText', 'improvements.toSystems'],
  ['/reports', 'reports.none', 'reports.noneText', 'reports.toReadiness'],
  ['/policies', 'policies.empty', 'policies.emptyText', 'policies.choose'],
  ['/channels', 'channels.empty', 'channels.emptyText', 'channels.add'],
] as const;
