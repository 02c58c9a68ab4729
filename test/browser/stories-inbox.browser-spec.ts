import { axeViolations } from '../support/axe';
import { eventually } from '../support/eventually';
import { keepPicture } from '../support/screenshots';
import { Stage } from '../support/stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('inbox');
}, 120_000);

afterAll(() => stage?.close());

it.each(['ja', 'en'] as const)(
  'the inbox counts what is unread, leads to what clears it, and is read, in %s',
  async (locale) => {
    const person = locale === 'ja' ? 'owner' : 'manager';
    await stage.speak(locale, person);
    const context = locale === 'en' ? { viewport: { width: 320, height: 800 }, colorScheme: 'dark' as const } : {};
    await stage.visit({ as: person, locale, context }, async ({ page, words, open, settled }) => {
      const client = await stage.app.as(person);
      const unread = async (): Promise<number> => (await client.get('/me/inbox/unread')).body.unread;
      await stage.app.database.query('UPDATE reminder SET read_at = NULL');
      await eventually(unread, (count) => count > 2, 60_000);
      await open('/');
      const before = await unread();
      await page
        .getByRole('link', { name: words('inbox.openWith', { unread: words('inbox.unread', { count: before }) }) })
        .click();
      await settled(words('inbox.title'));
      expect(await axeViolations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')).toBe(
        false,
      );
      await keepPicture(page, `inbox/unread-${locale}`);

      await page.getByText(words('inbox.markRead'), { exact: true }).first().click();
      await eventually(unread, (count) => count < before || before === 100);
      await page.locator('main li a').first().click();
      await page.waitForURL(/systems|improvements/);
      await settled();

      await open('/inbox');
      await page.getByRole('button', { name: words('inbox.markAll') }).click();
      await page.getByText(words('inbox.allRead')).waitFor();
      await eventually(unread, (count) => count === 0);
      await page.getByRole('link', { name: words('inbox.openWith', { unread: words('inbox.none') }) }).waitFor();
      await page.getByLabel(words('inbox.show')).selectOption('true');
      await page.getByText(words('inbox.noMatch')).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `inbox/read-${locale}`);
    });
  },
);
