import { Client as DatabaseClient } from 'pg';
import { newId } from '../../src/platform/database/id';
import { startTestApp, type TestApp } from '../support/app';
import type { Answer, Client } from '../support/client';

let service: TestApp;
let admin: Client;

beforeAll(async () => {
  service = await startTestApp('http manners');
  admin = await service.as('admin');
});
afterAll(() => service?.stop());

const codesOf = ({ status, body }: Answer): unknown[] => [
  status,
  body.code,
  ...(body.errors ?? []).map(({ field, code }: { field: string; code: string }) => `${field} ${code}`),
];

describe('a request that cannot be understood', () => {
  it('is answered as problem+json with a code, a sentence and the request’s number', async () => {
    const { status, headers, body } = await admin.get('/nowhere');
    expect([status, headers.get('content-type')]).toEqual([404, 'application/problem+json; charset=utf-8']);
    expect(body).toEqual({
      type: 'urn:sonae:problem:route-not-found',
      title: '見つかりません',
      status: 404,
      code: 'ROUTE_NOT_FOUND',
      detail: 'このアドレスには何もありません。',
      requestId: headers.get('x-request-id'),
    });
  });

  const LOGIN = { email: 'a@b.example', password: 'x' };
  const CASES: [string, () => Promise<Answer>, unknown[]][] = [
    ['no JSON', () => admin.ask('POST', '/auth/login', { body: '{"email":' }), [400, 'MALFORMED_JSON']],
    [
      'null for an object',
      () => admin.ask('PUT', `/users/${newId()}/password`, { body: 'null', headers: { 'if-match': '"1"' } }),
      [400, 'INVALID_FIELDS', 'password REQUIRED'],
    ],
    [
      'a list for an object',
      () => admin.post('/auth/login', []),
      [400, 'INVALID_FIELDS', 'email REQUIRED', 'password REQUIRED'],
    ],
    [
      'an unknown field',
      () => admin.post('/auth/login', { ...LOGIN, remember: 1 }),
      [400, 'UNKNOWN_FIELD', 'remember UNKNOWN_FIELD'],
    ],
    ['an unknown query parameter', () => admin.get('/users?page=2'), [400, 'UNKNOWN_FIELD', 'page UNKNOWN_FIELD']],
    ['a parameter of a route without any', () => admin.get('/me?page=2'), [400, 'UNKNOWN_FIELD', 'page UNKNOWN_FIELD']],
    [
      'a body of a route without any',
      () => admin.post('/demo/clear', { all: true }),
      [400, 'UNKNOWN_FIELD', 'all UNKNOWN_FIELD'],
    ],
    [
      'a wrong type',
      () => admin.post('/auth/login', { ...LOGIN, password: 7 }),
      [400, 'INVALID_FIELDS', 'password NOT_TEXT'],
    ],
    ['a page size of none', () => admin.get('/users?limit=0'), [400, 'INVALID_FIELDS', 'limit TOO_SMALL']],
    ['too large a page', () => admin.get('/users?limit=201'), [400, 'INVALID_FIELDS', 'limit TOO_LARGE']],
    ['a page size in words', () => admin.get('/users?limit=many'), [400, 'INVALID_FIELDS', 'limit NOT_AN_INTEGER']],
    ['a made-up cursor', () => admin.get('/users?cursor=abc'), [400, 'INVALID_FIELDS', 'cursor BAD_CURSOR']],
    [
      'a cursor with SQL in it',
      () => admin.get(`/users?cursor=${Buffer.from(`["x","' OR 1"]`).toString('base64url')}`),
      [400, 'INVALID_FIELDS', 'cursor BAD_CURSOR'],
    ],
    ['an id that is none', () => admin.get('/users/42'), [404, 'NOT_FOUND']],
    ['an address that cannot be decoded', () => admin.get('/users/%E0%A4%A'), [400, 'MALFORMED_URL']],
    [
      'a body of another kind',
      () => admin.ask('POST', '/auth/login', { body: '<a/>', headers: { 'content-type': 'application/xml' } }),
      [415, 'UNSUPPORTED_MEDIA_TYPE'],
    ],
    [
      'a body of more than a megabyte',
      () => admin.post('/auth/login', { ...LOGIN, password: 'x'.repeat(1_100_000) }),
      [413, 'BODY_TOO_LARGE'],
    ],
    [
      'control characters in a name',
      () => admin.post('/users', { email: 'c@d.example', displayName: 'a\u0000b' }),
      [400, 'INVALID_FIELDS', 'displayName NOT_PLAIN_TEXT'],
    ],
    [
      'fields of a list',
      () =>
        admin.post('/users', {
          email: 'c@d.example',
          displayName: 'c',
          roles: [{ role: 'KING', organisationId: 'x' }],
        }),
      [400, 'INVALID_FIELDS', 'roles[0].role NOT_IN_LIST', 'roles[0].organisationId NOT_AN_ID'],
    ],
  ];

  it.each(CASES)('is told what is wrong: %s', async (_case, ask, expected) => {
    expect(codesOf(await ask())).toEqual(expected);
  });

  it('is told in the language that is asked for', async () => {
    const english = await service.browser().get('/me', { 'accept-language': 'en-GB, ja;q=0.5' });
    const other = await service.browser().get('/me', { 'accept-language': 'de, fr' });
    expect([english.body.detail, other.body.detail]).toEqual(['Please sign in.', 'サインインしてください。']);
  });
});

describe('a fault of the service', () => {
  it('says its number and nothing of the inside', async () => {
    await service.database.query('ALTER TABLE setting RENAME TO hidden_setting');
    try {
      const { status, body } = await admin.get('/auth/hints');
      expect([status, body.code]).toEqual([500, 'INTERNAL']);
      expect(JSON.stringify(body)).not.toMatch(/setting|relation|SELECT/);
    } finally {
      await service.database.query('ALTER TABLE hidden_setting RENAME TO setting');
    }
  });

  it('is 503 while the database lets nobody in, and over when it does again', async () => {
    const { connection } = service.database;
    const server = new DatabaseClient({ ...connection, database: 'sonae' });
    await server.connect();
    const admit = (let_in: boolean) =>
      server.query(`ALTER DATABASE ${connection.database} ALLOW_CONNECTIONS ${let_in}`);
    try {
      await admit(false);
      await server.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
        connection.database,
      ]);
      const answers = [await admin.get('/users'), await admin.get('//readyz'), await admin.get('//healthz')];
      expect(answers.map(({ status }) => status)).toEqual([503, 503, 200]);
      expect([answers[0]?.body.code, answers[0]?.headers.get('retry-after')]).toEqual(['UNAVAILABLE', '5']);
      expect(answers[1]?.body.checks.database.ok).toBe(false);
    } finally {
      await admit(true);
      await server.end();
    }
    expect((await admin.get('/users')).status).toBe(200);
  });
});

describe('a write from another site', () => {
  const login = (headers: Record<string, string>): Promise<Answer> => admin.post('/auth/login', {}, headers);

  it('is refused', async () => {
    expect(codesOf(await login({ origin: 'https://evil.example' }))).toEqual([403, 'CROSS_ORIGIN']);
    expect(codesOf(await login({ 'sec-fetch-site': 'same-site' }))).toEqual([403, 'CROSS_ORIGIN']);
    expect(codesOf(await login({ origin: 'null' }))).toEqual([403, 'CROSS_ORIGIN']);
  });

  it('is let in when the browser says that it is the same site', async () => {
    expect((await login({ 'sec-fetch-site': 'same-origin', origin: 'http://localhost:5173' })).status).toBe(400);
  });

  it('may read nothing either: no answer allows another origin', async () => {
    const { headers } = await admin.get('/me', { origin: 'https://evil.example' });
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('every answer', () => {
  it('forbids foreign scripts, frames and guessing of types', async () => {
    const { headers } = await admin.get('/me');
    expect(headers.get('content-security-policy')?.split(';').sort()).toEqual([
      "base-uri 'none'",
      "connect-src 'self'",
      "default-src 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "img-src 'self' data:",
      "object-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
    ]);
    expect([headers.get('x-content-type-options'), headers.get('x-frame-options')]).toEqual(['nosniff', 'DENY']);
    expect([headers.get('cache-control'), headers.get('strict-transport-security')]).toEqual(['no-store', null]);
  });

  it('carries the request’s number: the caller’s own when it is sane', async () => {
    const numberOf = async (given: string) =>
      (await admin.get('/me', { 'x-request-id': given })).headers.get('x-request-id');
    expect(await numberOf('trace-2026.11:23_a')).toBe('trace-2026.11:23_a');
    expect(await numberOf('short')).toMatch(/^[\da-f-]{36}$/);
    expect(await numberOf('has a blank in it')).toMatch(/^[\da-f-]{36}$/);
  });
});

describe('the description of the API', () => {
  it('is OpenAPI 3.1 in which every reference leads somewhere and every call may be refused', async () => {
    const { status, body } = await service.browser().get('//api/openapi.json');
    expect([status, body.openapi]).toEqual([200, '3.1.0']);
    const references = [...JSON.stringify(body).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name,
    );
    expect(references.filter((name) => !((name as string) in body.components.schemas))).toEqual([]);
    const calls = Object.values(
      body.paths as Record<string, Record<string, { operationId: string; responses: object }>>,
    ).flatMap(Object.values);
    expect(new Set(calls.map(({ operationId }) => operationId)).size).toBe(calls.length);
    expect(calls.filter(({ responses }) => !('default' in responses))).toEqual([]);
    expect(JSON.stringify(body)).not.toContain('"nullable"');
  });

  it('can be read as a page, under the policy of every other', async () => {
    const { status, headers } = await service.browser().get('//api/docs');
    expect([status, headers.get('content-type')]).toEqual([200, expect.stringMatching(/^text\/html/)]);
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
  });
});
