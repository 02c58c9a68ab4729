import { axeViolations } from '../support/axe';
import { keepPicture } from '../support/screenshots';
import { Stage } from '../support/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('merge');
}, 120_000);

afterAll(() => stage?.close());

it.each(['ja', 'en'] as const)('in %s, the second to save chooses field by field', async (locale) => {
  await stage.speak(locale, 'manager');
  const owner = await stage.app.as('owner');
  const { id } = (await owner.get('/systems?q=RYOHI')).body.items[0];
  const read = async () => owner.get(`/systems/${id}`);
  await stage.visit({ as: 'manager', locale, refusals: ['412 PATCH /systems/:id'] }, async (visit) => {
    const { page, words } = visit;
    const field = (name: string) => page.getByRole('textbox', { name: words(`systemFields.${name}`), exact: true });
    await visit.open(`/systems/${id}/edit`);
    const theirs = { note: `相手の備考 ${locale}`, supplier: `相手の社 ${locale}` };
    await owner.patch(`/systems/${id}`, theirs, (await read()).headers.get('etag'));
    await field('supplier').fill(`自分の社 ${locale}`);
    await field('nameEn').fill(`Travel ${locale}`);
    await page.getByRole('button', { name: words('action.save'), exact: true }).click();
    await page.getByRole('button', { name: words('stale.merge') }).click();
    const dialog = page.getByRole('dialog', { name: words('merge.title') });
    await dialog.getByText(/運用 さくら/).waitFor();
    await dialog.getByRole('button', { name: words('merge.save') }).click();
    await dialog
      .getByRole('alert')
      .getByText(words('merge.open', { count: 1 }))
      .waitFor();
    const contested = dialog.getByRole('radiogroup', {
      name: words('merge.contested', { field: words('systemFields.supplier') }),
    });
    await contested.getByRole('radio').first().focus();
    await page.keyboard.press('Space');
    await keepPicture(page, `merge/system-${locale}`);
    expect(await axeViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: words('merge.save') }).click();
    await visit.settled();
    await page.getByText(`自分の社 ${locale}`).waitFor();
    expect((await read()).body).toMatchObject({
      nameEn: `Travel ${locale}`,
      supplier: `自分の社 ${locale}`,
      note: `相手の備考 ${locale}`,
    });
  });
});
