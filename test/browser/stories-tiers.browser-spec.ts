import { Stage } from '../support/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('tiers');
}, 120_000);

afterAll(() => stage?.close());

describe('another tier', () => {
  it('is asked for by one person, and waits until another one approves', async () => {
    await stage.visit({ as: 'owner' }, async ({ page, words, open, settled }) => {
      await open('/systems?q=BUNSHO');
      await page.getByRole('link', { name: '文書管理システム' }).click();
      await settled('文書管理システム');
      await page.getByRole('tab', { name: words('systemTabs.details') }).click();
      await page.getByRole('button', { name: words('tierChanges.request') }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('radio', { name: words('domain:tier.LOW'), exact: true }).check({ force: true });
      await dialog.getByLabel(words('tierChanges.reason')).fill('紙の手続きに戻せる');
      await dialog.getByRole('button', { name: words('tierChanges.requestSubmit') }).click();
      await page.getByText(words('tierChangeStatus.REQUESTED')).first().waitFor();
      expect(await page.getByRole('button', { name: words('tierChanges.request') }).count()).toBe(0);
    });
    await stage.visit({ as: 'manager' }, async ({ page, words, open }) => {
      await open('/me');
      const row = page.getByRole('listitem').filter({ hasText: '紙の手続きに戻せる' });
      const approve = words('tierChanges.decide.approve');
      await row.getByRole('button', { name: approve }).press('Enter');
      await page.getByRole('dialog').getByRole('button', { name: approve, exact: true }).click();
      await row.waitFor({ state: 'detached' });
      await row.page().getByText(words('tierChanges.waiting')).first().waitFor();
    });
    const { body } = await (await stage.app.as('manager')).get('/systems?q=BUNSHO');
    expect(body.items[0].tier).toBe('LOW');
  });
});
