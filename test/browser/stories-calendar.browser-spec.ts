import { axeViolations } from '../support/axe';
import { pdfPages } from '../support/pdf';
import { keepPicture } from '../support/screenshots';
import { Stage } from '../support/stage';

const SIDEWAYS = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('calendar');
}, 120_000);

afterAll(() => stage?.close());

it.each(['ja', 'en'] as const)(
  'the calendar shows a month, leads from a day to what can be done, and a fiscal year, in %s',
  async (locale) => {
    await stage.speak(locale, 'owner');
    const owner = await stage.app.as('owner');
    const { today, days } = (await owner.get('/calendar?from=2026-11-01&to=2026-12-31')).body;
    const busiest = days
      .filter(({ on }: { on: string }) => on.slice(0, 7) === today.slice(0, 7))
      .sort((a: { count: number }, b: { count: number }) => b.count - a.count)[0];
    await stage.visit({ as: 'owner', locale }, async (visit) => {
      const { page, words } = visit;
      await visit.open(`/calendar?month=${today.slice(0, 7)}`);
      const grid = page.getByRole('grid', { name: words('calendar.grid') });
      await grid.waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `calendar-month-${locale}`);
      const labourDay = locale === 'ja' ? '勤労感謝の日' : 'Labor Thanksgiving Day';
      expect(await grid.locator('[data-day="2026-11-23"]').innerText()).toContain(labourDay);
      // A month of six weeks, and its holidays, on one sheet.
      await page.getByLabel(words('calendar.toMonth')).fill('2027-01');
      await page.waitForURL(/month=2027-01/);
      await grid.getByText(locale === 'ja' ? '元日' : "New Year's Day").waitFor();
      expect(pdfPages(await page.pdf({ preferCSSPageSize: true }))).toHaveLength(1);

      // The keyboard goes from day to day and on into the month before.
      await grid.locator('button[tabindex="0"]').focus();
      await page.keyboard.press('ArrowLeft');
      await page.waitForURL(/day=/);
      const before = new URL(page.url()).searchParams.get('day');
      await page.locator(`[data-day="${before}"]:focus`).waitFor();
      await page.keyboard.press('ArrowUp');
      await page.waitForURL((url) => url.searchParams.get('day') !== before);
      const week = new URL(page.url()).searchParams.get('day');
      await page.locator(`[data-day="${week}"]:focus`).waitFor();
      await page.keyboard.press('PageDown');
      await page.waitForURL((url) => (url.searchParams.get('day') ?? '') > (week ?? ''));

      await visit.open(`/calendar?month=${today.slice(0, 7)}`);
      await page.locator(`[data-day="${busiest.on}"]`).click();
      const list = page.locator('section[aria-labelledby="calendar-day"] li');
      await list.first().waitFor();
      expect(await list.count()).toBe(busiest.count);
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `calendar-day-${locale}`);
      await page.getByRole('link', { name: words('calendar.toObligations') }).click();
      await page.waitForURL(new RegExp(`/obligations\\?.*dueOn=${busiest.on}`));
      await page.locator('main li').first().waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `calendar-obligations-${locale}`);
      await page.goBack();
      await list.getByRole('link').first().click();
      await page.waitForURL(/\/(systems|drills|improvements)\//);

      await visit.open('/calendar?day=2026-11-30');
      await page.getByRole('button', { name: words('drills.plan') }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('link').first().waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `calendar-plan-${locale}`);
      await dialog.getByRole('link').first().click();
      expect(await page.getByLabel(words('drills.fields.scheduledAt')).inputValue()).toBe('2026-11-30T10:00');

      await visit.open('/calendar?view=year');
      await page.getByRole('heading', { level: 2 }).nth(12).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `calendar-year-${locale}`);
      expect(pdfPages(await page.pdf({ preferCSSPageSize: true }))).toHaveLength(1);

      await page.setViewportSize({ width: 320, height: 800 });
      expect(await page.evaluate(SIDEWAYS)).toBe(false);
      await visit.open(`/calendar?month=${today.slice(0, 7)}`);
      expect(await grid.isVisible()).toBe(false);
      await page.getByRole('listitem').filter({ hasText: /\d/ }).first().waitFor();
      expect(await page.evaluate(SIDEWAYS)).toBe(false);
      expect(await axeViolations(page)).toEqual([]);
      await keepPicture(page, `calendar-narrow-${locale}`);
    });
  },
  120_000,
);
