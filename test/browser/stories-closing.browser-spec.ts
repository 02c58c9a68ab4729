import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { axeViolations } from '../support/axe';
import { keepPicture } from '../support/screenshots';
import { Stage, type Visit } from '../support/stage';

/** From a name in the register to what it owes: each part is played on the pages by whoever has to play it. */

let stage: Stage;
let path: string;
let requirement: string;
let step = 0;

beforeAll(async () => {
  stage = await Stage.open('closing');
}, 120_000);

afterAll(() => stage?.close());

const FOLDER = join(__dirname, '../fixtures/runbooks');
const RUNBOOK = 'cloud-gov-restoring-rds';
const NAME = '電子申請受付システム';
const PROFILE = '業務DB 日次・35日・2拠点とオフライン';
const DATASET = '申請データベース';

/** What the pages look like on the way, without anything that keeps somebody out. */
async function look({ page }: Visit, name: string): Promise<void> {
  step += 1;
  expect(await axeViolations(page)).toEqual([]);
  await keepPicture(page, `closing/${step}-${name}`);
}

async function choose({ page, words }: Visit, label: string, typed: string, option: string): Promise<void> {
  await page.getByRole('button', { name: label }).click();
  await page.getByRole('searchbox', { name: words('form.narrow', { label }) }).fill(typed);
  await page.getByRole('option', { name: option }).click();
}

it('the owner registers a system, and sees what it owes and by when', () =>
  stage.visit({ as: 'owner' }, async (visit) => {
    const { page, words } = visit;
    await visit.open('/systems/new');
    await page.getByLabel(words('systemFields.name')).first().fill(NAME);
    await page.getByLabel(words('systemFields.code')).fill('E-APPLY');
    await choose(visit, words('systemFields.organisationId'), 'デジタル', 'デジタル統括室');
    await page.getByRole('radio', { name: words('domain:tier.MODERATE'), exact: true }).check({ force: true });
    for (const [field, hours] of [
      ['rto', '8'],
      ['rpo', '24'],
    ] as const)
      await page.getByLabel(words('duration.amountOf', { label: words(`systemFields.${field}`) })).fill(hours);
    await page.getByRole('button', { name: words('systems.registerSubmit'), exact: true }).click();
    await visit.settled(NAME);
    path = new URL(page.url()).pathname;
    await page.getByRole('tabpanel').getByRole('listitem').first().waitFor();
    await look(visit, 'registered');
  }));

it('answers how important it is, and another person approves the tier', async () => {
  await stage.visit({ as: 'owner' }, async (visit) => {
    const { page, words } = visit;
    await visit.open(`${path}/importance/new`);
    const answers = {
      ...{
        primaryFunctions: 'HINDERED',
        coreBusiness: 'SUPPORTS_CORE',
        lifeAndSafety: 'NO',
        peopleAffected: 'REGIONAL',
      },
      ...{ legalDeadline: 'WITH_LEEWAY', longestStop: 'TWO_DAYS', dataLoss: 'ONE_DAY', reentry: 'WITH_EFFORT' },
      ...{ publicFacing: 'YES', moneyPerDay: 'NO', workaround: 'IN_PART' },
    } as const;
    for (const [question, answer] of Object.entries(answers))
      await page
        .getByRole('radiogroup', { name: words(`importance.question.${question as 'reentry'}`) })
        .getByRole('radio', {
          name: words(`importance.answer.${question}.${answer}` as 'importance.answer.reentry.EASY'),
          exact: true,
        })
        .check({ force: true });
    await page.getByRole('button', { name: words('importance.submit') }).click();
    await page
      .getByText(words('importance.assessed', { tier: words('domain:tier.MODERATE') }))
      .first()
      .waitFor();
  });
  await stage.visit({ as: 'manager' }, async (visit) => {
    const { page, words } = visit;
    await visit.open(`${path}?tab=importance`);
    await page.getByRole('button', { name: words('importance.approve') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(words('importance.rationale')).fill('地域の申請に使い、紙での受付で一部を代替できる');
    await dialog.getByRole('button', { name: words('importance.approve') }).click();
    await page.getByText(words('importance.approved'), { exact: true }).waitFor();
    await look(visit, 'tier');
  });
});

it('attaches a named profile to it, which declares its backups, and another person approves them', async () => {
  await stage.visit({ as: 'owner' }, async (visit) => {
    const { page, words } = visit;
    await visit.open('/backup-profiles');
    await page.getByRole('link', { name: PROFILE }).click();
    await visit.settled(PROFILE);
    await page.getByRole('button', { name: words('backupProfiles.attach') }).click();
    const dialog = page.getByRole('dialog', { name: words('backupProfiles.attachTitle', { name: PROFILE }) });
    await dialog.locator('#field-dataset').fill(DATASET);
    await dialog.getByRole('searchbox', { name: words('filter.systemNameOrCode') }).fill('E-APPLY');
    await dialog.getByRole('checkbox', { name: new RegExp(NAME) }).press('Space');
    await dialog.getByText(words('backupProfiles.chosen', { count: 1 })).waitFor();
    await dialog.getByRole('button', { name: words('backupProfiles.preview') }).click();
    await dialog.getByText(words('backupProfiles.outcomeCount.NEW', { count: 1 })).waitFor();
    await look(visit, 'attach');
    await dialog.getByRole('button', { name: words('backupProfiles.attach') }).click();
    await page.getByText(words('backupProfiles.attached', { count: 1 })).waitFor();
    await visit.open(`${path}?tab=backups`);
    await page.getByRole('link', { name: DATASET }).click();
    await visit.settled(DATASET);
    await page.getByText(words('backups.follows')).waitFor();
    await page.getByRole('link', { name: PROFILE }).waitFor();
    await look(visit, 'requirement');
    requirement = new URL(page.url()).pathname;
  });
  await stage.visit({ as: 'manager' }, async (visit) => {
    const { page, words } = visit;
    await visit.open(requirement);
    await page.getByRole('button', { name: words('backups.approve') }).click();
    const dialog = page.getByRole('dialog', { name: words('backups.approve') });
    await dialog.getByRole('button', { name: words('backups.approveSubmit') }).click();
    await dialog.getByText(words('backups.approved')).waitFor();
    await look(visit, 'requirement-approved');
  });
});

it('pastes a real runbook, has its steps read out, corrects them and submits the procedure', () =>
  stage.visit({ as: 'owner' }, async (visit) => {
    const { page, words } = visit;
    const markdown = readFileSync(join(FOLDER, `${RUNBOOK}.md`), 'utf8');
    await visit.open(`${path}/procedures/new`);
    await page.getByLabel(words('procedures.title')).fill('データベースの復元');
    await page.getByLabel(words('procedures.text')).fill(markdown);
    await page.getByLabel(words('procedures.launchCriteria')).fill('データベースが失われ、2時間以内に戻らないとき');
    await page.getByLabel(words('procedures.launchedBy')).fill('情報システムセキュリティ責任者');
    await page.getByRole('button', { name: words('procedures.readSteps') }).click();
    const dialog = page.getByRole('dialog', { name: words('procedures.readSteps') });
    await dialog.getByText('Prior to restoring, record the configuration settings of the existing instance').waitFor();
    await look(visit, 'read-steps');
    const title = 'Platform Databases';
    const leave = words('passages.leaveSectionOf', { title });
    await dialog.getByRole('button', { name: leave }).click();
    await dialog.getByRole('button', { name: words('passages.takeSectionOf', { title }) }).waitFor();
    await dialog.getByRole('button', { name: words('procedures.takeSteps', { count: 16 }) }).click();
    await page.locator('input[name="contacts.0.name"]').fill('当直');
    await page.locator('input[name="contacts.0.phone"]').fill('03-0000-0001');
    await page.getByRole('button', { name: words('procedures.saveDraft') }).click();
    await visit.settled('データベースの復元');
    await page.getByRole('button', { name: words('procedures.submit') }).click();
    await page.getByText(words('procedureStatus.SUBMITTED')).first().waitFor();
    path = new URL(page.url()).pathname;
  }));

it('is approved by another person, which meets what was owed', async () => {
  await stage.visit({ as: 'manager' }, async (visit) => {
    const { page, words } = visit;
    await visit.open(path);
    await page.getByRole('button', { name: words('procedures.approve') }).click();
    await page.getByText(words('procedures.approved')).waitFor();
    await look(visit, 'approved');
  });
  path = path.replace(/\/procedures\/.*/, '');
});

it('asks for a waiver of what cannot be done in time, and what is left is on the page with its days', async () => {
  await stage.visit({ as: 'owner' }, async (visit) => {
    const { page, words } = visit;
    await visit.open(path);
    const asks = page.getByRole('button', { name: new RegExp(words('waivers.request')) });
    await asks.last().click();
    const dialog = page.getByRole('dialog', { name: words('waivers.request') });
    await dialog.getByLabel(words('waivers.reason')).fill('稼働前の試験と時期が重なる');
    await dialog.getByLabel(words('waivers.compensatingMeasure')).fill('机上で手順を読み合わせる');
    await dialog.getByLabel(words('waivers.expiresOn')).fill('2027-01-31');
    await look(visit, 'waiver');
    await dialog.getByRole('button', { name: words('waivers.submit') }).click();
    await page.getByText(words('waivers.requested')).waitFor();
  });
  await stage.visit({ as: 'manager' }, async (visit) => {
    const { page, words } = visit;
    await visit.open('/waivers?status=REQUESTED');
    const asked = page.getByRole('listitem').filter({ hasText: '机上で手順を読み合わせる' });
    await asked.getByRole('button', { name: new RegExp(words('waivers.decide.approve')) }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: words('waivers.decide.approve'), exact: true })
      .click();
    await page.getByText(words('waivers.done.approve')).waitFor();
  });
  await stage.visit({ as: 'owner' }, async (visit) => {
    const { page, words } = visit;
    await visit.open(path);
    const owed = page.getByRole('tabpanel').getByRole('listitem');
    await owed.first().waitFor();
    await page.getByText(words('domain:state.WAIVED')).first().waitFor();
    expect((await owed.allInnerTexts()).filter((text) => /20(26|27)年\d+月\d+日/.test(text)).length).toBeGreaterThan(5);
    await look(visit, 'owed');
  });
});
