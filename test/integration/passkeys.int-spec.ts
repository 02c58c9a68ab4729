import { startTestApp, type TestApp } from '../support/app';
import type { Answer, Client } from '../support/client';
import { Authenticator, type Fault, type Options, setUpPasskey } from '../support/factors/authenticator';
import { setUpTotp } from '../support/factors/totp-app';
import { emailOf, PASSWORD, type PersonName } from '../support/world';

const ORIGIN = 'https://sonae.example';

let service: TestApp;
let device: Authenticator;
let passkeyId: string;
let recoveryCodes: string[] | null;

beforeAll(async () => {
  service = await startTestApp('passkeys', { settings: { PUBLIC_URL: ORIGIN } });
  device = new Authenticator(ORIGIN);
  ({ id: passkeyId, recoveryCodes } = await setUpPasskey(await signedIn('owner'), device, '机の鍵'));
});
afterAll(() => service?.stop());
afterEach(() => service.clock.advance({ minutes: 20 }));

const login = (browser: Client, person: PersonName): Promise<Answer> =>
  browser.post('/auth/login', { email: emailOf(person), password: PASSWORD });

async function signedIn(person: PersonName): Promise<Client> {
  const browser = service.browser();
  expect((await login(browser, person)).body.state).toBe('SIGNED_IN');
  return browser;
}

/** A browser in which the owner has shown the password only. */
async function halfWay(): Promise<Client> {
  const browser = service.browser();
  expect((await login(browser, 'owner')).body.state).toBe('FACTOR_NEEDED');
  return browser;
}

const byPasskey = (browser: Client, credential: object): Promise<Answer> =>
  browser.post('/auth/second-factor/passkey', { credential });

const optionsFor = async (browser: Client): Promise<Options> =>
  (await browser.post('/auth/second-factor/passkey/options')).body;

const aloneOptions = async (): Promise<Options> => (await service.browser().post('/auth/passkey/options')).body;

const alone = (credential: object, browser = service.browser()): Promise<Answer> =>
  browser.post('/auth/passkey', { credential });

const FAULTS: [string, Fault][] = [
  ['from a page of another address', { origin: 'https://sonae.example.attacker.example' }],
  ['from our address without https', { origin: 'http://sonae.example' }],
  ['for another challenge', { challenge: 'A'.repeat(43) }],
  ['for another host', { rpId: 'attacker.example' }],
  ['that is a registration', { type: 'webauthn.create' }],
  ['from within a page of another site', { crossOrigin: true }],
  ['with another key', { forged: true }],
  ['of somebody who was not there', { absent: true }],
  ['that says it is of somebody else', { userHandle: Buffer.from('somebody else').toString('base64url') }],
];

describe('a new passkey', () => {
  it('comes with recovery codes when it is the first factor, and is listed by its name', async () => {
    expect(recoveryCodes).toHaveLength(10);
    const browser = await halfWay();
    await byPasskey(browser, device.get(await optionsFor(browser)));
    const { body } = await browser.get('/me/factors');
    expect(body.passkeys).toEqual([
      { id: passkeyId, name: '机の鍵', createdAt: expect.any(String), lastUsedAt: expect.any(String) },
    ]);
  });

  it('is made for our host, without asking for the make of the device, and not twice on one device', async () => {
    const browser = await signedIn('manager');
    await setUpPasskey(browser, new Authenticator(ORIGIN));
    const { body } = await browser.post('/me/factors/passkeys/options');
    expect(body).toMatchObject({
      rp: { id: 'sonae.example', name: 'Sonae' },
      user: { name: emailOf('manager'), displayName: '責任 一郎' },
      attestation: 'none',
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      excludeCredentials: [{ id: expect.any(String), transports: ['usb'], type: 'public-key' }],
    });
  });

  const REFUSED = FAULTS.filter(([, { forged, userHandle, type }]) => !forged && !userHandle && !type);
  it.each([...REFUSED, ['that is a signature', { type: 'webauthn.get' }]] as [string, Fault][])(
    'is refused when it is one %s',
    async (_case, fault) => {
      const browser = await signedIn('auditor');
      const { body: options } = await browser.post('/me/factors/passkeys/options');
      const credential = new Authenticator(ORIGIN).create(options, fault);
      const { status, body } = await browser.post('/me/factors/passkeys', { name: 'x', credential });
      expect([status, body.errors[0]]).toMatchObject([422, { field: 'credential', code: 'PASSKEY_REFUSED' }]);
    },
  );

  it('is refused when another session asked for it, the second time, and after five minutes', async () => {
    const [here, elsewhere] = [await signedIn('auditor'), await signedIn('auditor')];
    const add = async (browser: Client, credential: object): Promise<number> =>
      (await browser.post('/me/factors/passkeys', { name: 'x', credential })).status;
    const made = async (): Promise<object> =>
      new Authenticator(ORIGIN).create((await here.post('/me/factors/passkeys/options')).body);
    expect(await add(elsewhere, await made())).toBe(422);
    const late = await made();
    service.clock.advance({ minutes: 5 });
    expect(await add(here, late)).toBe(422);
    const once = await made();
    expect(await add(here, once)).toBe(201);
    expect(await add(here, once)).toBe(422);
  });

  it.each([{}, { id: 7 }, { id: 'x', response: null }, { response: { clientDataJSON: 'e30' } }, { id: '\u0000' }])(
    'is refused when it is %j',
    async (credential) => {
      const browser = await signedIn('deputy');
      expect((await browser.post('/me/factors/passkeys', { name: 'x', credential })).status).toBe(422);
      expect((await alone(credential)).status).toBe(401);
    },
  );

  it('cannot be one that somebody else holds already', async () => {
    const browser = await signedIn('deputy');
    const owners = device.get(await aloneOptions()) as { id: string };
    const { body: options } = await browser.post('/me/factors/passkeys/options');
    const credential = new Authenticator(ORIGIN).create(options, { id: owners.id });
    const { status } = await browser.post('/me/factors/passkeys', { name: 'x', credential });
    expect(status).toBe(422);
  });

  it('needs a fresh proof of who one is', async () => {
    const browser = await signedIn('deputy');
    service.clock.advance({ minutes: 15 });
    expect((await browser.post('/me/factors/passkeys/options')).body.code).toBe('CONFIRMATION_NEEDED');
  });
});

describe('a passkey as the second factor', () => {
  it('ends the sign-in, also with a device that does not know its person', async () => {
    const simple = new Authenticator(ORIGIN, { verifies: false, counts: true });
    const browser = await signedIn('contributor');
    await setUpPasskey(browser, simple);
    const next = service.browser();
    expect((await login(next, 'contributor')).body.factors).toEqual(['PASSKEY', 'RECOVERY_CODE']);
    const { status, body } = await byPasskey(next, simple.get(await optionsFor(next)));
    expect([status, body]).toEqual([200, { state: 'SIGNED_IN', factors: [] }]);
    expect((await next.get('/me')).body.user.email).toBe(emailOf('contributor'));
  });

  it('is asked for by its name among the devices of the person only', async () => {
    const options = (await (await halfWay()).post('/auth/second-factor/passkey/options')).body;
    expect(options.allowCredentials).toHaveLength(1);
    expect(options.rpId).toBe('sonae.example');
  });

  it.each(FAULTS)('is refused when it is a signature %s', async (_case, fault) => {
    const browser = await halfWay();
    const { status, body } = await byPasskey(browser, device.get(await optionsFor(browser), fault));
    expect([status, body.errors[0].code]).toEqual([422, 'PASSKEY_REFUSED']);
    expect((await browser.get('/me')).status).toBe(401);
  });

  it('is refused when the same signature comes again, and from another session', async () => {
    const [browser, other] = [await halfWay(), await halfWay()];
    const signature = device.get(await optionsFor(browser));
    expect((await byPasskey(other, signature)).status).toBe(422);
    expect((await byPasskey(browser, signature)).status).toBe(200);
    expect((await byPasskey(await halfWay(), signature)).status).toBe(422);
  });

  it('uses its challenge up also when it is refused', async () => {
    const browser = await halfWay();
    const options = await optionsFor(browser);
    expect((await byPasskey(browser, device.get(options, { forged: true }))).status).toBe(422);
    expect((await byPasskey(browser, device.get(options))).status).toBe(422);
  });

  it('is refused after five minutes', async () => {
    const browser = await halfWay();
    const signature = device.get(await optionsFor(browser));
    service.clock.advance({ minutes: 5 });
    expect((await byPasskey(browser, signature)).status).toBe(422);
  });

  it('is refused when it is somebody else’s', async () => {
    const theirs = new Authenticator(ORIGIN);
    await setUpPasskey(await signedIn('operator'), theirs);
    const browser = await halfWay();
    const { challenge, rpId } = (await browser.post('/auth/second-factor/passkey/options')).body;
    expect((await byPasskey(browser, theirs.get({ challenge, rpId }))).status).toBe(422);
  });

  it('is refused when it comes from a copy of the device that has not counted on', async () => {
    const copy = device.copy();
    const first = await halfWay();
    expect((await byPasskey(first, device.get(await optionsFor(first)))).status).toBe(200);
    const second = await halfWay();
    expect((await byPasskey(second, copy.get(await optionsFor(second)))).status).toBe(422);
    const third = await halfWay();
    expect((await byPasskey(third, device.get(await optionsFor(third)))).status).toBe(200);
  });
});

describe('a passkey alone', () => {
  it('signs in: the person is whoever the device says', async () => {
    const browser = service.browser();
    const { status, body } = await alone(device.get(await aloneOptions()), browser);
    expect([status, body]).toEqual([200, { state: 'SIGNED_IN', factors: [] }]);
    const [session] = (await browser.get('/me/sessions')).body;
    expect(session).toMatchObject({ method: 'PASSKEY', current: true });
    expect((await browser.get('/me')).body.user.email).toBe(emailOf('owner'));
  });

  it('is asked for in the same way from everybody, and from a device that knows its person', async () => {
    const { challenge, ...options } = await aloneOptions();
    expect(challenge).toMatch(/^[\w-]{43}$/);
    expect(options).toEqual({ rpId: 'sonae.example', userVerification: 'required', timeout: 300_000 });
  });

  it.each(FAULTS)('is refused when it is a signature %s', async (_case, fault) => {
    const browser = service.browser();
    const { status, body } = await alone(device.get(await aloneOptions(), fault), browser);
    expect([status, body.code]).toEqual([401, 'PASSKEY_REFUSED']);
    expect(browser.cookie('sonae_session')).toBeUndefined();
  });

  it('is refused when the same signature comes again, at the same moment too', async () => {
    const signature = device.get(await aloneOptions());
    const answers = await Promise.all([alone(signature), alone(signature), alone(signature)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
  });

  it('is refused when its device did not know its person', async () => {
    const simple = new Authenticator(ORIGIN, { verifies: false, counts: false });
    await setUpPasskey(await signedIn('ciso'), simple);
    expect((await alone(simple.get(await aloneOptions()))).status).toBe(401);
  });

  it('signs in again and again from a device that does not count', async () => {
    const synced = new Authenticator(ORIGIN, { verifies: true, counts: false });
    await setUpPasskey(await signedIn('admin'), synced);
    for (let time = 0; time < 3; time += 1) expect((await alone(synced.get(await aloneOptions()))).status).toBe(200);
  });

  it.each([
    ['whose account is closed', 'active = false'],
    ['whose sign-in was taken away', 'password_hash = NULL'],
  ])('is refused to somebody %s, and that is on record', async (_case, change) => {
    const theirs = new Authenticator(ORIGIN);
    const { people } = service.world;
    const before = `SELECT count(*)::int AS n FROM audit_event WHERE action = 'session.refused' AND record_id = $1`;
    const [kept] = await service.dataSource.query('SELECT * FROM app_user WHERE id = $1', [people.outsider]);
    await setUpPasskey(await signedIn('outsider'), theirs);
    await service.dataSource.query(`UPDATE app_user SET ${change} WHERE id = $1`, [people.outsider]);
    const [{ n }] = await service.dataSource.query(before, [people.outsider]);
    expect((await alone(theirs.get(await aloneOptions()))).body.code).toBe('PASSKEY_REFUSED');
    expect((await service.dataSource.query(before, [people.outsider]))[0].n).toBe(n + 1);
    await service.dataSource.query('UPDATE app_user SET active = true, password_hash = $2 WHERE id = $1', [
      people.outsider,
      kept.password_hash,
    ]);
    await service.dataSource.query('DELETE FROM passkey WHERE user_id = $1', [people.outsider]);
    await service.dataSource.query('DELETE FROM recovery_code WHERE user_id = $1', [people.outsider]);
  });
});

describe('giving a passkey up', () => {
  it('is for its person only, and it counts for nothing afterwards', async () => {
    const browser = service.browser();
    await alone(device.get(await aloneOptions()), browser);
    await setUpTotp(browser, service.clock);
    const other = new Authenticator(ORIGIN);
    const { id } = await setUpPasskey(browser, other);
    const elsewhere = service.browser();
    await login(elsewhere, 'outsider');
    expect((await elsewhere.delete(`/me/factors/passkeys/${id}`, null)).status).toBe(404);
    expect((await browser.get('/me/factors')).body.passkeys).toHaveLength(2);
    expect((await browser.delete(`/me/factors/passkeys/${id}`, null)).status).toBe(204);
    expect((await alone(other.get(await aloneOptions()))).status).toBe(401);
    expect((await browser.get('/me/factors')).body.passkeys).toHaveLength(1);
  });
});
