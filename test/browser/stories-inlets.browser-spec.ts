import { InletSizes } from '../../src/evidence/inlet/schedule/inlet-sizes';
import { axeViolations } from '../support/axe';
import { NIGHTLY, resticRun, resticSummary } from '../support/builders/inlets';
import { keepPicture } from '../support/screenshots';
import { Stage } from '../support/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('inlets');
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

const post = (url: string, body?: object): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: body && { 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });

it.each(['ja', 'en'] as const)(
  'a tool is connected, its first signal is seen, and its runs are looked at, in %s',
  async (locale) => {
    const { systemId, id } = await requirement();
    const manager = await stage.app.as('manager');
    const { headers } = await manager.get('/me');
    await manager.patch('/me', { locale }, headers.get('etag'));
    await stage.visit({ as: 'manager', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/systems/${systemId}/backups/${id}/runs`);
      await page.getByRole('button', { name: words('inlets.connect') }).click();
      const form = page.getByRole('dialog', { name: words('inlets.connect') });
      await form.getByLabel(words('inlets.name')).fill(`db01 ${locale}`);
      await form.getByLabel(words('inlets.tool')).selectOption('restic');
      expect(await axeViolations(page)).toEqual([]);
      await form.getByRole('button', { name: words('inlets.makeAddress') }).click();
      const dialog = page.getByRole('alertdialog', { name: words('inlets.commandTitle', { name: `db01 ${locale}` }) });
      await dialog.getByText(words('inlets.waiting')).waitFor();
      const url = /https?:\S+\/inlet\/\w+/.exec((await dialog.textContent()) ?? '')?.[0] ?? '';
      expect(await dialog.locator('pre').textContent()).toContain('restic');
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `inlets/waiting-${locale}`);
      expect(
        (await post(url, resticRun(`${locale === 'ja' ? 'a' : 'b'}aaa0001`, stage.app.clock.now().toISOString())))
          .status,
      ).toBe(201);
      await dialog
        .getByText(words('inlets.received', { at: '' }).split(' ')[0] ?? '', { exact: false })
        .first()
        .waitFor();
      await keepPicture(page, `inlets/received-${locale}`);
      await dialog.getByRole('button', { name: words('inlets.kept') }).click();
      await post(url, { tool: 'restic', stdout: '{"message_type":' });
      await visit.open(`/systems/${systemId}/backups/${id}/runs`);
      const card = page.getByRole('listitem').filter({ hasText: `db01 ${locale}` });
      await card.getByText(words('inlets.state.FAILING')).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `inlets/runs-${locale}`);
      await card.getByRole('button', { name: words('inlets.messages') }).click();
      const messages = page.getByRole('dialog', { name: words('inlets.messagesOf', { name: `db01 ${locale}` }) });
      await messages.getByText(words('inlets.disposition.REFUSED')).waitFor();
      await messages.getByRole('button', { expanded: false }).first().click();
      await messages.locator('pre').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `inlets/messages-${locale}`);
    });
  },
);

it.each(['ja', 'en'] as const)('a backup of an unusual size is seen, and said to be right, in %s', async (locale) => {
  const { systemId, id } = await requirement();
  const manager = await stage.app.as('manager');
  const { headers } = await manager.get('/me');
  await manager.patch('/me', { locale }, headers.get('etag'));
  const { body } = await manager.post(`/backup-requirements/${id}/inlets`, { ...NIGHTLY, name: `size ${locale}` });
  const now = stage.app.clock.now().getTime();
  for (let night = 9; night >= 0; night -= 1) {
    const at = new Date(now - night * 60_000).toISOString();
    const size = night === 0 ? 400_000 : 1_000_000 + night;
    const stdout = resticSummary(`${locale === 'ja' ? 'c' : 'd'}ccc000${night}`, at, { total_bytes_processed: size });
    expect((await post(body.url, resticRun('', at, { stdout }))).status).toBe(201);
  }
  await stage.app.app.get(InletSizes, { strict: false }).run();
  await stage.visit({ as: 'manager', locale }, async ({ page, words, open }) => {
    await open(`/systems/${systemId}/backups/${id}/runs`);
    const card = page.getByRole('listitem').filter({ hasText: `size ${locale}` });
    await card.getByText(words('inlets.state.UNUSUAL')).waitFor();
    await keepPicture(page, `inlets/unusual-${locale}`);
    await card.getByRole('button', { name: words('inlets.acceptSize') }).press('Enter');
    const dialog = page.getByRole('dialog', { name: words('inlets.acceptSize') });
    await dialog.getByRole('button', { name: words('inlets.acceptSize') }).click();
    await dialog.getByRole('textbox', { name: words('inlets.sizeReason'), disabled: false }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await keepPicture(page, `inlets/accept-size-${locale}`);
    await dialog.getByLabel(words('inlets.sizeReason')).fill('moved');
    await dialog.getByRole('button', { name: words('inlets.acceptSize') }).click();
    await page.getByText(words('inlets.sizeAccepted')).waitFor();
    await card.getByText(words('inlets.state.ON_TIME')).waitFor();
    expect(await card.getByRole('button', { name: words('inlets.acceptSize') }).count()).toBe(0);
  });
});
