import { axeViolations } from '../support/axe';
import { eventually } from '../support/eventually';
import { keepPicture } from '../support/screenshots';
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
      await keepPicture(page, `reminders/waiting-${locale}`);
      await section.getByText(words('reminders.acknowledge'), { exact: true }).first().click();
      await page.getByText(words('reminders.acknowledged')).waitFor();
      await eventually(waiting, ({ length }) => length === before.length - 1);
      await open(`/reminders?recipientId=${(await client.get('/me')).body.user.id}`);
      await settled(words('reminders.title'));
      await page.getByRole('cell', { name: ACKNOWLEDGED[locale] }).first().waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `reminders/ledger-${locale}`);
      await open('/obligations?state=OVERDUE,FAILED');
      await page
        .getByRole('button', { name: words('obligations.history') })
        .first()
        .click();
      await page.getByRole('heading', { name: words('reminders.ofObligation') }).waitFor();
      await settled();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `reminders/obligation-${locale}`);
    });
  },
);

it.each(['ja', 'en'] as const)(
  'an owner snoozes reminders for a reason, sees it, and cancels it, in %s',
  async (locale) => {
    await stage.speak(locale, 'owner');
    const context = locale === 'en' ? { viewport: { width: 320, height: 800 } } : {};
    await stage.visit(
      { as: 'owner', locale, refusals: ['422 POST /obligations/:id/snoozes'], context },
      async ({ page, words, open, settled }) => {
        await open('/me');
        const start = page.getByText(words('snooze.start'), { exact: true });
        await start.first().click();
        const dialog = page.getByRole('dialog', { name: words('snooze.start') });
        await dialog.getByLabel(words('snooze.reason')).fill('担当者の不在のため');
        const until = dialog.getByLabel(words('snooze.untilOn'));
        await until.fill('2036-01-31');
        await dialog.getByRole('button', { name: words('snooze.submit') }).click();
        await dialog.getByRole('alert').waitFor();
        expect(await axeViolations(page)).toEqual([]);
        await keepPicture(page, `reminders/snooze-refused-${locale}`);
        await until.fill(new Date(Date.now() + 86_400_000).toISOString().slice(0, 10));
        await dialog.getByRole('button', { name: words('snooze.submit') }).click();
        await dialog.waitFor({ state: 'detached' });
        await page.getByText(words('snooze.because', { reason: '担当者の不在のため' })).waitFor();
        await settled();
        expect(await axeViolations(page)).toEqual([]);
        const wide = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth');
        expect(wide).toBe(false);
        await keepPicture(page, `reminders/snoozed-${locale}`);
        await page.getByText(words('snooze.cancel'), { exact: true }).click();
        await page.getByText(words('snooze.cancelled')).waitFor();
        await page.getByText(words('snooze.goesOn')).waitFor({ state: 'detached' });
      },
    );
  },
);
