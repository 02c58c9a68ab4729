import { axeViolations } from '../support/axe';
import { keepPicture } from '../support/screenshots';
import { Stage } from '../support/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('importance');
}, 120_000);

afterAll(() => stage?.close());

async function idOf(code: string): Promise<string> {
  const { body } = await (await stage.app.as('admin')).get(`/systems?q=${code}`);
  return body.items[0].id as string;
}

it('an owner answers what the importance rests on, and the CISO office approves the tier for a reason', async () => {
  const id = await idOf('RYOHI');
  await stage.visit({ as: 'owner' }, async (visit) => {
    const { page, words } = visit;
    await visit.open(`/systems/${id}?tab=importance`);
    await page.getByText(words('importance.empty')).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('link', { name: words('importance.assess') }).click();
    await visit.settled(words('importance.assess'));
    const submit = page.getByRole('button', { name: words('importance.submit') });
    await submit.click();
    await page
      .getByRole('alert')
      .getByText(words('form.errors', { count: 11 }))
      .waitFor();
    const mildest = {
      ...{ primaryFunctions: 'HINDERED', coreBusiness: 'NEITHER', lifeAndSafety: 'NO', peopleAffected: 'STAFF_ONLY' },
      ...{
        legalDeadline: 'WITH_LEEWAY',
        longestStop: 'TWO_DAYS',
        dataLoss: 'LONGER',
        reentry: 'EASY',
        publicFacing: 'NO',
      },
      ...{ moneyPerDay: 'NO', workaround: 'FULL' },
    } as const;
    for (const [question, answer] of Object.entries(mildest))
      await page
        .getByRole('radiogroup', { name: words(`importance.question.${question as 'reentry'}`) })
        .getByRole('radio', {
          name: words(`importance.answer.${question}.${answer}` as 'importance.answer.reentry.EASY'),
          exact: true,
        })
        .check({ force: true });
    await page.getByRole('checkbox', { name: words('importance.analyse') }).check({ force: true });
    const cell = (stop: string) =>
      page.getByLabel(words('importance.cell', { area: words('importance.area.LAW'), stop }));
    await cell('1日').selectOption('SERIOUS');
    expect(await cell('7日').inputValue()).toBe('SERIOUS');
    expect(await cell('12時間').inputValue()).toBe('NONE');
    expect(await axeViolations(page)).toEqual([]);
    await keepPicture(page, 'importance/questionnaire');
    await submit.click();
    await page.getByText(words('importance.mtd', { stop: '1日' })).waitFor();
    expect(await page.getByRole('button', { name: words('importance.approve') }).count()).toBe(0);
  });
  await stage.visit({ as: 'manager' }, async (visit) => {
    const { page, words } = visit;
    await visit.open(`/systems/${id}?tab=importance`);
    await page.getByRole('button', { name: words('importance.approve') }).click();
    await page.getByRole('dialog').getByText(words('importance.held')).waitFor();
    expect(await page.getByRole('dialog').getByRole('radio').count()).toBe(1);
  });
  await stage.visit({ as: 'ciso' }, async (visit) => {
    const { page, words } = visit;
    await visit.open(`/systems/${id}?tab=importance`);
    await page.getByRole('button', { name: words('importance.approve') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(words('importance.rationale')).fill('庁内の業務に限られる');
    expect(await axeViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: words('importance.approve') }).click();
    await page.getByText(words('importance.approved'), { exact: true }).waitFor();
    await page.getByText('庁内の業務に限られる').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await keepPicture(page, 'importance/approved');
  });
});

it('the suggestion says since when and because of which system it is outdated, and leads to assessing again', async () => {
  const id = await idOf('RYOHI');
  const manager = await stage.app.as('manager');
  const { items } = (await manager.get('/systems?limit=200&sort=name')).body as {
    items: { id: string; name: string; nameEn: string | null; tier: 'HIGH' | 'MODERATE' | 'LOW'; code: string }[];
  };
  const dependent = items.find(({ code }) => code === 'BUNSHO') as (typeof items)[number];
  const { headers } = await manager.get(`/systems/${dependent.id}`);
  const dependsOn = [{ systemId: id, hard: true }];
  expect((await manager.put(`/systems/${dependent.id}/dependencies`, { dependsOn }, headers.get('etag'))).status).toBe(
    200,
  );
  for (const locale of ['en', 'ja'] as const) {
    await stage.speak(locale, 'owner');
    await stage.visit({ as: 'owner', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/systems/${id}?tab=importance`);
      const name = (locale === 'en' && dependent.nameEn) || dependent.name;
      await page
        .getByText(words('importance.dependentAdded', { name, to: words(`domain:tier.${dependent.tier}`) }))
        .waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `importance/outdated-${locale}`);
      await page.getByRole('link', { name: words('importance.reassess') }).click();
      await visit.settled(words('importance.assess'));
      await page.getByRole('button', { name: words('importance.submit') }).waitFor();
      if (locale === 'en') return;
      await page.getByRole('button', { name: words('importance.submit') }).click();
      await page.getByText(words('importance.number', { number: 2 })).waitFor();
      expect(await page.getByRole('link', { name: words('importance.reassess') }).count()).toBe(0);
    });
  }
});
