import type { TestApp } from '../support/app';
import { eventually } from '../support/eventually';
import { endOf, Office, sessionOf } from '../support/oidc/office';
import type { TestProvider } from '../support/oidc/provider';
import type { Visitor } from '../support/oidc/visitor';
import { emailOf } from '../support/world';

let office: Office;
let provider: TestProvider;
let service: TestApp;

beforeAll(async () => {
  office = await Office.open('oidc sign-in');
  ({ provider, service } = office);
});
afterAll(() => office?.stop());

const visitor = (): Visitor => office.visitor();
const known = (login: string, claims?: object): Promise<void> => office.know(login, claims);
const me = (browser: Visitor): ReturnType<Office['me']> => office.me(browser);

async function people(): Promise<number> {
  const [{ count }] = await service.dataSource.query('SELECT count(*)::int AS count FROM app_user');
  return count;
}

describe('signing in at the office’s provider', () => {
  it('is offered on the sign-in page', async () => {
    expect((await service.browser().get('/auth/hints')).body.oidc).toBe(true);
  });

  it('makes an account for who is new, without a role, and goes to the page that was asked for', async () => {
    await known('sato');
    const browser = visitor();
    const arrival = await browser.signIn('sato', '/api/v1/auth/oidc/start?return=/systems?tier=HIGH');
    expect(endOf(arrival)).toBe('/systems?tier=HIGH');
    const { status, body } = await me(browser);
    expect(status).toBe(200);
    expect(body).toMatchObject({ user: { email: 'sato@office.example', displayName: 'sato 氏' }, roles: [] });
  });

  it('finds the same account the next time, also under another address', async () => {
    await known('suzuki');
    const first = visitor();
    await first.signIn('suzuki');
    const before = await people();
    await known('suzuki', { email: 'married@office.example' });
    const second = visitor();
    await second.signIn('suzuki');
    expect((await me(second)).body.user.id).toBe((await me(first)).body.user.id);
    expect(await people()).toBe(before);
  });

  it('asks the provider with PKCE, state and nonce', async () => {
    const response = await visitor().ask(new URL('/api/v1/auth/oidc/start', service.url));
    const asked = new URL(response.headers.get('location') ?? '');
    expect(asked.origin).toBe(provider.issuer);
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      redirect_uri: `${service.url}/api/v1/auth/oidc/callback`,
    });
  });

  it('is on record, with where it came from', async () => {
    await known('takahashi');
    const browser = visitor();
    await browser.signIn('takahashi');
    const { id } = (await me(browser)).body.user;
    const [event] = await service.dataSource.query(
      `SELECT after FROM audit_event WHERE action = 'session.started' AND actor_id = $1`,
      [id],
    );
    expect(event.after).toMatchObject({ method: 'OIDC', issuer: provider.issuer, secondFactor: false });
  });

  it.each(['https://elsewhere.example/', '//elsewhere.example/', '/\\elsewhere.example', 'javascript:alert(1)'])(
    'never goes to %s afterwards',
    async (page) => {
      await known('ito');
      const arrival = await visitor().signIn('ito', `/api/v1/auth/oidc/start?return=${encodeURIComponent(page)}`);
      expect(arrival.url.href).toBe(`${service.url}/`);
    },
  );
});

describe('an account that is there already', () => {
  it('is not taken by who has its address at the provider', async () => {
    await known('pretender', { email: emailOf('admin') });
    const browser = visitor();
    expect(endOf(await browser.signIn('pretender'))).toBe('/sign-in?problem=OIDC_ACCOUNT_EXISTS');
    expect(browser.cookie('sonae_session')).toBeUndefined();
    expect(await service.dataSource.query(`SELECT FROM oidc_identity WHERE subject = 'pretender'`)).toEqual([]);
  });

  it('lets nobody in when it is closed', async () => {
    await known('leaver');
    await visitor().signIn('leaver');
    await service.dataSource.query(`UPDATE app_user SET active = false WHERE email = 'leaver@office.example'`);
    expect(endOf(await visitor().signIn('leaver'))).toBe('/sign-in?problem=OIDC_ACCOUNT_CLOSED');
  });
});

describe('an answer of the provider', () => {
  /** A sign-in up to the provider's answer, which the browser has not followed yet. */
  async function answered(login: string): Promise<{ browser: Visitor; answer: URL }> {
    await known(login);
    const browser = visitor();
    let page = await browser.open('/api/v1/auth/oidc/start');
    const open = browser.open.bind(browser);
    let answer: URL | undefined;
    // The last step of the walk is the way back to us: it stops there.
    const ask = browser.ask.bind(browser);
    browser.ask = async (url, form, method) => {
      if (url.pathname !== '/api/v1/auth/oidc/callback') return ask(url, form, method);
      answer = url;
      return new Response('stopped');
    };
    while (!answer) page = await browser.submit(page, { login, password: 'any' });
    Object.assign(browser, { ask, open });
    return { browser, answer };
  }

  it('lets nobody in with another state, and nothing is written', async () => {
    const { browser, answer } = await answered('mori');
    answer.searchParams.set('state', 'made-up');
    const before = await people();
    expect(endOf(await browser.open(answer.href))).toBe('/sign-in?problem=OIDC_NOT_BEGUN');
    expect(await people()).toBe(before);
    expect(browser.cookie('sonae_session')).toBeUndefined();
  });

  it('is of use to the browser that asked for it only', async () => {
    const { answer } = await answered('abe');
    expect(endOf(await visitor().open(answer.href))).toBe('/sign-in?problem=OIDC_NOT_BEGUN');
  });

  it('is of use once', async () => {
    const { browser, answer } = await answered('hara');
    const cookie = browser.cookie('sonae_oidc');
    expect(endOf(await browser.open(answer.href))).toBe('/');
    const replayed = await fetch(answer, { headers: { cookie: `sonae_oidc=${cookie}` }, redirect: 'manual' });
    expect(replayed.headers.get('location')).toBe('/sign-in?problem=OIDC_NOT_BEGUN');
    expect(replayed.headers.getSetCookie().join()).not.toContain('sonae_session');
  });

  it('with a code that was used before lets nobody in', async () => {
    const first = await answered('ono');
    await first.browser.open(first.answer.href);
    const second = await answered('ono');
    second.answer.searchParams.set('code', first.answer.searchParams.get('code') ?? '');
    expect(endOf(await second.browser.open(second.answer.href))).toBe('/sign-in?problem=OIDC_NOT_BELIEVED');
    expect(second.browser.cookie('sonae_session')).toBeUndefined();
  });

  it('is late after ten minutes', async () => {
    const { browser, answer } = await answered('kato');
    const now = service.clock.now();
    service.clock.advance({ minutes: 10 });
    expect(endOf(await browser.open(answer.href))).toBe('/sign-in?problem=OIDC_NOT_BEGUN');
    service.clock.set(now);
  });

  it('that says no is said to the person', async () => {
    const browser = visitor();
    const { headers } = await browser.ask(new URL('/api/v1/auth/oidc/start', service.url));
    const state = new URL(headers.get('location') ?? '').searchParams.get('state') ?? '';
    const no = new URLSearchParams({ error: 'access_denied', state, iss: provider.issuer });
    const arrival = await browser.open(`/api/v1/auth/oidc/callback?${no}`);
    expect(endOf(arrival)).toBe('/sign-in?problem=OIDC_REFUSED');
  });
});

describe('signing out', () => {
  it('at the provider ends the session here', async () => {
    await known('nakano');
    const browser = visitor();
    await browser.signIn('nakano');
    const page = await browser.open(`${provider.issuer}/session/end`);
    await browser.submit(page, { logout: 'yes' });
    await eventually(
      () => me(browser),
      ({ status }) => status === 401,
    );
  });

  it('here leads to the provider, where it ends too', async () => {
    await known('ogawa');
    const browser = visitor();
    await browser.signIn('ogawa');
    const { status, body } = await service
      .browser()
      .post('/auth/oidc/logout', undefined, { cookie: sessionOf(browser) });
    expect(status).toBe(200);
    expect((await me(browser)).status).toBe(401);
    const arrival = await browser.submit(await browser.open(body.redirectUrl), { logout: 'yes' });
    expect(arrival.url.href).toBe(`${service.url}/sign-in`);
    const next = await browser.open('/api/v1/auth/oidc/start');
    expect(next.text).toContain('name="login"');
  });

  it('of a session that began here leads nowhere', async () => {
    const deputy = await service.as('deputy');
    const { status, body } = await deputy.post('/auth/oidc/logout');
    expect([status, body]).toEqual([200, { redirectUrl: null }]);
    expect((await deputy.get('/me')).status).toBe(401);
  });
});
