import { readFile } from 'node:fs/promises';
import { demoEmailOf, type DemoPersonName } from '../support/app';
import { axeViolations } from '../support/axe';
import { setUpTotp, TotpApp } from '../support/factors/totp-app';
import { keepPicture } from '../support/screenshots';
import { Stage, type Visit } from '../support/stage';
import { type Locale, wordsOf } from '../support/words';
import { PASSWORD } from '../support/world';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('totp');
}, 120_000);

afterAll(() => stage?.close());

/** The first step: address and password. */
async function firstStep({ page, words }: Visit, person: DemoPersonName): Promise<void> {
  await page.getByLabel(words('signIn.email')).fill(demoEmailOf(person));
  await page.getByLabel(words('signIn.password')).fill(PASSWORD);
  await page.getByRole('button', { name: words('signIn.submit'), exact: true }).click();
}

async function giveCode({ page, words }: Visit, kind: 'code' | 'recoveryCode', code: string): Promise<void> {
  await page.getByLabel(words(`factors.${kind}`)).fill(code);
  await page.getByRole('button', { name: words('signIn.secondSubmit'), exact: true }).click();
}

/** Somebody who has set one-time codes up already. */
async function withTotp(person: DemoPersonName): ReturnType<typeof setUpTotp> {
  const client = stage.app.browser();
  const { status } = await client.post('/auth/login', { email: demoEmailOf(person), password: PASSWORD });
  expect(status).toBe(200);
  return setUpTotp(client, stage.app.clock);
}

describe('an authenticator app', () => {
  it('is set up by picture or letters, brings recovery codes once, and is asked for from then on', () => {
    const refusals = ['422 POST /me/factors/totp/confirm', '401 GET /me', '422 POST /auth/second-factor/totp'];
    const context = { acceptDownloads: true, permissions: ['clipboard-read', 'clipboard-write'] };
    return stage.visit({ as: 'owner', refusals, context }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/account');
      await page.getByRole('button', { name: words('factors.totpSetUp') }).click();
      const dialog = page.getByRole('dialog', { name: words('factors.totpTitle') });
      await dialog.getByRole('img', { name: words('factors.qrCode') }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, 'factors/totp-dialog');
      const secret = (await dialog.locator('code').innerText()).replaceAll(' ', '');
      const address = await dialog.getByRole('link', { name: words('factors.totpOpen') }).getAttribute('href');
      expect(new URL(address ?? '').searchParams.get('secret')).toBe(secret);
      const phone = new TotpApp(secret, stage.app.clock);
      await dialog.getByLabel(words('factors.code')).fill(phone.wrongCode());
      await page.keyboard.press('Enter');
      await dialog.getByRole('alert').getByText(words('domain:field.WRONG_CODE')).waitFor();
      await dialog.getByLabel(words('factors.code')).fill(phone.code());
      await page.keyboard.press('Enter');

      const once = page.getByRole('alertdialog', { name: words('factors.codesTitle') });
      await once.waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, 'factors/recovery-codes');
      const codes = await once.locator('code').allInnerTexts();
      expect(new Set(codes).size).toBe(10);
      await once.getByRole('button', { name: words('secret.copy') }).click();
      await once.getByText(words('secret.copied')).waitFor();
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(codes.join('\n'));
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        once.getByRole('button', { name: words('factors.codesDownload') }).click(),
      ]);
      const saved = await readFile(await file.path(), 'utf8');
      for (const code of codes) expect(saved).toContain(code);
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('h1:visible').count()).toBe(0);
      expect(await once.locator('code:visible').count()).toBe(10);
      expect(await page.locator('button:visible').count()).toBe(0);
      await page.emulateMedia({ media: null });
      const close = once.getByRole('button', { name: words('action.close') });
      expect(await close.isDisabled()).toBe(true);
      await once.getByText(words('factors.codesKept')).click();
      await close.click();
      await page.getByRole('button', { name: words('factors.totpAnew') }).waitFor();
      expect(await page.content()).not.toContain(codes[0]);

      stage.app.clock.advance({ minutes: 1 });
      await page.getByRole('button', { name: words('shell.userMenu', { name: '運用 さくら' }) }).click();
      await page.getByRole('menuitem', { name: words('shell.signOut') }).click();
      await visit.settled(words('signIn.title'));
      await visit.open('/systems');
      await visit.settled(words('signIn.title'));
      await firstStep(visit, 'owner');
      await visit.settled(words('signIn.secondTitle'));
      await giveCode(visit, 'code', phone.wrongCode());
      await page.getByRole('alert').getByText(words('domain:field.WRONG_CODE')).waitFor();
      await giveCode(visit, 'code', phone.code());
      await visit.settled(words('systems.title'));
    });
  });

  it('is given up only after the person has shown again who they are', () =>
    stage.visit({ refusals: ['403 DELETE /me/factors/totp', '422 POST /me/confirmation'] }, async (visit) => {
      const { page, words } = visit;
      const { phone } = await withTotp('manager');
      await visit.open('/sign-in?return=/account');
      await firstStep(visit, 'manager');
      await visit.settled(words('signIn.secondTitle'));
      await giveCode(visit, 'code', phone.code());
      await visit.settled(words('account.title'));
      stage.app.clock.advance({ minutes: 16 });
      await page.getByRole('button', { name: words('factors.removeOf', { name: words('factors.totp') }) }).click();
      const question = page.getByRole('alertdialog');
      await question.getByRole('button', { name: words('factors.remove') }).click();
      const dialog = page.getByRole('dialog', { name: words('factors.confirmTitle') });
      await dialog.getByLabel(words('signIn.password')).fill('not the password');
      await page.keyboard.press('Enter');
      await dialog.getByRole('alert').getByText(words('domain:field.WRONG_PASSWORD')).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, 'factors/confirmation');
      await dialog.getByRole('button', { name: words('factors.confirmByCode') }).click();
      await dialog.getByLabel(words('factors.anyCode')).fill(phone.code());
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: words('factors.totpSetUp') }).waitFor();
      await page.getByText(words('factors.removed')).waitFor();
    }));
});

describe.each<Locale>(['ja', 'en'])('the second step in %s', (locale) => {
  const person = locale === 'ja' ? 'ciso' : 'auditor';

  it('takes a recovery code once, can be left, and does not wait for ever', async () => {
    const { recoveryCodes } = await withTotp(person);
    const refusals = ['422 POST /auth/second-factor/recovery-code', '401 POST /auth/second-factor/recovery-code'];
    await stage.visit({ locale, refusals }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/sign-in?return=/account');
      await firstStep(visit, person);
      await visit.settled(words('signIn.secondTitle'));
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `factors/second-step-${locale}`);
      await page.getByRole('button', { name: words('signIn.giveUp') }).click();
      await visit.settled(words('signIn.title'));

      await firstStep(visit, person);
      await page.getByRole('button', { name: words('signIn.way.RECOVERY_CODE') }).click();
      await giveCode(visit, 'recoveryCode', 'none-of-them');
      await page.getByRole('alert').first().waitFor();
      expect(await axeViolations(page)).toEqual([]);
      stage.app.clock.advance({ minutes: 11 });
      await giveCode(visit, 'recoveryCode', recoveryCodes[0] ?? '');
      await page.getByText(words('signIn.lapsed')).waitFor();
      expect(await axeViolations(page)).toEqual([]);

      // A page that is opened anew half way goes on where it was.
      await firstStep(visit, person);
      await visit.settled(words('signIn.secondTitle'));
      await page.reload();
      await visit.settled(words('signIn.secondTitle'));
      await page.getByRole('button', { name: words('signIn.way.RECOVERY_CODE') }).click();
      await giveCode(visit, 'recoveryCode', recoveryCodes[0] ?? '');
      // The pages behind the sign-in speak the language of the account.
      await visit.settled(wordsOf('ja')('account.title'));
      const { body } = await stage.app.browser().get('/me/factors', { cookie: await cookieOf(visit) });
      expect(body.recoveryCodes.remaining).toBe(9);
    });
  });
});

async function cookieOf({ page }: Visit): Promise<string> {
  const [session] = (await page.context().cookies()).filter(({ name }) => name === 'sonae_session');
  return `sonae_session=${session?.value}`;
}
