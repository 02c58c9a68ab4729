import { startTestApp, type TestApp } from '../support/app';
import type { Answer, Client } from '../support/client';
import { emailOf, PASSWORD } from '../support/world';

let service: TestApp;
let admin: Client;

beforeAll(async () => {
  service = await startTestApp('users');
  admin = await service.as('admin');
});
afterAll(() => service?.stop());

const NEW_PASSWORD = 'a password to begin with';

const namesOf = ({ body }: Answer): string[] => body.items.map((user: { displayName: string }) => user.displayName);

/** Somebody new, made by the administrator. */
async function hire(facts: Record<string, unknown>): Promise<{ id: string; email: string; version: number }> {
  const { status, body } = await admin.post('/users', { displayName: '新人 花', locale: 'ja', ...facts });
  expect(status).toBe(201);
  return body;
}

const tagOf = async (id: string, who = admin): Promise<string> =>
  (await who.get(`/users/${id}`)).headers.get('etag') ?? '';

describe('people', () => {
  it('are those of one’s own organisations and those without a role', async () => {
    await hire({ email: 'free@sonae.example', displayName: '自由 人' });
    const seen = namesOf(await admin.get('/users'));
    expect(seen).toEqual([...seen].sort());
    expect(new Set(seen)).toEqual(
      new Set([
        ...['運用 さくら', '副島 翔', '責任 一郎', '統括 花子', '監査 健', '管理 太郎', '自由 人'],
        ...['保全 学', '実施 歩'],
      ]),
    );
  });

  it('come in pages that miss nobody and repeat nobody', async () => {
    const whole = namesOf(await admin.get('/users'));
    const paged: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Answer = await admin.get(`/users?limit=2${cursor && `&cursor=${cursor}`}`);
      paged.push(...namesOf(page));
      cursor = page.body.nextCursor;
    }
    expect(paged).toEqual(whole);
  });

  it('are found by part of the name or address, taken literally', async () => {
    expect(namesOf(await admin.get(`/users?q=${encodeURIComponent('花子')}`))).toEqual(['統括 花子']);
    expect(namesOf(await admin.get('/users?q=MANAGER@'))).toEqual(['責任 一郎']);
    expect(namesOf(await admin.get('/users?q=%25'))).toEqual([]);
  });

  it('are found by role, by organisation with those below it, and by whether the account is open', async () => {
    const { agency, ministry } = service.world.organisations;
    expect(namesOf(await admin.get('/users?role=CISO_OFFICE'))).toEqual(['統括 花子']);
    const within = async (id: string): Promise<string[]> => namesOf(await admin.get(`/users?organisationId=${id}`));
    expect(await within(agency)).toContain('運用 さくら');
    expect(await within(agency)).not.toContain('管理 太郎');
    expect(await within(ministry)).toEqual(expect.arrayContaining(['運用 さくら', '管理 太郎']));
    expect(namesOf(await admin.get(`/users?organisationId=${agency}&role=CISO_OFFICE`))).toEqual([]);

    const { id, version } = await hire({ email: 'gone@sonae.example', displayName: '退職 者' });
    expect((await admin.patch(`/users/${id}`, { active: false }, `"${version}"`)).status).toBe(200);
    expect(namesOf(await admin.get('/users?active=false'))).toEqual(['退職 者']);
    expect(namesOf(await admin.get('/users?active=true'))).not.toContain('退職 者');
  });

  it('elsewhere are not found, even by id', async () => {
    const { status, body } = await admin.get(`/users/${service.world.people.outsider}`);
    expect([status, body.code]).toEqual([404, 'USER_NOT_FOUND']);
  });

  it('are changed by administrators only', async () => {
    const manager = await service.as('manager');
    const { status, body } = await manager.post('/users', { email: 'x@sonae.example', displayName: 'X' });
    expect([status, body.code]).toEqual([403, 'NOT_ALLOWED']);
  });
});

describe('a new person', () => {
  it('signs in with the password and has the roles', async () => {
    const { agency } = service.world.organisations;
    const roles = [{ role: 'OWNER', organisationId: agency }];
    const { id } = await hire({ email: 'New@Sonae.Example', password: NEW_PASSWORD, roles });
    const browser = service.browser();
    await browser.post('/auth/login', { email: 'new@sonae.example', password: NEW_PASSWORD });
    const { status, body } = await browser.get('/me');
    expect([status, body.user.id, body.roles]).toEqual([200, id, [expect.objectContaining(roles[0])]]);
    const [event] = await service.dataSource.query(
      `SELECT * FROM audit_event WHERE action = 'user.created' AND record_id = $1`,
      [id],
    );
    expect(event.actor_id).toBe(service.world.people.admin);
    expect(JSON.stringify(event)).not.toContain(NEW_PASSWORD);
  });

  it('is given no password that anybody would try first, on any way', async () => {
    const person = { displayName: '推測 太郎', email: 'suisoku@sonae.example' };
    const refused = await admin.post('/users', { ...person, password: 'suisoku-suisoku' });
    expect([refused.status, refused.body.errors[0].code]).toEqual([422, 'COMMON_PASSWORD']);
    const { body, headers } = await admin.post('/users', person);
    const set = await admin.put(`/users/${body.id}/password`, { password: 'qwertyuiop12' }, headers.get('etag'));
    expect([set.status, set.body.errors[0].field]).toEqual([422, 'password']);
  });

  it('cannot sign in without a password, but can be chosen and reminded', async () => {
    const { id, email } = await hire({ email: 'silent@sonae.example' });
    expect((await admin.get(`/users/${id}`)).body).toMatchObject({ canSignIn: false, active: true });
    for (const password of ['', PASSWORD])
      expect((await service.browser().post('/auth/login', { email, password })).status).toBe(401);
  });

  it('needs an address that nobody has', async () => {
    const { status, body } = await admin.post('/users', { email: emailOf('owner').toUpperCase(), displayName: 'Twin' });
    expect([status, body.errors]).toEqual([
      409,
      [{ field: 'email', code: 'DUPLICATE', message: 'すでに登録されています。' }],
    ]);
  });

  it('gets no role outside the administrator’s organisations', async () => {
    const { ministry, otherMinistry } = service.world.organisations;
    const roles = [
      { role: 'OWNER', organisationId: ministry },
      { role: 'OWNER', organisationId: otherMinistry },
    ];
    const { status, body } = await admin.post('/users', { email: 'refused@sonae.example', displayName: 'Y', roles });
    expect([status, body.errors[0].field, body.errors[0].code]).toEqual([422, 'roles[1].organisationId', 'NOT_FOUND']);
    expect(namesOf(await admin.get('/users?q=refused@'))).toEqual([]);
  });
});

describe('the administrator of an agency', () => {
  let agencyAdmin: Client;
  let bossId: string;

  beforeAll(async () => {
    const { agency, ministry } = service.world.organisations;
    const email = 'agency-admin@sonae.example';
    await hire({ email, password: NEW_PASSWORD, roles: [{ role: 'ADMIN', organisationId: agency }] });
    agencyAdmin = service.browser();
    await agencyAdmin.post('/auth/login', { email, password: NEW_PASSWORD });
    const roles = [
      { role: 'ADMIN', organisationId: ministry },
      { role: 'OWNER', organisationId: agency },
    ];
    bossId = (await hire({ email: 'boss@sonae.example', password: NEW_PASSWORD, roles })).id;
  });

  it('cannot take over the account of somebody who is more elsewhere', async () => {
    const etag = await tagOf(bossId, agencyAdmin);
    const answers = [
      await agencyAdmin.put(`/users/${bossId}/password`, { password: 'taken over by me' }, etag),
      await agencyAdmin.patch(`/users/${bossId}`, { email: 'mine@sonae.example' }, etag),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [403, 'USER_HELD_ELSEWHERE'],
      [403, 'USER_HELD_ELSEWHERE'],
    ]);
  });

  it('gives and takes roles in the agency, and leaves those elsewhere', async () => {
    const { agency, ministry } = service.world.organisations;
    const roles = [{ role: 'MANAGER', organisationId: agency }];
    const { status } = await agencyAdmin.put(`/users/${bossId}/roles`, { roles }, await tagOf(bossId, agencyAdmin));
    expect(status).toBe(200);
    const held = (await admin.get(`/users/${bossId}`)).body.roles as { role: string; organisationId: string }[];
    expect(held.map(({ role, organisationId }) => [role, organisationId])).toEqual([
      ['ADMIN', ministry],
      ['MANAGER', agency],
    ]);
  });

  it('cannot make anybody an administrator of the ministry', async () => {
    const roles = [{ role: 'ADMIN', organisationId: service.world.organisations.ministry }];
    const { status } = await agencyAdmin.put(`/users/${bossId}/roles`, { roles }, await tagOf(bossId, agencyAdmin));
    expect(status).toBe(422);
  });
});

describe('an account', () => {
  it('gets a new password from an administrator, and its sessions end', async () => {
    const owner = await service.as('owner');
    const id = service.world.people.owner;
    const { status, headers } = await admin.put(`/users/${id}/password`, { password: NEW_PASSWORD }, await tagOf(id));
    expect([status, headers.get('etag')]).toEqual([200, '"2"']);
    expect((await owner.get('/me')).status).toBe(401);
    const again = await owner.post('/auth/login', { email: emailOf('owner'), password: NEW_PASSWORD });
    expect(again.status).toBe(200);
  });

  it('that is closed is signed out and stays out', async () => {
    const manager = await service.as('manager');
    const id = service.world.people.manager;
    expect((await admin.patch(`/users/${id}`, { active: false }, await tagOf(id))).status).toBe(200);
    expect((await manager.get('/me')).status).toBe(401);
    expect((await manager.post('/auth/login', { email: emailOf('manager'), password: PASSWORD })).status).toBe(401);
  });

  it('cannot lose its name to null', async () => {
    const id = service.world.people.auditor;
    const { status, body } = await admin.patch(`/users/${id}`, { displayName: null }, await tagOf(id));
    expect([status, body.errors[0].field, body.errors[0].code]).toEqual([400, 'displayName', 'REQUIRED']);
  });

  it('of the last administrator can neither be closed nor lose the role', async () => {
    const outsider = await service.as('outsider');
    const id = service.world.people.outsider;
    const etag = await tagOf(id, outsider);
    const answers = [
      await outsider.patch(`/users/${id}`, { active: false }, etag),
      await outsider.put(`/users/${id}/password`, { password: null }, etag),
      await outsider.put(`/users/${id}/roles`, { roles: [] }, etag),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(Array(3).fill([422, 'LAST_ADMIN']));
    expect((await outsider.get('/me')).status).toBe(200);
  });
});

describe('one’s own preferences', () => {
  it('change with the language of every answer', async () => {
    const auditor = await service.as('auditor');
    const { headers } = await auditor.get('/me');
    const { status, body } = await auditor.patch('/me', { locale: 'en' }, headers.get('etag'));
    expect([status, body.user.locale]).toEqual([200, 'en']);
    const { body: problem } = await auditor.get('/users?cursor=x', { 'accept-language': 'ja' });
    expect(problem.errors[0].message).toBe('The page mark is not valid. Start again from the first page.');
  });

  it('name the calendar of dates, which is one of those that are known', async () => {
    const auditor = await service.as('auditor');
    const { headers, body: before } = await auditor.get('/me');
    expect(before.user.calendar).toBe('GREGORIAN');
    const refused = await auditor.patch('/me', { calendar: 'LUNAR' }, headers.get('etag'));
    expect([refused.status, refused.body.errors]).toMatchObject([400, [{ field: 'calendar' }]]);
    const { status, body } = await auditor.patch('/me', { calendar: 'JAPANESE' }, headers.get('etag'));
    expect([status, body.user.calendar]).toEqual([200, 'JAPANESE']);
    expect((await auditor.get('/me')).body.user).toMatchObject({ calendar: 'JAPANESE', timeZone: 'Asia/Tokyo' });
  });
});
