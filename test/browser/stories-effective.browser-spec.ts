import { axeViolations } from '../support/axe';
import { keepPicture } from '../support/screenshots';
import { Stage } from '../support/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('effective verdict');
}, 120_000);

afterAll(() => stage?.close());

it.each(['ja', 'en'] as const)(
  'an owner sees that a system that is ready by itself is not with what it needs, and goes there, in %s',
  async (locale) => {
    const owner = await stage.app.as('owner');
    await owner.patch('/me', { locale }, (await owner.get('/me')).headers.get('etag'));
    const { items } = (await owner.get('/systems?q=BUNSHO')).body;
    const { verdict, effective } = (await owner.get(`/systems/${items[0].id}/readiness`)).body;
    expect([verdict, effective.verdict]).toEqual(['READY', 'NOT_READY']);
    const [{ system }] = effective.chain;
    const name = (named: { name: string; nameEn: string }): string => (locale === 'en' ? named.nameEn : named.name);
    await stage.visit({ as: 'owner', locale }, async ({ page, words, open }) => {
      await open(`/systems/${items[0].id}`);
      const card = page.getByRole('region', { name: words('verdict.title') });
      await card.getByRole('heading', { name: words('effective.title') }).waitFor();
      for (const each of [verdict, effective.verdict])
        await card
          .getByText(words(`domain:verdict.${each}`))
          .first()
          .waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `effective/system-${locale}`);
      const chain = page.getByRole('list', { name: words('effective.chain') });
      await chain.getByRole('link', { name: name(system) }).click();
      await page.getByRole('heading', { level: 1, name: name(system) }).waitFor();
    });
  },
);

it.each(['ja', 'en'] as const)(
  'a manager sees per tier what stands worse for what it needs, and which systems these are, in %s',
  async (locale) => {
    await stage.speak(locale, 'manager');
    const manager = await stage.app.as('manager');
    const { tiers } = (await manager.get('/readiness/effective')).body;
    const [worse] = tiers.filter(({ heldBack }: { heldBack: number }) => heldBack > 0);
    await stage.visit({ as: 'manager', locale }, async ({ page, words, open }) => {
      await open('/');
      const row = page
        .getByRole('table', { name: words('effective.title') })
        .getByRole('row')
        .filter({ hasText: words(`domain:tier.${worse.tier}`) });
      await row.waitFor();
      await page.getByRole('grid', { name: words('readiness.heatmap') }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `effective/readiness-${locale}`);
      await row
        .getByRole('link', { name: `${worse.heldBack}`, exact: true })
        .last()
        .click();
      await page.waitForURL(/\/systems.*heldBack=true/);
      const list = page.getByRole('table', { name: words('systems.title') });
      const verdict = words('domain:verdict.NOT_READY');
      await list.getByText(words('effective.with', { verdict })).first().waitFor();
      expect(await list.getByRole('row').count()).toBe(worse.heldBack + 1);
      expect(await page.getByLabel(words('effective.filter')).inputValue()).toBe('true');
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `effective/systems-${locale}`);
    });
  },
);
