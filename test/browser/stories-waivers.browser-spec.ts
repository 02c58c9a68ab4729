import { axeViolations } from '../support/axe';
import { keepPicture } from '../support/screenshots';
import { Stage } from '../support/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('waivers');
}, 120_000);

afterAll(() => stage?.close());

it('an owner asks for a waiver, a manager grants it, and it is revoked with the true state back', async () => {
  const owner = await stage.app.as('owner');
  const { items } = (await owner.get('/obligations?state=OVERDUE,FAILED,UNKNOWN,DUE_SOON&owner=me&limit=200')).body;
  const owed = items.find(({ backupRequirement }: { backupRequirement: unknown }) => backupRequirement === null);
  const { ruleTitle, system } = owed as { ruleTitle: string; system: { id: string; name: string } };
  await stage.visit({ as: 'owner' }, async (visit) => {
    const { page, words } = visit;
    await visit.open('/waivers?status=REVOKED');
    await page.getByText(words('waivers.none')).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await visit.open(`/systems/${system.id}`);
    await page
      .getByRole('button', { name: words('waivers.requestFor', { rule: ruleTitle }) })
      .first()
      .click();
    const dialog = page.getByRole('dialog', { name: words('waivers.request') });
    await dialog.getByLabel(words('waivers.reason')).fill('更改の途中である');
    await dialog.getByLabel(words('waivers.compensatingMeasure')).fill('毎週、手作業で写しを取る');
    await dialog.getByLabel(words('waivers.expiresOn')).fill('2027-01-31');
    expect(await axeViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: words('waivers.submit') }).click();
    await page.getByText(words('waivers.requested')).waitFor();
  });
  await stage.visit({ as: 'manager' }, async (visit) => {
    const { page, words } = visit;
    await visit.open('/waivers?status=REQUESTED');
    await page.getByText('毎週、手作業で写しを取る').waitFor();
    await keepPicture(page, 'waivers/waiting');
    const step = (name: 'approve' | 'revoke') =>
      page.getByRole('button', {
        name: words('waivers.of', {
          step: words(`waivers.decide.${name}`),
          rule: ruleTitle,
          system: system.name,
        }),
      });
    await step('approve').click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: words('waivers.decide.approve'), exact: true })
      .click();
    await page.getByText(words('waivers.done.approve')).waitFor();
    await visit.open('/waivers');
    await page.getByRole('listitem').getByText(words('waiverStatus.APPROVED')).first().waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await step('revoke').click();
    const dialog = page.getByRole('dialog', { name: words('waivers.title.revoke') });
    const revoke = dialog.getByRole('button', { name: words('waivers.decide.revoke'), exact: true });
    await revoke.click();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByLabel(words('waivers.why')).fill('更改が終わった');
    await revoke.click();
    await page.getByRole('listitem').getByText(words('waiverStatus.REVOKED')).first().waitFor();
    await page
      .getByRole('button', {
        name: words('waivers.of', { step: words('audit.history'), rule: ruleTitle, system: system.name }),
      })
      .first()
      .click();
    await page.getByText(words('auditAction.waiver.revoked')).first().waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });
});

it('people who may not ask for one are not offered it', () =>
  stage.visit({ as: 'auditor' }, async (visit) => {
    await visit.open('/obligations');
    expect(await visit.page.getByRole('button', { name: visit.words('waivers.request') }).count()).toBe(0);
  }));
