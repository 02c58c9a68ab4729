import { freePort } from '../support/free-port';
import { startProvider, type TestProvider } from '../support/oidc/provider';
import { Stage } from '../support/stage';

let provider: TestProvider;
let stage: Stage;

beforeAll(async () => {
  const port = await freePort();
  provider = await startProvider(`http://127.0.0.1:${port}`);
  stage = await Stage.open('office', { ...provider.settings, PORT: `${port}` });
  // The provider's tokens tell the machine's time.
  stage.app.clock.set(new Date().toISOString());
}, 120_000);

afterAll(async () => {
  await stage?.close();
  await provider?.stop();
});

describe('an account of the office', () => {
  it('signs in at the provider, and out there too', () =>
    stage.visit({}, async (visit) => {
      const { page, words, troubles } = visit;
      await provider.know('suzuki', { email: 'suzuki@office.example', email_verified: true, name: '鈴木 一郎' });
      await visit.open('/sign-in?return=/account');
      await page.getByRole('link', { name: words('signIn.oidc') }).click();
      await page.locator('input[name=login]').fill('suzuki');
      await page.locator('input[name=password]').fill('any');
      await page.locator('button[type=submit]').click();
      const consent = page.getByRole('button', { name: 'Continue' });
      await consent.or(page.locator('h1', { hasText: words('account.title') })).waitFor();
      if (await consent.isVisible()) await consent.click();
      await visit.settled(words('account.title'));
      await page.getByText(words('account.method.OIDC')).first().waitFor();

      await page.getByRole('button', { name: words('shell.userMenu', { name: '鈴木 一郎' }) }).click();
      await page.getByRole('menuitem', { name: words('shell.signOut') }).click();
      await page.waitForURL((url) => url.origin === provider.issuer);
      await page.getByRole('button', { name: /yes/i }).click();
      await page.waitForURL((url) => url.origin === stage.app.url);
      await visit.settled(words('signIn.title'));
      // The addresses are those that the provider's pages ask.
      expect(troubles.splice(0).filter((trouble) => !trouble.startsWith('http'))).toEqual([]);
    }));
});
