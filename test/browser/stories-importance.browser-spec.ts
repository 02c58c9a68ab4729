import { answersOf, QUESTION_KEYS } from '../../src/core/importance/questionnaire';
import { axeViolations } from '../support/axe';
import { keepPicture } from '../support/screenshots';
import { Stage } from '../support/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('importance');
}, 120_000);

afterAll(() => stage?.close());

/** When everything here happens. */
const AT = { ja: '2026年11月23日（月） 09:00', en: 'Mon, 23 Nov 2026 09:00' };

async function idOf(code: string): Promise<string> {
  const { body } = await (await stage.app.as('admin')).get(`/systems?q=${code}`);
  return body.items[0].id as string;
}

describe.each(['ja', 'en'] as const)('in %s', (locale) => {
  let id: string;

  beforeAll(async () => {
    await stage.speak(locale, 'owner', 'manager', 'ciso');
    const admin = await stage.app.as('admin');
    const [{ organisation, owner }] = (await admin.get('/systems?q=RYOHI')).body.items;
    const fields = { code: `JUYO-${locale}`, name: `重要度を問う ${locale}`, tier: 'HIGH' };
    const answer = await admin.post('/systems', { ...fields, organisationId: organisation.id, ownerId: owner.id });
    id = answer.body.id;
  });

  it('an owner answers what the importance rests on, and the CISO office approves the tier for a reason', async () => {
    await stage.visit({ as: 'owner', locale }, async (visit) => {
      const { page, words } = visit;
      const [half, day, week] = locale === 'ja' ? ['12時間', '1日', '7日'] : ['12 hours', '1 day', '7 days'];
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
      await cell(day).selectOption('SERIOUS');
      expect(await cell(week).inputValue()).toBe('SERIOUS');
      expect(await cell(half).inputValue()).toBe('NONE');
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `importance/questionnaire-${locale}`);
      await submit.click();
      await page.getByText(words('importance.mtd', { stop: day })).waitFor();
      expect(await page.getByRole('button', { name: words('importance.approve') }).count()).toBe(0);
    });
    await stage.visit({ as: 'manager', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/systems/${id}?tab=importance`);
      await page.getByRole('button', { name: words('importance.approve') }).click();
      await page.getByRole('dialog').getByText(words('importance.held')).waitFor();
      expect(await page.getByRole('dialog').getByRole('radio').count()).toBe(1);
    });
    await stage.visit({ as: 'ciso', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/systems/${id}?tab=importance`);
      await page.getByRole('button', { name: words('importance.approve') }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(words('importance.rationale')).fill('庁内の業務に限られる');
      expect(await axeViolations(page)).toEqual([]);
      await dialog.getByRole('button', { name: words('importance.approve') }).click();
      await page.getByText(words('importance.approved'), { exact: true }).waitFor();
      await page.getByText('庁内の業務に限られる').waitFor();
      await page.getByText(words('procedures.approvedBy', { name: '統括 花子', at: AT[locale] })).waitFor();
      // Where the page stands now, its head may cover half of a button.
      await page.evaluate('scrollTo(0, 0)');
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `importance/approved-${locale}`);
    });
  });

  it('the suggestion says since when and because of which system it is outdated, and leads to assessing again', async () => {
    const manager = await stage.app.as('manager');
    const { items } = (await manager.get('/systems?limit=200&sort=name')).body as {
      items: { id: string; name: string; nameEn: string | null; tier: 'HIGH' | 'MODERATE' | 'LOW'; code: string }[];
    };
    const dependent = items.find(({ code }) => code === 'BUNSHO') as (typeof items)[number];
    const { headers } = await manager.get(`/systems/${dependent.id}`);
    const dependsOn = [{ systemId: id, hard: true }];
    expect(
      (await manager.put(`/systems/${dependent.id}/dependencies`, { dependsOn }, headers.get('etag'))).status,
    ).toBe(200);
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
      await page.getByRole('button', { name: words('importance.submit') }).click();
      await page.getByText(words('importance.number', { number: 2 })).waitFor();
      expect(await page.getByRole('link', { name: words('importance.reassess') }).count()).toBe(0);
    });
  });
});

describe('an RTO that is longer than the stop the impact analysis finds bearable', () => {
  const MILDEST = Object.fromEntries(QUESTION_KEYS.map((question) => [question, answersOf(question).at(-1)]));
  const NONE = Array(7).fill('NONE');
  const impacts = { SERVICES: NONE, PEOPLE: Array(7).fill('SEVERE'), LAW: NONE, MONEY: NONE, TRUST: NONE };

  it.each(['en', 'ja'] as const)(
    'is said to who approves and on the page afterwards (%s), until it is shortened and the MTD taken over',
    async (locale) => {
      const owner = await stage.app.as('owner');
      const id = await idOf('SHINSEI');
      const edit = async (change: object): Promise<void> => {
        const { headers } = await owner.get(`/systems/${id}`);
        expect((await owner.patch(`/systems/${id}`, change, headers.get('etag'))).status).toBe(200);
      };
      await edit({ rto: 'PT4H', mtd: null });
      const answers = { answers: { ...MILDEST, lifeAndSafety: 'DIRECT' }, impacts };
      const assess = async (): Promise<void> => {
        expect((await owner.post(`/systems/${id}/importance-assessments`, answers)).status).toBe(201);
      };
      await assess();
      await stage.speak(locale, 'ciso');
      await stage.visit(
        { as: 'ciso', locale, refusals: ['422 POST /importance-assessments/:id/approve'] },
        async (visit) => {
          const { page, words } = visit;
          const [rto, stop] = locale === 'ja' ? ['4時間', '1時間'] : ['4 hours', '1 hour'];
          const said = page.getByText(words('importance.rtoAboveMtdText', { rto, stop }));
          await visit.open(`/systems/${id}?tab=importance`);
          await said.waitFor();
          await page.getByRole('button', { name: words('importance.approve') }).click();
          const dialog = page.getByRole('dialog');
          await dialog.getByText(words('importance.rtoAboveMtdText', { rto, stop })).waitFor();
          expect(await axeViolations(page)).toEqual([]);
          await keepPicture(page, `importance/rto-above-mtd-dialog-${locale}`);
          await dialog.getByLabel(words('importance.rationale')).fill('検証済み');
          const takeOver = dialog.getByRole('checkbox', { name: words('importance.setMtd', { stop }) });
          await takeOver.check({ force: true });
          await dialog.getByRole('button', { name: words('importance.approve') }).click();
          await dialog.getByRole('alert').waitFor();
          await takeOver.uncheck({ force: true });
          await dialog.getByRole('button', { name: words('importance.approve') }).click();
          await dialog.waitFor({ state: 'detached' });
          await said.waitFor();
          expect(await axeViolations(page)).toEqual([]);
          await keepPicture(page, `importance/rto-above-mtd-${locale}`);
          expect((await owner.get(`/systems/${id}`)).body.mtd).toBeNull();

          await edit({ rto: 'PT1H' });
          await assess();
          await visit.open(`/systems/${id}?tab=importance`);
          await page.getByRole('button', { name: words('importance.approve') }).click();
          expect(await said.count()).toBe(0);
          await dialog.getByLabel(words('importance.rationale')).fill('検証済み');
          await takeOver.check({ force: true });
          await dialog.getByRole('button', { name: words('importance.approve') }).click();
          await dialog.waitFor({ state: 'detached' });
          expect((await owner.get(`/systems/${id}`)).body.mtd).toBe('PT1H');
        },
      );
    },
  );
});
