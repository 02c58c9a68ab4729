import { axeViolations } from '../support/axe';
import { NIGHTLY } from '../support/builders/inlets';
import { keepPicture } from '../support/screenshots';
import { Stage } from '../support/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('inlet edits');
}, 120_000);

afterAll(() => stage?.close());

/** A requirement that the manager may connect a tool to. */
async function requirement(): Promise<{ systemId: string; id: string }> {
  const manager = await stage.app.as('manager');
  for (const { id } of (await manager.get('/systems?limit=50')).body.items) {
    const { items } = (await manager.get(`/systems/${id}/backup-requirements`)).body;
    if (items[0]) return { systemId: id, id: items[0].id };
  }
  throw new Error('The demo has no backup requirement');
}

const mapping = (pointer: string): string => JSON.stringify({ fields: { outcome: { pointer } } });

it.each(['ja', 'en'] as const)(
  'JSON of any shape is connected with a mapping that is checked, in %s',
  async (locale) => {
    const { systemId, id } = await requirement();
    await stage.speak(locale, 'manager');
    const refusals = ['422 POST /backup-requirements/:id/inlets'];
    await stage.visit({ as: 'manager', locale, refusals }, async ({ page, words, open }) => {
      await open(`/systems/${systemId}/backups/${id}/runs`);
      await page.getByRole('button', { name: words('inlets.connect') }).click();
      const form = page.getByRole('dialog', { name: words('inlets.connect') });
      await form.getByLabel(words('inlets.name')).fill(`json ${locale}`);
      const field = form.getByRole('textbox', { name: words('inlets.mapping') });
      expect(await field.count()).toBe(0);
      await form.getByLabel(words('inlets.tool')).selectOption('generic-json');
      await form.getByText(words('inlets.mappingHint')).waitFor();
      const send = form.getByRole('button', { name: words('inlets.makeAddress') });
      const alert = form.getByRole('alert').first();
      await send.click();
      await alert.getByRole('link', { name: words('inlets.mapping') }).waitFor();
      await field.fill('{ "fields": ');
      await send.click();
      await alert.getByText(words('inlets.mappingNoJson')).waitFor();
      await field.fill(mapping('state'));
      await send.click();
      await alert.getByText('fields/outcome/pointer').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `inlets/mapping-${locale}`);
      await field.fill(mapping('/state'));
      await send.click();
      const dialog = page.getByRole('alertdialog', { name: words('inlets.commandTitle', { name: `json ${locale}` }) });
      await dialog.getByText(words('inlets.waiting')).waitFor();
    });
  },
);

it.each(['ja', 'en'] as const)('an inlet is edited, also where somebody else was faster, in %s', async (locale) => {
  const { systemId, id } = await requirement();
  await stage.speak(locale, 'manager');
  const manager = await stage.app.as('manager');
  const inlet = { ...NIGHTLY, name: `director ${locale}`, tool: 'bacula', grace: 'P1DT2H' };
  const { body } = await manager.post(`/backup-requirements/${id}/inlets`, inlet);
  const refusals = ['422 PATCH /inlets/:id', '412 PATCH /inlets/:id'];
  await stage.visit({ as: 'manager', locale, refusals }, async ({ page, words, open }) => {
    await open(`/systems/${systemId}/backups/${id}/runs`);
    const card = page.getByRole('listitem').filter({ hasText: inlet.name });
    await card.getByRole('button', { name: words('inlets.edit'), exact: true }).click();
    const form = page.getByRole('dialog', { name: words('inlets.editTitle', { name: inlet.name }) });
    const names = form.getByRole('textbox', { name: words('inlets.ownNames') });
    const save = form.getByRole('button', { name: words('action.save'), exact: true });
    await names.fill('pay*roll');
    await save.click();
    await form.getByRole('alert').first().getByText('pay*roll').waitFor();
    await names.fill('payroll-*\n db01-fd \n');
    expect(await axeViolations(page)).toEqual([]);
    await keepPicture(page, `inlets/edit-${locale}`);
    await manager.patch(`/inlets/${body.id}`, { timeZone: 'Asia/Seoul', ownNames: ['theirs'] }, '"1"');
    await save.click();
    await page.getByRole('button', { name: words('stale.merge') }).click();
    const merge = page.getByRole('dialog', { name: words('merge.title') });
    const contested = words('merge.contested', { field: words('inlets.ownNames') });
    await merge.getByRole('radiogroup', { name: contested }).getByRole('radio').first().focus();
    await page.keyboard.press('Space');
    expect(await axeViolations(page)).toEqual([]);
    await merge.getByRole('button', { name: words('merge.save') }).click();
    await page.getByText(words('inlets.edited')).waitFor();
    await card.getByText('payroll-*').waitFor();
    await keepPicture(page, `inlets/edited-${locale}`);
  });
  expect((await manager.get(`/inlets/${body.id}`)).body).toMatchObject({
    ...{ name: inlet.name, tool: 'bacula', grace: 'P1DT2H', timeZone: 'Asia/Seoul', mapping: null },
    ownNames: ['payroll-*', 'db01-fd'],
  });
});

it('an inlet is not offered for editing to who may only look', async () => {
  const { systemId, id } = await requirement();
  await (await stage.app.as('manager')).post(`/backup-requirements/${id}/inlets`, { ...NIGHTLY, name: 'looked at' });
  await stage.visit({ as: 'auditor' }, async ({ page, words, open }) => {
    await open(`/systems/${systemId}/backups/${id}/runs`);
    const card = page.getByRole('listitem').filter({ hasText: 'looked at' });
    await card.getByRole('button', { name: words('inlets.messages') }).waitFor();
    expect(await card.getByRole('button', { name: words('inlets.edit'), exact: true }).count()).toBe(0);
  });
});
