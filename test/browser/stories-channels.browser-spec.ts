import { axeViolations } from '../support/axe';
import { eventually } from '../support/eventually';
import { type Receiver, startReceiver } from '../support/receiver';
import { keepPicture } from '../support/screenshots';
import { Stage } from '../support/stage';

let stage: Stage;
let receiver: Receiver;

beforeAll(async () => {
  [stage, receiver] = await Promise.all([
    Stage.open('channels', { CHANNEL_PRIVATE_RANGES: '127.0.0.1' }),
    startReceiver(),
  ]);
}, 120_000);

afterAll(async () => {
  await stage?.close();
  await receiver?.stop();
});

it.each(['ja', 'en'] as const)(
  'a channel is added, tried and told; what it did not take is sent again from the outbox, in %s',
  async (locale) => {
    await stage.speak(locale, 'admin');
    await stage.visit({ as: 'admin', locale, refusals: ['422 POST /channels'] }, async (visit) => {
      const { page, words } = visit;
      receiver.answerWith(500, 'out of order');
      await visit.open('/channels');
      await page.getByRole('button', { name: words('channels.add') }).click();
      const form = page.getByRole('dialog', { name: words('channels.add') });
      const organisation = form.getByLabel(words('channels.organisation'));
      await organisation.click();
      await page.getByRole('listbox').getByRole('option').first().click();
      await form.getByLabel(words('channels.name')).fill(`監視 ${locale}`);
      await form.getByLabel(words('channels.kindLabel')).selectOption('WEBHOOK');
      const address = form.getByLabel(words('channels.address.WEBHOOK'), { exact: false });
      await address.fill('https://169.254.169.254/latest/meta-data');
      await form.getByRole('button', { name: words('channels.make') }).click();
      await form.getByRole('alert').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `channels/refused-${locale}`);
      await address.fill(`${receiver.url}/in/token-in-the-path`);
      await form.getByRole('button', { name: words('channels.make') }).click();

      const secret = page.getByRole('alertdialog');
      await secret.getByText(/^whsec_/).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `channels/secret-${locale}`);
      await secret.getByRole('button', { name: words('secret.kept') }).click();

      const card = page.getByRole('listitem').filter({ hasText: `監視 ${locale}` });
      await card.getByRole('button', { name: words('channels.test') }).click();
      await card.getByText(words('channels.testFailed')).waitFor();
      await card.getByText('HTTP 500 out of order').first().waitFor();
      expect(await page.content()).not.toContain('token-in-the-path');
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `channels/tried-${locale}`);

      // The worker has tried; the attempts that are left are spent at once instead of in eight hours.
      const ofChannel = `channel_id = (SELECT id FROM channel WHERE name = '監視 ${locale}')`;
      const become = (condition: string): Promise<unknown[]> =>
        eventually(
          () => stage.app.database.query(`SELECT id FROM channel_message WHERE ${ofChannel} AND ${condition}`),
          ({ length }) => length > 0,
          60_000,
        );
      await become(`status = 'QUEUED' AND error IS NOT NULL`);
      await stage.app.database.query(`UPDATE channel_message SET attempts = 8, leased_until = NULL WHERE ${ofChannel}`);
      await become(`status = 'FAILED'`);
      receiver.answerWith(200, 'ok');
      await page.getByRole('link', { name: words('channels.toMessages') }).click();
      await visit.settled(words('outbox.title'));
      const row = page.getByRole('row').filter({ hasText: `監視 ${locale}` });
      await row.getByText(words('mailStatus.FAILED')).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `channels/failed-${locale}`);
      await row.getByRole('button', { name: words('outbox.retry') }).click();
      await become(`status = 'SENT'`);
      await page.reload();
      await row.getByText(words('mailStatus.SENT')).waitFor();

      await visit.open('/channels');
      await page.setViewportSize({ width: 320, height: 800 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
      await keepPicture(page, `channels/narrow-${locale}`);
    });
  },
  120_000,
);
