import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { axeViolations } from '../support/axe';
import type { Client } from '../support/client';
import { keepPicture } from '../support/screenshots';
import { Stage, type Visit } from '../support/stage';

/** What the tabs of a system show, let people take out, and offer while they are empty. */

let stage: Stage;
let admin: Client;
let owner: Client;

beforeAll(async () => {
  stage = await Stage.open('system tabs');
  [admin, owner] = await Promise.all([stage.app.as('admin'), stage.app.as('owner')]);
}, 120_000);

afterAll(() => stage?.close());

const TERMS = {
  ...{ method: 'FULL', interval: 'PT6H', rpo: 'P1D', retention: 'P35D', generations: 14 },
  ...{ verificationCadence: 'P7D', restoreTestCadence: 'P3M' },
  copies: [
    { site: '東京', medium: 'ディスク', encrypted: true },
    { site: '大阪', medium: 'テープ', offsite: true, offline: true, encrypted: true },
    { site: '札幌', medium: 'オブジェクトストレージ', offsite: true, immutable: true, account: '保管専用' },
  ],
};

/** The terms as people read them. */
const FACTS = {
  ja: [
    '方式: 全体（フル）',
    '取得の間隔: 6時間',
    '目標復旧時点（RPO）: 1日',
    '保存期間: 35日',
    '世代数: 14',
    'バックアップ確認の間隔: 7日ごと',
    '復元試験の間隔: 3か月ごと',
    '写し: 東京・ディスク | 暗号化 | 大阪・テープ | 遠隔地 | オフライン | 暗号化 | 札幌・オブジェクトストレージ | 分離：保管専用 | 遠隔地 | 変更不可',
  ],
  en: [
    'Method: Full',
    'Interval: 6 hours',
    'Recovery point objective (RPO): 1 day',
    'Kept for: 35 days',
    'Generations: 14',
    'Verified every: Every 7 days',
    'Restore tested every: Every 3 months',
    'Copies: 東京, ディスク | Encrypted | 大阪, テープ | Off-site | Offline | Encrypted | 札幌, オブジェクトストレージ | Apart in 保管専用 | Off-site | Immutable',
  ],
};
const LACKS = { ja: /暗号化.*3.*2|2.*3.*暗号化/, en: 'Too few encrypted copies: 2 of 3.' };
const HISTORY = {
  ja: { row: ['2026年11月23日（月） 09:00', '運用 さくら'], change: '目標復旧時間（RTO）: 4時間 → 3時間' },
  en: { row: ['Mon, 23 Nov 2026 09:00', '運用 さくら'], change: 'RTO: 3 hours → 2 hours' },
};
const NINSHO = { ja: '認証基盤（職員用）', en: 'Staff sign-in' };

const systemIdOf = async (code: string): Promise<string> => (await admin.get(`/systems?q=${code}`)).body.items[0].id;

async function made(path: string, body: object, by = owner): Promise<{ id: string }> {
  const answer = await by.post(path, body);
  expect(answer).toMatchObject({ status: 201 });
  return answer.body;
}

/** A file of the export of the page. */
async function exported({ page, words }: Visit, format: 'csv' | 'xlsx' | 'json'): Promise<Buffer> {
  await page.getByRole('button', { name: words('export.menu') }).click();
  const item = page.getByRole('menuitem', { name: words(`export.format.${format}`) });
  const [download] = await Promise.all([page.waitForEvent('download'), item.click()]);
  return readFile(await download.path());
}

/** What is said of an empty list, with its action. */
const emptyState = ({ page, words }: Visit, title: string): Locator => page.getByText(words(title)).locator('..');

/** The facts within, as `name: value`. */
async function factsOf(within: Locator): Promise<string[]> {
  const [names, values] = [await within.locator('dt').allInnerTexts(), await within.locator('dd').allInnerTexts()];
  return names.map((name, index) => `${name}: ${values[index]?.replace(/\s*\n\s*/g, ' | ')}`);
}

describe.each(['ja', 'en'] as const)('in %s', (locale) => {
  beforeAll(() => stage.speak(locale, 'owner'));

  it('what a system owes, has saved and is to improve is taken out as its tabs show it', async () => {
    const systemId = await systemIdOf('RYOHI');
    const dataset = `添付ファイル ${locale}`;
    await made(`/systems/${systemId}/backup-requirements`, { ...TERMS, dataset });
    await made('/improvements', { source: 'AUDIT', title: `連絡網 ${locale}`, systemId });
    // What others have is not in the files.
    const other = await systemIdOf('NINSHO');
    await made(`/systems/${other}/backup-requirements`, { ...TERMS, dataset }, admin);
    await made('/improvements', { source: 'AUDIT', title: `連絡網 ${locale}`, systemId: other }, admin);
    await stage.visit({ as: 'owner', locale, context: { acceptDownloads: true } }, async (visit) => {
      const { page, words } = visit;
      const rowsOf = async (): Promise<Record<string, unknown>[]> =>
        JSON.parse((await exported(visit, 'json')).toString('utf8'));
      for (const [tab, field, within] of [
        ['backups', 'dataset', '.card'],
        ['improvements', 'title', 'tbody tr, li'],
      ] as const) {
        await visit.open(`/systems/${systemId}?tab=${tab}`);
        const shown = page.getByRole('tabpanel').locator(within);
        await shown.first().waitFor();
        const rows = await rowsOf();
        expect(new Set(rows.map(({ code }) => code))).toEqual(new Set(['RYOHI']));
        expect(rows).toHaveLength(await shown.filter({ has: page.getByRole('link') }).count());
        for (const row of rows) await page.getByRole('link', { name: String(row[field]), exact: true }).waitFor();
        expect((await exported(visit, 'xlsx')).toString('latin1', 0, 2)).toBe('PK');
        expect((await exported(visit, 'csv')).toString('utf8').split('\r\n')).toHaveLength(rows.length + 2);
        expect(await axeViolations(page)).toEqual([]);
        await keepPicture(page, `system-tabs/${locale}/${tab}`);
      }
      await visit.open(`/systems/${systemId}?tab=obligations&state=open`);
      const open = await rowsOf();
      expect(open).toHaveLength(await page.getByRole('tabpanel').getByRole('listitem').count());
      expect(open.map(({ state }) => state)).not.toContain('MET');
      expect(new Set(open.map(({ code }) => code))).toEqual(new Set(['RYOHI']));
      const select = page.getByRole('combobox', { name: words('obligations.shown') });
      await select.selectOption('applicable');
      await page.waitForURL(/state=applicable/);
      const applicable = await rowsOf();
      expect(applicable).toHaveLength(await page.getByRole('tabpanel').getByRole('listitem').count());
      expect(applicable.map(({ state }) => state)).toContain('MET');
      expect(applicable.map(({ state }) => state)).not.toContain('NOT_APPLICABLE');
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `system-tabs/${locale}/obligations`);
    });
  });

  it('a tab that is empty holds the action that fills it, and no file of nothing', async () => {
    const { items } = (await admin.get('/systems?q=RYOHI')).body;
    const fields = { code: `KARA-${locale}`, name: `空 ${locale}`, tier: 'LOW', ownerId: items[0].owner.id };
    const { id } = await made('/systems', { ...fields, organisationId: items[0].organisation.id }, admin);
    await stage.visit({ as: 'owner', locale }, async (visit) => {
      const { page, words } = visit;
      const nothingToTakeOut = async (): Promise<void> =>
        expect(
          await page
            .getByRole('tabpanel')
            .getByRole('button', { name: words('export.menu') })
            .count(),
        ).toBe(0);
      await visit.open(`/systems/${id}?tab=dependencies`);
      await emptyState(visit, 'dependencies.needsNothing')
        .getByRole('button', { name: words('dependencies.edit') })
        .click();
      const needs = page.getByRole('dialog', { name: words('dependencies.edit') });
      await needs.getByRole('searchbox').fill('NINSHO');
      await needs.getByRole('button', { name: words('dependencies.addNamed', { name: NINSHO[locale] }) }).click();
      await needs.getByRole('button', { name: words('action.save') }).click();
      await page.getByText(words('dependencies.saved')).waitFor();
      await page
        .getByRole('table', { name: words('dependencies.needs') })
        .getByRole('row', { name: NINSHO[locale] })
        .waitFor();
      await page.getByRole('button', { name: words('dependencies.edit') }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `system-tabs/${locale}/empty-dependencies`);

      await visit.open(`/systems/${id}?tab=backups`);
      const declare = emptyState(visit, 'backups.empty').getByRole('link', { name: words('backups.declare') });
      await declare.waitFor();
      await nothingToTakeOut();
      await declare.click();
      await visit.settled(words('backups.declare'));

      await visit.open(`/systems/${id}?tab=improvements`);
      const raise = emptyState(visit, 'improvements.ofSystemNone').getByRole('button', {
        name: words('improvements.raise'),
      });
      await raise.waitFor();
      expect(await page.getByRole('button', { name: words('improvements.raise') }).count()).toBe(1);
      await nothingToTakeOut();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `system-tabs/${locale}/empty-improvements`);
      await raise.click();
      const dialog = page.getByRole('dialog', { name: words('improvements.raise') });
      await dialog.getByLabel(words('improvements.name')).fill(`最初の一件 ${locale}`);
      await dialog.getByRole('button', { name: words('improvements.raise') }).click();
      await visit.settled(`最初の一件 ${locale}`);
      await visit.open(`/systems/${id}?tab=improvements`);
      await page.getByRole('link', { name: `最初の一件 ${locale}` }).waitFor();
      await page.getByRole('button', { name: words('improvements.raise') }).waitFor();
      await page
        .getByRole('tabpanel')
        .getByRole('button', { name: words('export.menu') })
        .waitFor();
    });
  });

  it('a backup requirement says every term, its copies and what it lacks, on its tab and on its page', async () => {
    const systemId = await systemIdOf('BUNSHO');
    const dataset = `文書データベース ${locale}`;
    const { id } = await made(`/systems/${systemId}/backup-requirements`, { ...TERMS, dataset });
    await stage.visit({ as: 'owner', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/systems/${systemId}?tab=backups`);
      const card = page.locator('.card').filter({ has: page.getByRole('link', { name: dataset }) });
      await card.getByText(words('backupStatus.DRAFT'), { exact: true }).waitFor();
      expect(await factsOf(card)).toEqual(FACTS[locale]);
      await card.getByText(LACKS[locale]).waitFor();
      await keepPicture(page, `system-tabs/${locale}/requirement-card`);
      await visit.open(`/systems/${systemId}/backups/${id}`);
      const terms = page
        .locator('section')
        .filter({ has: page.getByRole('heading', { name: words('backups.terms') }) });
      expect(await factsOf(terms)).toEqual(FACTS[locale]);
      await page.getByText(LACKS[locale]).waitFor();
      await keepPicture(page, `system-tabs/${locale}/requirement`);
    });
  });

  it('the history says who did what to which record and when, and what was there before and after', async () => {
    const systemId = await systemIdOf('RYOHI');
    const [before, after] = locale === 'ja' ? ['PT4H', 'PT3H'] : ['PT3H', 'PT2H'];
    const { body, headers } = await owner.get(`/systems/${systemId}`);
    expect(body.rto).toBe(before);
    expect((await owner.patch(`/systems/${systemId}`, { rto: after }, headers.get('etag'))).status).toBe(200);
    await stage.visit({ as: 'owner', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/systems/${systemId}?tab=history`);
      const row = page
        .getByRole('table', { name: words('audit.history') })
        .getByRole('row')
        .filter({ has: page.getByRole('rowheader') })
        .first();
      const [when, who] = await row.getByRole('cell').allInnerTexts();
      expect([when, who]).toEqual(HISTORY[locale].row);
      await row.getByText(words('auditAction.system.changed'), { exact: true }).waitFor();
      await row.getByRole('link', { name: (locale === 'en' && body.nameEn) || body.name }).waitFor();
      await row.locator('summary').click();
      const changed = row.getByRole('table', { name: words('audit.changes') }).locator('tbody tr');
      await changed.waitFor();
      const [was, is] = await changed.locator('td').allInnerTexts();
      expect(`${await changed.getByRole('rowheader').innerText()}: ${was} → ${is}`).toBe(HISTORY[locale].change);
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `system-tabs/${locale}/history`);
    });
  });
});
