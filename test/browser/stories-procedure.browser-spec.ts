import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { axeViolations } from '../support/axe';
import { saveScreenshot } from '../support/screenshots';
import { Stage } from '../support/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('procedure');
}, 120_000);

afterAll(() => stage?.close());

const runbook = (name: string): string => readFileSync(join(__dirname, '../fixtures/runbooks', `${name}.md`), 'utf8');

async function idOf(code: string): Promise<string> {
  const { body } = await (await stage.app.as('admin')).get(`/systems?q=${code}`);
  return body.items[0].id as string;
}

it('a runbook is pasted, its steps are read out of it and corrected, and all of it is readable', async () => {
  const id = await idOf('RYOHI');
  await stage.visit({ as: 'owner' }, async (visit) => {
    const { page, words } = visit;
    await visit.open(`/systems/${id}/procedures/new`);
    await page.getByLabel(words('procedures.title')).fill('データベースの復元');
    const read = page.getByRole('button', { name: words('procedures.readSteps') });
    expect(await read.isDisabled()).toBe(true);
    await page.getByLabel(words('procedures.text')).fill(runbook('govuk-restore-rds'));
    await page.getByLabel(words('procedures.launchCriteria')).fill('本番のデータベースが失われたとき');
    await page.getByLabel(words('procedures.launchedBy')).fill('情報セキュリティ責任者');
    await read.click();
    const dialog = page.getByRole('dialog', { name: words('procedures.readSteps') });
    const take = (count: number) => dialog.getByRole('button', { name: words('procedures.takeSteps', { count }) });
    await take(8).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await saveScreenshot(page, 'procedures/read-steps');
    await dialog.getByRole('checkbox', { name: /Get the new database's hostname/ }).uncheck({ force: true });
    await take(7).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await page.locator('input[name="steps.0.title"]').inputValue()).toMatch(/^Retrieve a list/);
    expect(await page.locator('input[name$=".title"]').count()).toBe(7);
    await page.getByRole('button', { name: words('procedures.saveDraft') }).click();
    await visit.settled('データベースの復元');
    await page.getByText('情報セキュリティ責任者').first().waitFor();
    await page.getByRole('heading', { name: 'Delete an obsolete database' }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await saveScreenshot(page, 'procedures/pasted');
  });
});

it('template tags and HTML are text, scripts do not run, and pictures of elsewhere are not fetched', async () => {
  const id = await idOf('RYOHI');
  const hostile = [
    '{{ site.baseurl }} {% raw %} <%= `id` %>',
    '<script>document.title = "taken"</script>',
    '<img src="https://elsewhere.example/x.png" onerror="document.title = `taken`">',
    '![図](https://elsewhere.example/y.png)',
    '[押す](javascript:alert(1))',
    '| a | b |\n| - | -: |\n| 1 | 2 |',
  ].join('\n\n');
  const owner = await stage.app.as('owner');
  const steps = [{ key: 'a', title: '復元', instructions: `password: kasumigaseki9\n\n${hostile}` }];
  const { body } = await owner.post(`/systems/${id}/procedures`, { title: '雑多', markdown: hostile, steps });
  await stage.visit({ as: 'owner' }, async (visit) => {
    const { page, words } = visit;
    await visit.open(`/systems/${id}/procedures/${body.id}`);
    const text = await page.getByRole('main').innerText();
    for (const shown of ['{{ site.baseurl }}', '{% raw %}', '<%= ', '<script>', '<img src=', '[図]'])
      expect(text).toContain(shown);
    expect(await page.title()).not.toBe('taken');
    expect(await page.locator('main img, main script').count()).toBe(0);
    expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
    await page.getByText(words('procedures.secretsTitle')).waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });
});

it('an approver reads what a new version changes before deciding', async () => {
  const id = await idOf('RYOHI');
  const owner = await stage.app.as('owner');
  const manager = await stage.app.as('manager');
  const first = { markdown: '# 復旧\n\n本省の写しを使う。', steps: [{ key: 'a', title: '復元', plannedMinutes: 60 }] };
  const { body: one } = await owner.post(`/systems/${id}/procedures`, { title: '全面復旧', ...first });
  await owner.post(`/procedure-versions/${one.id}/submit`);
  await manager.post(`/procedure-versions/${one.id}/approve`, {});
  const { body: two } = await owner.post(`/procedures/${one.procedureId}/versions`, {
    markdown: '# 復旧\n\n遠隔地の写しを使う。',
    steps: [
      { key: 'a', title: '復元', plannedMinutes: 90 },
      { key: 'b', title: '業務確認', dependsOn: ['a'] },
    ],
    contacts: [{ name: '運用 さくら', phone: '03-0000-0001' }],
  });
  await owner.post(`/procedure-versions/${two.id}/submit`);
  await stage.visit({ as: 'manager' }, async (visit) => {
    const { page, words } = visit;
    await visit.open(`/systems/${id}/procedures/${two.id}`);
    const title = words('diff.title', { version: 1 });
    await page.getByRole('heading', { name: title }).waitFor();
    const section = page.locator('section', { has: page.getByRole('heading', { name: title }) });
    const text = await section.innerText();
    expect(text).toContain('− 本省の写しを使う。');
    expect(text).toContain('+ 遠隔地の写しを使う。');
    expect(text.replace(/\s+/g, ' ')).toContain(`${words('procedures.stepField.plannedMinutes')}：60 → 90`);
    expect(text).toContain('業務確認');
    expect(text).toContain('03-0000-0001');
    expect(await axeViolations(page)).toEqual([]);
    await saveScreenshot(page, 'procedures/diff');
  });
});

it('the critical path is set against the RTO, and paper has boxes to sign', async () => {
  const id = await idOf('RYOHI');
  const owner = await stage.app.as('owner');
  const { body } = await owner.post(`/systems/${id}/procedures`, {
    title: '長い手順',
    steps: [
      { key: 'a', title: '調達', plannedMinutes: 200 },
      { key: 'b', title: '復元', plannedMinutes: 100, dependsOn: ['a'] },
      { key: 'c', title: '連絡', plannedMinutes: 5 },
    ],
  });
  await stage.visit({ as: 'owner' }, async (visit) => {
    const { page, words } = visit;
    await visit.open(`/systems/${id}/procedures/${body.id}`);
    await page.getByText(words('procedures.overRto', { rto: '4時間', time: '60分' })).waitFor();
    expect(await page.getByText(words('procedures.critical'), { exact: true }).count()).toBe(2);
    const boxes = page.getByRole('table', { name: words('signOff.title') });
    expect(await boxes.count()).toBe(0);
    await page.emulateMedia({ media: 'print' });
    await boxes.waitFor();
    await saveScreenshot(page, 'procedures/print');
  });
});
