import { QUESTION_KEYS, type Question } from '../../src/core/importance/questionnaire';
import { axeViolations } from '../support/axe';
import { press, tabTo, type, typeInstant } from '../support/keyboard';
import { keepPicture } from '../support/screenshots';
import { Stage } from '../support/stage';

/** The forms of what must hold, from end to end without a mouse. */

// Each press is a round trip to the browser.
const LONG = 180_000;

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('keyboard');
}, 120_000);

afterAll(() => stage?.close());

async function idOf(code: string): Promise<string> {
  const { body } = await (await stage.app.as('admin')).get(`/systems?q=${code}`);
  return body.items[0].id as string;
}

it(
  'a procedure is written: its steps read out of the text, moved, left out and given minutes',
  async () => {
    const id = await idOf('RYOHI');
    await stage.visit({ as: 'owner' }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/systems/${id}/procedures/new`);
      const save = page.getByRole('button', { name: words('procedures.saveDraft') });
      await press(visit, save);
      // What is missing is told, and leads to its field.
      await page.getByRole('alert').and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.locator('input[name=title]:focus').waitFor();
      await page.keyboard.insertText('全面復旧');
      await type(visit, page.locator('textarea[name=markdown]'), '1. 停止する\n2. 復元する\n3. 確認する\n4. 雑談する');
      await press(visit, page.getByRole('button', { name: words('procedures.readSteps') }));
      const dialog = page.getByRole('dialog', { name: words('procedures.readSteps') });
      const act = (action: 'up' | 'merge', title: string) =>
        press(visit, dialog.getByRole('button', { name: words(`passages.actionOf.${action}`, { title }) }));
      await act('up', '確認する');
      // The focus stays with the step that was moved.
      await dialog
        .getByRole('checkbox', { name: /確認する/ })
        .and(page.locator(':focus'))
        .waitFor();
      await tabTo(visit, dialog.getByRole('checkbox', { name: /雑談する/ }));
      await page.keyboard.press('Space');
      await type(visit, dialog.locator('input[name$="-minutes"]').first(), '15');
      await press(visit, dialog.getByRole('button', { name: words('procedures.takeSteps', { count: 3 }) }));
      await dialog.waitFor({ state: 'detached' });
      const titles = await page.locator('input[name$=".title"]').all();
      expect(await Promise.all(titles.map((title) => title.inputValue()))).toEqual([
        '停止する',
        '確認する',
        '復元する',
      ]);
      expect(await page.locator('input[name="steps.0.plannedMinutes"]').inputValue()).toBe('15');
      await press(visit, save);
      await visit.settled('全面復旧');
    });
  },
  LONG,
);

it(
  'leaving what was written asks first, and the answer is given by the keyboard',
  async () => {
    const id = await idOf('RYOHI');
    await stage.visit({ as: 'owner' }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/systems/${id}/procedures/new`);
      await type(visit, page.locator('input[name=title]'), '書きかけ');
      await press(visit, page.getByRole('button', { name: words('action.cancel') }));
      const question = page.getByRole('alertdialog', { name: words('unsaved.title') });
      await press(visit, question.getByRole('button', { name: words('unsaved.stay') }));
      await question.waitFor({ state: 'detached' });
      expect(await page.locator('input[name=title]').inputValue()).toBe('書きかけ');
    });
  },
  LONG,
);

it(
  'a waiver is asked for, after the form has said what is missing',
  async () => {
    const owner = await stage.app.as('owner');
    const open = '/obligations?state=OVERDUE,FAILED,UNKNOWN,DUE_SOON&owner=me&limit=200';
    const { items } = (await owner.get(open)).body;
    const owed = items.find(({ backupRequirement }: { backupRequirement: unknown }) => backupRequirement === null);
    const { ruleTitle, system } = owed as { ruleTitle: string; system: { id: string } };
    await stage.visit({ as: 'owner' }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/systems/${system.id}`);
      await press(visit, page.getByRole('button', { name: words('waivers.requestFor', { rule: ruleTitle }) }));
      const dialog = page.getByRole('dialog', { name: words('waivers.request') });
      await press(visit, dialog.getByRole('button', { name: words('waivers.submit') }));
      await dialog.getByRole('alert').and(page.locator(':focus')).waitFor();
      await type(visit, dialog.getByLabel(words('waivers.reason')), '更改の途中である');
      await type(visit, dialog.getByLabel(words('waivers.compensatingMeasure')), '毎週、手作業で写しを取る');
      await tabTo(visit, dialog.locator('input[type=date]'));
      await page.keyboard.type('01312027');
      expect(await dialog.locator('input[type=date]').inputValue()).toBe('2027-01-31');
      // Escape does not throw away what was written.
      await page.keyboard.press('Escape');
      const question = page.getByRole('alertdialog', { name: words('unsaved.title') });
      await press(visit, question.getByRole('button', { name: words('unsaved.stay') }));
      await press(visit, dialog.getByRole('button', { name: words('waivers.submit') }));
      await page.getByText(words('waivers.requested')).waitFor();
    });
  },
  LONG,
);

it(
  'the questions about the importance are answered, with the analysis of the impact, and what is missing leads to its question',
  async () => {
    const id = await idOf('RYOHI');
    await stage.visit({ as: 'owner' }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/systems/${id}?tab=importance`);
      await press(visit, page.getByRole('link', { name: words('importance.assess') }));
      await visit.settled(words('importance.assess'));
      const group = (question: Question) =>
        page.getByRole('radiogroup', { name: words(`importance.question.${question}`) });
      const submit = page.getByRole('button', { name: words('importance.submit') });
      await press(visit, submit);
      await page.getByRole('alert').and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await group('primaryFunctions').locator(':focus').waitFor();
      for (const question of QUESTION_KEYS) {
        await tabTo(visit, group(question));
        // The space bar takes the first answer, the arrow goes on to the second.
        await page.keyboard.press('Space');
        await page.keyboard.press('ArrowDown');
        expect(await group(question).getByRole('radio').nth(1).isChecked()).toBe(true);
      }
      await tabTo(visit, page.getByRole('checkbox', { name: words('importance.analyse') }));
      await page.keyboard.press('Space');
      const cell = (stop: string) =>
        page.getByLabel(words('importance.cell', { area: words('importance.area.SERVICES'), stop }));
      await tabTo(visit, cell('1日'));
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      expect([await cell('1日').inputValue(), await cell('7日').inputValue()]).toEqual(['SERIOUS', 'SERIOUS']);
      await press(visit, submit);
      await page.getByText(words('importance.mtd', { stop: '1日' })).waitFor();
      await page.getByText(words('importance.number', { number: 1 })).waitFor();
    });
  },
  LONG,
);

it(
  'a restore test is recorded, and the history of the obligation leads to it',
  async () => {
    const id = await idOf('NINSHO');
    const owner = await stage.app.as('owner');
    const [{ ruleTitle }] = (await owner.get(`/systems/${id}/obligations?ruleKey=restore-test`)).body.items;
    await stage.visit({ as: 'owner' }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/systems/${id}/restore-tests/new`);
      const field = (name: string) => page.getByLabel(words(`restoreTest.fields.${name}`));
      const submit = page.getByRole('button', { name: words('restoreTest.submit'), exact: true });
      await press(visit, submit);
      // What is missing is told, and leads to its field.
      await page.getByRole('alert').and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await field('restored').and(page.locator(':focus')).waitFor();
      await page.keyboard.insertText('認証データベース');
      await type(visit, field('fromCopy'), '遠隔地・テープ');
      await typeInstant(visit, field('startedAt'), ['11222026', '1000AM']);
      await typeInstant(visit, field('finishedAt'), ['11222026', '1130AM']);
      expect([await field('startedAt').inputValue(), await field('finishedAt').inputValue()]).toEqual([
        '2026-11-22T10:00',
        '2026-11-22T11:30',
      ]);
      await type(visit, page.locator('input[name="checks.0.title"]'), '利用者数');
      await type(visit, page.locator('input[name="checks.0.expected"]'), '4021');
      await type(visit, page.locator('input[name="checks.0.observed"]'), '4021');
      await press(visit, page.getByRole('button', { name: words('restoreTest.addCheck') }));
      await type(visit, page.locator('input[name="checks.1.title"]'), '要らない確認');
      await press(visit, page.getByRole('button', { name: words('restoreTest.removeCheck', { number: 2 }) }));
      await page.locator('input[name="checks.1.title"]').waitFor({ state: 'detached' });
      const passed = page.getByRole('radio', { name: words('domain:outcome.PASSED'), exact: true });
      await tabTo(visit, passed);
      await page.keyboard.press('Space');
      expect(await passed.isChecked()).toBe(true);
      await press(visit, submit);
      await press(visit, page.getByRole('link', { name: words('restoreTest.open') }));
      await page.waitForURL(/\/evidence\//);
      const record = new URL(page.url()).pathname;

      await visit.open(`/systems/${id}?tab=obligations`);
      const row = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: ruleTitle }) });
      await press(visit, row.getByRole('button', { name: words('obligations.history') }));
      const link = row.getByRole('link', { name: words('obligations.restsOn') });
      await link.first().waitFor();
      await keepPicture(page, 'obligations/history-ja');
      // What Tab has scrolled under the header that stays would count as too small.
      await page.evaluate('window.scrollTo(0, 0)');
      expect(await axeViolations(page)).toEqual([]);
      await press(visit, link);
      await page.waitForURL(`**${record}`);
    });
  },
  LONG,
);
