import { demoEmailOf, type DemoPersonName } from '../support/app';
import { axeViolations } from '../support/axe';
import { setUpTotp, TotpApp } from '../support/factors/totp-app';
import { keepPicture } from '../support/screenshots';
import { Stage, type Visit } from '../support/stage';
import { type Locale, wordsOf } from '../support/words';
import { PASSWORD } from '../support/world';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('enrolment');
}, 120_000);

afterAll(() => stage?.close());

async function firstStep({ page, words }: Visit, person: DemoPersonName): Promise<void> {
  await page.getByLabel(words('signIn.email')).fill(demoEmailOf(person));
  await page.getByLabel(words('signIn.password')).fill(PASSWORD);
  await page.getByRole('button', { name: words('signIn.submit'), exact: true }).click();
}

/** Sets the roles that must have a second factor, past the pages. */
async function ask(...secondFactorRoles: string[]): Promise<void> {
  const admin = await stage.app.as('admin');
  const { headers } = await admin.get('/security-settings');
  expect((await admin.put('/security-settings', { secondFactorRoles }, headers.get('etag'))).status).toBe(200);
}

async function speak(person: DemoPersonName, locale: Locale): Promise<void> {
  const client = await stage.app.as(person);
  const { headers } = await client.get('/me');
  expect((await client.patch('/me', { locale }, headers.get('etag'))).status).toBe(200);
}

describe('the security settings', () => {
  it('name the roles that must have a second factor, for administrators to change', () =>
    stage.visit({ as: 'admin' }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/security');
      await visit.settled(words('security.title'));
      await page.getByText(words('domain:role.MANAGER'), { exact: true }).click();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, 'factors/security');
      await page.getByRole('button', { name: words('action.save') }).click();
      await page.getByText(words('security.saved')).waitFor();
      const { body } = await (await stage.app.as('admin')).get('/security-settings');
      expect(body.secondFactorRoles).toEqual(['MANAGER']);
      await page.reload();
      await visit.settled(words('security.title'));
      expect(await page.getByRole('checkbox', { name: words('domain:role.MANAGER'), exact: true }).isChecked()).toBe(
        true,
      );
    }));

  it('are read by the auditor', () =>
    stage.visit({ as: 'auditor' }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/');
      await page.getByRole('link', { name: words('nav.security') }).click();
      await visit.settled(words('security.title'));
      expect(await page.getByRole('checkbox').count()).toBe(0);
      expect(await page.getByRole('button', { name: words('action.save') }).count()).toBe(0);
    }));
});

describe.each<Locale>(['ja', 'en'])('who must have a second factor and has none, in %s', (locale) => {
  const person = locale === 'ja' ? 'ciso' : 'owner';
  const role = locale === 'ja' ? 'CISO_OFFICE' : 'OWNER';

  it('sees why, sets one up, and goes on to the page that was asked for', async () => {
    await speak(person, locale);
    await ask(role);
    await stage.visit({ locale, refusals: ['401 GET /me'] }, async (visit) => {
      const { page } = visit;
      const words = wordsOf(locale);
      await visit.open('/systems');
      await visit.settled(words('signIn.title'));
      await firstStep(visit, person);
      await visit.settled(words('enrolment.title'));
      await page.getByText(words('enrolment.text')).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `factors/enrolment-${locale}`);
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.setViewportSize({ width: 320, height: 720 });
      expect(await axeViolations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
      await keepPicture(page, `factors/enrolment-narrow-${locale}`);

      await page.getByRole('button', { name: words('factors.totpSetUp') }).click();
      const dialog = page.getByRole('dialog', { name: words('factors.totpTitle') });
      const phone = new TotpApp((await dialog.locator('code').innerText()).replaceAll(' ', ''), stage.app.clock);
      await dialog.getByRole('textbox').fill(phone.code());
      await page.keyboard.press('Enter');
      const once = page.getByRole('alertdialog', { name: words('factors.codesTitle') });
      await once.getByText(words('factors.codesKept')).click();
      expect(await axeViolations(page)).toEqual([]);
      await once.getByRole('button', { name: words('action.close') }).click();
      await page.getByRole('button', { name: words('enrolment.goOn') }).click();
      await visit.settled(words('systems.title'));
    });
  });
});

describe('a second factor that becomes necessary while somebody is at work', () => {
  it('is asked for at the next step, and signing out stays possible', () =>
    stage.visit({ as: 'manager' }, async (visit) => {
      const { page, words, troubles } = visit;
      await ask();
      await visit.open('/systems');
      await ask('MANAGER');
      await page
        .getByRole('link', { name: words('nav.obligations'), exact: true })
        .first()
        .click();
      await visit.settled(words('enrolment.title'));
      expect(troubles.splice(0).filter((trouble) => !trouble.startsWith('403 GET /'))).toEqual([]);
      await page.getByRole('button', { name: words('shell.signOut') }).click();
      await visit.settled(words('signIn.title'));
    }));
});

describe('lost second factors', () => {
  it('are taken away by an administrator, and the password lets the person in again', () =>
    stage.visit({ as: 'admin' }, async (visit) => {
      const { page, words } = visit;
      await ask();
      const theirs = stage.app.browser();
      const credentials = { email: demoEmailOf('manager'), password: PASSWORD };
      await theirs.post('/auth/login', credentials);
      await setUpTotp(theirs, stage.app.clock);
      const id = (await theirs.get('/me')).body.user.id as string;
      await visit.open(`/users/${id}`);
      await page.getByRole('button', { name: words('users.resetFactors') }).click();
      const question = page.getByRole('alertdialog', { name: words('users.resetFactorsTitle', { name: '責任 一郎' }) });
      await question.waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await question.getByRole('button', { name: words('users.resetFactors') }).click();
      await page.getByText(words('users.factorsReset', { name: '責任 一郎' })).waitFor();
      expect((await theirs.get('/me')).status).toBe(401);
      expect((await stage.app.browser().post('/auth/login', credentials)).body.state).toBe('SIGNED_IN');
    }));
});
