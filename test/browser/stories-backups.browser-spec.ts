import { axeViolations } from '../support/axe';
import { keepPicture } from '../support/screenshots';
import { Stage, type Visit } from '../support/stage';
import type { Locale } from '../support/words';

const PROFILE = '業務DB 日次・35日・2拠点とオフライン';
let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('backups');
}, 120_000);

afterAll(() => stage?.close());

async function speak(locale: Locale): Promise<void> {
  for (const person of ['owner', 'admin', 'manager'] as const) {
    const client = await stage.app.as(person);
    const { headers } = await client.get('/me');
    await client.patch('/me', { locale }, headers.get('etag'));
  }
}

/** The page as it stands: nothing that keeps anybody out, and a picture of it. */
async function look({ page }: Visit, name: string): Promise<void> {
  expect(await axeViolations(page)).toEqual([]);
  await keepPicture(page, `backups/${name}`);
}

describe.each(['ja', 'en'] as const)('in %s', (locale) => {
  beforeAll(() => speak(locale));
  const dataset = `添付ファイル ${locale}`;

  it('an owner declares a requirement from a profile, is told what it lacks, and corrects it', async () => {
    const owner = await stage.app.as('owner');
    const { id: systemId } = (await owner.get('/systems?q=RYOHI')).body.items[0];
    await stage.visit({ as: 'owner', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/systems/${systemId}?tab=backups`);
      await page.getByRole('link', { name: words('backups.declare') }).click();
      await visit.settled(words('backups.declare'));
      await page.getByRole('button', { name: words('backups.fromProfile') }).click();
      await page.getByRole('option', { name: PROFILE }).click();
      await page.locator('#field-dataset').fill(dataset);
      // A day may be lost by this profile, and a HIGH system may lose an hour.
      const finding = page.getByText(locale === 'ja' ? /目標復旧時点（RPO）の1日は上限/ : /\(RPO\) of 1 d is above/);
      await finding.waitFor();
      await look(visit, `${locale}-declare-finding`);
      for (const field of ['interval', 'rpo'] as const) {
        const label = words(`backupFields.${field}`);
        await page.getByLabel(words('duration.unitOf', { label })).selectOption('hours');
        await page.getByLabel(words('duration.amountOf', { label })).fill('1');
      }
      await page.getByText(words('backups.checkPassed')).waitFor();
      await page.getByRole('button', { name: words('backups.saveDraft') }).click();
      await page.getByText(words('backups.saved')).waitFor();
      await page.getByRole('link', { name: dataset }).click();
      await visit.settled(dataset);
      await page.getByText(words('backups.cameFrom')).waitFor();
      await page.getByText(words('backups.checkPassed')).waitFor();
      await look(visit, `${locale}-requirement`);
    });
  });

  it('an administrator attaches a profile to systems, after seeing what that does', () =>
    stage.visit({ as: 'admin', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/backup-profiles');
      await page.getByRole('link', { name: PROFILE }).click();
      await visit.settled(PROFILE);
      await page.getByRole('button', { name: words('backupProfiles.attach') }).click();
      const dialog = page.getByRole('dialog', { name: words('backupProfiles.attachTitle', { name: PROFILE }) });
      await dialog.locator('#field-dataset').fill(`共有フォルダ ${locale}`);
      for (const code of ['NINSHO', 'WEB']) await dialog.getByRole('checkbox', { name: code }).press('Space');
      await dialog.getByText(words('backupProfiles.chosen', { count: 2 })).waitFor();
      await look(visit, `${locale}-attach-choice`);
      await dialog.getByRole('button', { name: words('backupProfiles.preview') }).click();
      await dialog.getByText(words('backupProfiles.outcomeCount.NEW', { count: 2 })).waitFor();
      await dialog.getByText(words('backupProfiles.shortCount', { count: 1 })).waitFor();
      await look(visit, `${locale}-attach-effect`);
      await dialog.getByRole('button', { name: words('backupProfiles.attach') }).click();
      await page.getByText(words('backupProfiles.attached', { count: 2 })).waitFor();
      await page.getByRole('link', { name: words('backupProfiles.showUse') }).click();
      await visit.settled(words('backups.title'));
      await page
        .getByRole('link', { name: `共有フォルダ ${locale}` })
        .first()
        .waitFor();
      expect(await page.getByRole('link', { name: `共有フォルダ ${locale}` }).count()).toBe(2);
    }));

  it('a change of a profile is shown before it is made, and then made in every requirement that follows it', () =>
    stage.visit({ as: 'admin', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/backup-profiles');
      await page.getByRole('link', { name: PROFILE }).click();
      await visit.settled(PROFILE);
      await page.getByRole('link', { name: words('backupProfiles.change'), exact: true }).click();
      await visit.settled(words('backupProfiles.change'));
      await page
        .getByLabel(words('duration.amountOf', { label: words('backupFields.retention') }))
        .fill(locale === 'ja' ? '28' : '42');
      await page.getByRole('button', { name: words('backupProfiles.preview') }).click();
      const dialog = page.getByRole('dialog', { name: words('backupProfiles.previewTitle') });
      await dialog.getByText(words('backupProfiles.outcome.CHANGED')).first().waitFor();
      await dialog.getByText(words('backupFields.retention'), { exact: true }).waitFor();
      await look(visit, `${locale}-change-effect`);
      await dialog.getByRole('button', { name: words('backupProfiles.apply') }).click();
      await page.getByText(words('backupProfiles.changed')).waitFor();
      await visit.settled(PROFILE);
      const admin = await stage.app.as('admin');
      const { items: profiles } = (await admin.get('/backup-profiles')).body;
      const { id } = profiles.find(({ name }: { name: string }) => name === PROFILE);
      const { items } = (await admin.get(`/backup-requirements?backupProfileId=${id}&limit=200`)).body;
      const following = items.filter(({ profile }: { profile: { follows: boolean } }) => profile.follows);
      expect(following.length).toBeGreaterThanOrEqual(2);
      for (const requirement of following)
        expect(requirement).toMatchObject({ retention: locale === 'ja' ? 'P28D' : 'P42D', status: 'DRAFT' });
    }));

  it('an approver approves at once what waits since, and is told what was changed meanwhile', async () => {
    const manager = await stage.app.as('manager');
    const { items: profiles } = (await manager.get('/backup-profiles')).body;
    const { id: profileId, waiting } = profiles.find(({ name }: { name: string }) => name === PROFILE);
    const approvable = async () =>
      (await manager.get(`/backup-requirements?backupProfileId=${profileId}&approvable=true&limit=200`)).body.items;
    const before = await approvable();
    const count = before.length;
    expect(count).toBeGreaterThanOrEqual(3);
    await stage.visit({ as: 'manager', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/me');
      await page.getByRole('link', { name: words('approveMany.openWaiting') }).waitFor();
      await look(visit, `${locale}-approve-waiting`);
      await page.getByRole('link', { name: words('approveMany.openWaiting') }).click();
      await visit.settled(words('backups.title'));
      await page.waitForURL(/approvable=true/);
      await visit.open(`/backup-profiles/${profileId}`);
      await page.getByRole('link', { name: words('backupProfiles.showWaiting', { count: waiting }) }).click();
      await visit.settled(words('backups.title'));
      await page.getByRole('button', { name: words('approveMany.selectAll') }).click();
      await page.getByText(words('bulk.selected', { count })).waitFor();
      const [first] = before;
      const name = (locale === 'en' && first.system.nameEn) || first.system.name;
      const select = words('bulk.select', {
        name: words('backups.dataOf', { system: name, dataset: first.dataset }),
      });
      await page.getByRole('checkbox', { name: select }).press('Space');
      await page.getByText(words('bulk.selected', { count: count - 1 })).waitFor();
      await page.getByRole('checkbox', { name: select }).press('Space');
      await page.getByText(words('bulk.selected', { count })).waitFor();
      await look(visit, `${locale}-approve-selection`);
      const admin = await stage.app.as('admin');
      await admin.patch(`/backup-requirements/${first.id}`, { retention: 'P90D' }, `"${first.version}"`);
      await page.getByRole('button', { name: words('approveMany.open') }).click();
      const dialog = page.getByRole('dialog', { name: words('approveMany.title', { count }) });
      await dialog.getByLabel(words('procedures.comment')).fill('型の変更による');
      await look(visit, `${locale}-approve-dialog`);
      await dialog.getByRole('button', { name: words('approveMany.submit', { count }) }).click();
      await dialog.getByText(words('approveMany.done', { count: count - 1 })).waitFor();
      await dialog.getByText(words('approveMany.left', { count: 1 })).waitFor();
      await dialog.getByText(locale === 'ja' ? /ほかの人が変更しました/ : /Somebody changed this/).waitFor();
      await look(visit, `${locale}-approve-outcome`);
      await dialog
        .getByRole('button', { name: words('action.close') })
        .last()
        .click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByText(words('bulk.selected', { count: 0 })).waitFor();
      await page.getByText(words('approveMany.approvable')).click();
      await page.waitForURL(/approvable=true/);
      await page.getByRole('checkbox', { name: select }).waitFor();
      expect(await page.getByRole('row').count()).toBe(2);
    });
    expect(await approvable()).toMatchObject([{ id: before[0].id, retention: 'P90D' }]);
  });
});

it('people who may not write profiles are not offered it', () =>
  stage.visit({ as: 'auditor' }, async (visit) => {
    const { page, words } = visit;
    await visit.open('/backup-profiles');
    expect(await page.getByRole('link', { name: words('backupProfiles.make') }).count()).toBe(0);
    await page.getByRole('link', { name: PROFILE }).click();
    await visit.settled(PROFILE);
    expect(await page.getByRole('button', { name: words('backupProfiles.attach') }).count()).toBe(0);
    await visit.open('/backups');
    expect(await page.getByRole('button', { name: words('approveMany.selectAll') }).count()).toBe(0);
  }));
