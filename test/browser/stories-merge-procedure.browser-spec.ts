import { axeViolations } from '../support/axe';
import type { Client } from '../support/client';
import { choose } from '../support/merge-choice';
import { keepPicture } from '../support/screenshots';
import { Stage } from '../support/stage';

const STALE = '412 POST /procedures/:id/versions';

let stage: Stage;
let admin: Client;
let owner: Client;

beforeAll(async () => {
  stage = await Stage.open('merge procedure');
  admin = await stage.app.as('admin');
  owner = await stage.app.as('owner');
}, 120_000);

afterAll(() => stage?.close());

/** The system for travel expenses. */
const travel = async (): Promise<string> => (await admin.get('/systems?q=RYOHI')).body.items[0].id;

it.each(['ja', 'en'] as const)('in %s, two versions are merged step by step and contact by contact', async (locale) => {
  await stage.speak(locale, 'admin');
  await stage.visit({ as: 'admin', locale, refusals: [STALE] }, async (visit) => {
    const { page, words } = visit;
    const system = await travel();
    const said = { markdown: '# 復旧', launchCriteria: '停止' };
    const [restore, check, end] = [
      { key: 'step-1', title: '復元', dependsOn: [] as string[] },
      { key: 'step-2', title: '業務確認', dependsOn: ['step-1'] },
      { key: 'step-3', title: '片付け', dependsOn: ['step-2'] },
    ] as const;
    const contacts = [{ name: '運用 さくら', phone: '03-0000-0001' }, { name: '保守 次郎' }];
    const steps = [restore, check, end];
    const opened = (await admin.post(`/systems/${system}/procedures`, { title: '復旧', ...said, steps, contacts }))
      .body;
    await visit.open(`/systems/${system}/procedures/${opened.id}/edit`);
    await page.locator('[id="field-steps.0.title"]').fill(`自分の復元 ${locale}`);
    await page.getByRole('button', { name: words('procedures.removeStep', { number: 2 }) }).click();
    await page.getByRole('button', { name: words('procedures.addStep') }).click();
    await page.locator('[id="field-steps.2.title"]').fill(`自分の手順 ${locale}`);
    await page.getByRole('button', { name: words('procedures.addContact') }).click();
    const added = { key: 'step-4', title: `相手の手順 ${locale}`, dependsOn: ['step-2'] };
    const { status } = await owner.post(`/procedures/${opened.procedureId}/versions`, {
      ...{ ...said, launchCriteria: '全面停止' },
      steps: [{ ...restore, title: `相手の復元 ${locale}`, plannedMinutes: 30 }, check, end, added],
      contacts: [{ ...contacts[0], phone: '03-9999-9999' }, contacts[1]],
    });
    expect(status).toBe(201);
    const row = words('merge.row', { list: words('procedures.oneStep'), row: `相手の復元 ${locale}` });
    await choose(visit, {
      save: words('procedures.saveDraft'),
      contested: [words('merge.rowField', { row, field: words('procedures.stepField.title') })],
      reads: [`相手の手順 ${locale}`, `自分の手順 ${locale}`, '03-9999-9999', '全面停止', '運用 さくら'],
      picture: `procedure-${locale}`,
    });
    await page.getByText(words('procedures.saved')).waitFor();
    const { items } = (await admin.get(`/systems/${system}/procedures`)).body;
    const { draft } = items.find(({ id }: { id: string }) => id === opened.procedureId);
    const now = (await admin.get(`/procedure-versions/${draft.versionId}`)).body;
    expect(now).toMatchObject({ version: 3, launchCriteria: '全面停止' });
    expect(now.steps).toMatchObject([
      { ...restore, title: `自分の復元 ${locale}`, plannedMinutes: 30 },
      { ...end, dependsOn: [] },
      { key: 'step-5', title: `自分の手順 ${locale}`, dependsOn: ['step-3'] },
      { ...added, dependsOn: [] },
    ]);
    expect(now.contacts).toMatchObject([{ ...contacts[0], phone: '03-9999-9999' }, contacts[1]]);
  });
});

it('the version of somebody else is read instead, without what one had filled in', () =>
  stage.visit({ as: 'admin', locale: 'en', refusals: [STALE] }, async ({ page, words, open }) => {
    await stage.speak('en', 'admin');
    const system = await travel();
    const steps = [{ key: 'step-1', title: '復元' }];
    const opened = (await admin.post(`/systems/${system}/procedures`, { title: '代替', steps })).body;
    await open(`/systems/${system}/procedures/${opened.id}/edit`);
    await page.locator('#field-launchCriteria').fill('Mine');
    const theirs = { steps, launchCriteria: 'Theirs' };
    const { id } = (await owner.post(`/procedures/${opened.procedureId}/versions`, theirs)).body;
    await page.getByRole('button', { name: words('procedures.saveDraft') }).click();
    const stale = page.getByRole('dialog', { name: words('stale.title') });
    await stale.waitFor();
    await keepPicture(page, 'merge/procedure-stale-en');
    expect(await axeViolations(page)).toEqual([]);
    await stale.getByRole('button', { name: words('stale.reload') }).click();
    await page.waitForURL(`**/procedures/${id}/edit`);
    await page.getByText('Theirs', { exact: true }).waitFor();
    await page.locator('#field-launchCriteria').fill('Theirs and mine');
    await page.getByRole('button', { name: words('procedures.saveDraft') }).click();
    await page.getByText(words('procedures.saved')).waitFor();
    const { items } = (await admin.get(`/systems/${system}/procedures`)).body;
    const { draft } = items.find((one: { id: string }) => one.id === opened.procedureId);
    expect(draft.version).toBe(3);
  }));

it('a draft that is written over keeps what only its author has changed', () =>
  stage.visit({ as: 'admin', locale: 'en', refusals: [STALE] }, async ({ page, words, open }) => {
    const system = await travel();
    const steps = [{ key: 'step-1', title: '復元' }];
    const opened = (await admin.post(`/systems/${system}/procedures`, { title: '切替', steps })).body;
    await open(`/systems/${system}/procedures/${opened.id}/edit`);
    await page.locator('#field-launchCriteria').fill('Mine');
    const theirs = { steps, launchCriteria: 'Theirs', launchedBy: 'Theirs' };
    await owner.post(`/procedures/${opened.procedureId}/versions`, theirs);
    await page.getByRole('button', { name: words('procedures.saveDraft') }).click();
    await page.getByRole('button', { name: words('stale.overwrite') }).click();
    await page.getByText(words('procedures.saved')).waitFor();
    const { items } = (await admin.get(`/systems/${system}/procedures`)).body;
    const { draft } = items.find((one: { id: string }) => one.id === opened.procedureId);
    const now = (await admin.get(`/procedure-versions/${draft.versionId}`)).body;
    expect(now).toMatchObject({ version: 3, launchCriteria: 'Mine', launchedBy: 'Theirs' });
  }));
