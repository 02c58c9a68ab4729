import { axeViolations } from '../support/axe';
import { hasFocus, missing, press, tabTo, tick, type } from '../support/keyboard';
import { keepPicture } from '../support/screenshots';
import { Stage, type Visit } from '../support/stage';

/** What a system needs, waivers, improvement items and advice, from end to end without a mouse. */

// Each press is a round trip to the browser.
const LONG = 180_000;

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('keyboard forms');
}, 120_000);

afterAll(() => stage?.close());

interface Found {
  id: string;
  name: string;
  nameEn: string | null;
}

async function system(code: string): Promise<Found> {
  return (await (await stage.app.as('admin')).get(`/systems?q=${code}`)).body.items[0] as Found;
}

async function look({ page }: Visit, name: string): Promise<void> {
  // What Tab has scrolled under the header that stays would count as too small.
  await page.evaluate('window.scrollTo(0, 0)');
  expect(await axeViolations(page)).toEqual([]);
  await keepPicture(page, `keyboard/${name}`);
}

describe.each(['ja', 'en'] as const)('in %s', (locale) => {
  beforeAll(() => stage.speak(locale, 'owner', 'manager'));
  const called = ({ name, nameEn }: Found) => (locale === 'en' && nameEn) || name;

  it(
    'what a system needs is found, made soft and taken out again, and a circle is told',
    async () => {
      const [first, second, third] = await Promise.all([system('RYOHI'), system('BUNSHO'), system('NINSHO')]);
      const [manager, path] = [await stage.app.as('manager'), `/systems/${first.id}/dependencies`];
      const headers = { 'if-match': (await manager.get(path)).headers.get('etag') ?? '' };
      expect((await manager.ask('PUT', path, { body: { dependsOn: [] }, headers })).status).toBe(200);
      await stage.visit({ as: 'manager', locale, refusals: ['409 PUT /systems/:id/dependencies'] }, async (visit) => {
        const { page, words } = visit;
        const dialog = page.getByRole('dialog', { name: words('dependencies.edit') });
        const search = dialog.getByRole('searchbox');
        const edit = page.getByRole('button', { name: words('dependencies.edit') });
        const save = dialog.getByRole('button', { name: words('action.save') });
        const remove = (found: Found) =>
          dialog.getByRole('button', { name: words('dependencies.removeNamed', { name: called(found) }) });
        const add = async (code: string, found: Found) => {
          await tabTo(visit, search);
          await page.keyboard.press('Control+A');
          await page.keyboard.insertText(code);
          await page.keyboard.press('Enter');
          await press(
            visit,
            dialog.getByRole('button', { name: words('dependencies.addNamed', { name: called(found) }) }),
          );
          // Its button is gone: the next is looked for.
          await hasFocus(visit, search);
        };
        await visit.open(`/systems/${first.id}?tab=dependencies`);
        await press(visit, edit);
        await add('BUNSHO', second);
        await add('NINSHO', third);
        const hard = dialog
          .locator('form li')
          .filter({ hasText: called(second) })
          .getByRole('checkbox');
        await tick(visit, hard);
        expect(await hard.isChecked()).toBe(false);
        await press(visit, remove(third));
        // The focus goes on with the row that is left.
        await hasFocus(visit, remove(second));
        await look(visit, `${locale}-dependencies`);
        await press(visit, save);
        await page.getByText(words('dependencies.saved')).waitFor();
        // The button was in the empty state, which is gone with the first that is needed.
        await page.locator('main:focus').waitFor();
        const row = page
          .getByRole('table', { name: words('dependencies.needs') })
          .getByRole('row', { name: called(second) });
        await row.getByText(words('dependencies.soft')).waitFor();
        await press(visit, row.getByRole('link', { name: called(second) }));
        await visit.settled(called(second));
        await press(visit, edit);
        await add('RYOHI', first);
        await press(visit, save);
        await hasFocus(visit, dialog.getByRole('alert'));
        await press(visit, remove(first));
        await hasFocus(visit, remove(third));
        await page.keyboard.press('Enter');
        // None is left: the next is looked for.
        await hasFocus(visit, search);
        await press(visit, dialog.getByRole('button', { name: words('action.cancel') }));
        const question = page.getByRole('alertdialog', { name: words('unsaved.title') });
        await press(visit, question.getByRole('button', { name: words('unsaved.leave') }));
        await dialog.waitFor({ state: 'detached' });
        await hasFocus(visit, edit);
      });
    },
    LONG,
  );

  it(
    'a waiver is rejected, after somebody thought better of approving it',
    async () => {
      const owner = await stage.app.as('owner');
      const { items } = (await owner.get('/obligations?state=UNKNOWN,DUE_SOON&owner=me&limit=200')).body;
      const { id } = items.find(({ waivable, improvementItem }: never) => waivable && !improvementItem);
      const measure = `毎週、手で写しを取る ${locale}`;
      const fields = { reason: '更改中', compensatingMeasure: measure, expiresOn: '2026-12-10' };
      expect((await owner.post(`/obligations/${id}/waivers`, fields)).status).toBe(201);
      await stage.visit({ as: 'manager', locale }, async (visit) => {
        const { page, words } = visit;
        await visit.open('/waivers?status=REQUESTED');
        const asked = page.getByRole('listitem').filter({ hasText: measure });
        const step = (name: 'approve' | 'reject') =>
          asked.getByRole('button', { name: new RegExp(words(`waivers.decide.${name}`)) });
        await press(visit, step('approve'));
        const approving = page.getByRole('dialog', { name: words('waivers.title.approve') });
        await approving.waitFor();
        await page.keyboard.press('Escape');
        await approving.waitFor({ state: 'detached' });
        await hasFocus(visit, step('approve'));
        await press(visit, step('reject'));
        const dialog = page.getByRole('dialog', { name: words('waivers.title.reject') });
        const reject = dialog.getByRole('button', { name: words('waivers.decide.reject'), exact: true });
        await missing(visit, reject, dialog.getByLabel(words('waivers.why')));
        await look(visit, `${locale}-waiver`);
        await type(visit, dialog.getByLabel(words('waivers.why')), '措置が足りない');
        await press(visit, reject);
        await page.getByText(words('waivers.done.reject')).waitFor();
        await asked.waitFor({ state: 'detached' });
        // The row that had the focus is gone.
        await page.locator('main:focus').waitFor();
      });
    },
    LONG,
  );

  it(
    'an improvement item is raised, reported on, and closed by another person',
    async () => {
      const { id } = await system('RYOHI');
      const title = locale === 'ja' ? '連絡網を直す' : 'Correct the call tree';
      let path = '';
      await stage.visit({ as: 'owner', locale }, async (visit) => {
        const { page, words } = visit;
        await visit.open(`/systems/${id}?tab=improvements`);
        const raise = page.getByRole('button', { name: words('improvements.raise') });
        await press(visit, raise);
        const dialog = page.getByRole('dialog', { name: words('improvements.raise') });
        await page.keyboard.press('Escape');
        await hasFocus(visit, raise);
        await page.keyboard.press('Enter');
        const submit = dialog.getByRole('button', { name: words('improvements.raise') });
        await missing(visit, submit, dialog.getByLabel(words('improvements.name')));
        await page.keyboard.insertText(title);
        const source = dialog.getByLabel(words('improvements.source'));
        await tabTo(visit, source);
        await page.keyboard.press('End');
        const chosen = await source.inputValue();
        await tabTo(visit, dialog.locator('input[type=date]'));
        await page.keyboard.type('01312027');
        expect(await dialog.locator('input[type=date]').inputValue()).toBe('2027-01-31');
        await look(visit, `${locale}-improvement`);
        await press(visit, submit);
        await visit.settled(title);
        await page.locator('main:focus').waitFor();
        await page.getByText(words(`domain:improvementSource.${chosen}`)).waitFor();
        const report = page.getByRole('button', { name: words('improvements.report') });
        await missing(visit, report, page.getByLabel(words('improvements.reportText')));
        await page.keyboard.insertText('半分');
        await type(visit, page.getByLabel(words('improvements.percent')), '50');
        await press(visit, report);
        await page.getByText(words('improvements.reported')).waitFor();
        // The next report begins with an empty form.
        await page.locator('main:focus').waitFor();
        path = new URL(page.url()).pathname;
      });
      await stage.visit({ as: 'manager', locale }, async (visit) => {
        const { page, words } = visit;
        await visit.open(path);
        const close = page.getByRole('button', { name: words('improvements.close'), exact: true });
        await press(visit, close.first());
        const dialog = page.getByRole('dialog', { name: words('improvements.closeTitle') });
        const submit = dialog.getByRole('button', { name: words('improvements.close'), exact: true });
        await missing(visit, submit, dialog.getByLabel(words('improvements.note')));
        await page.keyboard.insertText('名簿と照らした');
        await press(visit, submit);
        await page.getByText(words('improvements.closed')).waitFor();
        await page.getByText(words('improvements.proof')).waitFor();
        await page.locator('main:focus').waitFor();
      });
    },
    LONG,
  );

  it(
    'advice is asked for and withdrawn again',
    async () => {
      const { id } = await system('SHINSEI');
      const title = locale === 'ja' ? '写しをどこに置くか' : 'Where to keep the copies';
      await stage.visit({ as: 'owner', locale }, async (visit) => {
        const { page, words } = visit;
        await visit.open(`/systems/${id}?tab=improvements`);
        const ask = page.getByRole('button', { name: words('advice.ask') });
        await press(visit, ask);
        const dialog = page.getByRole('dialog', { name: words('advice.ask') });
        const send = dialog.getByRole('button', { name: words('advice.submit'), exact: true });
        await missing(visit, send, dialog.getByLabel(words('advice.name')));
        await page.keyboard.insertText(title);
        // Escape does not throw away what was written.
        await page.keyboard.press('Escape');
        const question = page.getByRole('alertdialog', { name: words('unsaved.title') });
        await press(visit, question.getByRole('button', { name: words('unsaved.stay') }));
        await question.waitFor({ state: 'detached' });
        await hasFocus(visit, dialog.getByLabel(words('advice.name')));
        await type(visit, dialog.getByLabel(words('advice.question')), '別の地域に要りますか。');
        await look(visit, `${locale}-advice`);
        await press(visit, send);
        await visit.settled(title);
        await page.locator('main:focus').waitFor();
        const withdraw = page.getByRole('button', { name: words('advice.withdraw') });
        await press(visit, withdraw);
        const asked = page.getByRole('alertdialog', { name: words('advice.withdraw') });
        await press(visit, asked.getByRole('button', { name: words('action.cancel') }));
        await hasFocus(visit, withdraw);
        await page.keyboard.press('Enter');
        await press(visit, asked.getByRole('button', { name: words('advice.withdraw') }));
        await page.getByText(words('advice.withdrawn')).waitFor();
        await page.getByText(words('adviceStatus.WITHDRAWN'), { exact: true }).waitFor();
        await page.locator('main:focus').waitFor();
      });
    },
    LONG,
  );
});
