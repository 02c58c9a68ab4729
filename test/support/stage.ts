import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { SESSION_COOKIE } from '../../src/access/sessions/session-cookie';
import { WEB_ROOT } from '../../src/platform/http/serving/web';
import { type DemoApp, type DemoPersonName, startDemoApp } from './app';
import { launchBrowser } from './browser';
import { freePort } from './free-port';
import { saveScreenshot } from './screenshots';
import { type Locale, type Words, wordsOf } from './words';

export interface VisitOptions {
  /** Who is signed in already; nobody when absent. */
  as?: DemoPersonName;
  /** The language that is expected; ja when absent, as the people of the demo have it. */
  locale?: Locale;
  /** Refusals that belong to the story, as `409 POST /systems`, in their order; ids are written `:id`. */
  refusals?: string[];
  context?: BrowserContextOptions;
}

/** A page in front of somebody. */
export interface Visit {
  page: Page;
  words: Words;
  /** What should not have happened: errors and warnings of the console, among them broken policies; refused requests; requests to elsewhere. */
  troubles: string[];
  /** Opens an address of the product and waits until nothing is loading any more. */
  open(path: string): Promise<void>;
  /** Waits for a page whose heading is this, or any, and until nothing is loading any more. */
  settled(heading?: string): Promise<void>;
}

/** A page of somebody's that stays open. */
export interface Tab {
  /** One visit of it, as `Stage.visit` describes. */
  use(visit: (visit: Visit) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** The whole product with its demo, and a browser in front of it. */
export class Stage {
  private constructor(
    readonly app: DemoApp,
    private readonly chromium: Browser,
    /** Where browsers find it. */
    readonly origin: string,
  ) {}

  /** Once for a test file; `close` it in `afterAll`. */
  static async open(name: string, settings: Record<string, string> = {}): Promise<Stage> {
    const [app, chromium] = await Promise.all([
      startDemoApp(name, { worker: true, webRoot: WEB_ROOT, settings: { DIGEST_AT: '00:00', ...settings } }),
      launchBrowser(),
    ]);
    return new Stage(app, chromium, app.url);
  }

  /** The same under a name: browsers make passkeys for names and not for numbers. */
  static async openAtLocalhost(name: string): Promise<Stage> {
    const port = await freePort();
    const { app, chromium } = await Stage.open(name, { PORT: `${port}`, PUBLIC_URL: `http://localhost:${port}` });
    return new Stage(app, chromium, `http://localhost:${port}`);
  }

  /** Lets somebody use a page of their own. Fails when trouble came up; whatever fails leaves a picture under `failed/`. */
  async visit(options: VisitOptions, use: (visit: Visit) => Promise<void>): Promise<void> {
    const tab = await this.tab(options);
    try {
      await tab.use(use);
    } finally {
      await tab.close();
    }
  }

  /** A page that is visited again and again, and so has the product at hand. Close it when done. */
  async tab({ as, ...options }: VisitOptions): Promise<Tab> {
    const cookie = as && (await this.app.as(as)).cookie(SESSION_COOKIE);
    return tabAt(this.chromium, this.origin, { ...options, cookie });
  }

  /** Has people of the demo read everything in this language from now on. */
  async speak(locale: Locale, ...people: DemoPersonName[]): Promise<void> {
    for (const person of people) {
      const client = await this.app.as(person);
      const { headers } = await client.get('/me');
      const { status } = await client.patch('/me', { locale }, headers.get('etag'));
      if (status !== 200) throw new Error(`${person} cannot change the language: ${status}`);
    }
  }

  async close(): Promise<void> {
    await this.chromium.close();
    await this.app.stop();
  }
}

/** The same at any service; `cookie` is that of a session that has begun. */
export async function tabAt(
  chromium: Browser,
  origin: string,
  { locale = 'ja', refusals = [], cookie, context: more }: Omit<VisitOptions, 'as'> & { cookie?: string | undefined },
): Promise<Tab> {
  const language = { locale: locale === 'ja' ? 'ja-JP' : 'en-GB', timezoneId: 'Asia/Tokyo' };
  const viewport = { width: 1280, height: 900 };
  const context = await chromium.newContext({ ...language, viewport, ...more });
  if (cookie) await context.addCookies([{ name: SESSION_COOKIE, value: cookie, url: origin }]);
  const visit = visitOf(await context.newPage(), origin, wordsOf(locale));
  const look = async (use: (visit: Visit) => Promise<void>): Promise<void> => {
    visit.troubles.length = 0;
    try {
      await use(visit);
      expect(visit.troubles).toEqual(refusals);
    } catch (error) {
      const test = expect.getState().currentTestName ?? 'unnamed';
      const picture = `failed/${test.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 100)}`;
      await saveScreenshot(visit.page, picture).catch(() => '');
      throw error;
    }
  };
  return { use: look, close: () => context.close() };
}

function visitOf(page: Page, origin: string, words: Words): Visit {
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message) => {
    // A refused request is told by its answer.
    if (message.text().startsWith('Failed to load resource')) return;
    if (['error', 'warning'].includes(message.type())) troubles.push(message.text());
  });
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(origin)) troubles.push(request.url());
  });
  page.on('response', (response) => {
    const path = response.url().slice(origin.length).replace('/api/v1', '').replace(/\?.*/, '');
    const named = path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id');
    if (response.status() >= 400) troubles.push(`${response.status()} ${response.request().method()} ${named}`);
  });
  const settled = async (heading?: string): Promise<void> => {
    // By its element: what lies behind an open dialog has no role.
    const exactly = heading === undefined ? /./ : new RegExp(`^${heading.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
    await page.locator('h1', { hasText: exactly }).first().waitFor();
    await page.getByText(words('status.loading')).first().waitFor({ state: 'detached' });
  };
  const open = async (path: string): Promise<void> => {
    await page.goto(`${origin}${path}`);
    await settled();
  };
  return { page, words, troubles, open, settled };
}
