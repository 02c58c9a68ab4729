import { axeViolations } from '../support/axe';
import { keepPicture } from '../support/screenshots';
import { Stage } from '../support/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('dependencies');
}, 120_000);

afterAll(() => stage?.close());

it.each(['ja', 'en'] as const)(
  'in %s, an owner says what a system needs, sees where that is held to less, and is told of a circle by its path',
  async (locale) => {
    await stage.speak(locale, 'manager');
    const manager = await stage.app.as('manager');
    const { items } = (await manager.get('/systems?limit=200&sort=name')).body as {
      items: { id: string; code: string; name: string; nameEn: string }[];
    };
    const high = items.find(({ code }) => code === 'RYOHI') as (typeof items)[number];
    const low = items.find(({ code }) => code === 'BUNSHO') as (typeof items)[number];
    const nameOf = ({ name, nameEn }: typeof high): string => (locale === 'en' ? nameEn : name);
    await stage.visit({ as: 'manager', locale, refusals: ['409 PUT /systems/:id/dependencies'] }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/systems/${high.id}?tab=dependencies`);
      await page.getByText(words('dependencies.needsNothing')).waitFor();
      await page.getByRole('button', { name: words('dependencies.edit') }).click();
      const dialog = page.getByRole('dialog', { name: words('dependencies.edit') });
      await dialog.getByRole('searchbox').fill(nameOf(low));
      await dialog.getByRole('button', { name: words('dependencies.addNamed', { name: nameOf(low) }) }).click();
      expect(await axeViolations(page)).toEqual([]);
      await dialog.getByRole('button', { name: words('action.save') }).click();
      await page.getByText(words('dependencies.saved')).waitFor();
      const row = page
        .getByRole('table', { name: words('dependencies.needs') })
        .getByRole('row', { name: nameOf(low) });
      await row.getByText(words('dependencies.inversion.LOWER_TIER')).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `dependencies/${locale}-needs`);

      await row.getByRole('link', { name: nameOf(low) }).click();
      await visit.settled(nameOf(low));
      const other = page
        .getByRole('table', { name: words('dependencies.neededBy') })
        .getByRole('row', { name: nameOf(high) });
      await other.getByText(words('dependencies.inversion.LOWER_TIER')).waitFor();
      await page.getByRole('button', { name: words('dependencies.edit') }).click();
      await dialog.getByRole('searchbox').fill(high.code);
      await dialog.getByRole('button', { name: words('dependencies.addNamed', { name: nameOf(high) }) }).click();
      await dialog.getByRole('button', { name: words('action.save') }).click();
      await dialog.getByRole('alert').getByText(`${low.code} → ${high.code} → ${low.code}`).waitFor();
    });
    const { headers } = await manager.get(`/systems/${high.id}`);
    await manager.put(`/systems/${high.id}/dependencies`, { dependsOn: [] }, headers.get('etag'));
  },
);
