import { auditOf, codeOf, type IssuedToken, issueToken, newlySignedIn, Program } from '../support/api-tokens';
import { startTestApp, type TestApp } from '../support/app';
import type { Answer, Client } from '../support/client';
import type { PersonName } from '../support/world';

let service: TestApp;

// A proxy on this machine tells where requests come from, as in the other tests of tokens.
beforeAll(async () => {
  service = await startTestApp('api-tokens-lifetime', { settings: { TRUST_PROXY: '127.0.0.1' } });
});
afterAll(() => service?.stop());

const program = (secret: string): Program => new Program(service, secret);
const audited = (id: string): ReturnType<typeof auditOf> => auditOf(service, id);

describe('the end of a token', () => {
  it('comes with the end of its last day in the zone of the person', async () => {
    const { secret } = await issueToken(await newlySignedIn(service, 'owner'), { expiresOn: '2026-11-24' });
    service.clock.set('2026-11-24T14:59:59Z');
    expect((await program(secret).get('/systems')).status).toBe(200);
    service.clock.set('2026-11-24T15:00:00Z');
    expect(codeOf(await program(secret).get('/systems'))).toEqual([401, 'INVALID_API_TOKEN']);
  });

  it('comes at once when it is revoked, and is on record', async () => {
    const manager = await newlySignedIn(service, 'manager');
    const { id, secret, hint } = await issueToken(manager);
    expect((await manager.delete(`/api-tokens/${id}`, null)).status).toBe(204);
    expect(codeOf(await program(secret).get('/systems'))).toEqual([401, 'INVALID_API_TOKEN']);
    expect((await audited(id)).at(-1)).toMatchObject({ action: 'api_token.revoked', before: { hint } });
    expect(codeOf(await manager.delete(`/api-tokens/${id}`, null))).toEqual([404, 'API_TOKEN_NOT_FOUND']);
  });

  it('comes when the account is closed, and lasts when it is opened again', async () => {
    const { secret } = await issueToken(await newlySignedIn(service, 'manager'));
    const admin = await newlySignedIn(service, 'admin');
    const path = `/users/${service.world.people.manager}`;
    const closed = await admin.patch(path, { active: false }, (await admin.get(path)).headers.get('etag'));
    expect(closed.status).toBe(200);
    expect(codeOf(await program(secret).get('/systems'))).toEqual([401, 'INVALID_API_TOKEN']);
    const opened = await admin.patch(path, { active: true }, closed.headers.get('etag'));
    expect(opened.status).toBe(200);
    expect(codeOf(await program(secret).get('/systems'))).toEqual([401, 'INVALID_API_TOKEN']);
  });
});

describe('a rotation', () => {
  const rotate = async (browser: Client, id: string, wanted: object = {}): Promise<Answer> =>
    browser.post(`/api-tokens/${id}/rotate`, wanted);
  let owner: Client;
  beforeEach(async () => {
    owner = await newlySignedIn(service, 'owner');
  });
  const fresh = (): Promise<IssuedToken> => issueToken(owner);

  it('gives a new secret beside which the old one works for a day', async () => {
    const { id, secret } = await fresh();
    const { status, body } = await rotate(owner, id);
    expect(status).toBe(201);
    expect(body.secret).not.toBe(secret);
    for (const each of [secret, body.secret]) expect((await program(each).get('/systems')).status).toBe(200);
    service.clock.advance({ hours: 24 });
    expect(codeOf(await program(secret).get('/systems'))).toEqual([401, 'INVALID_API_TOKEN']);
    expect((await program(body.secret).get('/systems')).status).toBe(200);
    expect((await audited(id)).map(({ action }) => action)).toContain('api_token.rotated');
  });

  it('ends the old one at once when no grace is wanted', async () => {
    const { id, secret } = await fresh();
    await rotate(owner, id, { graceHours: 0 });
    expect(codeOf(await program(secret).get('/systems'))).toEqual([401, 'INVALID_API_TOKEN']);
  });

  it('has a grace that can be ended early', async () => {
    const { id, secret } = await fresh();
    const { body } = await rotate(owner, id, { graceHours: 168 });
    expect((await owner.delete(`/api-tokens/${id}/previous-secret`, null)).status).toBe(204);
    expect(codeOf(await program(secret).get('/systems'))).toEqual([401, 'INVALID_API_TOKEN']);
    expect((await program(body.secret).get('/systems')).status).toBe(200);
  });

  it('never leaves more than two secrets', async () => {
    const { id, secret } = await fresh();
    const second = (await rotate(owner, id)).body.secret;
    await rotate(owner, id);
    expect(codeOf(await program(secret).get('/systems'))).toEqual([401, 'INVALID_API_TOKEN']);
    expect((await program(second).get('/systems')).status).toBe(200);
  });

  it('may move the last day, within the limit', async () => {
    const { id } = await fresh();
    expect((await rotate(owner, id, { expiresOn: '2027-10-31' })).body.expiresAt).toBe('2027-10-31T15:00:00.000Z');
    expect((await rotate(owner, id, { expiresOn: '2028-01-01' })).status).toBe(422);
  });

  it.each([{ graceHours: 169 }, { graceHours: -1 }])('is refused with %j', async (wanted) => {
    expect((await rotate(owner, (await fresh()).id, wanted)).status).toBe(400);
  });

  it('of an expired token is refused', async () => {
    const { id } = await fresh();
    await service.dataSource.query('UPDATE api_token SET expires_at = $2 WHERE id = $1', [id, service.clock.now()]);
    expect(codeOf(await rotate(owner, id))).toEqual([409, 'API_TOKEN_EXPIRED']);
  });
});

describe('the tokens of somebody else', () => {
  it('are seen and revoked by who administers the account, but never used or rotated', async () => {
    const { id, secret } = await issueToken(await newlySignedIn(service, 'owner'));
    const admin = await newlySignedIn(service, 'admin');
    const { status, body } = await admin.get(`/api-tokens?userId=${service.world.people.owner}`);
    expect(status).toBe(200);
    expect(body.items).toContainEqual(expect.objectContaining({ id }));
    expect(JSON.stringify(body)).not.toContain(secret);
    expect(codeOf(await admin.post(`/api-tokens/${id}/rotate`, {}))).toEqual([404, 'API_TOKEN_NOT_FOUND']);
    expect(codeOf(await admin.delete(`/api-tokens/${id}/previous-secret`, null))).toEqual([404, 'API_TOKEN_NOT_FOUND']);
    expect((await admin.delete(`/api-tokens/${id}`, null)).status).toBe(204);
    expect((await program(secret).get('/systems')).status).toBe(401);
  });

  it.each<PersonName>(['outsider', 'manager', 'deputy'])('do not exist for the %s', async (person) => {
    const { id } = await issueToken(await newlySignedIn(service, 'owner'));
    const other = await newlySignedIn(service, person);
    expect(codeOf(await other.get(`/api-tokens?userId=${service.world.people.owner}`))).toEqual([
      404,
      'USER_NOT_FOUND',
    ]);
    expect(codeOf(await other.delete(`/api-tokens/${id}`, null))).toEqual([404, 'API_TOKEN_NOT_FOUND']);
  });
});
