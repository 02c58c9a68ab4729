import { startTestApp, type TestApp } from '../support/app';
import type { Client } from '../support/client';
import { issueToken, newlySignedIn } from '../support/api-tokens';
import { Authenticator, setUpPasskey } from '../support/factors/authenticator';
import { setUpTotp } from '../support/factors/totp-app';
import { emailOf, PASSWORD, type PersonName } from '../support/world';

let service: TestApp;
let admin: Client;

beforeAll(async () => {
  service = await startTestApp('required-factors', { settings: { PUBLIC_URL: 'https://sonae.example' } });
  admin = await newlySignedIn(service, 'admin');
});
afterAll(() => service?.stop());

async function ask(...secondFactorRoles: string[]): Promise<number> {
  const { headers } = await admin.get('/security-settings');
  return (await admin.put('/security-settings', { secondFactorRoles }, headers.get('etag'))).status;
}

const stateOf = async (browser: Client): Promise<string> => (await browser.get('/auth/sign-in')).body.state;

describe('the security settings', () => {
  it('ask nothing of anybody at first', async () => {
    const { status, body, headers } = await admin.get('/security-settings');
    expect([status, body, headers.get('etag')]).toEqual([200, { secondFactorRoles: [], version: 1 }, '"1"']);
  });

  it('change with the version that was read only, and that is on record', async () => {
    expect(await ask('AUDITOR')).toBe(200);
    expect((await admin.put('/security-settings', { secondFactorRoles: [] }, '"1"')).status).toBe(412);
    expect((await admin.put('/security-settings', { secondFactorRoles: ['KING'] }, '"2"')).status).toBe(400);
    expect(await ask()).toBe(200);
    const events = await service.dataSource.query(
      `SELECT before, after FROM audit_event WHERE action = 'security_settings.changed' ORDER BY at, id`,
    );
    expect(events).toEqual([
      { before: { secondFactorRoles: [] }, after: { secondFactorRoles: ['AUDITOR'] } },
      { before: { secondFactorRoles: ['AUDITOR'] }, after: { secondFactorRoles: [] } },
    ]);
  });

  it('are changed by administrators only', async () => {
    const ciso = await service.as('ciso');
    expect((await ciso.get('/security-settings')).status).toBe(200);
    expect((await ciso.put('/security-settings', { secondFactorRoles: [] }, '"1"')).status).toBe(403);
    expect((await (await service.as('owner')).get('/security-settings')).status).toBe(403);
  });
});

describe('somebody whose role needs a second factor and who has none', () => {
  let manager: Client;
  beforeAll(async () => {
    manager = await newlySignedIn(service, 'manager');
    expect(await ask('MANAGER')).toBe(200);
  });
  afterAll(() => ask());

  it('may do nothing but set one up, from the next request on', async () => {
    expect(await stateOf(manager)).toBe('ENROLMENT_NEEDED');
    expect((await manager.get('/me')).status).toBe(200);
    expect((await manager.get('/me/factors')).body.required).toBe(true);
    for (const path of ['/systems', '/me/sessions', '/api-tokens', '/readiness/tiers']) {
      const { status, body } = await manager.get(path);
      expect([path, status, body.code]).toEqual([path, 403, 'ENROLMENT_NEEDED']);
    }
    expect((await manager.post('/me/password', {})).status).toBe(403);
  });

  it('is told so when signing in, and may leave', async () => {
    const browser = service.browser();
    const { body } = await browser.post('/auth/login', { email: emailOf('manager'), password: PASSWORD });
    expect(body).toEqual({ state: 'ENROLMENT_NEEDED', factors: [] });
    expect((await browser.post('/auth/oidc/logout')).status).toBe(200);
  });

  it('goes on once it is set up, and may not give the last one up', async () => {
    const { phone } = await setUpTotp(manager, service.clock);
    expect(await stateOf(manager)).toBe('SIGNED_IN');
    expect((await manager.get('/systems')).status).toBe(200);
    const { status, body } = await manager.delete('/me/factors/totp', null);
    expect([status, body.code]).toEqual([409, 'FACTOR_REQUIRED']);
    const browser = service.browser();
    const credentials = { email: emailOf('manager'), password: PASSWORD, totp: phone.code() };
    expect((await browser.post('/auth/login', credentials)).body.state).toBe('SIGNED_IN');
  });

  it('leaves people of other roles alone', async () => {
    expect(await stateOf(await newlySignedIn(service, 'auditor'))).toBe('SIGNED_IN');
  });
});

describe('a program of somebody whose role needs a second factor', () => {
  it('goes on: its token was made by who had signed in', async () => {
    const owner = await newlySignedIn(service, 'owner');
    const { secret } = await issueToken(owner);
    await ask('OWNER');
    const asked = await service.browser().get('/systems', { authorization: `Bearer ${secret}` });
    expect(asked.status).toBe(200);
    expect((await owner.get('/systems')).status).toBe(403);
    await ask();
  });
});

describe('somebody who has lost every second factor', () => {
  const path = (): string => `/users/${service.world.people.deputy}/factors`;

  it('signs in with the password again after an administrator has taken them away', async () => {
    const deputy = await newlySignedIn(service, 'deputy');
    await setUpTotp(deputy, service.clock);
    await setUpPasskey(deputy, new Authenticator('https://sonae.example'));
    expect((await admin.delete(path(), null)).status).toBe(204);
    expect((await deputy.get('/me')).status).toBe(401);
    const again = await newlySignedIn(service, 'deputy');
    const none = { totp: null, passkeys: [], recoveryCodes: null, required: false };
    expect((await again.get('/me/factors')).body).toEqual(none);
    const [event] = await service.dataSource.query(
      `SELECT actor_id FROM audit_event WHERE action = 'user.factors_reset' AND record_id = $1`,
      [service.world.people.deputy],
    );
    expect(event).toEqual({ actor_id: service.world.people.admin });
  });

  it('is helped by an administrator of theirs only, who does not help themself', async () => {
    const statuses = ['auditor', 'ciso', 'outsider'].map(async (person) => {
      const browser = await newlySignedIn(service, person as PersonName);
      return (await browser.delete(path(), null)).status;
    });
    expect(await Promise.all(statuses)).toEqual([403, 403, 404]);
    const own = await admin.delete(`/users/${service.world.people.admin}/factors`, null);
    expect([own.status, own.body.code]).toEqual([409, 'OWN_FACTORS']);
  });
});

describe('a password that is easily guessed', () => {
  it('is taken at no place that sets one', async () => {
    const owner = await newlySignedIn(service, 'owner');
    const changed = await owner.post('/me/password', { currentPassword: PASSWORD, newPassword: 'owner-sonae-2026' });
    expect([changed.status, changed.body.errors[0]]).toMatchObject([
      422,
      { field: 'newPassword', code: 'COMMON_PASSWORD' },
    ]);
    const hired = { email: 'hanako.sato@sonae.example', displayName: '佐藤 花子', password: 'Hanako.Sato2026' };
    const made = await admin.post('/users', hired);
    expect([made.status, made.body.errors[0]]).toMatchObject([422, { field: 'password', code: 'COMMON_PASSWORD' }]);
    const person = `/users/${service.world.people.auditor}`;
    const { headers } = await admin.get(person);
    const set = await admin.put(`${person}/password`, { password: 'password2026!' }, headers.get('etag'));
    expect([set.status, set.body.errors[0]]).toMatchObject([422, { field: 'password', code: 'COMMON_PASSWORD' }]);
  });
});
