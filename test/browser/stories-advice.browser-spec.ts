import { axeViolations } from '../support/axe';
import { keepPicture } from '../support/screenshots';
import { Stage } from '../support/stage';
import type { Locale } from '../support/words';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('advice');
}, 120_000);

afterAll(() => stage?.close());

async function speak(locale: Locale): Promise<void> {
  for (const person of ['owner', 'ciso'] as const) {
    const client = await stage.app.as(person);
    const { headers } = await client.get('/me');
    expect((await client.patch('/me', { locale }, headers.get('etag'))).status).toBe(200);
  }
}

describe.each(['ja', 'en'] as const)('in %s', (locale) => {
  beforeAll(() => speak(locale));
  const title = locale === 'ja' ? '写しをどこに置くか' : 'Where to keep the copies';

  it('an owner asks the ministry about a system, and its CISO office answers', async () => {
    const { items } = (await (await stage.app.as('owner')).get('/systems?q=SHINSEI')).body;
    let path = '';
    await stage.visit({ as: 'owner', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/advice?status=WITHDRAWN');
      await page.getByText(words('advice.none')).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await visit.open(`/systems/${items[0].id}?tab=improvements`);
      await page.getByRole('button', { name: words('advice.ask') }).click();
      const dialog = page.getByRole('dialog', { name: words('advice.ask') });
      const send = dialog.getByRole('button', { name: words('advice.submit'), exact: true });
      await send.click();
      await dialog.getByRole('alert').waitFor();
      await dialog.getByLabel(words('advice.name')).fill(title);
      await dialog.getByLabel(words('advice.question')).fill('別の地域に要りますか。');
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `advice/${locale}/ask`);
      await send.click();
      await visit.settled(title);
      path = new URL(page.url()).pathname;
      await page.getByRole('button', { name: words('advice.withdraw') }).waitFor();
    });
    await stage.visit({ as: 'ciso', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open(path);
      await page.getByLabel(words('advice.answer')).fill('**要ります。**');
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `advice/${locale}/answer`);
      await page.getByRole('button', { name: words('advice.submitAnswer') }).click();
      await page.getByText(words('adviceStatus.ANSWERED'), { exact: true }).waitFor();
      await keepPicture(page, `advice/${locale}/answered`);
      await visit.open('/advice');
      await page.getByRole('link', { name: title }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `advice/${locale}/list`);
    });
  }, 180_000);
});

// Afterwards: until then nothing has been withdrawn.
describe.each(['ja', 'en'] as const)('in %s', (locale) => {
  beforeAll(() => stage.speak(locale, 'owner', 'ciso'));

  it('an owner withdraws a question after being asked, and nobody can answer it any more', async () => {
    const owner = await stage.app.as('owner');
    const { id: systemId, organisation } = (await owner.get('/systems?q=SHINSEI')).body.items[0];
    const asked = locale === 'ja' ? '写しは幾つ要るか' : 'How many copies';
    const { status, body } = await owner.post('/advice', {
      organisationId: organisation.id,
      systemId,
      title: asked,
      question: '幾つ？',
    });
    expect(status).toBe(201);
    await stage.visit({ as: 'owner', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/advice/${body.id}`);
      const withdraw = page.getByRole('button', { name: words('advice.withdraw') });
      await withdraw.click();
      const dialog = page.getByRole('alertdialog', { name: words('advice.withdraw') });
      await dialog.getByText(words('advice.withdrawText')).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `advice/${locale}/withdraw`);
      await dialog.getByRole('button', { name: words('action.cancel') }).click();
      await page.getByText(words('adviceStatus.OPEN'), { exact: true }).waitFor();
      await withdraw.click();
      await dialog.getByRole('button', { name: words('advice.withdraw') }).click();
      await page.getByText(words('advice.withdrawn')).waitFor();
      await page.getByText(words('adviceStatus.WITHDRAWN'), { exact: true }).waitFor();
      await page.getByText(words('advice.noAnswerAnyMore')).waitFor();
      expect(await withdraw.count()).toBe(0);
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `advice/${locale}/withdrawn`);
      await visit.open('/advice?status=OPEN');
      expect(await page.getByRole('link', { name: asked }).count()).toBe(0);
      await visit.open('/advice?status=WITHDRAWN');
      await page.getByRole('link', { name: asked }).waitFor();
    });
    await stage.visit({ as: 'ciso', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/advice/${body.id}`);
      await page.getByText(words('advice.noAnswerAnyMore')).waitFor();
      expect(await page.getByLabel(words('advice.answer')).count()).toBe(0);
    });
  }, 180_000);
});
