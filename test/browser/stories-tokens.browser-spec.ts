import { axeViolations } from '../support/axe';
import { keepPicture } from '../support/screenshots';
import { Stage, type Visit } from '../support/stage';
import { type Locale, wordsOf } from '../support/words';

let stage: Stage;

// Nothing listens at that provider: the way there ends at once, and is told.
beforeAll(async () => {
  stage = await Stage.open('tokens', {
    PUBLIC_URL: 'http://127.0.0.1:9',
    OIDC_ISSUER: 'http://127.0.0.1:9',
    OIDC_CLIENT_ID: 'sonae',
    OIDC_CLIENT_SECRET: 'none',
  });
}, 120_000);

afterAll(() => stage?.close());

const LAST_DAY = '2027-03-31';

/** The status that a program with the secret gets for the systems. */
async function statusWith(secret: string): Promise<number> {
  return (await stage.app.browser().get('/systems', { authorization: `Bearer ${secret}` })).status;
}

/** Keeps the secret that the open dialog shows, and closes it. */
async function keepSecret({ page, words }: Visit, name: string): Promise<string> {
  const dialog = page.getByRole('alertdialog', { name: words('tokens.secretTitle', { name }) });
  await dialog.waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await dialog.getByRole('button', { name: words('secret.copy') }).click();
  await dialog.getByText(words('secret.copied')).waitFor();
  const secret = (await page.evaluate('navigator.clipboard.readText()')) as string;
  expect(await dialog.locator('code').innerText()).toBe(secret);
  await dialog.getByRole('button', { name: words('secret.kept') }).click();
  await dialog.waitFor({ state: 'detached' });
  return secret;
}

describe('an API token', () => {
  it('is made, used, given a new value and revoked on the account page', () =>
    stage.visit({ as: 'manager', context: { permissions: ['clipboard-read', 'clipboard-write'] } }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/account');
      await page.getByText(words('tokens.none'), { exact: true }).waitFor();
      await page.getByRole('button', { name: words('tokens.create') }).click();
      const dialog = page.getByRole('dialog', { name: words('tokens.create') });
      await dialog.getByLabel(words('tokens.name')).fill('夜間連携');
      await dialog.getByText(words('scope.systems_read'), { exact: true }).click();
      await dialog.getByLabel(words('tokens.expiresOn')).fill(LAST_DAY);
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, 'tokens/new-token');
      await dialog.getByRole('button', { name: words('tokens.createSubmit'), exact: true }).click();
      const first = await keepSecret(visit, '夜間連携');
      expect(await statusWith(first)).toBe(200);
      expect(await page.content()).not.toContain(first);

      await page.getByRole('button', { name: words('tokens.rotateOf', { name: '夜間連携' }) }).click();
      await page
        .getByRole('alertdialog')
        .getByRole('button', { name: words('tokens.rotate') })
        .click();
      const second = await keepSecret(visit, '夜間連携');
      expect([await statusWith(first), await statusWith(second)]).toEqual([200, 200]);

      await page.getByRole('button', { name: words('tokens.revokeOf', { name: '夜間連携' }) }).click();
      await page
        .getByRole('alertdialog')
        .getByRole('button', { name: words('tokens.revoke') })
        .click();
      await page.getByText(words('tokens.none'), { exact: true }).waitFor();
      expect([await statusWith(first), await statusWith(second)]).toEqual([401, 401]);
    }));

  it('needs something that it may do, and says so at the field', () =>
    stage.visit({ as: 'manager', refusals: ['400 POST /api-tokens'] }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/account');
      await page.getByRole('button', { name: words('tokens.create') }).click();
      const dialog = page.getByRole('dialog', { name: words('tokens.create') });
      await dialog.getByLabel(words('tokens.name')).fill('x');
      await dialog.getByLabel(words('tokens.expiresOn')).fill(LAST_DAY);
      await dialog.getByRole('button', { name: words('tokens.createSubmit'), exact: true }).click();
      await dialog.getByRole('alert').getByRole('link').first().click();
      expect(await axeViolations(page)).toEqual([]);
    }));
});

describe.each<Locale>(['ja', 'en'])('the office’s account on the sign-in page in %s', (locale) => {
  it('is offered, and what went wrong there is said', () =>
    stage.visit({ locale }, async (visit) => {
      const { page } = visit;
      const words = wordsOf(locale);
      await visit.open('/sign-in?return=/systems');
      await page.getByRole('link', { name: words('signIn.oidc') }).click();
      await page.getByRole('alert').getByText(words('domain:problem.OIDC_UNAVAILABLE')).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `tokens/sign-in-${locale}`);
    }));
});
