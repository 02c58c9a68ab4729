import { startTestApp, type TestApp } from '../app';
import type { Answer } from '../client';
import { freePort } from '../free-port';
import { startProvider, type TestProvider } from './provider';
import { type Arrival, Visitor } from './visitor';

/** A provider and a service that signs people in there. */
export class Office {
  private constructor(
    readonly provider: TestProvider,
    readonly service: TestApp,
  ) {}

  /** Starts both; once for a test file, and stop them in `afterAll`. The provider's tokens tell the machine's time, so the clock stands there. */
  static async open(name: string, settings: Record<string, string> = {}): Promise<Office> {
    const port = await freePort();
    const provider = await startProvider(`http://127.0.0.1:${port}`);
    const service = await startTestApp(name, {
      settings: { ...provider.settings, PORT: `${port}`, ...settings },
      now: new Date().toISOString(),
    });
    return new Office(provider, service);
  }

  /** A browser that has been nowhere yet. */
  visitor(): Visitor {
    return new Visitor(this.service.url);
  }

  /** Makes somebody known to the provider, under an address of their own. */
  know(login: string, claims: object = {}): Promise<void> {
    const usual = { email: `${login}@office.example`, email_verified: true, name: `${login} 氏` };
    return this.provider.know(login, { ...usual, ...claims });
  }

  /** `GET /me` with the session of a browser. */
  me(browser: Visitor): Promise<Answer> {
    return this.service.browser().get('/me', { cookie: sessionOf(browser) });
  }

  async stop(): Promise<void> {
    await this.service.stop();
    await this.provider.stop();
  }
}

export function sessionOf(browser: Visitor): string {
  return `sonae_session=${browser.cookie('sonae_session')}`;
}

/** The page of the application at which a walk ended. */
export function endOf({ url }: Arrival): string {
  return url.pathname + url.search;
}
