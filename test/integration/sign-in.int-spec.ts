import { startTestApp, type TestApp } from '../support/app';
import type { Answer, Client } from '../support/client';
import { eventually } from '../support/eventually';
import { emailOf, PASSWORD, type PersonName } from '../support/world';

let service: TestApp;

// A proxy on this machine tells where requests come from, so that one test can come from several addresses.
beforeAll(async () => {
  service = await startTestApp('sign-in', { settings: { TRUST_PROXY: '127.0.0.1' } });
});
afterAll(() => service?.stop());

const signIn = (browser: Client, email: string, password: string, from = '192.0.2.1'): Promise<Answer> =>
  browser.post('/auth/login', { email, password }, { 'x-forwarded-for': from });

async function signedIn(person: PersonName): Promise<Client> {
  const browser = service.browser();
  expect((await signIn(browser, emailOf(person), PASSWORD)).status).toBe(200);
  return browser;
}

async function audited(action: string, recordId: string): Promise<unknown[]> {
  return service.dataSource.query('SELECT * FROM audit_event WHERE action = $1 AND (record_id = $2 OR actor_id = $2)', [
    action,
    recordId,
  ]);
}

describe('signing in', () => {
  it('lets the person in, who may do what their roles say', async () => {
    const browser = service.browser();
    const { status, body: answer } = await signIn(browser, ` ${emailOf('owner').toUpperCase()} `, PASSWORD);
    expect([status, answer]).toEqual([200, { state: 'SIGNED_IN', factors: [] }]);
    const { body } = await browser.get('/me');
    expect(body).toMatchObject({
      user: { id: service.world.people.owner, email: emailOf('owner'), locale: 'ja', timeZone: 'Asia/Tokyo' },
      roles: [{ role: 'OWNER', organisationId: service.world.organisations.agency, organisationName: '第一機構' }],
      demo: false,
    });
    expect(body.permissions).toContain('evidence:write');
    expect(body.permissions).not.toContain('users:write');
  });

  it('sets a cookie that scripts cannot read and other sites cannot send', async () => {
    const { headers } = await signIn(service.browser(), emailOf('owner'), PASSWORD);
    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(/^sonae_session=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
  });

  it('keeps no token that a thief of the database could use', async () => {
    const browser = await signedIn('owner');
    const token = browser.cookie('sonae_session') ?? '';
    const [{ found }] = await service.dataSource.query(
      'SELECT count(*)::int AS found FROM user_session WHERE token_hash LIKE $1',
      [`%${token}%`],
    );
    expect(token).toHaveLength(43);
    expect(found).toBe(0);
  });

  it('ends the session that the browser had before', async () => {
    const browser = await signedIn('owner');
    const before = `sonae_session=${browser.cookie('sonae_session')}`;
    await signIn(browser, emailOf('owner'), PASSWORD);
    expect((await service.browser().get('/me', { cookie: before })).status).toBe(401);
    expect((await browser.get('/me')).status).toBe(200);
  });

  it('is on record, with the address', async () => {
    await signedIn('auditor');
    const [event] = await audited('session.started', service.world.people.auditor);
    const personal = { [service.world.people.auditor]: { address: '192.0.2.1' } };
    expect(event).toMatchObject({ personal, request_id: expect.any(String) });
  });
});

describe('a refused sign-in', () => {
  beforeAll(async () => {
    const { people } = service.world;
    await service.dataSource.query('UPDATE app_user SET active = false WHERE id = $1', [people.ciso]);
    await service.dataSource.query('UPDATE app_user SET password_hash = NULL WHERE id = $1', [people.deputy]);
  });

  const CASES: [string, string, string][] = [
    ['a wrong password', emailOf('owner'), 'wrong password'],
    ['an unknown account', 'nobody@sonae.example', PASSWORD],
    ['a closed account', emailOf('ciso'), PASSWORD],
    ['a person without a password', emailOf('deputy'), PASSWORD],
  ];

  it.each(CASES)('says the same of %s', async (_case, email, password) => {
    const browser = service.browser();
    const { status, body, headers } = await signIn(browser, email, password);
    expect(status).toBe(401);
    expect(body).toEqual({
      type: 'urn:sonae:problem:invalid-credentials',
      title: 'サインインが必要です',
      status: 401,
      code: 'INVALID_CREDENTIALS',
      detail: 'メールアドレスまたはパスワードが違います。',
      requestId: expect.any(String),
    });
    expect(headers.getSetCookie()).toEqual([]);
  });

  it('takes as long for an unknown account as for a known one', async () => {
    const quickest = async (email: string): Promise<number> => {
      const times: number[] = [];
      for (let n = 0; n < 5; n++) {
        const start = performance.now();
        await signIn(service.browser(), email, 'wrong password', '192.0.2.99');
        times.push(performance.now() - start);
      }
      return Math.min(...times);
    };
    const [known, unknown] = [await quickest(emailOf('manager')), await quickest('nobody-else@sonae.example')];
    expect(unknown).toBeGreaterThan(known / 3);
    expect(unknown).toBeLessThan(known * 3);
  });

  it('is on record when the account exists', async () => {
    const events = await eventually(
      () => audited('session.refused', service.world.people.owner),
      ({ length }) => length > 0,
    );
    const personal = { [service.world.people.owner]: { address: '192.0.2.1' } };
    expect(events[0]).toMatchObject({ actor_id: null, personal });
  });
});

describe('guessing passwords', () => {
  const fail = (email: string, from: string): Promise<Answer> => signIn(service.browser(), email, 'a guess', from);

  it('ends after ten failures in fifteen minutes, also for who guesses right then', async () => {
    const email = emailOf('outsider');
    for (let n = 0; n < 10; n++) expect((await fail(email, '198.51.100.1')).status).toBe(401);
    const { status, body, headers } = await signIn(service.browser(), email, PASSWORD, '198.51.100.1');
    expect([status, body.code, headers.get('retry-after')]).toEqual([429, 'TOO_MANY_ATTEMPTS', '900']);
  });

  it('locks out neither the same account elsewhere nor another account there', async () => {
    expect((await signIn(service.browser(), emailOf('outsider'), PASSWORD, '198.51.100.2')).status).toBe(200);
    expect((await signIn(service.browser(), emailOf('admin'), PASSWORD, '198.51.100.1')).status).toBe(200);
  });

  it('may go on when the first failure is fifteen minutes old', async () => {
    service.clock.advance({ minutes: 14 });
    expect((await signIn(service.browser(), emailOf('outsider'), PASSWORD, '198.51.100.1')).status).toBe(429);
    service.clock.advance({ minutes: 1 });
    expect((await signIn(service.browser(), emailOf('outsider'), PASSWORD, '198.51.100.1')).status).toBe(200);
  });

  it('gets no eleventh try by asking many times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 14 }, () => fail('crowd@sonae.example', '198.51.100.3')));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(4);
  });

  describe('from many addresses at once', () => {
    const email = emailOf('operator');
    const everywhere = async (account: string, count: number): Promise<number[]> => {
      const statuses: number[] = [];
      for (let n = 0; n < count; n++) statuses.push((await fail(account, `203.0.113.${n}`)).status);
      return statuses;
    };

    it('is slowed to one attempt a minute after fifty, also for an account that does not exist', async () => {
      expect((await signIn(service.browser(), email, PASSWORD, '198.51.100.50')).status).toBe(200);
      for (const account of [email, 'nobody-at-all@sonae.example']) {
        const statuses = await everywhere(account, 52);
        expect(statuses).toEqual([...Array(50).fill(401), 429, 429]);
      }
      service.clock.advance({ minutes: 1 });
      expect((await fail(email, '203.0.113.200')).status).toBe(401);
      const { status, headers } = await fail(email, '203.0.113.201');
      expect([status, headers.get('retry-after')]).toEqual([429, '60']);
    });

    it('does not keep the person out who comes from where they have signed in before', async () => {
      expect((await signIn(service.browser(), email, PASSWORD, '198.51.100.50')).status).toBe(200);
      expect((await signIn(service.browser(), email, PASSWORD, '198.51.100.51')).status).toBe(429);
    });

    it('is over after an hour', async () => {
      service.clock.advance({ minutes: 61 });
      expect((await signIn(service.browser(), email, PASSWORD, '198.51.100.51')).status).toBe(200);
    });
  });

  it('begins anew after a success', async () => {
    const email = emailOf('manager');
    for (let n = 0; n < 9; n++) await fail(email, '198.51.100.4');
    expect((await signIn(service.browser(), email, PASSWORD, '198.51.100.4')).status).toBe(200);
    for (let n = 0; n < 9; n++) expect((await fail(email, '198.51.100.4')).status).toBe(401);
  });
});

describe('a session', () => {
  it('ends with signing out, and the browser forgets it', async () => {
    const browser = await signedIn('owner');
    const cookie = `sonae_session=${browser.cookie('sonae_session')}`;
    expect((await browser.post('/auth/logout')).status).toBe(204);
    expect(browser.cookie('sonae_session')).toBeUndefined();
    expect((await service.browser().get('/me', { cookie })).status).toBe(401);
    expect(await audited('session.ended', service.world.people.owner)).toHaveLength(1);
  });

  it('may be signed out twice', async () => {
    expect((await service.browser().post('/auth/logout')).status).toBe(204);
    expect((await service.browser().post('/auth/logout', undefined, { cookie: 'sonae_session=x' })).status).toBe(204);
  });

  it('ends after twelve hours without a request', async () => {
    const browser = await signedIn('owner');
    service.clock.advance({ hours: 11, minutes: 59 });
    expect((await browser.get('/me')).status).toBe(200);
    service.clock.advance({ hours: 11, minutes: 59 });
    expect((await browser.get('/me')).status).toBe(200);
    service.clock.advance({ hours: 12 });
    expect((await browser.get('/me')).status).toBe(401);
  });

  it('ends after seven days however busy it is', async () => {
    const browser = await signedIn('owner');
    for (let half = 1; half < 14; half++) {
      service.clock.advance({ hours: 11, minutes: 50 });
      expect((await browser.get('/me')).status).toBe(200);
    }
    service.clock.advance({ hours: 11, minutes: 50 });
    expect((await browser.get('/me')).status).toBe(200);
    service.clock.advance({ hours: 4 });
    expect((await browser.get('/me')).status).toBe(401);
  });
});

describe("one's own password", () => {
  const WANTED = 'another long sentence';

  it('is changed by who knows the present one only', async () => {
    const browser = await signedIn('manager');
    const { status, body } = await browser.post('/me/password', { currentPassword: 'no', newPassword: WANTED });
    expect([status, body.errors[0]]).toEqual([
      422,
      { field: 'currentPassword', code: 'WRONG_PASSWORD', message: '現在のパスワードが違います。' },
    ]);
  });

  it.each(['passwordpassword', 'manager-manager-2026'])(
    'is none that anybody would try first: %s',
    async (newPassword) => {
      const browser = await signedIn('manager');
      const { status, body } = await browser.post('/me/password', { currentPassword: PASSWORD, newPassword });
      expect([status, body.errors[0].field, body.errors[0].code]).toEqual([422, 'newPassword', 'COMMON_PASSWORD']);
    },
  );

  it('needs twelve characters', async () => {
    const browser = await signedIn('manager');
    const { status, body } = await browser.post('/me/password', { currentPassword: PASSWORD, newPassword: 'short' });
    expect([status, body.errors]).toEqual([
      400,
      [{ field: 'newPassword', code: 'TOO_SHORT', message: '12 文字以上にしてください。' }],
    ]);
  });

  it('ends the other sessions when it changes', async () => {
    const [here, elsewhere] = [await signedIn('manager'), await signedIn('manager')];
    const change = { currentPassword: PASSWORD, newPassword: WANTED };
    expect((await here.post('/me/password', change)).status).toBe(204);
    expect((await here.get('/me')).status).toBe(200);
    expect((await elsewhere.get('/me')).status).toBe(401);
    expect((await signIn(service.browser(), emailOf('manager'), WANTED)).status).toBe(200);
    expect((await signIn(service.browser(), emailOf('manager'), PASSWORD)).status).toBe(401);
  });
});
