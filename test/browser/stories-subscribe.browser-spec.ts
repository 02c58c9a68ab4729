import { axeViolations } from '../support/axe';
import { keepPicture } from '../support/screenshots';
import { Stage } from '../support/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('subscribe');
}, 120_000);
afterAll(() => stage?.close());

describe.each(['ja', 'en'] as const)('a calendar to subscribe to (%s)', (locale) => {
  it('is made, read and revoked on the account page, and its address is shown once', async () => {
    await stage.speak(locale, 'admin');
    await stage.visit({ as: 'admin', locale }, async ({ page, words, open }) => {
      await open('/account');
      await page.getByText(words('subscribe.none'), { exact: true }).waitFor();
      await page.getByRole('button', { name: words('subscribe.create'), exact: true }).click();
      const dialog = page.getByRole('alertdialog', { name: words('subscribe.addressTitle') });
      await dialog.waitFor();
      expect(await axeViolations(page)).toEqual([]);
      const url = await dialog.locator('code').innerText();
      const webcal = await dialog.getByRole('link', { name: words('subscribe.open') }).getAttribute('href');
      expect(webcal).toBe(url.replace(/^https?:/, 'webcal:'));
      const path = new URL(url).pathname.replace('/api/v1', '');
      const read = async (): Promise<number> => (await stage.app.browser().get(path)).status;
      expect(await read()).toBe(200);
      await dialog.getByRole('button', { name: words('secret.kept') }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(await page.content()).not.toContain(path);

      await page.setViewportSize({ width: 320, height: 800 });
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `subscribe/account-${locale}`);
      await page.getByText(words('subscribe.revoke'), { exact: true }).click();
      const asked = page.getByRole('alertdialog', {
        name: words('subscribe.revokeTitle', { name: words('subscribe.own') }),
      });
      await asked.getByRole('button', { name: words('subscribe.revoke'), exact: true }).click();
      await page.getByText(words('subscribe.none'), { exact: true }).waitFor();
      expect(await read()).toBe(404);
    });
  });
});
