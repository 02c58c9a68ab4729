import type { Server } from 'node:http';
import { axeViolations } from '../support/axe';
import { keepPicture } from '../support/screenshots';
import { Stage, type Visit } from '../support/stage';
import type { Locale } from '../support/words';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('drills');
}, 120_000);

afterAll(() => stage?.close());

async function speak(locale: Locale): Promise<void> {
  for (const person of ['owner', 'manager'] as const) {
    const client = await stage.app.as(person);
    const { headers } = await client.get('/me');
    expect((await client.patch('/me', { locale }, headers.get('etag'))).status).toBe(200);
  }
}

/** What makes the document scroll sideways on a phone. */
const SIDEWAYS = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
const PHONE = { width: 320, height: 720 };

const press = ({ page }: Visit, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).first().click();
const act = ({ words }: Visit, step: 'start' | 'finish' | 'skip', title: string): string =>
  words('runs.stepOf', { act: words(`runs.step.${step}`), title });

/** Plans a functional drill on the page of a system, confirms taking part and opens its run. */
async function planAndOpen(visit: Visit, systemId: string): Promise<string> {
  const { page, words } = visit;
  await visit.open(`/systems/${systemId}?tab=drills`);
  expect(await axeViolations(page)).toEqual([]);
  await keepPicture(page, `drills/${words('nav.drills')}-tab`);
  await page
    .getByRole('link', { name: words('drills.plan'), exact: true })
    .first()
    .click();
  await visit.settled(words('drills.plan'));
  await press(visit, words('drills.save'));
  await page.getByRole('alert').waitFor();
  await page.getByLabel(words('drills.fields.title')).fill('受付システムの復旧訓練');
  await page.getByRole('radio', { name: words('domain:drillType.FUNCTIONAL') }).check({ force: true });
  await page.getByLabel(words('drills.fields.scheduledAt')).fill('2026-12-15T10:00');
  await page.getByLabel(words('drills.fields.checkExpected')).fill('最終受付番号が 4021 である');
  await page.getByRole('button', { name: words('drills.fields.book') }).click();
  await page.getByRole('option').filter({ hasText: '運用 さくら' }).click();
  expect(await axeViolations(page)).toEqual([]);
  await keepPicture(page, `drills/${words('nav.drills')}-plan`);
  await press(visit, words('drills.save'));
  await visit.settled('受付システムの復旧訓練');
  await page.getByText(words('drills.notReady')).waitFor();
  await press(visit, words('drills.acknowledge'));
  await page.getByText(words('drills.acknowledged'), { exact: true }).waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await keepPicture(page, `drills/${words('nav.drills')}-ready`);
  await press(visit, words('drills.open'));
  await visit.settled(words('runs.title', { title: '受付システムの復旧訓練' }));
  return new URL(page.url()).pathname;
}

describe.each<Locale>(['ja', 'en'])('in %s', (locale) => {
  it('a functional drill is played by two browsers at once, attested by the other person and printed', async () => {
    await speak(locale);
    const admin = await stage.app.as('admin');
    const systemId = (await admin.get('/systems?q=SHINSEI')).body.items[0].id as string;
    await stage.visit({ as: 'owner', locale }, (owner) =>
      stage.visit({ as: 'manager', locale, context: { viewport: PHONE } }, async (manager) => {
        const { words } = owner;
        const run = await planAndOpen(owner, systemId);
        await manager.open(run);
        // What is missing is told before the clock begins, and kept.
        await owner.page.getByRole('heading', { name: words('drills.readiness') }).waitFor();
        await owner.page.getByText(words('drills.missing'), { exact: true }).first().waitFor();
        expect(words('runs.complete')).not.toBe(words('runs.step.finish'));
        await press(owner, words('runs.begin'));
        const { body } = await (await stage.app.as('owner')).get(run);
        const [first, ...others] = body.steps.map(({ title }: { title: string }) => title) as string[];
        await press(owner, act(owner, 'start', first as string));
        // The other browser learns of it by itself, and finishes what the first has begun.
        await press(manager, act(manager, 'finish', first as string));
        await owner.page.getByText(words('stepStatus.FINISHED'), { exact: true }).waitFor();
        await manager.page.getByLabel(words('runs.note')).fill('媒体庫から 3 番の媒体を出した');
        await press(manager, words('runs.addNote'));
        await owner.page.getByText('媒体庫から 3 番の媒体を出した').waitFor();
        expect(await manager.page.evaluate(SIDEWAYS)).toBe(false);
        expect([await axeViolations(manager.page), await axeViolations(owner.page)]).toEqual([[], []]);
        await keepPicture(manager.page, `drills/${locale}-live-phone`);
        await keepPicture(owner.page, `drills/${locale}-live`);
        for (const title of others) {
          await press(owner, act(owner, 'start', title));
          await press(manager, act(manager, 'finish', title));
        }
        await press(owner, words('runs.complete'));
        const dialog = owner.page.getByRole('dialog', { name: words('runs.completeTitle') });
        await dialog.getByRole('radio', { name: words('domain:outcome.PASSED'), exact: true }).check({ force: true });
        await dialog.getByLabel(words('runs.checkObserved')).fill('最終受付番号は 4021 であった');
        await dialog.getByRole('radio', { name: words('runs.held.HELD'), exact: true }).check({ force: true });
        await dialog.getByLabel(words('runs.recoveryPointAt')).fill('2026-11-22T20:00');
        expect(await axeViolations(owner.page)).toEqual([]);
        await dialog.getByRole('button', { name: words('runs.complete') }).click();
        await owner.page.getByText(words('runs.waitsForOther')).waitFor();
        expect(await owner.page.getByRole('button', { name: words('runs.attest'), exact: true }).count()).toBe(0);
        await press(manager, words('runs.attest'));
        const confirm = manager.page.getByRole('alertdialog', { name: words('runs.attestTitle') });
        await confirm.getByRole('button', { name: words('runs.attest') }).click();
        await manager.page.getByRole('dialog', { name: words('runs.attested') }).waitFor();
        await owner.page.getByRole('link', { name: words('runs.report') }).click();
        await owner.settled(words('runs.reportTitle', { title: '受付システムの復旧訓練' }));
        await owner.page.getByText('媒体庫から 3 番の媒体を出した').waitFor();
        expect(await axeViolations(owner.page)).toEqual([]);
        await owner.page.emulateMedia({ media: 'print' });
        await owner.page.getByText(words('drills.missing'), { exact: true }).first().waitFor();
        await owner.page.getByRole('heading', { name: words('drills.fields.participants') }).waitFor();
        await owner.page.getByText(words('runs.held.HELD'), { exact: true }).waitFor();
        await keepPicture(owner.page, `drills/${locale}-report-print`);
        await owner.page.emulateMedia({ media: 'screen' });
        await owner.open(`/systems/${systemId}?tab=drills`);
        await owner.page.getByText(words('drillStatus.HELD')).first().waitFor();
        await keepPicture(owner.page, `drills/${locale}-achieved`);
        await owner.open('/drills');
        await owner.page.getByRole('link', { name: '受付システムの復旧訓練' }).first().waitFor();
        expect(await axeViolations(owner.page)).toEqual([]);
      }),
    );
  }, 120_000);
});

it('an outage of last week is recorded as what it took, and what it lost beyond the RPO is marked, also on paper', async () => {
  await speak('ja');
  const owner = await stage.app.as('owner');
  const systemId = (await owner.get('/systems?q=SHINSEI')).body.items[0].id as string;
  const { headers } = await owner.get(`/systems/${systemId}`);
  const targets = await owner.patch(`/systems/${systemId}`, { rto: 'PT4H', rpo: 'PT1H' }, headers.get('etag'));
  expect(targets.status).toBe(200);
  const outage = { title: '先週の停電', startedAt: '2026-11-16T01:00:00Z', plannedMinutes: 60 };
  const run = `/drill-runs/${(await owner.post(`/systems/${systemId}/outages`, outage)).body.id}`;
  const refusals = ['422 POST /drill-runs/:id/complete'];
  await stage.visit({ as: 'owner', refusals, context: { viewport: PHONE } }, async (visit) => {
    const { page, words } = visit;
    await visit.open(run);
    await press(visit, words('runs.complete'));
    const dialog = page.getByRole('dialog', { name: words('runs.completeTitle') });
    await dialog.getByRole('radio', { name: words('domain:outcome.PASSED'), exact: true }).check({ force: true });
    await dialog.getByLabel(words('runs.recoveryPointAt')).fill('2026-11-16T08:00');
    await dialog.getByLabel(words('outages.finishedAt')).fill('2026-11-16T09:00');
    await dialog.getByRole('button', { name: words('runs.complete') }).click();
    // Before it began: the field says so.
    await dialog.getByText('開始日時より前にはできません。', { exact: true }).waitFor();
    await dialog.getByLabel(words('outages.finishedAt')).fill('2026-11-16T11:00');
    await dialog.getByRole('button', { name: words('runs.complete') }).click();
    await page.getByText(words('runs.waitsForOther')).waitFor();
    await page.getByRole('timer').filter({ hasText: '1:00:00' }).waitFor();
    await page.getByText(words('runs.overRpo')).waitFor();
    expect([await page.getByText(words('runs.overRto')).count(), await page.evaluate(SIDEWAYS)]).toEqual([0, false]);
    expect((await (await stage.app.as('manager')).post(`${run}/attest`)).status).toBe(200);
    await visit.open(`${run}/report`);
    await page.emulateMedia({ media: 'print' });
    await page.getByText(words('runs.overRpo')).waitFor();
    await keepPicture(page, 'drills/ja-outage-report-print');
  });
});

it('a check that did not hold is told on the run, in the report and in the record', async () => {
  await speak('en');
  const owner = await stage.app.as('owner');
  const systemId = (await owner.get('/systems?q=SHINSEI')).body.items[0].id as string;
  const plan = { title: '古いデータ', type: 'FUNCTIONAL', scheduledAt: '2026-12-20T01:00:00Z', plannedMinutes: 60 };
  const planned = await owner.post(`/systems/${systemId}/drills`, { ...plan, checkExpected: '11-29 or later' });
  const run = `/drill-runs/${(await owner.post(`/drills/${planned.body.id}/runs`)).body.id}`;
  await owner.post(`${run}/begin`);
  const stale = { outcome: 'PASSED', checkObserved: '11-20', checkHeld: false };
  expect((await owner.post(`${run}/complete`, stale)).body.outcome).toBe('FAILED');
  await stage.visit({ as: 'manager', locale: 'en' }, async (visit) => {
    const { page, words } = visit;
    await visit.open(run);
    await page.getByText(words('runs.checkNotHeld')).waitFor();
    expect(await page.getByText(words('runs.slower')).count()).toBe(0);
    const attested = await (await stage.app.as('manager')).post(`${run}/attest`);
    await visit.open(`${run}/report`);
    await page.getByText(words('runs.checkNotHeld')).waitFor();
    await visit.open(`/evidence/${attested.body.evidenceId}`);
    await page.getByText(words('runs.held.NOT_HELD')).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await visit.open(`/systems/${systemId}?tab=drills`);
    await page
      .getByRole('row')
      .filter({ hasText: words('domain:outcome.FAILED') })
      .first()
      .waitFor();
  });
});

it('who loses the connection is told, and comes back to what happened meanwhile', async () => {
  await speak('ja');
  const owner = await stage.app.as('owner');
  const systemId = (await owner.get('/systems?q=SHINSEI')).body.items[0].id as string;
  const outage = { title: '基盤の停止', startedAt: '2026-11-22T23:00:00Z', plannedMinutes: 60 };
  const run = `/drill-runs/${(await owner.post(`/systems/${systemId}/outages`, outage)).body.id}`;
  await stage.visit({ as: 'manager' }, async (visit) => {
    const { page, words } = visit;
    await visit.open(run);
    await page.context().setOffline(true);
    // What is open stays open in a browser that is offline; a broken line does not.
    (stage.app.app.getHttpServer() as Server).closeAllConnections();
    await page.getByText(words('runs.disconnected')).waitFor({ timeout: 30_000 });
    await owner.post(`${run}/notes`, { text: '電源を確認した' });
    await page.context().setOffline(false);
    await page.getByText('電源を確認した').waitFor({ timeout: 30_000 });
    await page.getByText(words('runs.disconnected')).waitFor({ state: 'detached' });
    visit.troubles.splice(0);
  });
});
