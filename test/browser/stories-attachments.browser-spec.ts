import { axeViolations } from '../support/axe';
import { keepPicture } from '../support/screenshots';
import { Stage } from '../support/stage';

const SIDEWAYS = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('attachments');
}, 120_000);

afterAll(() => stage?.close());

/** A restore test recorded by hand. Returns the id of its evidence. */
async function recorded(): Promise<string> {
  const owner = await stage.app.as('owner');
  const [{ id }] = (await owner.get('/systems?q=RYOHI')).body.items;
  const { status, body } = await owner.post(`/systems/${id}/restore-tests`, {
    ...{ restored: '申請データベース', fromCopy: '遠隔地のテープ' },
    ...{ startedAt: '2026-11-20T01:00:00Z', finishedAt: '2026-11-20T02:30:00Z' },
  });
  expect(status).toBe(201);
  return body.evidenceId;
}

it.each(['ja', 'en'] as const)(
  'files are attached to a restore test; one that is not what it says is refused with its reason, in %s',
  async (locale) => {
    await stage.speak(locale, 'owner');
    const evidenceId = await recorded();
    const refusals = ['422 POST /restore-tests/:id/attachments'];
    await stage.visit({ as: 'owner', locale, refusals }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/evidence/${evidenceId}`);
      await page.getByText(words('attachments.none')).waitFor();
      await page.getByLabel(words('attachments.add')).setInputFiles([
        { name: '復元の記録.txt', mimeType: 'text/plain', buffer: Buffer.from('件数 12,345 を確認\n') },
        { name: 'page.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html></html>') },
      ]);
      const refusal = page.getByRole('alert').filter({ hasText: 'page.pdf' });
      await refusal.waitFor();
      expect(await refusal.innerText()).toContain(words('domain:field.FILE_NOT_WHAT_IT_SAYS'));
      const link = page.getByRole('link', { name: '復元の記録.txt' });
      await link.waitFor();
      expect(await page.getByText(words('attachments.none')).count()).toBe(0);
      const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
      expect(download.suggestedFilename()).toBe('復元の記録.txt');
      expect(await axeViolations(page)).toEqual([]);
      await page.setViewportSize({ width: 320, height: 800 });
      expect(await page.evaluate(SIDEWAYS)).toBe(false);
      await keepPicture(page, `attachments-${locale}`);
    });
  },
  120_000,
);

it('files are chosen in the form of a restore test and sent with it; one that is refused is said beside what was recorded', async () => {
  await stage.speak('ja', 'owner');
  const owner = await stage.app.as('owner');
  const [{ id }] = (await owner.get('/systems?q=RYOHI')).body.items;
  const refusals = ['422 POST /restore-tests/:id/attachments'];
  await stage.visit({ as: 'owner', locale: 'ja', refusals }, async (visit) => {
    const { page, words } = visit;
    await visit.open(`/systems/${id}/restore-tests/new`);
    const fill = (field: string, value: string): Promise<void> =>
      page
        .getByLabel(words(`restoreTest.fields.${field}`))
        .first()
        .fill(value);
    await fill('restored', '申請データベース');
    await fill('fromCopy', '遠隔地のテープ');
    await fill('startedAt', '2026-11-20T10:00');
    await fill('finishedAt', '2026-11-20T11:30');
    await page.getByRole('radio', { name: words('domain:outcome.FAILED'), exact: true }).check({ force: true });
    await page.getByLabel(words('attachments.add')).setInputFiles([
      { name: '画面.png', mimeType: 'image/png', buffer: Buffer.from('89504e470d0a1a0a00', 'hex') },
      { name: 'page.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html></html>') },
    ]);
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: words('restoreTest.submit'), exact: true }).click();
    await page.getByRole('alert').filter({ hasText: 'page.pdf' }).waitFor();
    await page.getByRole('link', { name: '画面.png' }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await keepPicture(page, 'attachments-form-ja');
  });
}, 120_000);
