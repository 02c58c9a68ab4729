import { SESSION_COOKIE } from '../../src/access/sessions/session-cookie';
import { demoEmailOf, type DemoPersonName } from '../support/app';
import { axeViolations } from '../support/axe';
import type { Client } from '../support/client';
import { keepPicture } from '../support/screenshots';
import { Stage, type Visit } from '../support/stage';
import { type Locale, wordsOf } from '../support/words';
import { PASSWORD } from '../support/world';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('account');
}, 120_000);

afterAll(() => stage?.close());

const TABLET = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';

/** Signs somebody in elsewhere. */
async function elsewhere(person: DemoPersonName): Promise<Client> {
  const client = stage.app.browser();
  const credentials = { email: demoEmailOf(person), password: PASSWORD };
  const { status } = await client.post('/auth/login', credentials, { 'user-agent': TABLET });
  expect(status).toBe(200);
  return client;
}

const isSignedIn = async (client: Client): Promise<boolean> => (await client.get('/me')).status === 200;

async function changePreferences(person: DemoPersonName, changes: object): Promise<void> {
  const client = await stage.app.as(person);
  const { headers } = await client.get('/me');
  expect((await client.patch('/me', changes, headers.get('etag'))).status).toBe(200);
}

describe('the sessions on the account page', () => {
  it('are named, this one is marked, and another one is ended', () =>
    stage.visit({ as: 'manager' }, async (visit) => {
      const { page, words } = visit;
      const lost = await elsewhere('manager');
      await visit.open('/account');
      const rows = page.getByRole('listitem').filter({ hasText: words('account.method.PASSWORD') });
      await rows.filter({ hasText: 'Firefox' }).waitFor();
      expect(await rows.filter({ hasText: words('account.thisBrowser') }).count()).toBe(1);
      await rows.filter({ hasText: 'Firefox' }).getByRole('button').click();
      await rows.filter({ hasText: 'Firefox' }).waitFor({ state: 'detached' });
      await page.getByText(words('account.sessionEnded')).waitFor();
      expect(await isSignedIn(lost)).toBe(false);
    }));

  it('all end but this one, when that is confirmed, with the keyboard alone', () =>
    stage.visit({ as: 'manager' }, async (visit) => {
      const { page, words } = visit;
      const others = [await elsewhere('manager'), await elsewhere('manager')];
      await visit.open('/account');
      const all = page.getByRole('button', { name: words('account.endOthers') });
      await all.focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('alertdialog', { name: words('account.endOthersTitle') });
      await dialog.waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'detached' });
      expect(await Promise.all(others.map(isSignedIn))).toEqual([true, true]);

      await page.keyboard.press('Enter');
      await dialog.waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await dialog.waitFor({ state: 'detached' });
      await page.getByText(words('account.othersEnded')).waitFor();
      expect(await Promise.all(others.map(isSignedIn))).toEqual([false, false]);
      await all.waitFor({ state: 'detached' });
    }));
});

describe('the calendar', () => {
  it('of dates is Japanese everywhere once it is chosen, and stays with the account', () =>
    stage.visit({ as: 'owner' }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/account');
      const choice = page.getByRole('radio', { name: /令和8年/ });
      await choice.check({ force: true });
      await page.getByRole('button', { name: words('action.save') }).click();
      await page.getByText(words('account.preferencesSaved')).waitFor();
      await page
        .getByText(/令和8年11月23日（月） \d\d:\d\d/)
        .first()
        .waitFor();
      await keepPicture(page, 'account/wareki');

      // Dates that the pages word, and dates in sentences that the service words.
      await visit.open('/me');
      await page
        .getByText(/令和\d+年\d+月\d+日（.）/)
        .first()
        .waitFor();
      expect(await page.locator('main').innerText()).not.toMatch(/20\d\d年/);
      await changePreferences('owner', { calendar: 'GREGORIAN' });
      await visit.open('/me');
      await page
        .getByText(/2026年\d+月\d+日（.）/)
        .first()
        .waitFor();
      expect(await page.locator('main').innerText()).not.toContain('令和');
    }));

  it('is no question for who reads English', async () => {
    await changePreferences('auditor', { locale: 'en', calendar: 'JAPANESE' });
    await stage.visit({ as: 'auditor', locale: 'en' }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/account');
      await page
        .getByText(/Mon, 23 Nov 2026/)
        .first()
        .waitFor();
      expect(await page.getByRole('radiogroup', { name: words('account.calendar') }).count()).toBe(0);
      await page.getByRole('radio', { name: words('locale.ja') }).check({ force: true });
      await page.getByRole('radiogroup', { name: words('account.calendar') }).waitFor();
    });
  });
});

describe.each<Locale>(['ja', 'en'])('signing out in %s', (locale) => {
  it('ends the session, also when it had ended already', () =>
    stage.visit({ locale, refusals: ['401 POST /auth/oidc/logout'] }, async (visit: Visit) => {
      const { page } = visit;
      const words = wordsOf(locale);
      await changePreferences('ciso', { locale });
      for (const ended of [false, true]) {
        const client = await elsewhere('ciso');
        const cookie = { name: SESSION_COOKIE, value: client.cookie(SESSION_COOKIE) ?? '', url: stage.app.url };
        await page.context().addCookies([cookie]);
        await visit.open('/account');
        if (ended) expect((await client.post('/auth/logout')).status).toBe(204);
        await page.getByRole('button', { name: words('shell.userMenu', { name: '統括 花子' }) }).click();
        await page.getByRole('menuitem', { name: words('shell.signOut') }).click();
        await visit.settled(words('signIn.title'));
        expect(await isSignedIn(client)).toBe(false);
      }
    }));
});
