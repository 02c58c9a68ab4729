import { startTestApp, type TestApp } from '../support/app';
import type { Answer, Client } from '../support/client';
import { setUpTotp, type TotpApp } from '../support/factors/totp-app';
import { emailOf, PASSWORD, type PersonName } from '../support/world';

let service: TestApp;
let phone: TotpApp;
let recoveryCodes: string[];

const FACTOR_NEEDED = { state: 'FACTOR_NEEDED', factors: ['TOTP', 'RECOVERY_CODE'] };
const SIGNED_IN = { state: 'SIGNED_IN', factors: [] };

beforeAll(async () => {
  service = await startTestApp('second-factors', { settings: { TRUST_PROXY: '127.0.0.1' } });
  ({ phone, recoveryCodes } = await setUpTotp(await service.as('owner'), service.clock));
});
afterAll(() => service?.stop());
// Each test finds a code that has not been used, and no failures.
afterEach(() => service.clock.advance({ minutes: 20 }));

const login = (browser: Client, person: PersonName, more: object = {}): Promise<Answer> =>
  browser.post('/auth/login', { email: emailOf(person), password: PASSWORD, ...more });

/** A browser in which the owner has shown the password only. */
async function halfWay(): Promise<Client> {
  const browser = service.browser();
  expect((await login(browser, 'owner')).body).toEqual(FACTOR_NEEDED);
  return browser;
}

const byTotp = (browser: Client, code: string, from = '192.0.2.1'): Promise<Answer> =>
  browser.post('/auth/second-factor/totp', { code }, { 'x-forwarded-for': from });

const byRecoveryCode = (browser: Client, code: string): Promise<Answer> =>
  browser.post('/auth/second-factor/recovery-code', { code });

function eventsOf(action: string): Promise<{ after: object; record_id: string }[]> {
  return service.dataSource.query(
    'SELECT after, record_id FROM audit_event WHERE action = $1 AND actor_id = $2 ORDER BY at DESC, id DESC',
    [action, service.world.people.owner],
  );
}

describe('signing in without a second factor', () => {
  it('is one step for who has none', async () => {
    const browser = service.browser();
    expect((await browser.get('/auth/sign-in')).body).toEqual({ state: 'NONE', factors: [] });
    expect((await login(browser, 'manager')).body).toEqual(SIGNED_IN);
    expect((await browser.get('/auth/sign-in')).body).toEqual(SIGNED_IN);
  });

  it('cannot be followed by one', async () => {
    const browser = service.browser();
    await login(browser, 'manager');
    const { status, body } = await byTotp(browser, '000000');
    expect([status, body.code]).toEqual([409, 'FACTOR_NOT_AWAITED']);
    expect((await byTotp(service.browser(), '000000')).status).toBe(401);
  });
});

describe('signing in with a one-time code', () => {
  it('takes the password first, and the code then', async () => {
    const browser = await halfWay();
    expect((await browser.get('/auth/sign-in')).body).toEqual(FACTOR_NEEDED);
    const { status, body } = await byTotp(browser, phone.code());
    expect([status, body]).toEqual([200, SIGNED_IN]);
    expect((await browser.get('/me')).body.user.email).toBe(emailOf('owner'));
  });

  it('takes both at once from who sends both', async () => {
    const browser = service.browser();
    expect((await login(browser, 'owner', { totp: phone.code() })).body).toEqual(SIGNED_IN);
    expect((await browser.get('/systems')).status).toBe(200);
  });

  it('fails at once with both when the code is wrong', async () => {
    const browser = service.browser();
    const { status, body } = await login(browser, 'owner', { totp: phone.wrongCode() });
    expect([status, body.errors[0].field, body.errors[0].code]).toEqual([422, 'totp', 'WRONG_CODE']);
    expect((await browser.get('/me')).status).toBe(401);
  });

  it('opens nothing but itself and leaving before the code', async () => {
    const browser = await halfWay();
    for (const path of ['/me', '/systems', '/me/factors', '/me/sessions']) {
      const { status, body } = await browser.get(path);
      expect([path, status, body.code]).toEqual([path, 401, 'SECOND_FACTOR_NEEDED']);
    }
    for (const path of ['/me/factors/totp', '/me/confirmation', '/me/password', '/api-tokens'])
      expect([path, (await browser.post(path, {})).status]).toEqual([path, 401]);
    expect((await browser.post('/auth/oidc/logout')).status).toBe(200);
    expect((await browser.get('/auth/sign-in')).body.state).toBe('NONE');
  });

  it('gives the session a new token, and the one before it is worth nothing', async () => {
    const browser = await halfWay();
    const before = `sonae_session=${browser.cookie('sonae_session')}`;
    await byTotp(browser, phone.code());
    expect((await service.browser().get('/me', { cookie: before })).status).toBe(401);
    expect((await browser.get('/me')).status).toBe(200);
  });

  it('accepts the code of the half minute before or after, and none further off', async () => {
    for (const [later, status] of [
      [-2, 422],
      [-1, 200],
      [1, 200],
      [3, 422],
    ] as const)
      expect([later, (await byTotp(await halfWay(), phone.code(later))).status]).toEqual([later, status]);
  });

  it('counts a code once, also when it comes twice at the same moment', async () => {
    const browsers = await Promise.all([halfWay(), halfWay(), halfWay()]);
    const answers = await Promise.all(browsers.map((browser) => byTotp(browser, phone.code())));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422]);
    const late = await byTotp(await halfWay(), phone.code(-1));
    expect([late.status, late.body.errors[0].code]).toEqual([422, 'WRONG_CODE']);
  });

  it('waits ten minutes for the code', async () => {
    const browser = await halfWay();
    service.clock.advance({ minutes: 10 });
    expect((await browser.get('/auth/sign-in')).body.state).toBe('NONE');
    expect((await byTotp(browser, phone.code())).status).toBe(401);
  });

  it('lasts as long as any session afterwards', async () => {
    const browser = await halfWay();
    await byTotp(browser, phone.code());
    service.clock.advance({ hours: 11 });
    expect((await browser.get('/me')).status).toBe(200);
  });

  it('lets nobody guess: ten wrong codes are the end for 15 minutes, from wherever they come', async () => {
    const browser = await halfWay();
    for (let guess = 0; guess < 10; guess += 1)
      expect((await byTotp(browser, phone.wrongCode(), `198.51.100.${guess}`)).status).toBe(422);
    const { status, headers } = await byTotp(await halfWay(), phone.code(), '203.0.113.9');
    expect([status, Number(headers.get('retry-after')) > 0]).toEqual([429, true]);
    service.clock.advance({ minutes: 16 });
    expect((await byTotp(await halfWay(), phone.code())).status).toBe(200);
  });

  it('is on record: what was awaited, refused and shown', async () => {
    const browser = await halfWay();
    await byTotp(browser, phone.wrongCode());
    await byTotp(browser, phone.code());
    const [needed, refused, started] = await Promise.all(
      ['session.factor_needed', 'factor.refused', 'session.started'].map(eventsOf),
    );
    expect(refused?.[0]?.after).toEqual({ step: 'SIGN_IN', factor: 'TOTP' });
    expect(started?.[0]).toMatchObject({ after: { factor: 'TOTP' }, record_id: needed?.[0]?.record_id });
  });

  it('is not shown among the sessions of the person before it has ended', async () => {
    const browser = service.browser();
    await login(browser, 'owner', { totp: phone.code() });
    const before = (await browser.get('/me/sessions')).body.length;
    await halfWay();
    expect((await browser.get('/me/sessions')).body).toHaveLength(before);
  });
});

describe('signing in with a recovery code', () => {
  it('uses the code up, however it is typed', async () => {
    const [code = ''] = recoveryCodes;
    const typed = ` ${code.toUpperCase().replaceAll('-', ' ')}`;
    const { status, body } = await byRecoveryCode(await halfWay(), typed);
    expect([status, body]).toEqual([200, SIGNED_IN]);
    expect((await byRecoveryCode(await halfWay(), code)).body.errors[0].code).toBe('WRONG_CODE');
  });

  it('is told to the person, who sees how many are left', async () => {
    const browser = await halfWay();
    await byRecoveryCode(browser, recoveryCodes[1] ?? '');
    const { recoveryCodes: left } = (await browser.get('/me/factors')).body;
    expect(left.remaining).toBe(8);
    expect(await eventsOf('factor.recovery_code_used')).toHaveLength(2);
  });

  it('is of no use to somebody else', async () => {
    const manager = service.browser();
    await login(manager, 'manager');
    const other = await setUpTotp(manager, service.clock);
    expect((await byRecoveryCode(await halfWay(), other.recoveryCodes[0] ?? '')).status).toBe(422);
    expect((await byTotp(await halfWay(), other.phone.code())).status).toBe(422);
  });
});
