import { axeViolations } from '../support/axe';
import { keepPicture } from '../support/screenshots';
import { Stage } from '../support/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('forecast');
}, 120_000);

afterAll(() => stage?.close());

it.each(['ja', 'en'] as const)(
  'a manager sees what becomes of readiness if nobody acts, and goes to the reason, in %s',
  async (locale) => {
    const manager = await stage.app.as('manager');
    const { headers } = await manager.get('/me');
    await manager.patch('/me', { locale }, headers.get('etag'));
    const { tiers } = (await manager.get('/readiness/forecast')).body;
    const [falling] = tiers.filter(({ events }: { events: object[] }) => events.length > 0);
    const [event] = falling.events;
    await stage.visit({ as: 'manager', locale }, async ({ page, words, open }) => {
      await open('/');
      const table = page.getByRole('table', { name: words('forecast.title') });
      const row = table
        .getByRole('row')
        .filter({ hasText: words(`domain:tier.${falling.tier}`) })
        .first();
      const first = row.getByRole('link').filter({ hasText: event.ruleTitle }).first();
      await first.waitFor();
      await page.getByRole('grid', { name: words('readiness.heatmap') }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await table.scrollIntoViewIfNeeded();
      await keepPicture(page, `forecast/readiness-${locale}`);
      await first.click();
      await page.waitForURL(/\/obligations\?/);
      await page.getByRole('heading', { level: 1, name: words('obligations.title') }).waitFor();
      await page.getByRole('listitem').filter({ hasText: event.ruleTitle }).first().waitFor();
    });
  },
);
