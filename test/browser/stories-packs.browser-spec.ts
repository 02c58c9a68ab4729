import { runToEnd } from '../support/running/running-process';
import { manifestOf, recordsOf, sha256Of } from '../support/audit-packs';
import { axeViolations } from '../support/axe';
import { unpack } from '../support/downloads';
import { keepPicture } from '../support/screenshots';
import { Stage, type Visit } from '../support/stage';
import type { Locale } from '../support/words';

let stage: Stage;
let system: { id: string; name: string; nameEn: string | null };

beforeAll(async () => {
  stage = await Stage.open('audit packs');
  [system] = (await (await stage.app.as('owner')).get('/systems?owner=me')).body.items;
}, 120_000);

afterAll(() => stage?.close());

async function speak(locale: Locale): Promise<void> {
  const auditor = await stage.app.as('auditor');
  const { headers } = await auditor.get('/me');
  await auditor.patch('/me', { locale }, headers.get('etag'));
}

/** Downloads the pack of the dialog that is open, as a file on disk. */
async function download({ page, words }: Visit): Promise<string> {
  const link = page.getByRole('link', { name: words('pack.download') });
  const [saved] = await Promise.all([page.waitForEvent('download'), link.click()]);
  expect(saved.suggestedFilename()).toMatch(/^audit-pack-.*\.zip$/);
  return saved.path();
}

describe.each<Locale>(['ja', 'en'])('the audit pack in %s', (locale) => {
  beforeAll(() => speak(locale));

  it('of a system is downloaded from its page, and found as it was made by the command that the page tells', () =>
    stage.visit({ as: 'auditor', locale, context: { acceptDownloads: true } }, async (visit) => {
      const { page, words } = visit;
      const name = (locale === 'en' && system.nameEn) || system.name;
      await visit.open(`/systems/${system.id}`);
      await page.getByRole('button', { name: words('pack.of', { name }) }).click();
      await page.getByRole('dialog').getByText(words('pack.command')).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `packs/system-${locale}`);
      await page.setViewportSize({ width: 320, height: 720 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `packs/system-${locale}-narrow`);

      await page.setViewportSize({ width: 1280, height: 900 });
      await page.getByLabel(words('audit.from')).fill('2026-11-20');
      await page.getByLabel(words('audit.to')).fill('2026-11-10');
      await page.getByText(words('pack.wrongDays')).waitFor();
      expect(await page.getByRole('link', { name: words('pack.download') }).count()).toBe(0);
      await page.getByLabel(words('audit.to')).fill('');
      await page.getByLabel(words('audit.from')).fill('');
      const path = await download(visit);
      const files = await unpack(path);
      expect(recordsOf(files, 'systems.ndjson').map(({ id }) => id)).toEqual([system.id]);

      const digest = sha256Of(files.get('manifest.json') ?? '');
      const checked = await runToEnd(
        ['dist/cli.js', 'verify-pack', path, '--digest', digest, '--language', locale],
        {},
      );
      expect(checked).toMatchObject({ code: 0, stderr: '' });
      expect(checked.stdout).toContain(
        locale === 'ja' ? 'このパックは作られたときのままです。' : 'The pack is as it was made.',
      );
      const wrong = await runToEnd(['dist/cli.js', 'verify-pack', path, '--digest', 'f'.repeat(64)], {});
      expect(wrong).toMatchObject({ code: 1, stdout: expect.stringContaining('NOT OK') });

      await page.getByRole('link', { name: words('pack.events') }).click();
      await visit.settled(words('audit.title'));
      await page.locator('.data-table > tbody > tr > th summary').first().click();
      await page.getByText(digest).first().waitFor();
      await keepPicture(page, `packs/on-record-${locale}`);
    }));

  it('of an organisation is downloaded from the list of organisations, for days that are chosen', () =>
    stage.visit({ as: 'auditor', locale, context: { acceptDownloads: true } }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/organisations');
      await visit.settled(words('organisations.title'));
      await keepPicture(page, `packs/organisations-${locale}`);
      await page
        .getByRole('button', { name: words('pack.title') })
        .or(page.getByText(words('pack.title'), { exact: true }))
        .first()
        .click();
      await page.getByLabel(words('audit.from')).fill('2026-11-10');
      const path = await download(visit);
      const { about, period } = manifestOf(await unpack(path));
      expect(about.system).toBeNull();
      expect(period).toMatchObject({ from: '2026-11-10', to: null });
      expect(await runToEnd(['dist/cli.js', 'verify-pack', path], {})).toMatchObject({ code: 0 });
    }));
});

describe('the audit pack', () => {
  it('is not offered to who may not read audit events', () =>
    stage.visit({ as: 'owner' }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/systems/${system.id}`);
      await page.getByRole('button', { name: words('action.print') }).waitFor();
      expect(await page.getByText(words('pack.title'), { exact: true }).count()).toBe(0);
    }));
});
