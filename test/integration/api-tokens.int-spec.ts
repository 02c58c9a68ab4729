import {
  askForToken,
  auditOf,
  codeOf,
  type IssuedToken,
  issueToken,
  Program,
  READING,
  type WantedToken,
} from '../support/api-tokens';
import { startTestApp, type TestApp } from '../support/app';
import type { Answer, Client } from '../support/client';
import { PASSWORD, type PersonName } from '../support/world';

let service: TestApp;

// A proxy on this machine tells where requests come from, so that one test can come from several addresses.
beforeAll(async () => {
  service = await startTestApp('api-tokens', { settings: { TRUST_PROXY: '127.0.0.1' } });
});
afterAll(() => service?.stop());

const ask = async (person: PersonName, wanted?: WantedToken): Promise<Answer> =>
  askForToken(await service.as(person), wanted);
const issued = async (person: PersonName, wanted?: WantedToken): Promise<IssuedToken> =>
  issueToken(await service.as(person), wanted);
const program = (secret: string, from?: string): Program => new Program(service, secret, from);
const audited = (id: string): ReturnType<typeof auditOf> => auditOf(service, id);

async function newSystem(client: Client, organisation: 'agency' | 'otherAgency', code: string): Promise<string> {
  const { status, body } = await client.post('/systems', {
    code,
    name: code,
    organisationId: service.world.organisations[organisation],
    tier: 'LOW',
    ownerId: service.world.people.owner,
  });
  expect([status, body.errors]).toEqual([201, undefined]);
  return body.id;
}

describe('a new API token', () => {
  it('is shown once, and kept as a hash only', async () => {
    const { id, secret, hint } = await issued('owner');
    expect(secret).toMatch(/^sonae_[0-9A-Za-z]{49}$/);
    const { items } = (await (await service.as('owner')).get('/api-tokens')).body;
    expect(items.find((token: { id: string }) => token.id === id)).toEqual({
      id,
      userId: service.world.people.owner,
      name: '夜間連携',
      scopes: READING,
      organisationId: null,
      organisationName: null,
      organisationNameEn: null,
      hint,
      createdAt: '2026-11-23T00:00:00.000Z',
      expiresAt: '2027-03-31T15:00:00.000Z',
      previousUntil: null,
      lastUsedAt: null,
      lastUsedAddress: null,
    });
    const rows = await service.dataSource.query(
      `SELECT count(*)::int AS found FROM api_token t, audit_event e
       WHERE t::text LIKE $1 OR (e.record_id = t.id AND e::text LIKE $1)`,
      [`%${secret}%`],
    );
    expect(rows).toEqual([{ found: 0 }]);
  });

  it('is on record with its scopes', async () => {
    const { id, hint } = await issued('owner');
    expect(await audited(id)).toEqual([
      expect.objectContaining({
        action: 'api_token.created',
        actor_id: service.world.people.owner,
        after: expect.objectContaining({ scopes: READING, hint }),
      }),
    ]);
  });

  it.each<[string, WantedToken, number, string, string]>([
    ['a scope there is not', { scopes: ['systems:read', 'everything'] }, 400, 'scopes', 'NOT_IN_LIST'],
    ['no scope', { scopes: [] }, 400, 'scopes', 'REQUIRED'],
    ['a scope that the person lacks', { scopes: ['systems:read', 'users:write'] }, 422, 'scopes[1]', 'NOT_HELD'],
    ['a day in the past', { expiresOn: '2026-11-22' }, 422, 'expiresOn', 'IN_THE_PAST'],
    ['a day more than a year ahead', { expiresOn: '2027-11-24' }, 422, 'expiresOn', 'TOO_FAR_AHEAD'],
    ['no last day', { expiresOn: undefined }, 400, 'expiresOn', 'REQUIRED'],
    ['no name', { name: ' ' }, 400, 'name', 'REQUIRED'],
  ])('is refused with %s, and nothing is kept', async (_case, wanted, status, field, code) => {
    const count = async () => (await service.dataSource.query('SELECT count(*) FROM api_token'))[0].count;
    const before = await count();
    const answer = await ask('owner', wanted);
    expect([answer.status, answer.body.errors]).toEqual([status, [expect.objectContaining({ field, code })]]);
    expect(await count()).toBe(before);
  });

  it('cannot be bound to an organisation that the person does not see', async () => {
    const { status, body } = await ask('owner', { organisationId: service.world.organisations.otherMinistry });
    expect([status, body.errors]).toEqual([
      422,
      [expect.objectContaining({ field: 'organisationId', code: 'NOT_FOUND' })],
    ]);
  });

  it('is never kept for an Idempotency-Key', async () => {
    const answer = await (
      await service.as('owner')
    ).post(
      '/api-tokens',
      { name: 'x', scopes: READING, expiresOn: '2027-03-31' },
      { 'idempotency-key': 'once-and-again' },
    );
    expect(codeOf(answer)).toEqual([400, 'IDEMPOTENCY_KEY_REFUSED']);
  });

  it('is the fiftieth of its person at most', async () => {
    for (let n = 0; n < 50; n++) await issued('deputy');
    expect(codeOf(await ask('deputy'))).toEqual([409, 'TOO_MANY_API_TOKENS']);
  });
});

describe('a request with a token', () => {
  it('is the person’s, within the scopes', async () => {
    const { secret } = await issued('manager', { scopes: ['systems:read'] });
    expect((await program(secret).get('/systems')).status).toBe(200);
    expect(codeOf(await program(secret).get('/organisations'))).toEqual([403, 'NOT_ALLOWED']);
  });

  it('writes without an Origin, and the change is on record as the person’s', async () => {
    const { secret } = await issued('manager', { scopes: ['systems:read', 'systems:create', 'organisations:read'] });
    const { status, body } = await program(secret).ask(
      'POST',
      '/systems',
      { code: 'T-1', name: 'T-1', organisationId: service.world.organisations.agency, tier: 'LOW' },
      { origin: '' },
    );
    expect([status, body.errors]).toEqual([201, undefined]);
    const events = await audited(body.id);
    expect(events).toContainEqual(
      expect.objectContaining({ action: 'system.created', actor_id: service.world.people.manager }),
    );
  });

  it('reaches no further than the organisation of the token', async () => {
    const admin = await service.as('admin');
    const [here, there] = [await newSystem(admin, 'agency', 'T-2'), await newSystem(admin, 'otherAgency', 'T-3')];
    const { secret } = await issued('ciso', { organisationId: service.world.organisations.agency });
    expect((await program(secret).get(`/systems/${here}`)).status).toBe(200);
    expect((await program(secret).get(`/systems/${there}`)).status).toBe(404);
    const { body } = await program(secret).get('/organisations');
    expect(body.items.map(({ code }: { code: string }) => code)).toEqual(['AGC-1']);
  });

  it('opens nothing when the person has no role where the token reaches', async () => {
    const { secret } = await issued('ciso', { organisationId: service.world.organisations.otherAgency });
    await service.dataSource.query('UPDATE role_assignment SET organisation_id = $2 WHERE user_id = $1', [
      service.world.people.ciso,
      service.world.organisations.agency,
    ]);
    expect(codeOf(await program(secret).get('/systems'))).toEqual([403, 'NOT_ALLOWED']);
    await service.dataSource.query('UPDATE role_assignment SET organisation_id = $2 WHERE user_id = $1', [
      service.world.people.ciso,
      service.world.organisations.ministry,
    ]);
    expect((await program(secret).get('/systems')).status).toBe(200);
  });

  it('loses at once what the person loses', async () => {
    const { secret } = await issued('auditor');
    expect((await program(secret).get('/systems')).status).toBe(200);
    await service.dataSource.query('DELETE FROM role_assignment WHERE user_id = $1', [service.world.people.auditor]);
    expect(codeOf(await program(secret).get('/systems'))).toEqual([403, 'NOT_ALLOWED']);
  });

  it('is judged by the token alone when a cookie comes with it', async () => {
    const { secret } = await issued('admin', { scopes: ['systems:read'] });
    const admin = await service.as('admin');
    const authorization = `Bearer ${secret}`;
    expect(codeOf(await admin.get('/users', { authorization }))).toEqual([403, 'NOT_ALLOWED']);
    expect(codeOf(await admin.get('/users', { authorization: 'Bearer sonae_nonsense' }))).toEqual([
      401,
      'INVALID_API_TOKEN',
    ]);
  });

  it.each([
    ['GET', '/me', undefined],
    ['PATCH', '/me', { locale: 'en' }],
    ['POST', '/me/password', { currentPassword: PASSWORD, newPassword: 'another long sentence' }],
    ['GET', '/api-tokens', undefined],
    ['POST', '/api-tokens', { name: 'more', scopes: READING, expiresOn: '2027-03-31' }],
  ])('may not %s %s, which are for people', async (method, path, body) => {
    const { secret } = await issued('admin', { scopes: ['users:read', 'users:write'] });
    expect(codeOf(await program(secret).ask(method, path, body, { 'if-match': '"1"' }))).toEqual([403, 'NOT_BY_TOKEN']);
  });

  it('may not set a password, whatever its scopes', async () => {
    const { secret } = await issued('admin', { scopes: ['users:read', 'users:write'] });
    const path = `/users/${service.world.people.owner}`;
    const { headers } = await program(secret).get(path);
    const answer = await program(secret).ask(
      'PUT',
      `${path}/password`,
      { password: 'another long sentence' },
      { 'if-match': headers.get('etag') ?? '' },
    );
    expect(codeOf(answer)).toEqual([403, 'NOT_BY_TOKEN']);
  });

  it('is answered with 401 when the token is none', async () => {
    const { secret } = await issued('owner');
    for (const wrong of [secret.slice(0, -1), `${secret}x`, secret.toUpperCase(), 'sonae_', 'a.b.c'])
      expect(codeOf(await program(wrong).get('/systems'))).toEqual([401, 'INVALID_API_TOKEN']);
  });

  it('is noted with time and address, at most once a minute', async () => {
    const { id, secret } = await issued('owner');
    const use = async (): Promise<unknown> => {
      const [row] = await service.dataSource.query(
        'SELECT last_used_at AS at, last_used_address AS address FROM api_token WHERE id = $1',
        [id],
      );
      return row;
    };
    const start = service.clock.now();
    await program(secret).get('/systems');
    expect(await use()).toEqual({ at: start, address: '192.0.2.1' });
    service.clock.set(new Date(start.getTime() + 59_000).toISOString());
    await program(secret).get('/systems');
    expect(await use()).toEqual({ at: start, address: '192.0.2.1' });
    service.clock.set(new Date(start.getTime() + 60_000).toISOString());
    await program(secret).get('/systems');
    expect(await use()).toEqual({ at: service.clock.now(), address: '192.0.2.1' });
  });

  it('is on record when it comes from an address for the first time, also of many at once', async () => {
    const { id, secret } = await issued('owner');
    await Promise.all(Array.from({ length: 5 }, () => program(secret, '198.51.100.1').get('/systems')));
    await program(secret, '198.51.100.2').get('/systems');
    await program(secret, '198.51.100.1').get('/systems');
    const uses = (await audited(id)).filter(({ action }) => action === 'api_token.used_from_new_address');
    const addresses = uses.map(({ personal }) => personal?.[service.world.people.owner]?.address);
    expect(addresses).toEqual(['198.51.100.1', '198.51.100.2']);
  });
});
