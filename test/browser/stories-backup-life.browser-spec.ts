import { axeViolations } from '../support/axe';
import type { Answer } from '../support/client';
import { keepPicture } from '../support/screenshots';
import { Stage, type Visit } from '../support/stage';

/** What becomes of a backup requirement, and of a profile, after it is in force. */

let stage: Stage;
let registered = 0;

beforeAll(async () => {
  stage = await Stage.open('backup life');
}, 120_000);

afterAll(() => stage?.close());

const copy = (medium: string, more: object = {}) => ({
  ...{ site: '東京', medium, offsite: false, offline: false, immutable: false, encrypted: true, account: null },
  ...more,
});
const TERMS = {
  ...{ method: 'FULL', interval: 'P1D', retention: 'P35D', rpo: 'P1D' },
  copies: [copy('ディスク'), copy('クラウド', { offsite: true }), copy('テープ', { offline: true })],
};

/** A system of the owner, and the organisation it belongs to. */
async function register(): Promise<{ id: string; organisationId: string }> {
  registered += 1;
  const owner = await stage.app.as('owner');
  const organisationId = (await owner.get('/systems?q=RYOHI')).body.items[0].organisation.id;
  const fields = { code: `LIFE-${registered}`, name: `業務システム${registered}`, organisationId, tier: 'MODERATE' };
  const { status, body } = await owner.post('/systems', fields);
  expect(status).toBe(201);
  return { id: body.id, organisationId };
}

/** A requirement of the system that another person has approved. */
async function inForce(systemId: string, fields: object): Promise<Answer['body']> {
  const path = `/systems/${systemId}/backup-requirements`;
  const declared = await (await stage.app.as('owner')).post(path, { ...TERMS, ...fields });
  expect(declared.status).toBe(201);
  const manager = await stage.app.as('manager');
  const approved = await manager.post(`/backup-requirements/${declared.body.id}/approve`, {});
  expect(approved.status).toBe(200);
  return approved.body;
}

async function makeProfile(name: string, organisationId: string): Promise<Answer['body']> {
  const made = await (await stage.app.as('admin')).post('/backup-profiles', { organisationId, name, ...TERMS });
  expect(made.status).toBe(201);
  return made.body;
}

/** The page as it stands: nothing that keeps anybody out, and a picture of it. */
async function look({ page }: Visit, name: string): Promise<void> {
  expect(await axeViolations(page)).toEqual([]);
  await keepPicture(page, `backup-life/${name}`);
}

const offers = ({ page, words }: Visit, key: string): Promise<number> =>
  page.getByRole('button', { name: words(key), exact: true }).count();

/** The newest entry of the history says so, and who it was. */
async function newest({ page, words }: Visit, action: string, by: string): Promise<void> {
  const history = page.getByRole('table', { name: words('audit.history') });
  const row = history.getByRole('row').nth(1);
  await row.getByText(words(`auditAction.${action}`), { exact: true }).waitFor();
  await row.getByText(by).waitFor();
  await row.locator('summary').click();
}

describe.each(['ja', 'en'] as const)('in %s', (locale) => {
  beforeAll(() => stage.speak(locale, 'owner', 'admin'));
  const dataset = locale === 'ja' ? '添付ファイル' : 'Attachments';

  it('the only requirement of a system is withdrawn for a reason: nothing is owed for it any more, and the gap shows', async () => {
    const { id: system } = await register();
    await inForce(system, { dataset });
    await stage.visit({ as: 'owner', locale }, async (visit) => {
      const { page, words } = visit;
      const ofDataset = page.getByRole('heading', { name: words('obligations.ofDataset', { dataset }) });
      const declare = page.getByRole('link', { name: new RegExp(words('actionKind.DECLARE_BACKUP')) });
      await visit.open(`/systems/${system}?tab=obligations`);
      await ofDataset.first().waitFor();
      expect(await declare.count()).toBe(0);
      await page.getByRole('tab', { name: words('systemTabs.backups') }).click();
      await page.getByRole('link', { name: dataset }).click();
      await visit.settled(dataset);
      await page.getByRole('button', { name: words('backups.withdraw') }).click();
      const dialog = page.getByRole('dialog', { name: words('backups.withdraw') });
      const withdraw = dialog.getByRole('button', { name: words('backups.withdraw') });
      await withdraw.click();
      // Why is asked for, at its field.
      await dialog.getByRole('alert').getByRole('link').click();
      await dialog.getByLabel(words('backups.withdrawReason')).and(page.locator(':focus')).waitFor();
      await page.keyboard.insertText('業務データベースにまとめた');
      await look(visit, `${locale}-withdraw`);
      await withdraw.click();
      await page.getByText(words('backups.withdrawn')).waitFor();
      await page.getByText(words('backups.withdrawnOn', { date: '' }).trim()).waitFor();
      // The button that had the focus is gone with the step: the page has it.
      await page.locator('main:focus').waitFor();
      for (const step of ['withdraw', 'stillRight', 'detach']) expect(await offers(visit, `backups.${step}`)).toBe(0);
      expect(await page.getByRole('link', { name: words('backups.amend') }).count()).toBe(0);
      await newest(visit, 'backup_requirement.withdrawn', '運用 さくら');
      await page.getByText('業務データベースにまとめた').waitFor();
      await page.getByRole('rowheader', { name: words('auditField.withdrawnOn') }).waitFor();
      await look(visit, `${locale}-withdrawn`);
      await visit.open(`/systems/${system}?tab=backups`);
      await page.getByText(words('backups.empty')).waitFor();
      await page.getByText(words('backups.withWithdrawn')).click();
      const card = page
        .getByRole('tabpanel')
        .getByRole('listitem')
        .filter({ has: page.getByRole('link', { name: dataset }) });
      await card.getByText(words('backups.withdrawnOn', { date: '' }).trim()).waitFor();
      expect(await card.getByRole('button').count()).toBe(0);
      await look(visit, `${locale}-with-withdrawn`);
      await page.getByRole('tab', { name: words('systemTabs.obligations') }).click();
      await declare.first().waitFor();
      expect(await ofDataset.count()).toBe(0);
      await look(visit, `${locale}-gap`);
      await page.getByRole('tab', { name: words('systemTabs.history') }).click();
      await newest(visit, 'backup_requirement.withdrawn', '運用 さくら');
    });
  });

  it('a requirement is detached from its profile, keeps its terms and its approval, and the profile counts it apart', async () => {
    const { id: system, organisationId } = await register();
    const name = locale === 'ja' ? '日次・35日（離す）' : 'Daily, 35 days (detached)';
    const { id: backupProfileId } = await makeProfile(name, organisationId);
    const { id } = await inForce(system, { dataset, backupProfileId });
    await stage.visit({ as: 'owner', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/systems/${system}/backups/${id}`);
      await page.getByText(words('backups.follows')).waitFor();
      await page.getByRole('button', { name: words('backups.detach') }).click();
      const dialog = page.getByRole('alertdialog', { name: words('backups.detach') });
      await dialog.getByText(words('backups.detachText', { name })).waitFor();
      await look(visit, `${locale}-detach`);
      // Whoever thinks better of it is back where they were.
      await dialog.getByRole('button', { name: words('action.cancel') }).click();
      await page
        .getByRole('button', { name: words('backups.detach') })
        .and(page.locator(':focus'))
        .waitFor();
      await page.keyboard.press('Enter');
      await dialog.getByRole('button', { name: words('backups.detach') }).click();
      await page.getByText(words('backups.detached')).waitFor();
      await page.getByText(words('backups.cameFrom')).waitFor();
      expect(await offers(visit, 'backups.detach')).toBe(0);
      await page.getByText(words('backupStatus.APPROVED'), { exact: true }).waitFor();
      await newest(visit, 'backup_requirement.detached', '運用 さくら');
      await page
        .getByRole('row', { name: words('auditField.backupProfileId') })
        .getByText(name)
        .waitFor();
      await look(visit, `${locale}-detached`);
      await page.getByRole('main').getByRole('link', { name }).first().click();
      await visit.settled(name);
      await page.getByText(words('backupProfiles.usedBy', { followers: '0', detached: '1' })).waitFor();
    });
    const { body } = await (await stage.app.as('owner')).get(`/backup-requirements/${id}`);
    expect(body).toMatchObject({ ...TERMS, status: 'APPROVED', profile: { id: backupProfileId, follows: false } });
  });

  it('a requirement is reviewed and is still right: its review is met, and it is told when the next is due', async () => {
    const { id: system } = await register();
    const { id } = await inForce(system, { dataset });
    stage.app.clock.advance({ hours: 4 });
    await stage.visit({ as: 'owner', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/systems/${system}/backups/${id}`);
      await page.getByRole('button', { name: words('backups.stillRight') }).click();
      const dialog = page.getByRole('dialog', { name: words('actionKind.REVIEW_BACKUP') });
      const submit = dialog.getByRole('button', { name: words('review.submit') });
      await submit.click();
      await dialog.getByRole('alert').getByRole('link').first().click();
      await dialog.getByLabel(words('review.performedOn')).and(page.locator(':focus')).waitFor();
      await dialog.getByLabel(words('review.performedOn')).fill('2026-11-23');
      await dialog.getByText(words('review.result.PASSED'), { exact: true }).click();
      await dialog.getByLabel(words('review.note')).fill('担当者と読み合わせた');
      await look(visit, `${locale}-review`);
      await submit.click();
      await dialog.getByText(words('review.recorded')).waitFor();
      await dialog.getByText(words('evidence.stillMet')).waitFor();
      await dialog.getByText(words('obligations.nextDue', { date: '' }).trim()).waitFor();
      await look(visit, `${locale}-review-recorded`);
      await dialog
        .getByRole('button', { name: words('action.close') })
        .last()
        .click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText(words('procedures.lastReviewed', { date: '' }).trim()).waitFor();
      await newest(visit, 'backup_requirement.reviewed', '運用 さくら');
      await look(visit, `${locale}-reviewed`);
    });
  });

  it('a profile is retired once those that follow it are detached, and is offered to nobody any more', async () => {
    const { id: system, organisationId } = await register();
    const name = locale === 'ja' ? '日次・35日（廃止する）' : 'Daily, 35 days (retired)';
    const { id: backupProfileId } = await makeProfile(name, organisationId);
    const { id } = await inForce(system, { dataset, backupProfileId });
    const refusals = ['409 POST /backup-profiles/:id/retire'];
    await stage.visit({ as: 'admin', locale, refusals }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/backup-profiles');
      await page.getByRole('link', { name }).click();
      await visit.settled(name);
      await page.getByRole('button', { name: words('backupProfiles.retire') }).click();
      const dialog = page.getByRole('alertdialog', { name: words('backupProfiles.retireTitle', { name }) });
      const retire = dialog.getByRole('button', { name: words('backupProfiles.retire') });
      await retire.click();
      await dialog.getByRole('alert').waitFor();
      await look(visit, `${locale}-retire-refused`);
      await dialog.getByText(words('backupProfiles.detachAll', { count: 1 })).click();
      await retire.click();
      await page.getByText(words('backupProfiles.retiredNow')).waitFor();
      await page.getByText(words('backupProfiles.retiredOn', { date: '' }).trim()).waitFor();
      await page.getByText(words('backupProfiles.usedBy', { followers: '0', detached: '1' })).waitFor();
      for (const step of ['retire', 'attach']) expect(await offers(visit, `backupProfiles.${step}`)).toBe(0);
      expect(await page.getByRole('link', { name: words('backupProfiles.change'), exact: true }).count()).toBe(0);
      await look(visit, `${locale}-retired`);
      await page.getByRole('button', { name: words('audit.historyOf', { name }) }).click();
      await newest(visit, 'backup_profile.retired', '管理 太郎');
      await page.keyboard.press('Escape');
      await visit.open('/backup-profiles');
      await page.getByRole('table').waitFor();
      expect(await page.getByRole('link', { name }).count()).toBe(0);
      await page.getByText(words('backupProfiles.withRetired')).click();
      await page.getByRole('row', { name }).getByText(words('backupProfiles.retired'), { exact: true }).waitFor();
      await look(visit, `${locale}-with-retired`);
    });
    await stage.visit({ as: 'owner', locale }, async ({ open, page, words }) => {
      await open(`/systems/${system}/backups/${id}`);
      await page.getByText(words('backups.cameFrom')).waitFor();
      await page.getByText(words('backupStatus.APPROVED'), { exact: true }).waitFor();
      await open(`/systems/${system}/backups/new`);
      await page.getByRole('button', { name: words('backups.fromProfile') }).click();
      await page.getByRole('listbox').getByRole('option').nth(1).waitFor();
      expect(await page.getByRole('option', { name }).count()).toBe(0);
    });
  });
});
