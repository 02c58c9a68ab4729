import type { Locator } from 'playwright-core';
import { eventually } from '../support/eventually';
import { Stage, type Visit } from '../support/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('ledger');
}, 120_000);

afterAll(() => stage?.close());

const field = ({ page, words }: Visit, name: string): Locator => page.getByLabel(words(`systemFields.${name}`)).first();

/** Picks from a list that is narrowed by typing. */
async function choose({ page, words }: Visit, label: string, typed: string, option: string): Promise<void> {
  await page.getByRole('button', { name: label }).click();
  await page.getByRole('searchbox', { name: words('form.narrow', { label }) }).fill(typed);
  await page.getByRole('option', { name: option }).click();
}

const pathOf = (visit: Visit): string => new URL(visit.page.url()).pathname;

async function idOf(code: string): Promise<string> {
  const { body } = await (await stage.app.as('admin')).get(`/systems?q=${code}`);
  return body.items[0].id as string;
}

describe('registering a system', () => {
  it('names what is missing, then what the service refuses, and ends at the obligations with their dates', () =>
    stage.visit({ as: 'owner', refusals: ['409 POST /systems'] }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/systems');
      await page.getByRole('link', { name: words('systems.register') }).click();
      await visit.settled(words('systems.register'));
      const submit = page.getByRole('button', { name: words('systems.registerSubmit'), exact: true });
      const summary = page.getByRole('alert');

      await submit.click();
      await summary.getByText(words('form.errors', { count: 4 })).waitFor();
      await summary.and(page.locator(':focus')).waitFor();
      const missing = (name: string): string =>
        words('form.errorOf', { label: words(`systemFields.${name}`), message: words('form.missing') });
      for (const name of ['name', 'code', 'organisationId', 'tier'])
        await summary.getByRole('link', { name: missing(name), exact: true }).waitFor();
      await summary.getByRole('link', { name: missing('code'), exact: true }).click();
      await page.locator('input[name=code]:focus').waitFor();

      await page.keyboard.type('SHINSEI');
      expect(await summary.getByRole('link', { name: missing('code'), exact: true }).count()).toBe(0);
      await field(visit, 'name').fill('公文書アーカイブ');
      await choose(visit, words('systemFields.organisationId'), 'デジタル', 'デジタル統括室');
      await page.getByRole('radio', { name: words('domain:tier.MODERATE'), exact: true }).check({ force: true });
      expect(await summary.count()).toBe(0);

      await submit.click();
      await summary.getByText(words('form.errors', { count: 1 })).waitFor();
      const code = field(visit, 'code');
      expect(await code.getAttribute('aria-invalid')).toBe('true');
      await code.fill('ARCHIVE');
      await summary.waitFor({ state: 'detached' });
      expect(await code.getAttribute('aria-invalid')).not.toBe('true');

      await submit.click();
      await visit.settled('公文書アーカイブ');
      await page.getByText(words('systems.registered', { name: '公文書アーカイブ' })).waitFor();
      const owed = page.getByRole('tabpanel').getByRole('listitem');
      await owed.first().waitFor();
      const texts = await owed.allInnerTexts();
      expect(texts.length).toBeGreaterThan(10);
      expect(texts.filter((text) => /20(26|27)年\d+月\d+日/.test(text)).length).toBeGreaterThan(10);
    }));
});

describe('a list to choose from', () => {
  it('opens while its entries are still on their way, and shows them when they are there', () =>
    stage.visit({ as: 'owner' }, async (visit) => {
      const { page, words } = visit;
      let arrive = (): void => undefined;
      const arrived = new Promise<void>((resolve) => (arrive = resolve));
      await page.route('**/api/v1/organisations?*', (route) => arrived.then(() => route.continue()));
      await visit.open('/systems/new');
      await page.getByRole('button', { name: words('systemFields.organisationId') }).click();
      const list = page.getByRole('listbox');
      await list.getByText(words('status.loading')).waitFor();
      arrive();
      await list.getByRole('option', { name: 'デジタル統括室' }).waitFor();
    }));
});

describe('two people at one system', () => {
  it('the second is told, reads what the first wrote, and loses nobody’s words by accident', async () => {
    const id = await idOf('RYOHI');
    await stage.visit({ as: 'manager', refusals: ['412 PATCH /systems/:id'] }, async (second) => {
      const { page, words } = second;
      await second.open(`/systems/${id}/edit`);
      await stage.visit({ as: 'owner' }, async (first) => {
        await first.open(`/systems/${id}/edit`);
        await field(first, 'note').fill('年度末に更改する');
        await first.page.getByRole('button', { name: words('action.save'), exact: true }).click();
        await first.page.getByText(words('systems.saved', { name: '旅費等内部管理システム' })).waitFor();
      });
      await field(second, 'supplier').fill('株式会社第二見本');
      await page.getByRole('button', { name: words('action.save'), exact: true }).click();
      const dialog = page.getByRole('dialog', { name: words('stale.title') });
      await dialog.getByRole('button', { name: words('stale.reload') }).click();
      await eventually(
        () => field(second, 'note').inputValue(),
        (note) => note === '年度末に更改する',
      );
      await dialog.waitFor({ state: 'detached' });
      expect(await field(second, 'supplier').inputValue()).toBe('株式会社見本システムズ');
    });
  });

  it('the second may overwrite, which touches only what the second changed', async () => {
    const id = await idOf('BUNSHO');
    await stage.visit({ as: 'manager', refusals: ['412 PATCH /systems/:id'] }, async (second) => {
      const { page, words } = second;
      await second.open(`/systems/${id}/edit`);
      const owner = await stage.app.as('owner');
      const { headers } = await owner.get(`/systems/${id}`);
      await owner.patch(`/systems/${id}`, { note: '先に書いた備考' }, headers.get('etag'));
      await field(second, 'nameEn').fill('Records');
      await page.getByRole('button', { name: words('action.save'), exact: true }).click();
      await page.getByRole('button', { name: words('stale.overwrite') }).click();
      await page.getByText(words('systems.saved', { name: '文書管理システム' })).waitFor();
      expect((await owner.get(`/systems/${id}`)).body).toMatchObject({ note: '先に書いた備考', nameEn: 'Records' });
    });
  });
});

describe('leaving a form', () => {
  it('asks when something was changed, and only then', () =>
    stage.visit({ as: 'owner' }, async (visit) => {
      const { page, words } = visit;
      const edit = `/systems/${await idOf('WEB')}/edit`;
      const systems = page.getByRole('navigation', { name: words('shell.navigation') });
      const leave = () => systems.getByRole('link', { name: words('nav.systems'), exact: true }).click();
      await visit.open(edit);
      await leave();
      await visit.settled(words('systems.title'));

      await visit.open(edit);
      await field(visit, 'note').fill('まだ保存していない');
      await leave();
      const question = page.getByRole('alertdialog', { name: words('unsaved.title') });
      await question.getByRole('button', { name: words('unsaved.stay') }).click();
      await question.waitFor({ state: 'detached' });
      expect(pathOf(visit)).toBe(edit);
      expect(await field(visit, 'note').inputValue()).toBe('まだ保存していない');

      await leave();
      await question.getByRole('button', { name: words('unsaved.leave') }).click();
      await visit.settled(words('systems.title'));
    }));
});
