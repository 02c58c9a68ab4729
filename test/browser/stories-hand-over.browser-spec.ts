import { axeViolations } from '../support/axe';
import { keepPicture } from '../support/screenshots';
import { Stage, type Visit } from '../support/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('hand over');
}, 120_000);

afterAll(() => stage?.close());

const LOCALES = ['ja', 'en'] as const;

async function choosePerson({ page }: Visit, label: string, part: string): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: label }).click();
  await page.keyboard.type(part);
  await page.getByRole('option').filter({ hasText: part }).first().click();
}

it.each(LOCALES)('in %s, a system is handed over by keyboard and pointer, with what moves in sight', async (locale) => {
  await stage.speak(locale, 'admin', 'manager');
  const admin = await stage.app.as('admin');
  const owned = (await admin.get('/systems?lifecycle=OPERATING&limit=200')).body.items;
  const { id, name, nameEn } = owned.find(({ owner }: { owner: unknown }) => owner !== null);
  const called = locale === 'en' ? (nameEn ?? name) : name;
  await stage.visit({ as: 'manager', locale }, async (visit) => {
    const { page, words } = visit;
    await visit.open(`/systems/${id}`);
    await page.getByRole('button', { name: words('handOver.action'), exact: true }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: words('handOver.title', { name: called }) });
    await dialog.getByRole('region', { name: words('handOver.moves') }).waitFor();
    await dialog.getByRole('button', { name: words('handOver.submit'), exact: true }).click();
    await dialog.getByRole('alert').waitFor();
    await choosePerson(visit, words('handOver.owner'), '責任 一郎');
    await dialog.getByLabel(words('handOver.note')).fill('鍵は金庫にある');
    await keepPicture(page, `hand-over/system-${locale}`);
    expect(await axeViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: words('handOver.submit'), exact: true }).click();
    await page.getByText(words('handOver.done', { name: called })).waitFor();
    await page.getByText(words('obligations.owner', { name: '責任 一郎' })).waitFor();
  });
});

it.each(LOCALES)('in %s, everything of a person who leaves goes to another', async (locale) => {
  await stage.speak(locale, 'admin', 'manager');
  const admin = await stage.app.as('admin');
  const from = locale === 'ja' ? '運用 さくら' : '責任 一郎';
  const to = locale === 'ja' ? '責任 一郎' : '運用 さくら';
  const { items } = (await admin.get(`/users?q=${encodeURIComponent(from)}`)).body;
  const { items: systems } = (await admin.get(`/users/${items[0].id}/hand-over`)).body;
  await stage.visit({ as: 'admin', locale }, async (visit) => {
    const { page, words } = visit;
    await visit.open(`/users/${items[0].id}`);
    await page.getByRole('button', { name: words('handOver.personAction') }).click();
    const dialog = page.getByRole('dialog', { name: words('handOver.personTitle', { name: from }) });
    await dialog.getByText(words('handOver.choose')).waitFor();
    await choosePerson(visit, words('handOver.to'), to);
    await keepPicture(page, `hand-over/person-${locale}`);
    expect(await axeViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: words('handOver.submit'), exact: true }).click();
    await page.getByText(words('handOver.personDone', { count: systems.length })).waitFor();
    await page.getByText(words('users.noSystems')).waitFor();
  });
});

it.each(LOCALES)('in %s, a system that nobody can be reminded about leads to naming somebody', async (locale) => {
  await stage.speak(locale, 'admin', 'manager');
  const admin = await stage.app.as('admin');
  const { items } = (await admin.get('/organisations?q=MIHON-IND')).body;
  const fields = { code: `SILENT-${locale}`, name: `無担当 ${locale}`, organisationId: items[0].id, tier: 'LOW' };
  expect((await admin.post('/systems', fields)).status).toBe(201);
  const count = (await admin.get('/readiness/tiers')).body.unreachable;
  await stage.visit({ as: 'manager', locale }, async (visit) => {
    const { page, words } = visit;
    await visit.open('/');
    await page.getByRole('link', { name: words('reachable.count', { count }) }).click();
    await visit.settled(words('systems.title'));
    await keepPicture(page, `hand-over/unreachable-list-${locale}`);
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('link', { name: fields.name }).click();
    await page.getByText(words('domain:reason.NOBODY_NAMED')).waitFor();
    await keepPicture(page, `hand-over/unreachable-${locale}`);
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: words('reachable.name') }).click();
    await choosePerson(visit, words('handOver.owner'), '責任 一郎');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: words('handOver.submit'), exact: true })
      .click();
    await page.getByText(words('domain:reason.NOBODY_NAMED')).waitFor({ state: 'detached' });
  });
});
