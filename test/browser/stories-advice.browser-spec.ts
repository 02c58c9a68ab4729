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
