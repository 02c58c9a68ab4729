import { axeViolations } from '../support/axe';
import { keepPicture } from '../support/screenshots';
import { Stage } from '../support/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('dependencies');
}, 120_000);

afterAll(() => stage?.close());

it('an owner says what a system needs, sees where that is held to less, and is told of a circle by its path', async () => {
  const manager = await stage.app.as('manager');
  const { items } = (await manager.get('/systems?limit=200&sort=name')).body as {
    items: { id: string; code: string; name: string; tier: string; organisation: { id: string } }[];
  };
  const high = items.find(({ code }) => code === 'RYOHI') as (typeof items)[number];
  const low = items.find(({ code }) => code === 'BUNSHO') as (typeof items)[number];
  await stage.visit({ as: 'manager', refusals: ['409 PUT /systems/:id/dependencies'] }, async (visit) => {
    const { page, words } = visit;
    await visit.open(`/systems/${high.id}?tab=dependencies`);
    await page.getByText(words('dependencies.needsNothing')).waitFor();
    await page.getByRole('button', { name: words('dependencies.edit') }).click();
    const dialog = page.getByRole('dialog', { name: words('dependencies.edit') });
    await dialog.getByRole('searchbox').fill(low.name);
    await dialog.getByRole('button', { name: words('dependencies.addNamed', { name: low.name }) }).click();
    expect(await axeViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: words('action.save') }).click();
    await page.getByText(words('dependencies.saved')).waitFor();
    const row = page.getByRole('table', { name: words('dependencies.needs') }).getByRole('row', { name: low.name });
    await row.getByText(words('dependencies.inversion.LOWER_TIER')).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await keepPicture(page, 'dependencies/needs');

    await row.getByRole('link', { name: low.name }).click();
    await visit.settled(low.name);
    const other = page
      .getByRole('table', { name: words('dependencies.neededBy') })
      .getByRole('row', { name: high.name });
    await other.getByText(words('dependencies.inversion.LOWER_TIER')).waitFor();
    await page.getByRole('button', { name: words('dependencies.edit') }).click();
    await dialog.getByRole('searchbox').fill(high.code);
    await dialog.getByRole('button', { name: words('dependencies.addNamed', { name: high.name }) }).click();
    await dialog.getByRole('button', { name: words('action.save') }).click();
    await dialog.getByRole('alert').getByText(`${low.code} → ${high.code} → ${low.code}`).waitFor();
  });
});
