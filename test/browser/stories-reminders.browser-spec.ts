import { axeViolations } from '../support/axe';
import { eventually } from '../support/eventually';
import { saveScreenshot } from '../support/screenshots';
import { Stage } from '../support/stage';

/** `words` leaves out the instant. */
const ACKNOWLEDGED = { ja: /\d 確認$/, en: /^Acknowledged \w/ };

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('reminders');
}, 120_000);

afterAll(() => stage?.close());

it.each(['ja', 'en'] as const)(
  'an escalation is acknowledged on the page of one’s deadlines, and in the ledger it says by when, in %s',
  async (locale) => {
    await stage.speak(locale, 'manager');
    await stage.visit({ as: 'manager', locale }, async ({ page, words, open, settled }) => {
      const client = await stage.app.as('manager');
      const waiting = async (): Promise<{ id: string }[]> => (await client.get('/me/escalations')).body.items;
      // The worker has swept.
      const before = await eventually(waiting, ({ length }) => length > 1, 60_000);
      await open('/me');
      const section = page.locator('section').filter({ hasText: words('reminders.waitingText') });
      await section.waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await saveScreenshot(page, `reminders/waiting-${locale}`);
      await section.getByText(words('reminders.acknowledge'), { exact: true }).first().click();
      await page.getByText(words('reminders.acknowledged')).waitFor();
      await eventually(waiting, ({ length }) => length === before.length - 1);
      await open(`/reminders?recipientId=${(await client.get('/me')).body.user.id}`);
      await settled(words('reminders.title'));
      await page.getByRole('cell', { name: ACKNOWLEDGED[locale] }).first().waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await saveScreenshot(page, `reminders/ledger-${locale}`);
      await open('/obligations?state=OVERDUE,FAILED');
      await page
        .getByRole('button', { name: words('obligations.history') })
        .first()
        .click();
      await page.getByRole('heading', { name: words('reminders.ofObligation') }).waitFor();
      await settled();
      expect(await axeViolations(page)).toEqual([]);
      await saveScreenshot(page, `reminders/obligation-${locale}`);
    });
  },
);
