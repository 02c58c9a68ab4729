import { axeViolations } from '../support/axe';
import type { Answer } from '../support/client';
import { keepPicture } from '../support/screenshots';
import { Stage, type Visit } from '../support/stage';

/** What becomes of an improvement item that is not simply done: later, never, or not before the retest has passed. */

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('improvement ends');
}, 120_000);

afterAll(() => stage?.close());

const system = async (): Promise<{ id: string }> =>
  (await (await stage.app.as('owner')).get('/systems?q=RYOHI')).body.items[0];

async function raise(fields: object): Promise<Answer['body']> {
  const raised = await (await stage.app.as('owner')).post('/improvements', { source: 'AUDIT', ...fields });
  expect(raised.status).toBe(201);
  return raised.body;
}

/** A functional drill of two hours, as another person has attested it. */
async function drill(systemId: string, outcome: string, day: string): Promise<string> {
  const [owner, manager] = [await stage.app.as('owner'), await stage.app.as('manager')];
  const [startedAt, finishedAt] = [`${day}T01:00:00Z`, `${day}T03:00:00Z`];
  const attestedById = (await manager.get('/me')).body.user.id;
  const recorded = await owner.post(`/systems/${systemId}/evidence`, {
    ...{ kind: 'DRILL', outcome, performedAt: finishedAt, measuredMinutes: 60 },
    drill: {
      type: 'FUNCTIONAL',
      ...{ startedAt, finishedAt, attestedById, check: { expected: '1', observed: '1' } },
    },
  });
  expect(recorded.status).toBe(201);
  return recorded.body.id;
}

async function look({ page }: Visit, name: string): Promise<void> {
  expect(await axeViolations(page)).toEqual([]);
  await keepPicture(page, `improvement-ends/${name}`);
}

/** The newest entry of the history, opened. */
async function newest({ page, words }: Visit, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: words('audit.historyOf', { name }) }).click();
  const row = page
    .getByRole('table', { name: words('audit.history') })
    .getByRole('row')
    .nth(1);
  await row.getByText(words(`auditAction.${action}`), { exact: true }).waitFor();
  await row.getByText('責任 一郎').waitFor();
  await row.locator('summary').click();
}

describe.each(['ja', 'en'] as const)('in %s', (locale) => {
  beforeAll(() => stage.speak(locale, 'owner', 'manager'));
  const obliged = async (id: string): Promise<Answer['body'][]> => {
    const { items } = (await (await stage.app.as('owner')).get('/obligations?ruleKey=improvement-item&limit=200')).body;
    return items.filter(({ improvementItem }: Answer['body']) => improvementItem.id === id);
  };

  it('an item is postponed by another person, who says why; its owner cannot, and reads why', async () => {
    const title = locale === 'ja' ? '予備の機器をそろえる' : 'Have spare equipment';
    const { id } = await raise({ title, systemId: (await system()).id, dueOn: '2026-12-20' });
    const open = async ({ page, words }: Visit) => {
      await page.getByRole('button', { name: words('improvements.edit'), exact: true }).click();
      return page.getByRole('dialog', { name: words('improvements.editTitle') });
    };
    const refusals = ['403 PATCH /improvements/:id'];
    await stage.visit({ as: 'owner', locale, refusals }, async (visit) => {
      const { words } = visit;
      await visit.open(`/improvements/${id}`);
      const dialog = await open(visit);
      expect(await dialog.getByLabel(words('improvements.reason')).count()).toBe(0);
      await dialog.locator('#field-dueOn').fill('2027-01-31');
      await dialog.getByLabel(words('improvements.reason')).fill('部品が届かない');
      await dialog.getByRole('button', { name: words('action.save') }).click();
      await dialog.getByRole('alert').waitFor();
      await look(visit, `${locale}-postpone-refused`);
    });
    await stage.visit({ as: 'manager', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/improvements/${id}`);
      const dialog = await open(visit);
      const save = dialog.getByRole('button', { name: words('action.save') });
      await dialog.locator('#field-dueOn').fill('2027-01-31');
      await save.click();
      // Why is asked for, at its field.
      await dialog.getByRole('alert').getByRole('link').click();
      await dialog.getByLabel(words('improvements.reason')).and(page.locator(':focus')).waitFor();
      await page.keyboard.insertText('部品が届かない');
      await look(visit, `${locale}-postpone`);
      await save.click();
      await page.getByText(words('improvements.edited')).waitFor();
      await page
        .getByText(/2027年1月31日|31 Jan 2027/)
        .first()
        .waitFor();
      await newest(visit, title, 'improvement.changed');
      await page.getByRole('dialog').getByText('部品が届かない').waitFor();
      await look(visit, `${locale}-postponed`);
    });
    expect(await obliged(id)).toMatchObject([{ dueOn: '2027-01-31' }]);
  });

  it('an item is cancelled by another person for a reason, and is owed by nobody any more', async () => {
    const title = locale === 'ja' ? '紙の台帳を作る' : 'Keep a register on paper';
    const { id: systemId } = await system();
    const { id } = await raise({ title, systemId });
    await stage.visit({ as: 'owner', locale }, async ({ open, page, words }) => {
      await open(`/improvements/${id}`);
      await page.getByText(words('improvements.ownWork')).waitFor();
      expect(await page.getByRole('button', { name: words('improvements.cancel') }).count()).toBe(0);
      await open(`/systems/${systemId}?tab=obligations`);
      await page.getByRole('link', { name: title }).first().waitFor();
    });
    await stage.visit({ as: 'manager', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/improvements/${id}`);
      await page.getByRole('button', { name: words('improvements.cancel') }).click();
      const dialog = page.getByRole('dialog', { name: words('improvements.cancelTitle') });
      const cancel = dialog.getByRole('button', { name: words('improvements.cancel') });
      await cancel.click();
      await dialog.getByRole('alert').getByRole('link').click();
      await dialog.getByLabel(words('improvements.why')).and(page.locator(':focus')).waitFor();
      await page.keyboard.insertText('電子台帳に一本化した');
      await look(visit, `${locale}-cancel`);
      await cancel.click();
      await page.getByText(words('improvements.cancelled')).waitFor();
      await page.getByText(words('domain:improvementStatus.CANCELLED'), { exact: true }).waitFor();
      await page.getByRole('main').getByText('電子台帳に一本化した').waitFor();
      await page.locator('main:focus').waitFor();
      for (const step of ['close', 'cancel', 'edit', 'report'])
        expect(await page.getByRole('button', { name: words(`improvements.${step}`), exact: true }).count()).toBe(0);
      await look(visit, `${locale}-cancelled`);
      await newest(visit, title, 'improvement.cancelled');
      await page.keyboard.press('Escape');
      await visit.open(`/systems/${systemId}?tab=obligations`);
      await page.getByRole('tabpanel').getByRole('listitem').first().waitFor();
      expect(await page.getByRole('link', { name: title }).count()).toBe(0);
    });
    expect(await obliged(id)).toEqual([]);
  });

  it('an item from a failed drill is done and cannot be closed before the retest has passed', async () => {
    const title = locale === 'ja' ? '復元の手順を直す' : 'Correct the restore steps';
    const { id: systemId } = await system();
    const [failedOn, passedOn] = locale === 'ja' ? ['2026-11-16', '2026-11-17'] : ['2026-11-18', '2026-11-19'];
    const sourceEvidenceId = await drill(systemId, 'FAILED', failedOn);
    const { id } = await raise({ title, systemId, source: 'DRILL', sourceEvidenceId });
    const owner = await stage.app.as('owner');
    const report = { text: '手順を直した', percent: 100 };
    expect((await owner.post(`/improvements/${id}/progress`, report)).body.percent).toBe(100);
    const closing = async ({ page, words }: Visit) => {
      await page.getByRole('button', { name: words('improvements.close'), exact: true }).click();
      return page.getByRole('dialog', { name: words('improvements.closeTitle') });
    };
    const refusals = ['409 POST /improvements/:id/close'];
    await stage.visit({ as: 'manager', locale, refusals }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/improvements/${id}`);
      await page.getByText(words('improvements.noRetest')).waitFor();
      const dialog = await closing(visit);
      const close = dialog.getByRole('button', { name: words('improvements.close'), exact: true });
      await dialog.getByText(words('improvements.noRetest')).waitFor();
      await dialog.getByLabel(words('improvements.note')).fill('手順を読んで確認した');
      await close.click();
      const refused = dialog.getByRole('alert').and(page.locator(':focus'));
      // No field is at fault.
      await refused.getByText(words('form.refused')).waitFor();
      await look(visit, `${locale}-retest-missing`);
      await drill(systemId, 'PASSED', passedOn);
      await visit.open(`/improvements/${id}`);
      await page.getByText(words('improvements.retest')).waitFor();
      expect(await page.getByText(words('improvements.noRetest')).count()).toBe(0);
      await closing(visit);
      expect(await dialog.getByText(words('improvements.noRetest')).count()).toBe(0);
      await dialog.getByLabel(words('improvements.note')).fill('再訓練に立ち会った');
      await close.click();
      await page.getByText(words('improvements.closed')).waitFor();
      await page.getByText('再訓練に立ち会った').first().waitFor();
      await look(visit, `${locale}-retest-passed`);
    });
  });
});
