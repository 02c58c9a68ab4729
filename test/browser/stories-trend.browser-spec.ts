import { axeViolations } from '../support/axe';
import { keepPicture } from '../support/screenshots';
import { Stage } from '../support/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('trend');
}, 120_000);

afterAll(() => stage?.close());

it.each(['ja', 'en'] as const)(
  'a manager sees how readiness went, and the figures behind it, in %s',
  async (locale) => {
    const manager = await stage.app.as('manager');
    const { headers } = await manager.get('/me');
    await manager.patch('/me', { locale }, headers.get('etag'));
    const { days } = (await manager.get('/readiness/trend')).body;
    const { tier, total, byVerdict } = days.at(-1).tiers[0];
    const { changes } = (await manager.get('/readiness/tiers')).body;
    await stage.visit({ as: 'manager', locale }, async ({ page, words, open }) => {
      await open('/');
      const section = page
        .locator('section')
        .filter({ has: page.getByRole('heading', { name: words('trend.title') }) });
      const chart = section.getByRole('img').first();
      await chart.waitFor();
      expect(await chart.getAttribute('aria-label')).toContain(words(`domain:tier.${tier}`));
      await page.getByRole('grid', { name: words('readiness.heatmap') }).waitFor();
      const row = page
        .getByRole('table', { name: words('readiness.byTier') })
        .getByRole('row')
        .nth(1);
      const way = (ready: number): string => (ready > 0 ? 'more' : ready < 0 ? 'fewer' : 'same');
      for (const { period, tiers } of changes) {
        const said = words(`change.${period}.${way(tiers[0].ready)}`, { count: Math.abs(tiers[0].ready) });
        expect(await row.textContent()).toContain(said);
      }
      await section.locator('summary').click();
      const ready = byVerdict.READY + byVerdict.READY_WITH_WAIVERS;
      const latest = section.getByRole('row').nth(1);
      expect(await latest.textContent()).toContain(
        words('trend.cell', { ready, total, notReady: byVerdict.NOT_READY }),
      );
      expect(await section.getByRole('row').count()).toBe(days.length + 1);
      expect(await axeViolations(page)).toEqual([]);
      await section.locator('summary').click();
      await chart.scrollIntoViewIfNeeded();
      await keepPicture(page, `trend/trend-${locale}`);
      await section.getByLabel(words('trend.span')).selectOption('30');
      await page.waitForURL(/trend=30/);
      await page.reload();
      await page.getByRole('grid', { name: words('readiness.heatmap') }).waitFor();
    });
  },
);

it('a manager follows a system whose readiness has changed to what it lacks', async () => {
  const manager = await stage.app.as('manager');
  await manager.patch('/me', { locale: 'ja' }, (await manager.get('/me')).headers.get('etag'));
  const { items } = (await manager.get('/readiness/movers?from=2026-11-16')).body;
  const [{ system, from, to, sentence }] = items;
  await stage.visit({ as: 'manager' }, async ({ page, words, open }) => {
    await open('/?moved=7');
    const row = page
      .getByRole('table', { name: words('movers.title') })
      .getByRole('row')
      .nth(1);
    await row.getByText(sentence.text).waitFor();
    for (const verdict of [from, to]) expect(await row.textContent()).toContain(words(`domain:verdict.${verdict}`));
    await row.scrollIntoViewIfNeeded();
    await keepPicture(page, 'trend/movers-ja');
    await row.getByRole('link', { name: system.name }).click();
    await page.getByRole('heading', { level: 1, name: system.name }).waitFor();
  });
});
