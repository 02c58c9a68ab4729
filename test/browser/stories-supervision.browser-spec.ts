import { keepPicture } from '../support/screenshots';
import { Stage, type Visit } from '../support/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('supervision');
}, 120_000);

afterAll(() => stage?.close());

const AGENCY = '独立行政法人 見本検査機構';
const SYSTEM = '検査結果登録システム';

/** Presses the switch of the agency and confirms. */
async function press({ page, words, open }: Visit, step: 'share-details' | 'close-details'): Promise<void> {
  await open('/organisations');
  const name = words(`organisations.${step}`);
  await page.getByRole('button', { name }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

describe('an agency that shares no details', () => {
  it('is on the dashboard of the ministry as counts that lead nowhere, and its systems are on no list', () =>
    stage.visit({ as: 'manager' }, async ({ page, words, open }) => {
      await open('/');
      const table = page.getByRole('table', { name: words('readiness.supervised') });
      await table.getByRole('rowheader', { name: AGENCY }).first().waitFor();
      expect(await table.getByRole('link').count()).toBe(0);
      await keepPicture(page, 'stories/supervised');
      await open('/systems');
      expect(await page.getByRole('link', { name: SYSTEM }).count()).toBe(0);
      await open('/organisations');
      const entry = page.getByRole('listitem').filter({ hasText: AGENCY }).last();
      await entry.getByText(words('organisations.closed')).waitFor();
      expect(await entry.getByRole('link').count()).toBe(0);
    }));

  it('is opened and closed by its own administrator, for everybody above at once', async () => {
    await stage.visit({ as: 'kensa' }, (visit) => press(visit, 'share-details'));
    await stage.visit({ as: 'manager' }, async ({ page, words, open }) => {
      await open('/');
      expect(await page.getByRole('table', { name: words('readiness.supervised') }).count()).toBe(0);
      await open('/systems');
      await page.getByRole('link', { name: SYSTEM }).waitFor();
    });
    await stage.visit({ as: 'kensa' }, async (visit) => {
      await press(visit, 'close-details');
      await visit.page.getByRole('button', { name: visit.words('organisations.share-details') }).waitFor();
      await keepPicture(visit.page, 'stories/own-agency');
    });
  });
});
