import { startTestApp, type TestApp } from '../support/app';
import type { Client } from '../support/client';
import { setUpTotp, TotpApp } from '../support/factors/totp-app';
import { emailOf, PASSWORD, type PersonName } from '../support/world';

let service: TestApp;

beforeAll(async () => {
  service = await startTestApp('own-factors');
});
afterAll(() => service?.stop());

async function signedIn(person: PersonName): Promise<Client> {
  const browser = service.browser();
  const { body } = await browser.post('/auth/login', { email: emailOf(person), password: PASSWORD });
  expect(body.state).toBe('SIGNED_IN');
  return browser;
}

describe('setting one-time codes up', () => {
  it('begins with none', async () => {
    const { body } = await (await signedIn('deputy')).get('/me/factors');
    expect(body).toEqual({ totp: null, passkeys: [], recoveryCodes: null, required: false });
  });

  it('shows the secret once, as text and as an address for a QR code', async () => {
    const browser = await signedIn('deputy');
    const { body } = await browser.post('/me/factors/totp');
    expect(body.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(body.uri).toContain(`secret=${body.secret}`);
    expect(JSON.stringify((await browser.get('/me/factors')).body)).not.toContain(body.secret);
  });

  it('counts for nothing before a code of it has been shown', async () => {
    const browser = await signedIn('deputy');
    const { body } = await browser.post('/me/factors/totp');
    const phone = new TotpApp(body.secret, service.clock);
    const refused = await browser.post('/me/factors/totp/confirm', { code: phone.wrongCode() });
    expect([refused.status, refused.body.errors[0].code]).toEqual([422, 'WRONG_CODE']);
    expect((await browser.get('/me/factors')).body.totp).toBeNull();
    await signedIn('deputy');
  });

  it('cannot be confirmed without having begun', async () => {
    const { status } = await (await signedIn('auditor')).post('/me/factors/totp/confirm', { code: '000000' });
    expect(status).toBe(422);
  });

  it('gives ten recovery codes, ends the other sessions and renews this one', async () => {
    const [here, elsewhere] = [await signedIn('manager'), await signedIn('manager')];
    const before = `sonae_session=${here.cookie('sonae_session')}`;
    const { recoveryCodes } = await setUpTotp(here, service.clock);
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(recoveryCodes[0]).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
    expect((await here.get('/me/factors')).body).toMatchObject({
      totp: { confirmedAt: expect.any(String) },
      recoveryCodes: { remaining: 10 },
    });
    expect((await elsewhere.get('/me')).status).toBe(401);
    expect((await service.browser().get('/me', { cookie: before })).status).toBe(401);
  });

  it('keeps no recovery code that a thief of the database could use', async () => {
    const { recoveryCodes } = await setUpTotp(await signedIn('contributor'), service.clock);
    const rows = await service.dataSource.query('SELECT code_hash FROM recovery_code');
    for (const code of recoveryCodes) {
      expect(JSON.stringify(rows)).not.toContain(code);
      expect(JSON.stringify(rows)).not.toContain(code.replaceAll('-', ''));
    }
  });

  it('moves to another phone, and the old one counts until the new one is confirmed', async () => {
    const browser = await signedIn('operator');
    const { phone: old } = await setUpTotp(browser, service.clock);
    const { body } = await browser.post('/me/factors/totp');
    const next = new TotpApp(body.secret, service.clock);
    const login = async (totp: string): Promise<number> => {
      const credentials = { email: emailOf('operator'), password: PASSWORD, totp };
      return (await service.browser().post('/auth/login', credentials)).status;
    };
    expect(await login(next.code())).toBe(422);
    expect(await login(old.code())).toBe(200);
    const confirmed = await browser.post('/me/factors/totp/confirm', { code: next.code() });
    expect([confirmed.status, confirmed.body]).toEqual([200, { recoveryCodes: null }]);
    service.clock.advance({ minutes: 2 });
    expect(await login(old.code())).toBe(422);
    expect(await login(next.code())).toBe(200);
  });

  it('is refused to answer again under an Idempotency-Key', async () => {
    const browser = await signedIn('deputy');
    const { status } = await browser.post('/me/factors/totp', undefined, { 'idempotency-key': 'one' });
    expect(status).toBe(400);
  });
});

describe('a change of factors', () => {
  let browser: Client;
  let phone: TotpApp;
  beforeAll(async () => {
    browser = await signedIn('owner');
    ({ phone } = await setUpTotp(browser, service.clock));
  });

  it('asks for a fresh proof of who one is after 15 minutes', async () => {
    service.clock.advance({ minutes: 15 });
    const attempts = [
      browser.post('/me/factors/totp'),
      browser.post('/me/factors/totp/confirm', { code: phone.code() }),
      browser.delete('/me/factors/totp', null),
      browser.post('/me/factors/recovery-codes'),
    ];
    for (const { status, body } of await Promise.all(attempts))
      expect([status, body.code]).toEqual([403, 'CONFIRMATION_NEEDED']);
    expect((await browser.get('/me/factors')).status).toBe(200);
  });

  it.each([
    ['the password', () => ({ password: PASSWORD })],
    ['a one-time code', () => ({ code: phone.code() })],
  ])('is open again after %s', async (_what, proof) => {
    service.clock.advance({ minutes: 15 });
    expect((await browser.post('/me/confirmation', proof())).status).toBe(204);
    expect((await browser.post('/me/factors/recovery-codes')).status).toBe(201);
  });

  it('is open again after a recovery code, and the code is used up', async () => {
    service.clock.advance({ minutes: 10 });
    const { codes } = (await browser.post('/me/factors/recovery-codes')).body;
    service.clock.advance({ minutes: 10 });
    expect((await browser.post('/me/confirmation', { code: codes[0] })).status).toBe(204);
    expect((await browser.post('/me/confirmation', { code: codes[0] })).status).toBe(422);
    expect((await browser.get('/me/factors')).body.recoveryCodes.remaining).toBe(9);
  });

  it.each([
    [{ password: 'not it' }, 'password', 'WRONG_PASSWORD'],
    [{ code: 'aaaa-bbbb-cccc-dddd' }, 'code', 'WRONG_CODE'],
    [{}, 'password', 'PASSWORD_OR_CODE'],
    [{ password: PASSWORD, code: '000000' }, 'password', 'PASSWORD_OR_CODE'],
  ])('is not opened by %j', async (proof, field, code) => {
    service.clock.advance({ minutes: 15 });
    const { status, body } = await browser.post('/me/confirmation', proof);
    expect([status, body.errors[0].field, body.errors[0].code]).toEqual([422, field, code]);
    expect((await browser.post('/me/factors/totp')).status).toBe(403);
  });

  it('replaces recovery codes: those before count no longer', async () => {
    await browser.post('/me/confirmation', { password: PASSWORD });
    const { codes: before } = (await browser.post('/me/factors/recovery-codes')).body;
    await browser.post('/me/factors/recovery-codes');
    expect((await browser.post('/me/confirmation', { code: before[0] })).status).toBe(422);
  });

  it('removes the last one with its recovery codes, and signing in is one step again', async () => {
    await browser.post('/me/confirmation', { password: PASSWORD });
    expect((await browser.delete('/me/factors/totp', null)).status).toBe(204);
    expect((await browser.delete('/me/factors/totp', null)).status).toBe(204);
    expect((await browser.get('/me/factors')).body).toMatchObject({ totp: null, recoveryCodes: null });
    expect((await browser.post('/me/factors/recovery-codes')).body.code).toBe('NO_FACTOR');
    await signedIn('owner');
  });

  it('is on record, without any secret', async () => {
    const events = (await service.dataSource.query(
      `SELECT action, before, after FROM audit_event WHERE action LIKE 'factor.%' AND record_id = $1 ORDER BY at, id`,
      [service.world.people.owner],
    )) as { action: string }[];
    expect(events[0]).toEqual({ action: 'factor.added', before: null, after: { factor: 'TOTP', isFirst: true } });
    expect(events.at(-1)).toEqual({ action: 'factor.removed', before: { factor: 'TOTP' }, after: null });
    expect(new Set(events.map(({ action }) => action))).toEqual(
      new Set([
        'factor.added',
        'factor.recovery_codes_made',
        'factor.recovery_code_used',
        'factor.refused',
        'factor.removed',
      ]),
    );
  });
});
