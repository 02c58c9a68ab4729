import type { Client } from '../support/client';
import { choose } from '../support/merge-choice';
import { Stage, type Visit } from '../support/stage';
import type { Locale } from '../support/words';

let stage: Stage;
let admin: Client;

beforeAll(async () => {
  stage = await Stage.open('merge records');
  admin = await stage.app.as('admin');
}, 120_000);

afterAll(() => stage?.close());

/** Somebody else saves this meanwhile. */
async function save(path: string, body: object, method: 'patch' | 'put' = 'patch', tagOf = path): Promise<void> {
  const tag = (await admin.get(tagOf)).headers.get('etag');
  expect((await admin[method](path, body, tag)).status).toBe(200);
}

const first = async (path: string) => (await admin.get(path)).body.items[0];

describe.each(['ja', 'en'] as const)('in %s, what two have changed is chosen field by field', (locale: Locale) => {
  beforeAll(() => stage.speak(locale, 'admin'));
  const visit = (refusal: string, use: (visit: Visit) => Promise<void>) =>
    stage.visit({ as: 'admin', locale, refusals: [`412 ${refusal}`] }, use);
  const other = locale === 'ja' ? 2 : 3;

  it('of a backup requirement, copy by copy', () =>
    visit('PATCH /backup-requirements/:id', async (visit) => {
      const { page, words } = visit;
      const { id: system } = await first('/systems?q=KENKYU-DATA');
      const { id, copies } = await first(`/systems/${system}/backup-requirements`);
      const path = `/backup-requirements/${id}`;
      await visit.open(`/systems/${system}/backups/${id}/edit`);
      await page.locator('#field-dataset').fill(`自分の対象 ${locale}`);
      await page.locator('[id="field-copies.0.medium"]').fill(`自分の媒体 ${locale}`);
      const added = { ...copies[0], site: `相手の拠点 ${locale}`, medium: `テープ ${locale}` };
      await save(path, { dataset: `相手の対象 ${locale}`, generations: other, copies: [...copies, added] });
      await choose(visit, {
        save: words('backups.saveDraft'),
        contested: [words('backupFields.dataset')],
        reads: [`相手の拠点 ${locale}`, `自分の媒体 ${locale}`, words('merge.absent')],
        picture: `backup-${locale}`,
      });
      await page.getByText(words('backups.saved')).waitFor();
      const now = (await admin.get(path)).body;
      expect(now).toMatchObject({ dataset: `自分の対象 ${locale}`, generations: other });
      expect(now.copies).toEqual([{ ...copies[0], medium: `自分の媒体 ${locale}` }, ...copies.slice(1), added]);
    }));

  it('of a backup profile, which is previewed again before it is saved', () =>
    visit('PATCH /backup-profiles/:id', async (visit) => {
      const { page, words } = visit;
      const { id } = await first('/backup-profiles');
      const path = `/backup-profiles/${id}`;
      await visit.open(`${path}/edit`);
      await page.locator('#field-name').fill(`自分の雛形 ${locale}`);
      await save(path, { name: `相手の雛形 ${locale}`, generations: other });
      await choose(visit, {
        save: words('backupProfiles.preview'),
        contested: [words('backupProfiles.name')],
        reads: [`相手の雛形 ${locale}`],
        picture: `profile-${locale}`,
      });
      await page.getByRole('button', { name: words('backupProfiles.apply') }).click();
      await page.getByText(words('backupProfiles.changed')).waitFor();
      expect((await admin.get(path)).body).toMatchObject({ name: `自分の雛形 ${locale}`, generations: other });
    }));

  it('of a policy draft, rule by rule and tier by tier', () =>
    visit('PATCH /policies/:id', async (visit) => {
      const { page, words } = visit;
      const { organisation } = await first('/policies?status=PUBLISHED');
      const { id } = (await admin.post('/policies', { organisationId: organisation.id, pack: 'in-force' })).body;
      const { rules, grace } = (await admin.get(`/policies/${id}/rules`)).body;
      const [gone, named, clause] = rules as { title: Record<Locale, string>; key: string }[];
      await visit.open(`/policies/${id}/edit`);
      const edit = async (rule: string, label: string, value: string) => {
        await page.getByRole('button', { name: words('policies.editRule', { rule }), exact: true }).click();
        const dialog = page.getByRole('dialog', { name: words('policies.ruleOf', { rule }) });
        await dialog.getByLabel(label).fill(value);
        await dialog.getByRole('button', { name: words('policies.applyRule') }).click();
      };
      await edit(named?.title[locale] ?? '', words('policies.clause'), '自 1.1');
      await edit(clause?.title[locale] ?? '', words('policies.edition'), '2026');
      const theirs = (rules as object[]).slice(1).map((rule, at) => ({
        ...rule,
        ...(at === 0 && { clause: '相 2.2', edition: '2023' }),
      }));
      await save(`/policies/${id}`, { grace: { ...grace, LOW: 'P80D' }, rules: theirs });
      const row = words('merge.row', { list: words('policies.rule'), row: named?.title[locale] ?? '' });
      await choose(visit, {
        save: words('policies.saveDraft'),
        contested: [words('merge.rowField', { row, field: words('policies.clause') })],
        reads: [gone?.title[locale] ?? '', '相 2.2', '2026'],
        picture: `policy-${locale}`,
      });
      await page.getByText(words('policies.saved')).waitFor();
      const now = (await admin.get(`/policies/${id}/rules`)).body;
      expect(now.grace.LOW).toBe('P80D');
      expect(now.rules.map(({ key }: { key: string }) => key)).toEqual(
        theirs.map((rule) => (rule as { key: string }).key),
      );
      expect(now.rules.slice(0, 2)).toMatchObject([{ clause: '自 1.1', edition: '2023' }, { edition: '2026' }]);
      const tag = (await admin.get(`/policies/${id}`)).headers.get('etag');
      await admin.delete(`/policies/${id}`, tag);
    }));

  it('of an improvement item', () =>
    visit('PATCH /improvements/:id', async (visit) => {
      const { page, words } = visit;
      const { id } = await first('/improvements?source=AUDIT');
      await visit.open(`/improvements/${id}`);
      await page.getByRole('button', { name: words('improvements.edit'), exact: true }).click();
      await page.locator('#field-title').fill(`自分の件名 ${locale}`);
      await save(`/improvements/${id}`, { title: `相手の件名 ${locale}`, description: `相手の説明 ${locale}` });
      await choose(visit, {
        save: words('action.save'),
        contested: [words('improvements.name')],
        reads: [`相手の説明 ${locale}`],
        picture: `improvement-${locale}`,
      });
      await page.getByText(words('improvements.edited')).waitFor();
      expect((await admin.get(`/improvements/${id}`)).body).toMatchObject({
        title: `自分の件名 ${locale}`,
        description: `相手の説明 ${locale}`,
      });
    }));

  it('of a person', () =>
    visit('PATCH /users/:id', async (visit) => {
      const { page, words } = visit;
      const { id } = await first('/users?q=auditor');
      await visit.open(`/users/${id}`);
      await page.getByRole('button', { name: words('users.edit'), exact: true }).click();
      await page.locator('#field-displayName').fill(`自分 名前 ${locale}`);
      const timeZone = locale === 'ja' ? 'Asia/Seoul' : 'Europe/Paris';
      await save(`/users/${id}`, { displayName: `相手 名前 ${locale}`, timeZone });
      await choose(visit, {
        save: words('action.save'),
        contested: [words('userFields.displayName')],
        reads: [timeZone],
        picture: `person-${locale}`,
      });
      await page.getByText(words('users.saved', { name: `自分 名前 ${locale}` })).waitFor();
      expect((await admin.get(`/users/${id}`)).body).toMatchObject({ displayName: `自分 名前 ${locale}`, timeZone });
    }));

  it('of a plan of a drill', () =>
    visit('PATCH /drills/:id', async (visit) => {
      const { page, words } = visit;
      const { id: system } = await first('/systems?q=RYOHI');
      const plan = { title: '訓練', type: 'FUNCTIONAL', scheduledAt: '2026-12-15T01:00:00Z', plannedMinutes: 120 };
      const { id } = (await admin.post(`/systems/${system}/drills`, plan)).body;
      await visit.open(`/drills/${id}/edit`);
      await page.locator('#field-title').fill(`自分の訓練 ${locale}`);
      await save(`/drills/${id}`, { ...plan, title: `相手の訓練 ${locale}`, recurrence: 'BY_POLICY' });
      await choose(visit, {
        save: words('drills.save'),
        contested: [words('drills.fields.title')],
        reads: [words('recurrence.BY_POLICY')],
        picture: `drill-${locale}`,
      });
      await page.getByText(words('drills.saved')).waitFor();
      expect((await admin.get(`/drills/${id}`)).body).toMatchObject({
        title: `自分の訓練 ${locale}`,
        recurrence: 'BY_POLICY',
      });
    }));

  it('of the dependencies of a system, one system by one', () =>
    visit('PUT /systems/:id/dependencies', async (visit) => {
      const { page, words } = visit;
      const all = (await admin.get('/systems?limit=4')).body.items;
      const [system, shared, theirs, mine] = all as { id: string; name: string; nameEn: string | null }[];
      const path = `/systems/${system?.id}/dependencies`;
      const named = (one: typeof system) => (locale === 'en' && one?.nameEn) || one?.name || '';
      const need = (one: typeof system, hard: boolean) => ({ systemId: one?.id, hard });
      await save(path, { dependsOn: [need(shared, true)] }, 'put');
      await visit.open(`/systems/${system?.id}?tab=dependencies`);
      await page.getByRole('button', { name: words('dependencies.edit') }).click();
      const dialog = page.getByRole('dialog', { name: words('dependencies.edit') });
      await dialog.getByRole('button', { name: words('dependencies.removeNamed', { name: named(shared) }) }).click();
      await dialog.getByRole('searchbox').fill(mine?.name ?? '');
      await dialog.getByRole('button', { name: words('dependencies.addNamed', { name: named(mine) }) }).click();
      await save(path, { dependsOn: [need(shared, false), need(theirs, true)] }, 'put');
      await choose(visit, {
        save: words('action.save'),
        contested: [words('merge.row', { list: words('dependencies.needs'), row: named(shared) })],
        reads: [named(theirs), named(mine)],
        picture: `dependencies-${locale}`,
      });
      await page.getByText(words('dependencies.saved')).waitFor();
      const { dependsOn } = (await admin.get(path)).body;
      expect(dependsOn.map(({ systemId }: { systemId: string }) => systemId).sort()).toEqual(
        [mine?.id, theirs?.id].sort(),
      );
      await save(path, { dependsOn: [] }, 'put');
    }));
});

it('overwriting changes only the fields that one has changed oneself', () =>
  stage.visit(
    { as: 'admin', locale: 'en', refusals: ['412 PATCH /improvements/:id'] },
    async ({ page, words, open }) => {
      const { id } = await first('/improvements?source=AUDIT');
      await open(`/improvements/${id}`);
      await page.getByRole('button', { name: words('improvements.edit'), exact: true }).click();
      await page.locator('#field-title').fill('Mine over theirs');
      await save(`/improvements/${id}`, { title: 'Theirs', description: 'Theirs stays' });
      await page.getByRole('button', { name: words('action.save'), exact: true }).click();
      await page.getByRole('button', { name: words('stale.overwrite') }).click();
      await page.getByText(words('improvements.edited')).waitFor();
      const { body } = await admin.get(`/improvements/${id}`);
      expect(body).toMatchObject({ title: 'Mine over theirs', description: 'Theirs stays' });
    },
  ));
