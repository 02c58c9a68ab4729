import { axeViolations } from '../support/axe';
import { saveScreenshot } from '../support/screenshots';
import { Stage } from '../support/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('first-steps');
}, 120_000);

afterAll(() => stage?.close());

it('the demo is cleared after asking, and three steps lead from nothing to the first dates', () =>
  stage.visit({ as: 'admin' }, async (visit) => {
    const { page, words } = visit;
    await visit.open('/');
    const banner = page.getByRole('region', { name: words('demo.label') });
    const ask = () => banner.getByRole('button', { name: words('demo.clear') }).click();
    const question = page.getByRole('alertdialog', { name: words('demo.confirmTitle') });
    await ask();
    expect(await axeViolations(page)).toEqual([]);
    await question.getByRole('button', { name: words('action.cancel') }).click();
    await question.waitFor({ state: 'detached' });
    await page.getByRole('grid', { name: words('readiness.heatmap') }).waitFor();

    await ask();
    await question.getByRole('button', { name: words('demo.clear') }).click();
    await page.getByText(words('demo.cleared')).waitFor();
    await banner.waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: words('firstSteps.title') }).waitFor();
    const steps = ['policy', 'systems', 'obligations'].map((step) => words(`firstSteps.${step}`));
    expect(await page.getByRole('main').getByRole('heading', { level: 3 }).allInnerTexts()).toEqual(steps);
    expect(await axeViolations(page)).toEqual([]);
    await saveScreenshot(page, 'pages/ja-light/first-steps');

    await page.getByRole('link', { name: words('firstSteps.policyAction') }).click();
    await page.getByRole('button', { name: words('policies.choose') }).click();
    await page.getByText(words('policies.chosen')).waitFor();
    await page.getByRole('cell', { name: words('policyStatus.PUBLISHED') }).waitFor();

    await page.getByRole('link', { name: words('nav.readiness'), exact: true }).click();
    await page.getByRole('heading', { name: `${steps[0]}${words('firstSteps.done')}` }).waitFor();
    await page
      .getByRole('main')
      .getByRole('link', { name: words('systems.register') })
      .click();
    await page.getByLabel(words('systemFields.name')).first().fill('最初のシステム');
    await page.getByLabel(words('systemFields.code')).fill('FIRST');
    await page.getByRole('button', { name: words('systemFields.organisationId') }).click();
    await page.getByRole('option', { name: '自組織' }).click();
    await page.getByRole('radio', { name: words('domain:tier.HIGH'), exact: true }).check({ force: true });
    await page.getByRole('button', { name: words('systems.registerSubmit'), exact: true }).click();
    await visit.settled('最初のシステム');
    const owed = page.getByRole('tabpanel').getByRole('listitem');
    await owed.first().waitFor();
    const dated = (await owed.allInnerTexts()).filter((text) => /202[67]年\d+月\d+日/.test(text));
    expect(dated.length).toBeGreaterThanOrEqual(5);

    await page.getByRole('link', { name: words('nav.readiness'), exact: true }).click();
    await page
      .getByRole('grid', { name: words('readiness.heatmap') })
      .getByText('最初のシステム')
      .first()
      .waitFor();
  }));
