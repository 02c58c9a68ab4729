import type { DemoPersonName } from '../support/app';
import { axeViolations } from '../support/axe';
import { keepPicture } from '../support/screenshots';
import { Stage, type Tab, type Visit } from '../support/stage';
import { wordsOf } from '../support/words';
import { type Known, knownOf, PAGES } from './known-pages';

let stage: Stage;
let known: Known;

beforeAll(async () => {
  stage = await Stage.open('pages');
  known = await knownOf(stage.app);
}, 120_000);

afterAll(() => stage?.close());

/** What holds for any page, at a glance. */
async function glanceAt({ page }: Visit, rules?: string[]) {
  return {
    lang: await page.evaluate('document.documentElement.lang'),
    title: await page.title(),
    headings: await page.locator('h1').allTextContents(),
    violations: await axeViolations(page, rules && { rules }),
  };
}

/** Whatever is drawn beyond the right edge of the window and makes the document scroll sideways. */
const SIDEWAYS = `(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const wide = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > clientWidth + 0.5);
  return wide.map((one) => one.outerHTML.slice(0, 120)).concat('scrolls to ' + scrollWidth);
})()`;

/** The rules that the colours of a page can break: all that a dark page can, when a light one of the same elements is sound. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

describe.each(['ja', 'en'] as const)('in %s', (locale) => {
  const words = wordsOf(locale);
  const people = ['admin', 'owner', 'manager', 'ciso'] as const;
  const tabs = new Map<DemoPersonName, Tab>();
  beforeAll(async () => {
    await stage.speak(locale, ...people);
    for (const as of people) tabs.set(as, await stage.tab({ as, locale, context: { colorScheme: 'light' } }));
  });
  afterAll(async () => {
    await Promise.all([...tabs.values()].map((tab) => tab.close()));
    await stage.speak('ja', ...people);
  });

  const tabOf = (person: DemoPersonName): Tab => {
    const tab = tabs.get(person);
    if (!tab) throw new Error(`${person} has no tab`);
    return tab;
  };

  it.each(Object.entries(PAGES))(
    '%s is titled, accessible in light and dark, and fits 320 px',
    (name, { path, heading, picture, as = 'admin' }) =>
      tabOf(as).use(async (visit) => {
        const { page } = visit;
        const shoot = (theme: string) => picture && keepPicture(page, `pages/${locale}-${theme}/${name}`);
        await page.setViewportSize({ width: 1280, height: 900 });
        await page.emulateMedia({ colorScheme: 'light' });
        await visit.open(path(known));
        const light = await glanceAt(visit);
        const title = heading ? words(heading) : (light.headings[0] ?? '');
        const sound = { lang: locale, title: words('shell.pageTitle', { title }), headings: [title], violations: [] };
        expect(light).toEqual(sound);
        await shoot('light');
        await page.emulateMedia({ colorScheme: 'dark' });
        expect(await glanceAt(visit, OF_COLOURS)).toEqual(sound);
        await shoot('dark');
        await page.setViewportSize({ width: 320, height: 720 });
        expect(await page.evaluate(SIDEWAYS)).toEqual([]);
        await shoot('dark-narrow');
      }),
  );
});

describe.each(['ja', 'en'] as const)('before the sign-in, in %s', (locale) => {
  it.each(['light', 'dark'] as const)('the sign-in page is titled and accessible in %s', (colorScheme) =>
    stage.visit({ locale, context: { colorScheme } }, async (visit) => {
      const { words } = visit;
      await visit.open('/sign-in');
      await visit.page.getByText('admin@demo.example').waitFor();
      const title = words('signIn.title');
      const sound = { lang: locale, title: words('shell.pageTitle', { title }), headings: [title], violations: [] };
      expect(await glanceAt(visit)).toEqual(sound);
      await keepPicture(visit.page, `pages/${locale}-${colorScheme}/sign-in`);
      await visit.page.setViewportSize({ width: 320, height: 720 });
      expect(await visit.page.evaluate(SIDEWAYS)).toEqual([]);
    }),
  );
});

describe('on a narrow screen', () => {
  it('the menu opens over the page, is accessible, and closes when it is followed', () =>
    stage.visit({ as: 'ciso', context: { viewport: { width: 320, height: 720 } } }, async (visit) => {
      const { page, words } = visit;
      await visit.open('/');
      await page.getByRole('button', { name: words('shell.openMenu') }).click();
      const menu = page.getByRole('dialog', { name: words('shell.menu') });
      await menu.waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await menu.getByRole('link', { name: words('nav.systems'), exact: true }).click();
      await visit.settled(words('systems.title'));
      await menu.waitFor({ state: 'detached' });
    }));
});

describe('on paper', () => {
  /** Width between the margins of A4, in CSS pixels. */
  const UPRIGHT = 703;
  const ACROSS = 1047;

  it.each([
    ['dashboard', ACROSS],
    ['system-obligations', UPRIGHT],
    ['procedure', UPRIGHT],
    ['drill-report', UPRIGHT],
    ['policy', UPRIGHT],
    ['import-report', UPRIGHT],
  ])('%s is whole within the page, in dark letters, without what only a screen needs', (name, width) =>
    stage.visit({ as: 'ciso', context: { colorScheme: 'dark', viewport: { width, height: 900 } } }, async (visit) => {
      const { page, words } = visit;
      await visit.open(PAGES[name]?.path(known) ?? '');
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      expect(await page.evaluate(SIDEWAYS)).toEqual([]);
      expect(await page.evaluate("getComputedStyle(document.querySelector('h1')).color")).toBe('rgb(26, 26, 26)');
      expect(await page.getByRole('navigation', { name: words('shell.navigation') }).count()).toBe(0);
      expect(await page.locator('button:visible').count()).toBe(0);
      const heads = await page.evaluate(
        "[...document.querySelectorAll('thead')].map((one) => getComputedStyle(one).display)",
      );
      expect((heads as string[]).filter((display) => display !== 'table-header-group')).toEqual([]);
      await keepPicture(page, `pages/print/${name}`);
    }),
  );

  it('the dashboard lies across A4 and a procedure stands upright', () =>
    stage.visit({ as: 'ciso' }, async (visit) => {
      const sheet = async (name: string): Promise<string | undefined> => {
        await visit.open(PAGES[name]?.path(known) ?? '');
        const pdf = (await visit.page.pdf({ preferCSSPageSize: true })).toString('latin1');
        return /\/MediaBox ?\[([\d. ]+)\]/.exec(pdf)?.[1];
      };
      expect(await sheet('dashboard')).toMatch(/^0 0 84\d(\.\d+)? 59\d(\.\d+)?$/);
      expect(await sheet('procedure')).toMatch(/^0 0 59\d(\.\d+)? 84\d(\.\d+)?$/);
    }));
});
