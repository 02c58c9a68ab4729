import { readFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { axeViolations } from '../support/axe';
import { eventually } from '../support/eventually';
import { keepPicture } from '../support/screenshots';
import { Stage, type Visit } from '../support/stage';
import type { Locale } from '../support/words';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('policies stories');
}, 120_000);

afterAll(() => stage?.close());

const TITLE = { ja: '復元試験', en: 'Restore tested' };
const MEASURE = { ja: '来訪者用回線の分離', en: 'Guest network apart' };

/** The rule's own fieldset of one tier in the open dialog. */
const tierIn = (dialog: Locator, { words }: Visit, tier: string): Locator =>
  dialog.getByRole('group', { name: words('tier.label', { tier: words(`domain:tier.${tier}`) }) });

async function speak(locale: Locale): Promise<void> {
  for (const person of ['admin', 'ciso'] as const) {
    const client = await stage.app.as(person);
    const { headers } = await client.get('/me');
    expect((await client.patch('/me', { locale }, headers.get('etag'))).status).toBe(200);
  }
}

describe.each(['ja', 'en'] as const)('in %s', (locale) => {
  beforeAll(() => speak(locale));

  it('a draft is edited rule by rule; what is too lax is refused at its cell, put right and saved', () =>
    stage.visit({ as: 'admin', locale, refusals: ['422 PATCH /policies/:id'] }, async (visit) => {
      const { page, words } = visit;
      const picture = (name: string) => keepPicture(page, `policies/${locale}-${name}`);
      const editRule = async (rule: string): Promise<Locator> => {
        await page.getByRole('button', { name: words('policies.editRule', { rule }), exact: true }).click();
        return page.getByRole('dialog', { name: words('policies.ruleOf', { rule }) });
      };
      const apply = (dialog: Locator) => dialog.getByRole('button', { name: words('policies.applyRule') }).click();
      await visit.open('/policies');
      await page.getByRole('rowheader').getByRole('link').first().click();
      await page.getByRole('button', { name: words('policies.newDraft') }).click();
      const begin = page.getByRole('dialog', { name: words('policies.newDraft') });
      expect(await axeViolations(page)).toEqual([]);
      await begin.getByRole('button', { name: words('policies.begin') }).click();
      await page.getByText(words('policies.editText')).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await picture('edit');

      const dialog = await editRule(TITLE[locale]);
      await dialog.getByLabel(words('policies.clause')).fill('6.2.1(1)');
      await dialog.getByLabel(words('policies.edition')).fill('2023');
      const cadence = tierIn(dialog, visit, 'HIGH').getByLabel(
        words('duration.amountOf', { label: words('policies.cadence') }),
      );
      await cadence.fill('7');
      expect(await axeViolations(page)).toEqual([]);
      await picture('rule');
      await apply(dialog);
      await page.getByRole('button', { name: words('policies.saveDraft') }).click();
      const summary = page.getByRole('alert');
      await summary.waitFor();
      const row = page.getByRole('row').filter({ hasText: TITLE[locale] });
      const cell = row.getByRole('cell').first();
      const laxer = locale === 'ja' ? '下位の重要度の 6か月 より緩く' : 'laxer than 6 mo of the lower tier';
      await cell.getByText(laxer).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await picture('refused');
      await summary.getByRole('link').first().click();
      expect(await page.evaluate('document.activeElement.textContent')).toBe(words('policies.fix'));
      await page.keyboard.press('Enter');
      const again = page.getByRole('dialog', { name: words('policies.ruleOf', { rule: TITLE[locale] }) });
      await tierIn(again, visit, 'HIGH')
        .getByLabel(words('duration.amountOf', { label: words('policies.cadence') }))
        .fill('2');
      await apply(again);
      expect(await cell.getByText(laxer).count()).toBe(0);

      await page.getByRole('button', { name: words('policies.addMeasure') }).click();
      const adding = page.getByRole('dialog', { name: words('policies.addMeasure') });
      await adding.getByLabel(words('policies.titleIn.ja')).fill(MEASURE.ja);
      await adding.getByLabel(words('policies.titleIn.en')).fill(MEASURE.en);
      await adding.getByRole('button', { name: words('policies.addMeasureSubmit') }).click();
      await apply(page.getByRole('dialog', { name: words('policies.ruleOf', { rule: MEASURE[locale] }) }));
      const optional = locale === 'ja' ? '脆弱性診断' : 'Vulnerability assessment';
      await page.getByRole('button', { name: words('policies.switchOffRule', { rule: optional }) }).click();
      await page.getByRole('button', { name: words('policies.switchOnRule', { rule: optional }) }).waitFor();

      await page.getByRole('link', { name: words('nav.systems'), exact: true }).click();
      await page.getByRole('alertdialog', { name: words('unsaved.title') }).waitFor();
      await page.getByRole('button', { name: words('unsaved.stay') }).click();
      await page.getByRole('button', { name: words('policies.saveDraft') }).click();
      await page.getByText(words('policies.saved')).waitFor();
      await page
        .getByText(words('policies.clauseShown', { clause: ['6.2.1(1)', '2023'].join(words('form.listComma')) }))
        .waitFor();
      expect(await page.getByRole('button', { name: words('policies.publish') }).count()).toBe(0);
      await picture('draft');
    }));

  it('a draft that somebody else has saved meanwhile is not written over unseen', () =>
    stage.visit({ as: 'ciso', locale, refusals: ['412 PATCH /policies/:id'] }, async (visit) => {
      const { page, words } = visit;
      const admin = await stage.app.as('admin');
      const [{ id, rowVersion }] = (await admin.get('/policies?status=DRAFT')).body.items;
      await visit.open(`/policies/${id}/edit`);
      const grace = { HIGH: 'P30D', MODERATE: 'P60D', LOW: 'P80D' };
      await admin.patch(`/policies/${id}`, { grace }, `"${rowVersion}"`);
      const label = words('policies.graceOf', { tier: words('domain:tier.LOW') });
      await page.getByLabel(words('duration.amountOf', { label })).fill('70');
      await page.getByRole('button', { name: words('policies.saveDraft') }).click();
      await page.getByRole('dialog', { name: words('stale.title') }).waitFor();
      await page.getByRole('button', { name: words('stale.reload') }).click();
      const amount = page.getByLabel(words('duration.amountOf', { label }));
      await eventually(
        () => amount.inputValue(),
        (value) => value === '80',
      );
      await admin.delete(`/policies/${id}`, `"${rowVersion + 1}"`);
    }));

  it('another person runs it dry, sees what it would change, and publishes it', async () => {
    const admin = await stage.app.as('admin');
    const { organisation, id: before } = (await admin.get('/policies?status=PUBLISHED')).body.items[0];
    const { rules } = (await admin.get(`/policies/${before}/rules`)).body;
    const measure = {
      ...{ key: `measure-${locale}`, kind: 'ATTESTATION', scope: 'SYSTEM', metBy: { kinds: ['ATTESTATION'] } },
      title: MEASURE,
      tiers: { HIGH: { gating: true, cadence: 'P12M' } },
      ...{ clause: '7.1.1', edition: '2025' },
    };
    const drafted = { organisationId: organisation.id, pack: 'in-force', rules: [...rules, measure] };
    const { id, version } = (await admin.post('/policies', drafted)).body;
    await stage.visit({ as: 'ciso', locale }, async (visit) => {
      const { page, words } = visit;
      const picture = (name: string) => keepPicture(page, `policies/${locale}-${name}`);
      await visit.open(`/policies/${id}?tab=preview`);
      await page.getByText(words('preview.none')).waitFor();
      await page.getByRole('button', { name: words('preview.ask') }).click();
      await page.getByRole('heading', { name: words('preview.byTier') }).waitFor();
      await page.getByRole('rowheader', { name: MEASURE[locale] }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await picture('preview');
      await page.getByRole('tab', { name: words('policies.tab.changes') }).click();
      await page.getByRole('listitem').filter({ hasText: MEASURE[locale] }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await picture('changes');
      await page.getByRole('button', { name: words('policies.publish') }).click();
      const dialog = page.getByRole('dialog', { name: words('policies.publishTitle') });
      await dialog.getByRole('listitem').first().waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await picture('publish');
      await dialog.getByRole('button', { name: words('policies.publish') }).click();
      await page.getByText(words('policies.published')).waitFor();
      await page.getByRole('tab', { name: words('policies.tab.versions'), exact: true }).click();
      await page.getByRole('rowheader', { name: words('policies.versionNumber', { version }) }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await picture('versions');

      // What follows from the rule says which clause asks for it.
      const fields = {
        code: `CLAUSE-${locale}`,
        name: `条項 ${locale}`,
        organisationId: organisation.id,
        tier: 'HIGH',
      };
      const system = (await admin.post('/systems', fields)).body;
      await visit.open(`/systems/${system.id}`);
      const owed = page.getByRole('listitem').filter({ hasText: MEASURE[locale] });
      await owed
        .getByText(words('policies.clauseShown', { clause: ['7.1.1', '2025'].join(words('form.listComma')) }))
        .first()
        .waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await picture('clause');
    });
  });

  it('a policy is taken out as a file, and a draft begun from that file', async () => {
    await stage.visit({ as: 'admin', locale, context: { acceptDownloads: true } }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/policies');
      await page.getByRole('rowheader').getByRole('link').first().click();
      const link = page.getByRole('link', { name: words('policies.exportPack') });
      await link.waitFor();
      const [saved] = await Promise.all([page.waitForEvent('download'), link.click()]);
      expect(saved.suggestedFilename()).toMatch(/\.yaml$/);
      const pack = (await readFile(await saved.path(), 'utf8')).replace(
        'key: restore-test',
        'clause: 6.2.9\n    key: restore-test',
      );
      expect(pack).toContain('6.2.9');
      await page.getByRole('button', { name: words('policies.newDraft') }).click();
      const begin = page.getByRole('dialog', { name: words('policies.newDraft') });
      await begin.getByRole('radio', { name: words('policies.fromFile') }).check({ force: true });
      const file = { name: 'policy.yaml', mimeType: 'application/yaml', buffer: Buffer.from(pack) };
      await begin.getByLabel(words('policies.packFile'), { exact: true }).setInputFiles(file);
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `policies/${locale}-from-file`);
      await begin.getByRole('button', { name: words('policies.begin') }).click();
      await page.getByText(words('policies.editText')).waitFor();
      await page.getByText(words('policies.clauseShown', { clause: '6.2.9' })).waitFor();
      const admin = await stage.app.as('admin');
      const [{ id, rowVersion }] = (await admin.get('/policies?status=DRAFT')).body.items;
      expect((await admin.delete(`/policies/${id}`, `"${rowVersion}"`)).status).toBe(204);
    });
  });

  it('a dry run over many systems shows how far it has come, and then what it found', async () => {
    const { database, dataSource } = stage.app;
    const admin = await stage.app.as('admin');
    const { organisation, id: before } = (await admin.get('/policies?status=PUBLISHED')).body.items[0];
    const { rules } = (await admin.get(`/policies/${before}/rules`)).body;
    const drafted = { organisationId: organisation.id, pack: 'in-force', rules };
    const { id, rowVersion } = (await admin.post('/policies', drafted)).body;
    await database.query(
      `INSERT INTO system (id, organisation_id, code, name, tier, operating_since_on, tier_since_on)
       SELECT gen_random_uuid(), $1, 'BULK-' || n, '多数', 'LOW', '2026-01-01', '2026-01-01' FROM generate_series(1, 5001) n`,
      [organisation.id],
    );
    await database.query(
      `CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_xact_lock(5001); RETURN NEW; END';
       CREATE TRIGGER hold BEFORE UPDATE ON policy_preview FOR EACH ROW WHEN (NEW.systems_read > 5000) EXECUTE FUNCTION hold()`,
    );
    const held = dataSource.createQueryRunner();
    await held.query('SELECT pg_advisory_lock(5001)');
    await stage.visit({ as: 'ciso', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/policies/${id}?tab=preview`);
      await page.getByRole('button', { name: words('preview.ask') }).click();
      const bar = page.getByRole('progressbar', { name: words('preview.running') });
      await eventually(
        () => bar.getAttribute('aria-valuenow'),
        (value) => value === '4000',
      );
      expect(Number(await bar.getAttribute('aria-valuemax'))).toBeGreaterThan(5000);
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `policies/${locale}-progress`);
      await held.query('SELECT pg_advisory_unlock(5001)');
      await held.release();
      await page.getByRole('heading', { name: words('preview.byTier') }).waitFor();
      await bar.waitFor({ state: 'detached' });
    });
    await database.query('DROP TRIGGER hold ON policy_preview; DROP FUNCTION hold');
    await admin.delete(`/policies/${id}`, `"${rowVersion}"`);
    await database.query(`SET session_replication_role = replica; DELETE FROM system WHERE code LIKE 'BULK-%'`);
  });
});
