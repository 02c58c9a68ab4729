import type { Locator } from 'playwright-core';
import { axeViolations } from '../support/axe';
import { csvOf, register } from '../support/imports';
import { Stage, type Visit } from '../support/stage';

const REGISTER = 'jp-rs2024-systems.cp932.csv';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('import');
}, 120_000);

afterAll(() => stage?.close());

async function give({ page, words }: Visit, name: string, buffer: Buffer): Promise<void> {
  await page.getByLabel(words('imports.file'), { exact: true }).setInputFiles({ name, mimeType: 'text/csv', buffer });
  await page.getByRole('heading', { name: words('imports.whatWasRead') }).waitFor();
}

/** Registers the file's systems under the research agency. */
async function chooseOrganisation({ page, words }: Visit): Promise<void> {
  await page.getByRole('button', { name: words('imports.defaultOrganisation') }).click();
  // Spoken with what it belongs to, which sets it apart from what belongs to it.
  await page.getByRole('option', { name: '独立行政法人 見本研究機構 見本省' }).click();
}

const check = ({ page, words }: Visit): Locator => page.getByRole('button', { name: words('imports.check') });

/** The figures of a report by their names. */
async function figures({ page, words }: Visit): Promise<Record<string, string>> {
  const names = ['read', 'created', 'updated', 'unchanged', 'rejected', 'missing'];
  const figure = (name: string): Locator =>
    page.locator('dl > div', { has: page.getByText(words(`imports.count.${name}`), { exact: true }) }).locator('dd');
  const entries = names.map(async (name) => [name, await figure(name).innerText()] as const);
  return Object.fromEntries(await Promise.all(entries));
}

async function countSystems(): Promise<number> {
  const [row] = await stage.app.database.query<{ count: string }>('SELECT count(*) FROM system');
  return Number(row?.count);
}

describe('a register of 399 programmes in CP932', () => {
  it('is read, mapped by a built-in profile, checked without writing, imported and listed', () =>
    stage.visit({ as: 'admin' }, async (visit) => {
      const { page, words } = visit;
      const before = await countSystems();
      await visit.open('/imports');
      await give(visit, REGISTER, register(REGISTER));
      await page.getByText('cp932').first().waitFor();
      await page.getByRole('cell', { name: '第一期政府共通プラットフォーム' }).waitFor();
      await page.getByText(words('imports.gap.organisation')).waitFor();
      expect(await check(visit).isEnabled()).toBe(false);

      const profile = words('imports.builtIn', { name: '行政事業レビュー（予算事業ID）' });
      await page.getByLabel(words('imports.useProfile')).selectOption(profile);
      await chooseOrganisation(visit);
      expect(await axeViolations(page)).toEqual([]);
      await check(visit).click();

      await page.getByText(words('imports.nothingWritten')).waitFor();
      expect(await figures(visit)).toEqual({
        ...{ read: '399', created: '399', updated: '0' },
        ...{ unchanged: '0', rejected: '0', missing: '2' },
      });
      expect(await countSystems()).toBe(before);
      expect(await axeViolations(page)).toEqual([]);

      await page.getByRole('button', { name: words('imports.confirm', { count: 399 }) }).click();
      await page.getByText(words('imports.done', { file: REGISTER })).waitFor();
      expect(await figures(visit)).toMatchObject({ read: '399', created: '399', rejected: '0' });
      expect(await countSystems()).toBe(before + 399);

      await page.getByRole('link', { name: words('imports.toSystems') }).click();
      await visit.settled(words('systems.title'));
      // Without those of the agency that keeps its details to itself.
      const total = (await (await stage.app.as('admin')).get('/systems?total=true&limit=1')).body.total as number;
      expect(total).toBeGreaterThanOrEqual(399);
      await page.getByText(words('pager.shownOf', { shown: 50, total })).waitFor();
      await page.getByLabel(words('filter.systemNameOrCode')).fill('電子決裁システム EASY');
      await page.getByText(words('pager.shownOf', { shown: 1, total: 1 })).waitFor();
      await page
        .getByRole('table')
        .getByRole('link', { name: /電子決裁システム/ })
        .first()
        .click();
      await page.getByRole('tabpanel').getByText(words('domain:state.UNKNOWN')).first().waitFor();
    }));

  it('changes nothing when it comes again', () =>
    stage.visit({ as: 'admin' }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/imports');
      await page
        .getByRole('table', { name: words('imports.earlier') })
        .getByRole('link', { name: REGISTER })
        .first()
        .waitFor();
      await give(visit, REGISTER, register(REGISTER));
      const profile = words('imports.builtIn', { name: '行政事業レビュー（予算事業ID）' });
      await page.getByLabel(words('imports.useProfile')).selectOption(profile);
      await chooseOrganisation(visit);
      await check(visit).click();
      await page.getByText(words('imports.nothingWritten')).waitFor();
      expect(await figures(visit)).toMatchObject({ created: '0', updated: '0', unchanged: '399' });
      expect(await page.getByRole('button', { name: words('imports.confirm', { count: 0 }) }).isEnabled()).toBe(false);
    }));
});

describe('a word of importance that nobody has given a meaning', () => {
  const file = csvOf(
    ['番号', '名称', '影響'],
    ['A-1', '受付窓口', '甚大'],
    ['A-2', '掲示板', '軽微'],
    ['A-3', '名称だけの表', '不明'],
    ['A-4', '', '軽微'],
  );

  it('blocks the import until it has one', () =>
    stage.visit({ as: 'admin' }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/imports');
      await give(visit, '台帳.csv', file);
      await chooseOrganisation(visit);
      const choose = (label: string, option: string) => page.getByLabel(label).first().selectOption(option);
      await choose(words('systemFields.code'), '番号');
      await choose(words('systemFields.name'), '名称');
      await choose(words('imports.columnOf', { label: words('systemFields.tier') }), '影響');
      const means = (value: string, count: number) => words('imports.valueMeans', { value, count });
      await choose(means('甚大', 1), words('domain:tier.HIGH'));
      await choose(means('軽微', 2), words('domain:tier.LOW'));
      await page.getByText(words('imports.gap.values')).waitFor();
      expect(await check(visit).isEnabled()).toBe(false);

      await choose(means('不明', 1), words('domain:tier.MODERATE'));
      await page.getByText(words('imports.gap.values')).waitFor({ state: 'detached' });
      await check(visit).click();
      await page.getByText(words('imports.nothingWritten')).waitFor();
      expect(await figures(visit)).toMatchObject({ read: '4', created: '3', rejected: '1' });
      const faults = page.getByRole('table', { name: words('imports.rejected') });
      expect(await faults.getByRole('row').nth(1).innerText()).toMatch(/^5\s+名称\s/);
    }));
});
