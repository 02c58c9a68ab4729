import { axeViolations } from '../support/axe';
import { keepPicture } from '../support/screenshots';
import { Stage } from '../support/stage';
import type { Locale } from '../support/words';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('reports');
}, 120_000);

afterAll(() => stage?.close());

async function speak(locale: Locale): Promise<void> {
  for (const person of ['manager', 'ciso'] as const) {
    const client = await stage.app.as(person);
    const { headers } = await client.get('/me');
    expect((await client.patch('/me', { locale }, headers.get('etag'))).status).toBe(200);
  }
}

describe.each(['ja', 'en'] as const)('in %s', (locale) => {
  beforeAll(() => speak(locale));

  it('a report is made, commented on and submitted by the officer, and acknowledged by the CISO office', async () => {
    let path = '';
    await stage.visit({ as: 'manager', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/reports?status=FAILED');
      await page.getByText(words('reports.none')).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page
        .getByRole('button', { name: words('reports.make') })
        .first()
        .click();
      const dialog = page.getByRole('dialog', { name: words('reports.make') });
      await dialog.getByRole('button', { name: words('reports.submitMake'), exact: true }).click();
      await dialog.getByRole('alert').waitFor();
      await dialog.getByRole('button', { name: words('reports.organisation') }).click();
      await page.getByRole('listbox').getByRole('option').first().click();
      await dialog.getByLabel(words('reports.on')).fill('2026-11-10');
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `reports/${locale}/make`);
      await dialog.getByRole('button', { name: words('reports.submitMake'), exact: true }).click();
      await page.getByRole('heading', { name: words('reports.duties'), exact: true }).waitFor({ timeout: 30_000 });
      path = new URL(page.url()).pathname;
      await page.getByLabel(words('reports.comment')).fill('月末に再度報告する。');
      await page.getByRole('button', { name: words('reports.submitComment') }).click();
      await page.getByText('月末に再度報告する。').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `reports/${locale}/draft`);
      await page.getByRole('button', { name: words('reports.submit'), exact: true }).click();
      await page.getByText(words('reportStatus.SUBMITTED'), { exact: true }).first().waitFor();
    });
    await stage.visit({ as: 'ciso', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/inbox?kind=NOTICE');
      await keepPicture(page, `reports/${locale}/inbox`);
      await page.locator(`main a[href="${path}"]`).click();
      await page.getByRole('button', { name: words('reports.acknowledge'), exact: true }).click();
      await page.getByText(words('reportStatus.ACKNOWLEDGED'), { exact: true }).first().waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `reports/${locale}/acknowledged`);
      await page.getByRole('button', { name: words('export.menu') }).click();
      const whole = page.waitForEvent('download');
      await page.getByRole('menuitem', { name: words('export.format.csv') }).click();
      expect((await whole).suggestedFilename()).toBe('report-2026-11-23.zip');
      await visit.open('/reports');
      await page.getByText(words('reports.byCalendar')).first().waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `reports/${locale}/list`);
      await page.getByRole('button', { name: words('export.menu') }).click();
      const list = page.waitForEvent('download');
      await page.getByRole('menuitem', { name: words('export.format.xlsx') }).click();
      expect((await list).suggestedFilename()).toBe('reports-2026-11-23.xlsx');
    });
  }, 180_000);
});
