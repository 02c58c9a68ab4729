import { formatDate } from '../../src/platform/messages/format';
import { axeViolations } from '../support/axe';
import { keepPicture } from '../support/screenshots';
import { Stage } from '../support/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('past day');
}, 120_000);

afterAll(() => stage?.close());

const DAY = '2026-11-01';

it.each(['ja', 'en'] as const)('a manager sees what was seen on a day, and comes back, in %s', async (locale) => {
  const manager = await stage.app.as('manager');
  const { headers } = await manager.get('/me');
  await manager.patch('/me', { locale }, headers.get('etag'));
  const { headline, tiers } = (await manager.get(`/readiness/tiers?asOf=${DAY}`)).body;
  await stage.visit({ as: 'manager', locale }, async ({ page, words, open }) => {
    await open('/');
    await page.getByLabel(words('past.day')).fill(DAY);
    await page.waitForURL(new RegExp(`asOf=.*${DAY}`));
    await page.getByText(headline.text).waitFor();
    const row = page
      .getByRole('table', { name: words('readiness.byTier') })
      .getByRole('row')
      .nth(1);
    const cells = await row.getByRole('cell').allTextContents();
    expect(cells.slice(0, 2)).toEqual([`${tiers[0].total}`, `${tiers[0].byVerdict.READY}`]);
    expect(await row.getByRole('link').count()).toBe(0);
    expect(await page.getByRole('grid').count()).toBe(0);
    await page.getByRole('img').first().waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await keepPicture(page, `past-day/past-${locale}`);
    await page.getByRole('button', { name: words('past.back') }).click();
    await page.getByRole('grid', { name: words('readiness.heatmap') }).waitFor();
    expect(page.url()).not.toContain('asOf');
  });
});

it('a day before the first frozen one is refused in plain words, and the way back is there', async () => {
  const manager = await stage.app.as('manager');
  await manager.patch('/me', { locale: 'ja' }, (await manager.get('/me')).headers.get('etag'));
  const { firstOn } = (await manager.get('/readiness/trend')).body;
  const day = formatDate('ja', firstOn);
  const refusals = ['422 GET /readiness/tiers'];
  await stage.visit({ as: 'manager', refusals }, async ({ page, words, open }) => {
    await open('/?asOf=2026-04-01');
    await page.getByText(`${day} より前の日の準備状況は記録されていません。`).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await keepPicture(page, 'past-day/refused-ja');
    await page.getByRole('button', { name: words('past.back') }).click();
    await page.getByRole('grid', { name: words('readiness.heatmap') }).waitFor();
  });
});
