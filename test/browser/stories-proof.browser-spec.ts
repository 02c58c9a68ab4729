import type { Locator, Page } from 'playwright-core';
import { PASSWORD } from '../support/world';
import { axeViolations } from '../support/axe';
import { demoEmailOf } from '../support/app';
import { eventually } from '../support/eventually';
import { Stage, type Visit } from '../support/stage';

const RED_SYSTEM = '電子申請受付基盤';
const RED_RULE = '復元試験';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('proof');
}, 120_000);

afterAll(() => stage?.close());

const heatmap = ({ page, words }: Visit): Locator => page.getByRole('grid', { name: words('readiness.heatmap') });

/** The cell of the red story, in a state. */
function redCell(visit: Visit, state: string): Locator {
  const { words } = visit;
  const said = words('readiness.cell', { system: RED_SYSTEM, rule: RED_RULE, state: words(`domain:state.${state}`) });
  return heatmap(visit).getByRole('link', { name: said });
}

const hasFocus = async (locator: Locator): Promise<boolean> =>
  (await locator.and(locator.page().locator(':focus')).count()) === 1;

/** Walks with the Tab key, as who has no mouse. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await hasFocus(target)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`60 presses of Tab do not lead to ${String(target)}`);
}

const focusArrivesAt = (target: Locator): Promise<void> => target.and(target.page().locator(':focus')).waitFor();

describe('from red to green', () => {
  it('is one click to the form and one proof', () =>
    stage.visit({ as: 'owner' }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/');
      await redCell(visit, 'FAILED').click();

      const title = words('evidence.sendTitle', { kind: words('domain:evidenceKind.RESTORE_TEST') });
      const dialog = page.getByRole('dialog', { name: title });
      await dialog.getByText(RED_RULE).first().waitFor();
      await dialog.getByRole('radio', { name: words('domain:outcome.PASSED'), exact: true }).check({ force: true });
      await dialog.getByLabel(words('evidenceFields.performedAt')).fill('2026-11-23T08:00');
      await dialog.getByLabel(words('evidenceFields.strength')).selectOption(words('domain:strength.VALIDATED'));
      await dialog.getByLabel(words('evidenceFields.measuredMinutes')).fill('150');
      await dialog.getByRole('button', { name: words('evidence.send'), exact: true }).click();

      await dialog.getByText(words('evidence.recorded')).waitFor();
      const turned = dialog.getByRole('listitem').filter({ hasText: RED_RULE });
      expect(await turned.innerText()).toMatch(
        new RegExp(`${words('domain:state.FAILED')}[^]*${words('domain:state.MET')}[^]*2027年`),
      );
      expect(await axeViolations(page)).toEqual([]);
      await dialog
        .getByRole('button', { name: words('action.close') })
        .last()
        .click();
      await dialog.waitFor({ state: 'detached' });

      await page.getByRole('link', { name: words('nav.readiness'), exact: true }).click();
      await redCell(visit, 'MET').waitFor();
      expect(await redCell(visit, 'FAILED').count()).toBe(0);
    }));

  it('needs proof that is strong enough: a weaker one is kept, turns nothing, and that is said', () =>
    stage.visit({ as: 'owner' }, async (visit) => {
      const { page, words } = visit;
      const owner = await stage.app.as('owner');
      const [{ id }] = (await owner.get('/systems?q=NINSHO')).body.items;
      await visit.open(`/systems/${id}?tab=evidence`);
      await page.getByRole('button', { name: words('evidence.new') }).click();
      const choice = page.getByLabel(words('evidence.forObligation'));
      const option = await choice.getByRole('option').filter({ hasText: RED_RULE }).textContent();
      await choice.selectOption(option ?? '');
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('radio', { name: words('domain:outcome.PASSED'), exact: true }).check({ force: true });
      await dialog.getByLabel(words('evidenceFields.performedAt')).fill('2026-11-23T08:00');
      await dialog.getByLabel(words('evidenceFields.strength')).selectOption(words('domain:strength.LISTED'));
      await dialog.getByRole('button', { name: words('evidence.send'), exact: true }).click();
      await dialog.getByText(words('evidence.turnedNothing')).waitFor();
    }));
});

describe('without a mouse', () => {
  it('somebody signs in, skips to the content, walks the heatmap and opens a cell', () =>
    stage.visit({ refusals: ['401 GET /me'] }, async (visit) => {
      const { page, words } = visit;
      const { keyboard } = page;
      await visit.open('/');
      await visit.settled(words('signIn.title'));
      await tabTo(page, page.getByLabel(words('signIn.email')));
      await keyboard.type(demoEmailOf('manager'));
      await tabTo(page, page.getByLabel(words('signIn.password')));
      await keyboard.type(PASSWORD);
      await keyboard.press('Enter');
      await visit.settled(words('readiness.title'));

      await keyboard.press('Tab');
      const skip = page.getByRole('link', { name: words('shell.skip') });
      await focusArrivesAt(skip);
      await eventually(
        () => skip.boundingBox(),
        (box) => box !== null && box.y >= 0,
      );
      await keyboard.press('Enter');
      await focusArrivesAt(page.getByRole('main'));

      // One stop of the Tab key for the whole grid; the arrows do the rest.
      const grid = heatmap(visit);
      const cell = (row: number, column: number): Locator => grid.locator(`[data-place="${row}:${column}"]`);
      const systems = await grid.getByRole('rowheader').allInnerTexts();
      const rules = await grid.getByRole('columnheader').allInnerTexts();
      await tabTo(page, cell(0, 0));
      await keyboard.press('ArrowRight');
      await focusArrivesAt(cell(0, 1));
      await keyboard.press('ArrowDown');
      await focusArrivesAt(cell(1, 1));
      await keyboard.press('ArrowLeft');
      await keyboard.press('ArrowUp');
      await focusArrivesAt(cell(0, 0));
      await keyboard.press('ArrowUp');
      await focusArrivesAt(cell(0, 0));
      await keyboard.press('Control+End');
      await focusArrivesAt(cell(systems.length - 1, rules.length - 1));
      await keyboard.press('Control+Home');
      await focusArrivesAt(cell(0, 0));
      const row = systems.findIndex((name) => name.includes(RED_SYSTEM));
      for (let moves = 0; moves < row; moves++) await keyboard.press('ArrowDown');
      for (let moves = 0; moves < 2; moves++) await keyboard.press('ArrowRight');
      await focusArrivesAt(cell(row, 2));
      expect(await page.locator(':focus').innerText()).toContain(RED_SYSTEM);
      await keyboard.press('Enter');

      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      await page.locator('[role=dialog]:focus-within').waitFor();
      await keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      expect(new URL(page.url()).searchParams.has('act')).toBe(false);
    }));

  it('the menu of the account is opened, walked and left, and the focus comes back', () =>
    stage.visit({ as: 'manager' }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/me');
      const button = page.getByRole('button', { name: words('shell.userMenu', { name: '責任 一郎' }) });
      await tabTo(page, button);
      await page.keyboard.press('Enter');
      await page.getByRole('menu').waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.locator('html[data-theme]').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('menu').waitFor({ state: 'detached' });
      await focusArrivesAt(button);
    }));
});

describe('the auditor', () => {
  const WRITING = [
    ...['systems.register', 'systems.import', 'systems.edit', 'systems.retire', 'evidence.new', 'evidence.supersede'],
    ...['procedures.write', 'procedures.revise', 'backups.declare', 'backups.amend', 'verdict.act', 'demo.clear'],
    ...['organisations.create', 'users.create', 'nav.imports'],
  ];

  /** The writing actions that a page offers. */
  async function offered({ page, words }: Visit): Promise<string[]> {
    const names = WRITING.map((key) => [key, words(key)] as const);
    const seen = await page.locator('button:visible, a:visible').allInnerTexts();
    return names.filter(([, name]) => seen.some((text) => text.trim() === name)).map(([key]) => key);
  }

  async function offeredEverywhere(visit: Visit): Promise<string[]> {
    const [{ id }] = (await (await stage.app.as('admin')).get('/systems?q=SHINSEI')).body.items;
    const tabs = ['obligations', 'procedures', 'backups', 'evidence', 'details'].map(
      (tab) => `/systems/${id}?tab=${tab}`,
    );
    const all = new Set<string>();
    for (const path of ['/', '/systems', ...tabs, '/organisations', '/policies', '/users']) {
      await visit.open(path);
      for (const key of await offered(visit)) all.add(key);
    }
    return WRITING.filter((key) => all.has(key));
  }

  it('sees every page and no action that writes', () =>
    stage.visit({ as: 'auditor' }, async (visit) => {
      expect(await offeredEverywhere(visit)).toEqual([]);
    }));

  it('would be offered nearly all of them as an administrator', () =>
    stage.visit({ as: 'admin' }, async (visit) => {
      const absent = ['procedures.revise', 'backups.amend'];
      const all = await offeredEverywhere(visit);
      expect(all.filter((key) => !absent.includes(key))).toEqual(WRITING.filter((key) => !absent.includes(key)));
    }));

  it('is led from a red cell to who has to clear it, not to a form', () =>
    stage.visit({ as: 'auditor' }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/');
      await heatmap(visit)
        .getByRole('link', { name: words('domain:state.OVERDUE') })
        .first()
        .click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText(words('obligations.askOwnerText')).waitFor();
      await dialog.getByRole('term').first().waitFor();
      expect(await dialog.locator('form, input, textarea').count()).toBe(0);
    }));
});
