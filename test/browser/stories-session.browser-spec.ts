import { demoEmailOf, type DemoPersonName } from '../support/app';
import { eventually } from '../support/eventually';
import { Stage, type Visit } from '../support/stage';
import { wordsOf } from '../support/words';
import { PASSWORD } from '../support/world';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('session');
}, 120_000);

afterAll(() => stage?.close());

async function signIn({ page, words }: Visit, person: DemoPersonName, password: string): Promise<void> {
  await page.getByLabel(words('signIn.email')).fill(demoEmailOf(person));
  await page.getByLabel(words('signIn.password')).fill(password);
  await page.getByRole('button', { name: words('signIn.submit'), exact: true }).click();
}

describe('signing in', () => {
  it('says that the password is wrong, then leads to the page that was asked for, and out again', () =>
    stage.visit({ refusals: ['401 GET /me', '401 POST /auth/login', '401 GET /me'] }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/systems?tier=HIGH');
      await visit.settled(words('signIn.title'));
      await signIn(visit, 'ciso', 'not the password');
      await page.getByRole('alert').getByText(words('domain:problem.INVALID_CREDENTIALS')).waitFor();

      await signIn(visit, 'ciso', PASSWORD);
      await visit.settled(words('systems.title'));
      expect(new URL(page.url()).search).toBe('?tier=HIGH');
      expect(await page.getByLabel(words('readiness.tier'), { exact: true }).inputValue()).toBe('HIGH');

      await page.getByRole('button', { name: words('shell.userMenu', { name: '統括 花子' }) }).click();
      await page.getByRole('menuitem', { name: words('shell.signOut') }).click();
      await visit.settled(words('signIn.title'));
      await visit.open('/systems');
      await visit.settled(words('signIn.title'));
    }));

  it('fills in the address of a demo account, and never leads to another site', () =>
    stage.visit({}, async (visit) => {
      const { page, words } = visit;
      await visit.open('/sign-in?return=//example.com/');
      await page.getByRole('button', { name: words('signIn.useAccount', { email: demoEmailOf('auditor') }) }).click();
      expect(await page.getByLabel(words('signIn.email')).inputValue()).toBe(demoEmailOf('auditor'));
      await page.getByLabel(words('signIn.password')).fill(PASSWORD);
      await page.keyboard.press('Enter');
      await visit.settled(words('readiness.title'));
      expect(new URL(page.url()).origin).toBe(stage.app.url);
    }));
});

describe('a session that has ended', () => {
  it('is noticed at the next step, which leads to the sign-in and back', () =>
    stage.visit({}, async (visit) => {
      const { page, words } = visit;
      await visit.open('/sign-in');
      await signIn(visit, 'ciso', PASSWORD);
      await visit.settled(words('readiness.title'));
      await stage.app.database.query('DELETE FROM user_session');
      await page
        .getByRole('link', { name: words('nav.systems'), exact: true })
        .first()
        .click();
      await visit.settled(words('signIn.title'));
      await signIn(visit, 'ciso', PASSWORD);
      await visit.settled(words('systems.title'));
      const refused = visit.troubles.splice(0);
      expect(refused.length).toBeGreaterThan(0);
      expect(refused.filter((trouble) => !trouble.startsWith('401 GET /'))).toEqual([]);
    }));
});

// Before a language is chosen: mails are in that of their receiver.
describe('the outbox', () => {
  it('shows each mail, its HTML in a frame in which nothing runs', () =>
    stage.visit({ as: 'admin' }, async (visit) => {
      const { page, words } = visit;
      const admin = await stage.app.as('admin');
      await eventually(
        () => admin.get('/outbox'),
        ({ body }) => body.items.some(({ status }: { status: string }) => status === 'KEPT'),
        60_000,
      );
      await visit.open('/outbox');
      const row = page.getByRole('row').filter({ hasText: demoEmailOf('owner') });
      await row.getByText(words('mailStatus.KEPT')).waitFor();
      const link = row.getByRole('link');
      const subject = await link.innerText();
      expect(subject).toMatch(/^【.+】.+電子申請受付基盤.+件$/);
      await link.click();
      await visit.settled(subject);
      await page.getByText('電子申請受付基盤').first().waitFor();

      await page.getByRole('tab', { name: words('outbox.asHtml') }).click();
      const frame = page.frameLocator('iframe');
      await frame.getByText('電子申請受付基盤').first().waitFor();
      expect(await page.locator('iframe').getAttribute('sandbox')).toBe('');
      const deepLink = await frame.getByRole('link').first().getAttribute('href');
      expect(deepLink).toMatch(/^http:\/\/.*\/(systems|drills)\/[0-9a-f-]{36}/);
    }));
});

describe('the language', () => {
  const ENGLISH = wordsOf('en');

  /** Letters and signs of Japanese, among them wide brackets and spaces. */
  const JAPANESE = /[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]/;

  /** What is data and therefore stays as it was written. */
  async function data(): Promise<string[]> {
    const admin = await stage.app.as('admin');
    const names = async (path: string, of: (item: never) => string): Promise<string[]> =>
      (await admin.get(path)).body.items.map(of);
    return [
      ...(await names('/systems?limit=200', ({ name }: { name: string }) => name)),
      ...(await names('/users?limit=200', ({ displayName }: { displayName: string }) => displayName)),
      ...(await names('/improvements?limit=200', ({ title }: { title: string }) => title)),
      ...['業務データベース', ENGLISH('shell.product'), '日本語'],
    ];
  }

  /** Texts and spoken names that hold Japanese beyond the data. */
  async function leftInJapanese({ page }: Visit): Promise<string[]> {
    const texts = (await page.evaluate(`(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const texts = [document.title];
      while (walker.nextNode()) texts.push(walker.currentNode.nodeValue);
      for (const name of ['aria-label', 'placeholder', 'title', 'alt'])
        for (const one of document.querySelectorAll('[' + name + ']')) texts.push(one.getAttribute(name));
      return texts;
    })()`)) as string[];
    const known = (await data()).sort((a, b) => b.length - a.length);
    return texts.filter((text) => JAPANESE.test(known.reduce((left, name) => left.replaceAll(name, ''), text)));
  }

  it('changes every text of the pages at once, and stays with the account', () =>
    stage.visit({ as: 'owner' }, async (visit) => {
      const { page } = visit;
      await visit.open('/');
      expect((await leftInJapanese(visit)).length).toBeGreaterThan(50);
      await page.getByRole('button', { name: 'English' }).click();
      await page.getByRole('heading', { level: 1, name: ENGLISH('readiness.title') }).waitFor();
      await eventually(
        () => leftInJapanese(visit),
        (texts) => texts.length === 0,
      );
      expect(await page.evaluate('document.documentElement.lang')).toBe('en');
      expect((await (await stage.app.as('owner')).get('/me')).body.user.locale).toBe('en');

      for (const path of ['/me', '/obligations', '/systems', '/systems/new', '/organisations', '/policies']) {
        await page.goto(`${stage.app.url}${path}`);
        await page.getByText(ENGLISH('status.loading')).first().waitFor({ state: 'detached' });
        await page.locator('h1').waitFor();
        expect([path, await leftInJapanese(visit)]).toEqual([path, []]);
      }
    }));
});
