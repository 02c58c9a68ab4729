import { startBeside, type TestApp } from '../support/app';
import { freePort } from '../support/free-port';
import { Office } from '../support/oidc/office';
import { startProvider, type TestProvider } from '../support/oidc/provider';
import { Visitor } from '../support/oidc/visitor';
import { emailOf } from '../support/world';

let office: Office;
let provider: TestProvider;
let service: TestApp;

const LOGOUT = { 'http://schemas.openid.net/event/backchannel-logout': {} };

beforeAll(async () => {
  office = await Office.open('oidc trouble', { OIDC_LINK_BY_EMAIL: '1' });
  ({ provider, service } = office);
});
afterAll(() => office?.stop());

async function sendLogout(token: string): Promise<[number, string | undefined]> {
  const response = await fetch(`${service.url}/api/v1/auth/oidc/backchannel-logout`, {
    method: 'POST',
    body: new URLSearchParams({ logout_token: token }),
  });
  const text = await response.text();
  return [response.status, text === '' ? undefined : (JSON.parse(text) as { code: string }).code];
}

const isIn = async (browser: Visitor): Promise<boolean> => (await office.me(browser)).status === 200;

describe('a logout token', () => {
  async function signedIn(login: string): Promise<{ browser: Visitor; sid: string }> {
    await provider.know(login, { email: `${login}@office.example`, email_verified: true });
    const browser = new Visitor(service.url);
    await browser.signIn(login);
    const [{ sid }] = await service.dataSource.query('SELECT sid FROM oidc_session WHERE subject = $1', [login]);
    return { browser, sid };
  }

  it('ends the session that it names, once, and is on record', async () => {
    const { browser, sid } = await signedIn('sato');
    const other = await signedIn('suzuki');
    const token = await provider.logoutToken({ sub: 'sato', sid, events: LOGOUT });
    expect(await sendLogout(token)).toEqual([200, undefined]);
    expect([await isIn(browser), await isIn(other.browser)]).toEqual([false, true]);
    expect(await sendLogout(token)).toEqual([400, 'OIDC_LOGOUT_REFUSED']);
    const events = await service.dataSource.query(
      `SELECT after FROM audit_event WHERE action = 'session.ended' AND after->>'by' = 'OIDC_BACKCHANNEL'`,
    );
    expect(events).toHaveLength(1);
  });

  it('ends every session of a subject when it names no session', async () => {
    const [one, next] = [await signedIn('kimura'), await signedIn('kimura')];
    expect(await sendLogout(await provider.logoutToken({ sub: 'kimura', events: LOGOUT }))).toEqual([200, undefined]);
    expect([await isIn(one.browser), await isIn(next.browser)]).toEqual([false, false]);
  });

  it.each([
    ['for another client', { aud: 'another' }],
    ['of another issuer', { iss: 'https://elsewhere.example' }],
    ['about something else', { events: {} }],
    ['old', { iat: 1_000_000_000 }],
  ])('ends nothing when it is %s', async (_case, claims) => {
    const { browser } = await signedIn('hayashi');
    const token = await provider.logoutToken({ sub: 'hayashi', events: LOGOUT, ...claims });
    expect(await sendLogout(token)).toEqual([400, 'OIDC_LOGOUT_REFUSED']);
    expect(await isIn(browser)).toBe(true);
  });

  it('that nobody signed ends nothing', async () => {
    const { browser } = await signedIn('hayashi');
    const token = await provider.logoutToken({ sub: 'hayashi', events: LOGOUT });
    expect(await sendLogout(`${token.slice(0, -8)}AAAAAAAA`)).toEqual([400, 'OIDC_LOGOUT_REFUSED']);
    expect(await sendLogout('nonsense')).toEqual([400, 'OIDC_LOGOUT_REFUSED']);
    expect(await isIn(browser)).toBe(true);
  });
});

describe('with OIDC_LINK_BY_EMAIL', () => {
  it('an account is taken by who has its verified address at the provider', async () => {
    await provider.know('manager', { email: emailOf('manager').toUpperCase(), email_verified: true });
    const browser = new Visitor(service.url);
    await browser.signIn('manager');
    const { body } = await service.browser().get('/me', { cookie: `sonae_session=${browser.cookie('sonae_session')}` });
    expect(body.user.id).toBe(service.world.people.manager);
    expect(body.roles).toEqual([expect.objectContaining({ role: 'MANAGER' })]);
  });

  it.each([[{ email_verified: false }], [{}]])('not by an address that is not verified: %j', async (claims) => {
    await provider.know('pretender', { email: emailOf('admin'), ...claims });
    const arrival = await new Visitor(service.url).signIn('pretender');
    expect(arrival.url.search).toBe('?problem=OIDC_ACCOUNT_EXISTS');
  });

  it('nobody gets in without an address', async () => {
    await provider.know('nameless', { name: 'x' });
    const arrival = await new Visitor(service.url).signIn('nameless');
    expect(arrival.url.search).toBe('?problem=OIDC_NO_EMAIL');
  });
});

describe('a provider', () => {
  it('that signs with a key which it does not publish is not believed', async () => {
    const port = await freePort();
    const foreign = await startProvider(`http://127.0.0.1:${port}`, { otherKeys: true });
    const beside = await startBeside(service, {
      settings: { ...foreign.settings, PORT: `${port}` },
      now: new Date().toISOString(),
    });
    try {
      await foreign.know('sato', { email: 'forged@office.example', email_verified: true });
      const browser = new Visitor(beside.url);
      const arrival = await browser.signIn('sato');
      expect(arrival.url.search).toBe('?problem=OIDC_NOT_BELIEVED');
      expect(browser.cookie('sonae_session')).toBeUndefined();
      const written = await service.dataSource.query(
        `SELECT FROM app_user WHERE email = 'forged@office.example'
         UNION ALL SELECT FROM oidc_identity WHERE issuer = $1`,
        [foreign.issuer],
      );
      expect(written).toEqual([]);
    } finally {
      await beside.stop();
      await foreign.stop();
    }
  });

  it('that is down is said to be, at the beginning and on the way back; signing in by password goes on', async () => {
    const port = await freePort();
    const lost = await startProvider(`http://127.0.0.1:${port}`);
    const settings = { ...lost.settings, PORT: `${port}` };
    const beside = await startBeside(service, { settings, now: new Date().toISOString() });
    try {
      const browser = new Visitor(beside.url);
      const { headers } = await browser.ask(new URL('/api/v1/auth/oidc/start', beside.url));
      const state = new URL(headers.get('location') ?? '').searchParams.get('state') ?? '';
      await lost.stop();
      const answer = new URLSearchParams({ code: 'any', state, iss: lost.issuer });
      const arrival = await browser.open(`/api/v1/auth/oidc/callback?${answer}`);
      expect(arrival.url.search).toBe('?problem=OIDC_UNAVAILABLE');
    } finally {
      await beside.stop();
    }
    const unreached = await startBeside(service, { settings, now: new Date().toISOString() });
    try {
      const start = await new Visitor(unreached.url).open('/api/v1/auth/oidc/start');
      expect(start.url.search).toBe('?problem=OIDC_UNAVAILABLE');
      expect((await unreached.browser().get('/auth/hints')).status).toBe(200);
    } finally {
      await unreached.stop();
    }
  });

  it('that is not set up is said to be none', async () => {
    const beside = await startBeside(service);
    try {
      const start = await new Visitor(beside.url).open('/api/v1/auth/oidc/start');
      expect(start.url.search).toBe('?problem=OIDC_NOT_SET_UP');
      expect((await beside.browser().get('/auth/hints')).body.oidc).toBe(false);
    } finally {
      await beside.stop();
    }
  });
});
