import type { Browser } from 'playwright-core';
import { tabAt, type Visit } from '../stage';
import type { Locale } from '../words';
import type { RunningService } from './service';

/** Somebody who comes to a service that runs as a process of its own with an address, a password and a browser. */
export class Visitor {
  constructor(
    private readonly chromium: Browser,
    private readonly service: RunningService,
    private readonly password: string,
  ) {}

  /** Signs in on the page, as `email`, and goes on from the page that comes then. */
  signedIn(email: string, use: (visit: Visit) => Promise<void>, locale: Locale = 'ja'): Promise<void> {
    return this.visit(async (visit) => {
      await visit.open('/');
      await this.signIn(visit, email);
      await use(visit);
    }, locale);
  }

  /** Comes without a session, which the service says once. */
  async visit(use: (visit: Visit) => Promise<void>, locale: Locale = 'ja'): Promise<void> {
    const tab = await tabAt(this.chromium, this.service.url, { locale, refusals: ['401 GET /me'] });
    try {
      await tab.use(use);
    } finally {
      await tab.close();
    }
  }

  /** Fills in the form that is shown, and waits for what comes after it. */
  async signIn({ page, words, settled }: Visit, email: string): Promise<void> {
    await page.getByLabel(words('signIn.email')).fill(email);
    await page.getByLabel(words('signIn.password')).fill(this.password);
    await page.getByRole('button', { name: words('signIn.submit'), exact: true }).click();
    await page.getByLabel(words('signIn.password')).waitFor({ state: 'detached' });
    await settled();
  }
}
