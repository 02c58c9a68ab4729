import { axeViolations } from '../support/axe';
import { keepPicture } from '../support/screenshots';
import { Stage } from '../support/stage';
import type { Locale } from '../support/words';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('improvements');
}, 120_000);

afterAll(() => stage?.close());

async function speak(locale: Locale): Promise<void> {
  for (const person of ['owner', 'manager', 'ciso'] as const) {
    const client = await stage.app.as(person);
    const { headers } = await client.get('/me');
    expect((await client.patch('/me', { locale }, headers.get('etag'))).status).toBe(200);
  }
}

/** A system of the owner that owes something failed or overdue. */
async function redObligation(): Promise<{ ruleTitle: string; systemId: string }> {
  const owner = await stage.app.as('owner');
  const { items } = (await owner.get('/obligations?state=OVERDUE,FAILED&owner=me&limit=200')).body;
  const red = items.find(({ kind }: { kind: string }) => kind !== 'IMPROVEMENT');
  return { ruleTitle: red.ruleTitle, systemId: red.system.id };
}

describe.each(['ja', 'en'] as const)('in %s', (locale) => {
  beforeAll(() => speak(locale));
  const title = locale === 'ja' ? '復元手順の連絡先を直す' : 'Correct the contacts of the procedure';

  it('an owner raises an item where something is red, reports, and another person closes it on a proof', async () => {
    const { ruleTitle, systemId } = await redObligation();
    let path = '';
    await stage.visit({ as: 'owner', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/systems/${systemId}`);
      const raise = page.getByRole('button', { name: words('improvements.raiseOf', { what: ruleTitle }) });
      await raise.first().click();
      const dialog = page.getByRole('dialog', { name: words('improvements.raise') });
      await dialog.getByRole('button', { name: words('improvements.raise') }).click();
      await dialog.getByRole('alert').waitFor();
      await dialog.getByLabel(words('improvements.name')).fill(title);
      await dialog.getByLabel(words('improvements.description')).fill('1. **一**\n2. 二');
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `improvements/${locale}/raise`);
      await dialog.getByRole('button', { name: words('improvements.raise') }).click();
      await visit.settled(title);
      path = new URL(page.url()).pathname;
      await page.getByLabel(words('improvements.reportText')).fill('半分');
      await page.getByLabel(words('improvements.percent')).fill('50');
      await page.getByRole('button', { name: words('improvements.report') }).click();
      await page.getByText(words('improvements.reported')).waitFor();
      await page.getByRole('progressbar', { name: words('improvements.progress') }).waitFor();
      expect(await page.getByRole('button', { name: words('improvements.close'), exact: true }).count()).toBe(0);
      await visit.open(`/systems/${systemId}?tab=improvements`);
      await page.getByRole('link', { name: title }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await visit.open('/me');
      await page
        .getByRole('link', {
          name: words('obligations.actOn', { action: words('actionKind.CLOSE_IMPROVEMENT'), rule: title }),
        })
        .waitFor({ state: 'attached' });
    });
    await stage.visit({ as: 'manager', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open(path);
      await page.getByText('50%').first().waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `improvements/${locale}/item`);
      await page.getByRole('button', { name: words('improvements.close'), exact: true }).click();
      const dialog = page.getByRole('dialog', { name: words('improvements.closeTitle') });
      const close = dialog.getByRole('button', { name: words('improvements.close'), exact: true });
      await close.click();
      await dialog.getByRole('alert').waitFor();
      await dialog.getByLabel(words('improvements.note')).fill('名簿と照らして確認した');
      await keepPicture(page, `improvements/${locale}/close`);
      expect(await axeViolations(page)).toEqual([]);
      await close.click();
      await page.getByText(words('improvements.closed')).waitFor();
      await page.getByText(words('improvements.proof')).waitFor();
      await keepPicture(page, `improvements/${locale}/closed`);
    });
  }, 180_000);

  it(
    'the CISO office splits an item among organisations and sees how far each is',
    () =>
      stage.visit({ as: 'ciso', locale }, async (visit) => {
        const { page, words } = visit;
        const pick = async (label: string, option: RegExp) => {
          await page.getByRole('dialog').getByRole('button', { name: label }).click();
          await page.getByRole('option', { name: option }).first().click();
        };
        await visit.open('/improvements?q=nothing-is-called-so');
        await page.getByText(words('improvements.none')).waitFor();
        expect(await axeViolations(page)).toEqual([]);
        await page
          .getByRole('button', { name: words('improvements.raise') })
          .first()
          .click();
        const raising = page.getByRole('dialog', { name: words('improvements.raise') });
        await raising.getByLabel(words('improvements.name')).fill(`${title} 2`);
        await pick(words('improvements.organisation'), /見本省|Ministry of Samples/);
        await raising.getByRole('button', { name: words('improvements.raise') }).click();
        await visit.settled(`${title} 2`);
        await page.getByRole('button', { name: words('improvements.split') }).click();
        const dialog = page.getByRole('dialog', { name: words('improvements.split') });
        for (const option of [/研究|Research/, /検査|Inspection/]) {
          await pick(words('improvements.splitPick'), option);
          await dialog.getByRole('button', { name: words('improvements.addPart') }).click();
        }
        expect(await axeViolations(page)).toEqual([]);
        await keepPicture(page, `improvements/${locale}/split`);
        await dialog.getByRole('button', { name: words('improvements.split'), exact: true }).click();
        await page.getByText(words('improvements.closedPart')).waitFor();
        await page.getByText(words('improvements.partsEnded', { count: 2, ended: 0 })).waitFor();
        expect(await axeViolations(page)).toEqual([]);
        await keepPicture(page, `improvements/${locale}/parts`);
        await visit.open('/improvements');
        await page
          .getByRole('link', { name: `${title} 2` })
          .first()
          .waitFor();
        expect(await axeViolations(page)).toEqual([]);
        await keepPicture(page, `improvements/${locale}/list`);
      }),
    180_000,
  );
});
