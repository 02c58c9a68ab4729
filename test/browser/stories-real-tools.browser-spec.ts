import { InletSweep } from '../../src/evidence/inlet/schedule/inlet-sweep';
import { FreshVerdicts } from '../../src/obligations/clocks/fresh-verdicts';
import { ObligationTick } from '../../src/obligations/clocks/obligation-tick';
import { axeViolations } from '../support/axe';
import { BackupHost, missingOf } from '../support/running/real-tools';
import { keepPicture } from '../support/screenshots';
import { Stage, type Visit } from '../support/stage';
import type { Locale } from '../support/words';

const HOUR_MS = 3_600_000;
const missing = missingOf('curl', 'restic');

let stage: Stage;
let host: BackupHost;

beforeAll(async () => {
  stage = await Stage.open('real-tools', { SESSION_HOURS: '720', SESSION_IDLE_HOURS: '168' });
  host = new BackupHost((repository) => ({ RESTIC_REPOSITORY: repository, RESTIC_PASSWORD: 'of the test' }));
  if (missing.length === 0) expect(await host.run('restic init')).toMatchObject({ code: 0 });
}, 120_000);
afterAll(async () => {
  host?.remove();
  await stage?.close();
});

it('is told with a real restic, or says what is missing', () => {
  if (missing.length > 0) process.stdout.write(`Missing here: ${missing.join(', ')}\n`);
  expect(stage.origin).toMatch(/^http/);
});

/** A system with an approved requirement that nothing has been proven of. */
async function requirement(locale: Locale): Promise<{ systemId: string; id: string }> {
  const [admin, manager] = await Promise.all([stage.app.as('admin'), stage.app.as('manager')]);
  const [like] = (await manager.get('/systems?limit=1')).body.items;
  const system = await manager.post('/systems', {
    ...{ code: `REAL-${locale.toUpperCase()}`, name: '申請受付システム', nameEn: 'Applications', tier: 'MODERATE' },
    organisationId: like.organisation.id,
  });
  const declared = await admin.post(`/systems/${system.body.id}/backup-requirements`, {
    ...{ dataset: '申請DB', method: 'restic', interval: 'PT24H', retention: 'P35D', rpo: 'PT24H' },
    copies: [
      { site: '東京', medium: 'disk' },
      { site: '大阪', medium: 'object storage', offsite: true, immutable: true },
    ],
  });
  const approved = await manager.post(`/backup-requirements/${declared.body.id}/approve`, {});
  expect([system.status, declared.status, approved.status]).toEqual([201, 201, 200]);
  return { systemId: system.body.id, id: declared.body.id };
}

/** Lets the worker's clocks do at once what they do every few seconds. */
async function settle(now: Date): Promise<void> {
  stage.app.clock.set(now.toISOString());
  const find = <T>(type: new (...args: never[]) => T): T => stage.app.app.get(type as never, { strict: false });
  await find(FreshVerdicts).run();
  await find(FreshVerdicts).settled();
  await find(ObligationTick).run();
  await find(InletSweep).run();
}

async function freshnessOf(systemId: string): Promise<string> {
  const { body } = await (await stage.app.as('manager')).get(`/systems/${systemId}/obligations?limit=200`);
  return body.items.find(({ ruleKey }: { ruleKey: string }) => ruleKey === 'recovery-point-fresh')?.state;
}

async function look({ page }: Visit, name: string): Promise<void> {
  expect(await axeViolations(page)).toEqual([]);
  await keepPicture(page, `real-tools/${name}`);
}

for (const locale of missing.length > 0 ? [] : (['ja', 'en'] as const))
  it(`a tool is connected, its backup turns the requirement green, and its silence turns it red, in ${locale}`, async () => {
    await stage.speak(locale, 'manager');
    stage.app.clock.set(new Date().toISOString());
    const { systemId, id } = await requirement(locale);
    expect(await freshnessOf(systemId)).not.toBe('MET');
    await stage.visit({ as: 'manager', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/systems/${systemId}/backups/${id}/runs`);
      await page.getByRole('button', { name: words('inlets.connect') }).click();
      const form = page.getByRole('dialog', { name: words('inlets.connect') });
      await form.getByLabel(words('inlets.name')).fill('db01');
      await form.getByLabel(words('inlets.tool')).selectOption('restic');
      await form.getByRole('button', { name: words('inlets.makeAddress') }).click();
      const dialog = page.getByRole('alertdialog', { name: words('inlets.commandTitle', { name: 'db01' }) });
      await dialog.getByText(words('inlets.waiting')).waitFor();
      await look(visit, `${locale}-waiting`);

      const shown = (await dialog.locator('pre').textContent()) ?? '';
      const { code, stderr } = await host.run(shown.replaceAll('/srv/data', host.data));
      expect([code, stderr]).toEqual([0, '']);
      await dialog
        .getByText(words('inlets.received', { at: '' }).split(' ')[0] ?? '')
        .first()
        .waitFor();
      await look(visit, `${locale}-received`);
      await dialog.getByRole('button', { name: words('inlets.kept') }).click();

      await settle(new Date());
      expect(await freshnessOf(systemId)).toBe('MET');
      await visit.open(`/systems/${systemId}/backups/${id}/runs`);
      await page.getByText(words('inlets.grade.FINE')).waitFor();
      await page.getByText(words('inlets.state.ON_TIME'), { exact: true }).waitFor();
      await look(visit, `${locale}-green`);

      await settle(new Date(Date.now() + 72 * HOUR_MS));
      expect(await freshnessOf(systemId)).toBe('OVERDUE');
      await visit.open(`/systems/${systemId}/backups/${id}/runs`);
      await page.getByText(words('inlets.grade.CRITICAL')).waitFor();
      await page.getByText(words('inlets.state.MISSED'), { exact: true }).waitFor();
      await look(visit, `${locale}-red`);
      await visit.open(`/systems/${systemId}`);
      await look(visit, `${locale}-red-system`);
    });
  });
