import type { Locator } from 'playwright-core';
import { axeViolations } from '../support/axe';
import type { Client } from '../support/client';
import { keepPicture } from '../support/screenshots';
import { Stage, type Visit } from '../support/stage';

/** What has been written and not saved is not lost without a question, and what is missing is told at its field. */

let stage: Stage;
let admin: Client;

beforeAll(async () => {
  stage = await Stage.open('guards');
  admin = await stage.app.as('admin');
}, 120_000);

afterAll(() => stage?.close());

const idOf = async (path: string): Promise<string> => (await admin.get(path)).body.items[0].id;

const question = ({ page, words }: Visit): Locator => page.getByRole('alertdialog', { name: words('unsaved.title') });

/** Tries to go on by `leave`, is asked, and stays. */
async function staysAfterAsking(visit: Visit, leave: () => Promise<unknown>): Promise<void> {
  await leave();
  await question(visit)
    .getByRole('button', { name: visit.words('unsaved.stay') })
    .click();
  await question(visit).waitFor({ state: 'detached' });
}

const toSystems = ({ page, words }: Visit) =>
  page
    .getByRole('navigation', { name: words('shell.navigation') })
    .getByRole('link', { name: words('nav.systems'), exact: true })
    .click();

/** The first error of the form leads to its field. */
async function leadsTo({ page }: Visit, within: Locator, field: Locator): Promise<void> {
  await within.getByRole('alert').getByRole('link').first().click();
  await field.and(page.locator(':focus')).waitFor();
}

describe.each(['ja', 'en'] as const)('in %s', (locale) => {
  beforeAll(() => stage.speak(locale, 'admin', 'owner', 'ciso'));

  it('of a backup requirement', async () => {
    const system = await idOf('/systems?q=RYOHI');
    await stage.visit({ as: 'owner', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/systems/${system}/backups/new`);
      await page.getByRole('button', { name: words('backups.saveDraft') }).click();
      const dataset = page.locator('#field-dataset');
      await leadsTo(visit, page.locator('form'), dataset);
      expect(await axeViolations(page)).toEqual([]);
      await page.keyboard.insertText('書きかけ');
      await staysAfterAsking(visit, () => toSystems(visit));
      await staysAfterAsking(visit, () => page.getByRole('button', { name: words('action.cancel') }).click());
      expect(await dataset.inputValue()).toBe('書きかけ');
    });
  });

  it('of a backup profile, also after a look at what its change does', async () => {
    const profile = await idOf('/backup-profiles');
    await stage.visit({ as: 'admin', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/backup-profiles/${profile}/edit`);
      await page.locator('#field-name').fill(`変えた名 ${locale}`);
      await page.getByRole('button', { name: words('backupProfiles.preview') }).click();
      const dialog = page.getByRole('dialog', { name: words('backupProfiles.previewTitle') });
      await dialog.getByRole('button', { name: words('backupProfiles.back') }).click();
      await staysAfterAsking(visit, () => toSystems(visit));
      expect(await page.locator('#field-name').inputValue()).toBe(`変えた名 ${locale}`);
      await page.getByRole('button', { name: words('backupProfiles.preview') }).click();
      await dialog.getByRole('button', { name: words('backupProfiles.apply') }).click();
      // What is saved is left without a question.
      await page.getByText(words('backupProfiles.changed')).waitFor();
      await visit.settled(`変えた名 ${locale}`);
    });
  });

  it('of the systems to attach a profile to', async () => {
    const { name } = (await admin.get('/backup-profiles')).body.items[0];
    await stage.visit({ as: 'admin', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/backup-profiles');
      await page.getByRole('link', { name }).click();
      await visit.settled(name);
      await page
        .getByRole('button', { name: words('backupProfiles.attach') })
        .first()
        .click();
      const dialog = page.getByRole('dialog');
      const preview = dialog.getByRole('button', { name: words('backupProfiles.preview') });
      await preview.click();
      const dataset = dialog.locator('#field-dataset');
      await leadsTo(visit, dialog, dataset);
      await page.keyboard.insertText(`書庫 ${locale}`);
      // The other error has stayed, and leads to the choice.
      await leadsTo(visit, dialog, dialog.getByRole('searchbox'));
      await keepPicture(page, `guards/${locale}/attach`);
      expect(await axeViolations(page)).toEqual([]);
      // Enter in the search looks for a system, and sends nothing.
      await page.keyboard.insertText('WEB');
      await page.keyboard.press('Enter');
      await dialog.getByRole('checkbox', { name: 'NINSHO' }).waitFor({ state: 'detached' });
      expect(await dialog.getByRole('alert').count()).toBe(1);
      await dialog.getByRole('checkbox', { name: 'WEB' }).press('Space');
      await dialog.getByRole('alert').waitFor({ state: 'detached' });
      await staysAfterAsking(visit, () => page.keyboard.press('Escape'));
      await staysAfterAsking(visit, () => page.evaluate('history.back()'));
      await preview.click();
      await dialog.getByText(words('backupProfiles.outcomeCount.NEW', { count: 1 })).waitFor();
      // The button that was pressed is gone; until the focus has moved on, no key reaches the dialog.
      await dialog.locator(':focus').waitFor();
      await staysAfterAsking(visit, () => page.keyboard.press('Escape'));
      await dialog.getByRole('button', { name: words('backupProfiles.back') }).click();
      expect(await dataset.inputValue()).toBe(`書庫 ${locale}`);
    });
  });

  it('of a report on an improvement item, also when the item is changed meanwhile', async () => {
    const system = await idOf('/systems?q=RYOHI');
    const owner = await stage.app.as('owner');
    const raised = { source: 'AUDIT', title: `連絡網を直す ${locale}`, systemId: system };
    const { id } = (await owner.post('/improvements', raised)).body;
    await stage.visit({ as: 'owner', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/improvements/${id}`);
      const text = page.getByLabel(words('improvements.reportText'));
      await text.fill('半分まで進んだ');
      await page.getByRole('button', { name: words('improvements.edit'), exact: true }).click();
      const dialog = page.getByRole('dialog', { name: words('improvements.editTitle') });
      await dialog.getByLabel(words('improvements.name')).fill(`連絡先を直す ${locale}`);
      await dialog.getByRole('button', { name: words('action.save') }).click();
      await visit.settled(`連絡先を直す ${locale}`);
      expect(await text.inputValue()).toBe('半分まで進んだ');
      await staysAfterAsking(visit, () => toSystems(visit));
      await page.getByRole('button', { name: words('improvements.report') }).click();
      await page.getByRole('listitem').getByText('半分まで進んだ').waitFor();
      expect(await text.inputValue()).toBe('');
      await toSystems(visit);
      await visit.settled(words('systems.title'));
    });
  });

  it('of the organisations that an item is split among', async () => {
    const { id: organisationId } = (await admin.get('/policies?status=PUBLISHED')).body.items[0].organisation;
    const ciso = await stage.app.as('ciso');
    const raised = { source: 'AUDIT', title: `全機関で直す ${locale}`, organisationId };
    const { id } = (await ciso.post('/improvements', raised)).body;
    await stage.visit({ as: 'ciso', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/improvements/${id}`);
      await page.getByRole('button', { name: words('improvements.split') }).click();
      const dialog = page.getByRole('dialog', { name: words('improvements.split') });
      await dialog.getByLabel(words('improvements.partDueOn')).fill('2026-12-20');
      await dialog.getByRole('button', { name: words('improvements.split'), exact: true }).click();
      await leadsTo(visit, dialog, dialog.getByRole('button', { name: words('improvements.splitPick') }));
      await dialog.getByText(words('form.missing'), { exact: true }).waitFor();
      await keepPicture(page, `guards/${locale}/split`);
      expect(await axeViolations(page)).toEqual([]);
      await staysAfterAsking(visit, () => page.keyboard.press('Escape'));
    });
  });

  it('of an answer to a request for advice', async () => {
    const owner = await stage.app.as('owner');
    const { organisation } = (await owner.get('/systems?q=RYOHI')).body.items[0];
    const asked = { organisationId: organisation.id, title: `置き場所 ${locale}`, question: '別の地域に要りますか。' };
    const { id } = (await owner.post('/advice', asked)).body;
    await stage.visit({ as: 'ciso', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/advice/${id}`);
      const answer = page.getByLabel(words('advice.answer'));
      await page.getByRole('button', { name: words('advice.submitAnswer') }).click();
      await leadsTo(visit, page.locator('form'), answer);
      await answer.fill('要ります。');
      await staysAfterAsking(visit, () => toSystems(visit));
      await page.getByRole('button', { name: words('advice.submitAnswer') }).click();
      await page.getByText(words('adviceStatus.ANSWERED'), { exact: true }).waitFor();
      await page.getByRole('button', { name: words('audit.historyOf', { name: asked.title }) }).click();
      const history = page.getByRole('dialog', { name: words('audit.historyOf', { name: asked.title }) });
      for (const action of ['auditAction.advice.asked', 'auditAction.advice.answered'] as const)
        await history.getByText(words(action), { exact: true }).first().waitFor();
      await keepPicture(page, `guards/${locale}/advice-history`);
      expect(await axeViolations(page)).toEqual([]);
    });
  });

  it('of the answers about the importance of a system', async () => {
    const system = await idOf('/systems?q=RYOHI');
    await stage.visit({ as: 'owner', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/systems/${system}/importance/new`);
      await page.getByRole('checkbox', { name: words('importance.analyse') }).press('Space');
      await staysAfterAsking(visit, () => toSystems(visit));
      expect(await page.getByRole('checkbox', { name: words('importance.analyse') }).isChecked()).toBe(true);
    });
  });
});
