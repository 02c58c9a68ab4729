import { demoEmailOf, type DemoPersonName } from '../support/app';
import { axeViolations } from '../support/axe';
import { virtualAuthenticator } from '../support/factors/virtual-authenticator';
import { keepPicture } from '../support/screenshots';
import { Stage, type Visit } from '../support/stage';
import type { Locale } from '../support/words';
import { PASSWORD } from '../support/world';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.openAtLocalhost('passkeys');
}, 120_000);

afterAll(() => stage?.close());

async function firstStep({ page, words }: Visit, person: DemoPersonName): Promise<void> {
  await page.getByLabel(words('signIn.email')).fill(demoEmailOf(person));
  await page.getByLabel(words('signIn.password')).fill(PASSWORD);
  await page.getByRole('button', { name: words('signIn.submit'), exact: true }).click();
}

async function signOut(visit: Visit, name: string): Promise<void> {
  const { page, words } = visit;
  await page.getByRole('button', { name: words('shell.userMenu', { name }) }).click();
  await page.getByRole('menuitem', { name: words('shell.signOut') }).click();
  await visit.settled(words('signIn.title'));
}

/** Adds a passkey on the account page that is open, and keeps the recovery codes when they come. */
async function addPasskey({ page, words }: Visit, name: string, first: boolean): Promise<void> {
  await page.getByRole('button', { name: words('factors.passkeyAdd') }).click();
  const dialog = page.getByRole('dialog', { name: words('factors.passkeyAdd') });
  await dialog.getByLabel(words('factors.passkeyName')).fill(name);
  await page.keyboard.press('Enter');
  if (first) {
    const once = page.getByRole('alertdialog', { name: words('factors.codesTitle') });
    await once.getByText(words('factors.codesKept')).click();
    await once.getByRole('button', { name: words('action.close') }).click();
  }
  await page.getByText(words('factors.passkeyNamed', { name })).waitFor();
}

describe('a passkey', () => {
  it('is made, is the second factor after the password, signs in alone, and is given up', () =>
    stage.visit({ as: 'owner', refusals: ['401 GET /me'] }, async (visit) => {
      const { page, words } = visit;
      const device = await virtualAuthenticator(page);
      await visit.open('/account');
      await addPasskey(visit, '業務用PC', true);
      expect(await device.count()).toBe(1);
      await page.getByText(words('factors.codes'), { exact: true }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, 'factors/account-with-passkey');

      await signOut(visit, '運用 さくら');
      await firstStep(visit, 'owner');
      await visit.settled(words('signIn.secondTitle'));
      expect(await axeViolations(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.setViewportSize({ width: 320, height: 720 });
      expect(await axeViolations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
      await keepPicture(page, 'factors/second-step-passkey-narrow');
      await page.getByRole('button', { name: words('signIn.secondPasskey') }).click();
      await visit.settled(words('readiness.title'));

      await signOut(visit, '運用 さくら');
      await visit.open('/account');
      await visit.settled(words('signIn.title'));
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize({ width: 720, height: 900 });
      await keepPicture(page, 'factors/sign-in-passkey');
      await page.getByRole('button', { name: words('signIn.passkey') }).click();
      await visit.settled(words('account.title'));
      await page.getByText(words('account.method.PASSKEY')).first().waitFor();

      await page.getByRole('button', { name: words('factors.removeOf', { name: '業務用PC' }) }).click();
      const question = page.getByRole('alertdialog', { name: words('factors.removeTitle', { name: '業務用PC' }) });
      await question.getByRole('button', { name: words('factors.remove') }).click();
      await page.getByText(words('factors.removed')).waitFor();
      await page.getByText(words('factors.passkeyNamed', { name: '業務用PC' })).waitFor({ state: 'detached' });
    }));

  it('that the device holds already is not made twice', () =>
    stage.visit({ as: 'manager' }, async (visit) => {
      const { page, words } = visit;
      const device = await virtualAuthenticator(page);
      await visit.open('/account');
      await addPasskey(visit, '鍵', true);
      await page.getByRole('button', { name: words('factors.passkeyAdd') }).click();
      const dialog = page.getByRole('dialog', { name: words('factors.passkeyAdd') });
      await dialog.getByLabel(words('factors.passkeyName')).fill('同じ鍵');
      await dialog.getByRole('button', { name: words('factors.passkeySubmit') }).click();
      await dialog.getByRole('alert').getByText(words('factors.passkeyKnown')).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      expect(await device.count()).toBe(1);
    }));
});

describe.each<Locale>(['ja', 'en'])('a passkey on the sign-in page in %s', (locale) => {
  it('that nobody has says so, and leaves the other ways open', () =>
    stage.visit({ locale }, async (visit) => {
      const { page, words } = visit;
      const device = await virtualAuthenticator(page);
      await device.consents(false);
      await visit.open('/sign-in');
      await page.getByRole('button', { name: words('signIn.passkey') }).click();
      await page.getByRole('alert').getByText(words('factors.passkeyCancelled')).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `factors/sign-in-passkey-${locale}`);
      await page.getByLabel(words('signIn.email')).waitFor();
    }));
});
