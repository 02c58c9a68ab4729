import { startTestApp, type TestApp } from '../support/app';
import type { Client } from '../support/client';
import { emailOf, PASSWORD, type PersonName } from '../support/world';

let service: TestApp;

beforeAll(async () => {
  service = await startTestApp('sign-in-sessions', {
    settings: { TRUST_PROXY: '127.0.0.1', SESSION_HOURS: '48', SESSION_IDLE_HOURS: '2' },
  });
});
afterAll(() => service?.stop());

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0';

async function signedIn(person: PersonName, headers: Record<string, string> = {}): Promise<Client> {
  const browser = service.browser();
  const sent = { email: emailOf(person), password: PASSWORD };
  expect((await browser.post('/auth/login', sent, headers)).status).toBe(200);
  return browser;
}

interface Listed {
  id: string;
  current: boolean;
}

async function sessionsOf(browser: Client): Promise<Listed[]> {
  const { status, body } = await browser.get('/me/sessions');
  expect(status).toBe(200);
  return body;
}

async function idOf(browser: Client): Promise<string> {
  return (await sessionsOf(browser)).find(({ current }) => current)?.id ?? '';
}

const actions = async (recordId: string): Promise<string[]> =>
  (
    (await service.dataSource.query('SELECT action FROM audit_event WHERE record_id = $1 ORDER BY at, id', [
      recordId,
    ])) as { action: string }[]
  ).map(({ action }) => action);

describe('the sessions of a person', () => {
  it('are listed with where they came from, and which one asks', async () => {
    const here = await signedIn('auditor');
    await signedIn('auditor', { 'user-agent': FIREFOX, 'x-forwarded-for': '192.0.2.7' });
    expect(await sessionsOf(here)).toEqual([
      expect.objectContaining({
        method: 'PASSWORD',
        browser: 'Firefox, Windows',
        address: '192.0.2.7',
        current: false,
      }),
      expect.objectContaining({ browser: null, address: '127.0.0.1', current: true }),
    ]);
  });

  it('are nobody else’s to see or to end', async () => {
    const [owner, manager] = [await signedIn('owner'), await signedIn('manager')];
    const id = await idOf(owner);
    expect((await sessionsOf(manager)).map((session) => session.id)).not.toContain(id);
    const { status, body } = await manager.delete(`/me/sessions/${id}`, null);
    expect([status, body.code]).toEqual([404, 'SESSION_NOT_FOUND']);
    expect((await owner.get('/me')).status).toBe(200);
    expect((await service.browser().get('/me/sessions')).status).toBe(401);
  });

  it('end one by one, at once and on record', async () => {
    const [here, lost] = [await signedIn('owner'), await signedIn('owner')];
    const id = await idOf(lost);
    expect((await here.delete(`/me/sessions/${id}`, null)).status).toBe(204);
    expect((await lost.get('/me')).status).toBe(401);
    expect((await here.get('/me')).status).toBe(200);
    expect(await actions(id)).toEqual(['session.started', 'session.ended']);
    expect((await here.delete(`/me/sessions/${id}`, null)).status).toBe(404);
  });

  it('end all at once but the one that asks', async () => {
    const [here, ...others] = [await signedIn('ciso'), await signedIn('ciso'), await signedIn('ciso')];
    expect((await here.delete('/me/sessions', null)).status).toBe(204);
    for (const other of others) expect((await other.get('/me')).status).toBe(401);
    expect(await sessionsOf(here)).toEqual([expect.objectContaining({ current: true })]);
    expect(await actions(service.world.people.ciso)).toContain('session.others_ended');
  });
});

describe('the limits of a session', () => {
  it('are those of the settings', async () => {
    const idle = await signedIn('deputy');
    const busy = await signedIn('deputy');
    const cookie = (await service.browser().post('/auth/login', { email: emailOf('deputy'), password: PASSWORD }))
      .headers;
    expect(cookie.getSetCookie()[0]).toContain('Max-Age=172800');
    for (let hour = 1; hour <= 47; hour++) {
      service.clock.advance({ hours: 1 });
      expect((await busy.get('/me')).status).toBe(200);
      if (hour === 2) expect((await idle.get('/me')).status).toBe(401);
    }
    service.clock.advance({ hours: 1 });
    expect((await busy.get('/me')).status).toBe(401);
  });
});

describe('what changes who may do what', () => {
  it('gives the browser a new token when the password changes; the old one is worth nothing', async () => {
    const browser = await signedIn('manager');
    const before = `sonae_session=${browser.cookie('sonae_session')}`;
    const change = { currentPassword: PASSWORD, newPassword: 'another long sentence' };
    expect((await browser.post('/me/password', change)).status).toBe(204);
    expect((await browser.get('/me')).status).toBe(200);
    expect((await service.browser().get('/me', { cookie: before })).status).toBe(401);
  });

  it('ends the sessions of who is given other roles, and of nobody who keeps theirs', async () => {
    const [admin, person] = [await signedIn('admin'), await signedIn('owner')];
    const { owner } = service.world.people;
    const { agency } = service.world.organisations;
    const put = async (roles: string[]): Promise<void> => {
      const { headers } = await admin.get(`/users/${owner}`);
      const body = { roles: roles.map((role) => ({ role, organisationId: agency })) };
      expect((await admin.put(`/users/${owner}/roles`, body, headers.get('etag'))).status).toBe(200);
    };
    await put(['OWNER']);
    expect((await person.get('/me')).status).toBe(200);
    await put(['OWNER', 'MANAGER']);
    expect((await person.get('/me')).status).toBe(401);
  });

  it('leaves the administrator who changes their own roles where they are', async () => {
    const admin = await signedIn('admin');
    const { headers, body } = await admin.get(`/users/${service.world.people.admin}`);
    const roles = [...body.roles, { role: 'MANAGER', organisationId: service.world.organisations.ministry }].map(
      ({ role, organisationId }: { role: string; organisationId: string }) => ({ role, organisationId }),
    );
    const put = await admin.put(`/users/${service.world.people.admin}/roles`, { roles }, headers.get('etag'));
    expect(put.status).toBe(200);
    expect((await admin.get('/me')).status).toBe(200);
  });
});
