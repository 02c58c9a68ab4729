import { eventually } from '../support/eventually';
import { keepPicture } from '../support/screenshots';
import { Stage } from '../support/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('policy');
});
afterAll(() => stage.close());

describe('under the policy for what a page may load', () => {
  it('the description of the API is shown, styled and unfolded, and nothing of it is refused', () =>
    stage.visit({ as: 'admin' }, async ({ page }) => {
      await page.goto(`${stage.app.url}/api/docs`);
      await page.locator('.opblock').first().waitFor();
      // The page goes on drawing for a while, and forgets a click that comes too early.
      await eventually(
        async () => {
          if ((await page.locator('.opblock.is-open').count()) === 0)
            await page.locator('.opblock-summary-control').first().click();
          return page.locator('.opblock.is-open .responses-table').count();
        },
        (count) => count > 0,
      );
      const font = await page.evaluate("getComputedStyle(document.querySelector('.info .title')).fontFamily");
      expect(font).toContain('sans-serif');
      await keepPicture(page, 'api-docs');
    }));

  it('a mail has the styles that it was composed with', async () => {
    const admin = await stage.app.as('admin');
    const mails = async (): Promise<{ id: string }[]> => (await admin.get('/outbox?limit=1&status=KEPT')).body.items;
    const [mail] = await eventually(mails, ({ length }) => length > 0, 30_000);
    await stage.visit({ as: 'admin' }, async ({ page }) => {
      await page.goto(`${stage.app.url}/api/v1/outbox/${mail?.id}/html`);
      expect(await page.evaluate("getComputedStyle(document.querySelector('ul')).paddingLeft")).toBe('20px');
      await keepPicture(page, 'mail-frame');
    });
  });
});
