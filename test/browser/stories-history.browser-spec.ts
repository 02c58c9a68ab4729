import { axeViolations } from '../support/axe';
import { keepPicture } from '../support/screenshots';
import { Stage } from '../support/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('histories');
}, 120_000);

afterAll(() => stage?.close());

const RECORDS = {
  'backup-profiles': { list: '/backup-profiles', change: { name: '変えた名称' }, field: 'name' },
  improvements: { list: '/improvements?source=AUDIT', change: { title: '変えた名称' }, field: 'title' },
};

describe.each(['ja', 'en'] as const)('in %s', (locale) => {
  beforeAll(() => stage.speak(locale, 'admin'));

  it.each(['backup-profiles', 'improvements'] as const)('one of the %s tells who changed what', async (kind) => {
    const admin = await stage.app.as('admin');
    const { list, change, field } = RECORDS[kind];
    const { id, [field]: before } = (await admin.get(list)).body.items[0];
    const path = `/${kind}/${id}`;
    const changed = { [field]: `${Object.values(change)[0]} ${locale}` };
    expect((await admin.patch(path, changed, (await admin.get(path)).headers.get('etag'))).status).toBe(200);
    await stage.visit({ as: 'admin', locale }, async ({ page, words, open }) => {
      await open(path);
      const name = words('audit.historyOf', { name: changed[field] ?? '' });
      await page.getByRole('button', { name }).click();
      const dialog = page.getByRole('dialog', { name });
      await dialog.getByText('管理 太郎').first().waitFor();
      await dialog.locator('summary').first().click();
      await dialog.getByText(before).first().waitFor();
      await dialog
        .getByText(changed[field] ?? '')
        .last()
        .waitFor();
      await keepPicture(page, `history/${kind}-${locale}`);
      expect(await axeViolations(page)).toEqual([]);
    });
  });

  it('an organisation and a policy tell who changed what', async () => {
    const admin = await stage.app.as('admin');
    const { organisation: ministry } = (await admin.get('/policies?status=PUBLISHED')).body.items[0];
    const parentId = (await admin.get('/organisations?q=MIHON-IND')).body.items[0].id;
    const names = { code: `SHIN-${locale}`, name: `新設課 ${locale}`, nameEn: `New division ${locale}` };
    expect((await admin.post('/organisations', { ...names, kind: 'DIVISION', parentId })).status).toBe(201);
    const draft = (await admin.post('/policies', { organisationId: ministry.id, pack: 'in-force' })).body;
    await stage.visit({ as: 'admin', locale }, async ({ page, words, open }) => {
      await open('/organisations');
      const name = words('audit.historyOf', { name: locale === 'en' ? names.nameEn : names.name });
      await page.getByRole('button', { name, exact: true }).click();
      await page.getByRole('dialog', { name }).getByText('管理 太郎').first().waitFor();
      await keepPicture(page, `history/organisation-${locale}`);
      expect(await axeViolations(page)).toEqual([]);
      await open(`/policies/${draft.id}?tab=history`);
      await page
        .getByRole('table', { name: words('audit.history') })
        .getByText('管理 太郎')
        .first()
        .waitFor();
      await keepPicture(page, `history/policy-${locale}`);
      expect(await axeViolations(page)).toEqual([]);
    });
    await admin.delete(`/policies/${draft.id}`, (await admin.get(`/policies/${draft.id}`)).headers.get('etag'));
  });
});

it.each(['ja', 'en'] as const)(
  'in %s, an owner reads the history of an item and a drill of their system',
  async (locale) => {
    await stage.speak(locale, 'owner');
    const owner = await stage.app.as('owner');
    const { items } = (await owner.get('/systems?q=RYOHI')).body;
    const system = items[0].id;
    const title = `連絡網の更新 ${locale}`;
    const item = (await owner.post('/improvements', { source: 'AUDIT', title, systemId: system })).body;
    const plan = { type: 'FUNCTIONAL', scheduledAt: '2026-12-15T01:00:00Z', plannedMinutes: 120 };
    const drill = (await owner.post(`/systems/${system}/drills`, { ...plan, title: `復旧訓練 ${locale}` })).body;
    await stage.visit({ as: 'owner', locale }, async ({ page, words, open }) => {
      for (const [path, name] of [
        [`/improvements/${item.id}`, title],
        [`/drills/${drill.id}`, `復旧訓練 ${locale}`],
      ] as const) {
        await open(path);
        await page.getByRole('button', { name: words('audit.historyOf', { name }) }).click();
        const dialog = page.getByRole('dialog', { name: words('audit.historyOf', { name }) });
        await dialog.locator('summary').first().click();
        await dialog.getByText(name).last().waitFor();
        await keepPicture(page, `history/owner-${path.split('/')[1]}-${locale}`);
        expect(await axeViolations(page)).toEqual([]);
      }
      await open(`/systems/${system}?tab=history`);
      const history = page.getByRole('table', { name: words('audit.history') });
      for (const action of ['auditAction.improvement.opened', 'auditAction.drill.planned'] as const)
        await history.getByText(words(action), { exact: true }).first().waitFor();
      await keepPicture(page, `history/owner-system-${locale}`);
      expect(await axeViolations(page)).toEqual([]);
    });
  },
);

it('who may not read audit events is offered no history', () =>
  stage.visit({ as: 'manager' }, async ({ page, words, open }) => {
    const { id } = (await (await stage.app.as('manager')).get('/backup-profiles')).body.items[0];
    await open(`/backup-profiles/${id}`);
    expect(await page.getByRole('button', { name: words('audit.historyOf', { name: '' }) }).count()).toBe(0);
  }));
