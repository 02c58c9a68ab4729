import { axeViolations } from '../support/axe';
import { resticRun } from '../support/builders/inlets';
import { keepPicture } from '../support/screenshots';
import { Stage, type Visit } from '../support/stage';
import type { Locale } from '../support/words';

/** What a tool could say: markup that would run if it were rendered, and a password. */
const SAID = 'note <img src=x onerror=alert(1)> password=hunter2-of-the-tool';
const NIGHT = '2026-11-22T17:30:00Z';
const SIDEWAYS = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('evidence');
}, 120_000);

afterAll(() => stage?.close());

interface Reported {
  systemId: string;
  requirementId: string;
  inlet: string;
}

/** A requirement to which a tool has reported a run. */
async function reported(name: string, id: string): Promise<Reported> {
  const manager = await stage.app.as('manager');
  const [{ id: systemId }] = (await manager.get('/systems?q=SHINSEI')).body.items;
  const [{ id: requirementId }] = (await manager.get(`/systems/${systemId}/backup-requirements`)).body.items;
  const { status, body } = await manager.post(`/backup-requirements/${requirementId}/inlets`, {
    ...{ name, timeZone: 'Asia/Tokyo', scheduleKind: 'INTERVAL', schedule: 'P1D', grace: 'PT1H' },
  });
  expect(status).toBe(201);
  const sent = await fetch(body.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(resticRun(id, NIGHT, { stderr: SAID, exitCode: undefined })),
  });
  expect(sent.status).toBe(201);
  return { systemId, requirementId, inlet: name };
}

const section = ({ page }: Visit, title: string) =>
  page.locator('section', { has: page.getByRole('heading', { name: title, exact: true }) });

it.each(['ja', 'en'] as const)(
  'the page of a proof says what a tool told, and shows what it sent as mere text, in %s',
  async (locale) => {
    await stage.speak(locale, 'manager');
    const { systemId, requirementId, inlet } = await reported(`夜間 ${locale}`, locale === 'ja' ? 'aa01' : 'bb02');
    await stage.visit({ as: 'manager', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/systems/${systemId}/backups/${requirementId}`);
      const newest = section(visit, words('record.newest'));
      await newest.getByRole('row').filter({ hasText: inlet }).first().getByRole('link').click();
      await visit.settled();
      await page.waitForURL(/\/evidence\//);
      const raw = section(visit, words('record.raw'));
      const shown = await raw.locator('pre').innerText();
      expect(shown).toContain('<img src=x onerror=alert(1)>');
      expect(shown).not.toContain('hunter2');
      expect(await page.locator('img[src=x]').count()).toBe(0);
      await section(visit, words('record.origin')).getByRole('link', { name: inlet }).waitFor();
      await section(visit, words('record.flags')).getByText(words('flag.EXIT_CODE_MISSING')).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `evidence/tool-${locale}`);
      await page.setViewportSize({ width: 320, height: 800 });
      expect(await page.evaluate(SIDEWAYS)).toBe(false);
      await keepPicture(page, `evidence/tool-phone-${locale}`);
      await page.setViewportSize({ width: 794, height: 1123 });
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('button:visible').count()).toBe(0);
      expect(await page.evaluate(SIDEWAYS)).toBe(false);
      await keepPicture(page, `evidence/tool-print-${locale}`);
      await page.emulateMedia({ media: 'screen' });
      await page.setViewportSize({ width: 1280, height: 900 });

      // What came in at the inlet leads to it as well.
      await visit.open(`/systems/${systemId}/backups/${requirementId}/runs`);
      const card = page.getByRole('listitem').filter({ hasText: inlet });
      await card.getByRole('button', { name: words('inlets.messages') }).click();
      await page
        .getByRole('dialog')
        .getByRole('link', { name: words('record.number', { number: 1 }) })
        .click();
      await page.waitForURL(/\/evidence\//);
      await section(visit, words('record.raw')).locator('pre').waitFor();

      await stage.app.database.query('DELETE FROM raw_payload');
      await page.reload();
      await visit.settled();
      await page.getByText(words('record.rawDropped')).waitFor();
      expect(await page.locator('pre').count()).toBe(0);
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `evidence/tool-dropped-${locale}`);
    });
  },
);

it.each(['ja', 'en'] as const)('a proof by hand leads to what corrects it and back, in %s', async (locale) => {
  await stage.speak(locale, 'owner');
  const owner = await stage.app.as('owner');
  const [{ id: systemId }] = (await owner.get('/systems?q=NINSHO')).body.items;
  const proof = { kind: 'RESTORE_TEST', outcome: 'PASSED', strength: 'LISTED', performedAt: NIGHT };
  const { body: wrong } = await owner.post(`/systems/${systemId}/evidence`, { ...proof, note: '数え違い' });
  const right = await owner.post(`/evidence/${wrong.id}/supersede`, { ...proof, reason: '数え違い' });
  expect(right.status).toBe(201);
  await stage.visit({ as: 'owner', locale }, async (visit) => {
    const { page, words } = visit;
    await visit.open(`/evidence/${wrong.id}`);
    await page.getByText(words('record.countsNoLonger')).waitFor();
    await page.getByText(words('record.noRaw')).waitFor();
    await page.getByText(words('record.turnedNothing')).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await keepPicture(page, `evidence/superseded-${locale}`);
    await section(visit, words('record.corrections')).getByRole('link').click();
    await page.waitForURL(`**/evidence/${right.body.id}`);
    await page.getByText(words('record.countsNoLonger')).waitFor({ state: 'detached' });
    await section(visit, words('record.corrections')).getByRole('link').click();
    await page.waitForURL(`**/evidence/${wrong.id}`);
  });
});

it('a proof of somewhere else is not there', () =>
  stage.visit({ as: 'ciso', refusals: ['404 GET /evidence/:id'] }, async ({ open, page, words }) => {
    await open('/evidence/019a0000-0000-7000-8000-000000000000');
    await page.getByRole('heading', { name: words('problem.notFound') }).waitFor();
  }));

/** Signs of a refusal at a field: the summary names it, and leads to it. */
async function refusedAt({ page, words }: Visit, label: string, message: string): Promise<void> {
  const summary = page.getByRole('alert');
  await summary.getByText(words('form.errorOf', { label, message })).waitFor();
}

async function fillIn(visit: Visit, locale: Locale): Promise<void> {
  const { page, words } = visit;
  await page.getByLabel(words('restoreTest.fields.restored')).fill(locale === 'ja' ? '申請データベース' : 'Database');
  await page
    .getByLabel(words('restoreTest.fields.fromCopy'))
    .fill(locale === 'ja' ? '遠隔地・テープ' : 'Tape off site');
  await page.getByLabel(words('restoreTest.fields.startedAt')).fill('2026-11-22T10:00');
  await page.getByLabel(words('restoreTest.fields.finishedAt')).fill('2026-11-22T09:00');
  const check = page.getByRole('group', { name: words('restoreTest.checkNumber', { number: 1 }) });
  await check.getByLabel(words('restoreTest.check.title')).fill(locale === 'ja' ? '受付件数' : 'Number of rows');
  await check.getByLabel(words('restoreTest.check.expected')).fill('4021');
  await check.getByLabel(words('restoreTest.check.observed')).fill('4020');
}

it.each([
  ['ja', 'SHINSEI'],
  ['en', 'NINSHO'],
] as const)('a restore test is recorded by hand, and the obligation turns, in %s', async (locale, code) => {
  await stage.speak(locale, 'owner');
  const owner = await stage.app.as('owner');
  const [{ id: systemId }] = (await owner.get(`/systems?q=${code}`)).body.items;
  const [obligation] = (await owner.get(`/systems/${systemId}/obligations?ruleKey=restore-test`)).body.items;
  expect(obligation.state).not.toBe('MET');
  const refusals = [`422 POST /systems/:id/restore-tests`, `400 POST /systems/:id/restore-tests`];
  await stage.visit({ as: 'owner', locale, refusals }, async (visit) => {
    const { page, words } = visit;
    await visit.open(`/systems/${systemId}?tab=evidence`);
    await page
      .getByRole('link', { name: words('restoreTest.record'), exact: true })
      .first()
      .click();
    await visit.settled(words('restoreTest.record'));
    const submit = page.getByRole('button', { name: words('restoreTest.submit'), exact: true });
    const label = (name: string): string => words(`restoreTest.fields.${name}`);

    await submit.click();
    await refusedAt(visit, label('startedAt'), words('form.missing'));
    expect(await axeViolations(page)).toEqual([]);
    await fillIn(visit, locale);
    await page.getByText(words('restoreTest.makesFailure')).waitFor();
    await page.getByRole('radio', { name: words('domain:outcome.PASSED'), exact: true }).check({ force: true });
    await submit.click();
    await page.getByRole('alert').getByRole('link').first().click();
    await page
      .locator(':focus')
      .and(page.getByLabel(label('finishedAt')))
      .waitFor();
    await page.getByLabel(label('finishedAt')).fill('2026-11-22T18:30');
    await page.getByText(words('restoreTest.tooLong')).waitFor();
    await page.getByLabel(label('finishedAt')).fill('2026-11-22T11:30');
    await page.getByText(words('restoreTest.within')).waitFor();
    await page.getByLabel(label('link')).fill('javascript:alert(1)');
    await submit.click();
    await page
      .getByRole('alert')
      .getByRole('link', { name: label('link') })
      .click();
    await page
      .locator(':focus')
      .and(page.getByLabel(label('link')))
      .waitFor();
    await page.getByLabel(label('link')).fill('https://kiroku.example/restore/7');
    await page.getByRole('group').getByLabel(words('restoreTest.check.observed')).fill('4021');
    await page.getByText(words('restoreTest.makesFailure')).waitFor({ state: 'detached' });
    expect(await axeViolations(page)).toEqual([]);
    await keepPicture(page, `evidence/restore-form-${locale}`);

    // What is written is not lost by a slip.
    await page
      .getByRole('link', { name: words('nav.systems'), exact: true })
      .first()
      .click();
    const question = page.getByRole('alertdialog', { name: words('unsaved.title') });
    await question.getByRole('button', { name: words('unsaved.stay') }).click();
    await question.waitFor({ state: 'detached' });

    await submit.focus();
    await page.keyboard.press('Enter');
    const told = page.getByRole('status').filter({ hasText: obligation.ruleTitle });
    await told.getByText(words('domain:state.MET')).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await keepPicture(page, `evidence/restore-recorded-${locale}`);
    await page.getByRole('link', { name: words('restoreTest.open') }).click();
    await page.waitForURL(/\/evidence\//);
    await section(visit, words('record.turned')).getByText(words('domain:state.MET')).waitFor();
    await section(visit, words('restoreTest.section')).getByText('4021').first().waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await keepPicture(page, `evidence/restore-evidence-${locale}`);
  });
  const after = (await owner.get(`/systems/${systemId}/obligations?ruleKey=restore-test`)).body.items[0];
  expect(after.state).toBe('MET');
});

it('a restore test that recovered nothing is not praised for its time', async () => {
  await stage.speak('ja', 'owner');
  const owner = await stage.app.as('owner');
  const systemId = (await owner.get('/systems?q=SHINSEI')).body.items[0].id as string;
  const { status, body } = await owner.post(`/systems/${systemId}/restore-tests`, {
    ...{ restored: '台帳', fromCopy: '遠隔地', outcome: 'FAILED', checks: [] },
    ...{ startedAt: '2026-11-22T01:00:00Z', finishedAt: '2026-11-22T01:00:05Z' },
  });
  expect(status).toBe(201);
  await stage.visit({ as: 'owner' }, async (visit) => {
    await visit.open(`/evidence/${body.evidenceId}`);
    await section(visit, visit.words('restoreTest.section')).getByText('遠隔地').waitFor();
    expect(await visit.page.getByText(visit.words('restoreTest.within')).count()).toBe(0);
  });
});
