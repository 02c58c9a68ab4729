import { connect } from 'node:net';
import { Records } from '../access-matrix/records';
import { requestFor, sourceFor } from '../access-matrix/requests';
import { startTestApp, type TestApp } from '../support/app';
import { systemFields } from '../support/builders/systems';
import type { Answer, Client } from '../support/client';
import { committedDocument, operationsOf, type Schema } from '../support/operations/operation';
import { changedAt, pointersTo } from '../support/operations/pointers';

/** What breaks statements, patterns, headers and parsers that paste what they are sent. */
const HOSTILE = [
  "'",
  "' OR '1'='1'; DROP TABLE system; --",
  "x') UNION SELECT password_hash FROM app_user --",
  '%',
  '\\',
  '\u0000',
  'a\r\nset-cookie: sonae_session=x',
  '\u202e\ud800',
  '${7*7}{{7*7}}',
  '<script>alert(1)</script>',
  '../../../../etc/passwd',
  '9'.repeat(40),
  'あ'.repeat(5_000),
];
/** The same as other shapes than text, for queries. */
const SHAPES = [
  '=a&{}=b',
  '[]=a',
  '[$ne]=a',
  '[__proto__][x]=a',
  '.constructor=a',
  '=',
  '=%00',
  '=%ff',
  '=%27%22%3B--',
];
const LEAK =
  /syntax error|SQLSTATE|pg_catalog|relation "|column "|node_modules|\.ts:\d|at \w+ \(|SELECT |password_hash|argon2/;

const document = committedDocument();
const { schemas } = document.components;
const OPERATIONS = operationsOf(document);
const JSON_BODY = 'application/json';
const isText = (schema: Schema): boolean => [schema.type].flat().includes('string');

let app: TestApp;
let admin: Client;
let records: Records;
let sent = 0;

beforeAll(async () => {
  app = await startTestApp('injection');
  admin = await app.as('admin');
  records = new Records(app);
  await records.system();
});
afterAll(async () => {
  process.stdout.write(`Injection: ${sent} requests.\n`);
  await app.stop();
});

/** What is wrong with an answer to something hostile; nothing when it is refused or taken as the text that it is. */
function faultOf(what: string, { status, headers, body }: Answer, value = ''): string[] {
  sent += 1;
  // What was sent may be told again, as what it is.
  const text = (typeof body === 'string' ? body : JSON.stringify(body)).replaceAll(value, '');
  const faults: string[] = [];
  if (status >= 500) faults.push(`${what}: ${status} ${text.slice(0, 200)}`);
  if (status >= 400 && LEAK.test(text)) faults.push(`${what} tells: ${text.slice(0, 200)}`);
  if (headers.getSetCookie().some((cookie) => /=x/.test(cookie))) faults.push(`${what} sets a cookie`);
  return faults;
}

const short = (text: string): string => JSON.stringify(text.slice(0, 30));

describe('a wildcard', () => {
  const namesFor = async (path: string, q: string): Promise<string[]> => {
    const { status, body } = await admin.get(`${path}?limit=200&q=${encodeURIComponent(q)}`);
    expect(status).toBe(200);
    return (body.items as Record<string, string>[]).map((item) => item.name ?? item.displayName ?? '?');
  };

  it('finds what holds it, in every search, and not everything', async () => {
    const manager = await app.as('manager');
    const [percent, line] = [systemFields(app, { name: '達成100%' }), systemFields(app, { name: '電子_申請' })];
    for (const fields of [percent, line]) expect((await manager.post('/systems', fields)).status).toBe(201);
    expect(await namesFor('/systems', '%')).toEqual(['達成100%']);
    expect(await namesFor('/systems', '電子_申')).toEqual(['電子_申請']);
    expect(await namesFor('/systems', '電_')).toEqual([]);
    await admin.post('/users', { displayName: '百%太郎', email: 'percent@sonae.example' });
    expect(await namesFor('/users', '%')).toEqual(['百%太郎']);
    expect(await namesFor('/organisations', '%')).toEqual([]);
    expect(await namesFor('/organisations', '_')).toEqual([]);
  });
});

describe('something hostile', () => {
  it('in any parameter of a query is refused, or is the text that it is', async () => {
    const faults: string[] = [];
    for (const operation of OPERATIONS.filter(({ method }) => method === 'GET')) {
      const queries = operation.parameters.filter((parameter) => parameter.in === 'query');
      if (queries.length === 0) continue;
      const { path } = await requestFor(operation, records, schemas);
      const [bare] = path.split('?');
      for (const { name } of queries) {
        for (const value of HOSTILE.filter((each) => each.length < 2_000)) {
          const query = `${name}=${encodeURIComponent(value.replace(/\p{Cs}/gu, ''))}`;
          faults.push(...faultOf(`${operation.name} ${name} ${short(value)}`, await admin.get(`${bare}?${query}`)));
        }
        for (const shape of SHAPES)
          faults.push(...faultOf(`${operation.name} ${name}${shape}`, await admin.get(`${bare}?${name}${shape}`)));
      }
    }
    expect(faults).toEqual([]);
  }, 600_000);

  it('in a path is like an id that nothing has, or no address', async () => {
    const faults: string[] = [];
    for (const operation of OPERATIONS.filter(({ path }) => path.includes('{id}'))) {
      const { path: _path, ...rest } = await requestFor(operation, records, schemas);
      for (const value of HOSTILE) {
        const path = operation.path.replace('{id}', encodeURIComponent(value.replace(/\p{Cs}/gu, '')));
        const answer = await admin.ask(operation.method, path, rest);
        faults.push(...faultOf(`${operation.name} ${short(value)}`, answer));
        if (answer.status < 400) faults.push(`${operation.name} ${short(value)}: ${answer.status}`);
      }
    }
    expect(faults).toEqual([]);
  }, 600_000);

  it('in any text of a body is refused, or is the text that it is', async () => {
    const faults: string[] = [];
    for (const operation of OPERATIONS.filter(({ body }) => body?.type === JSON_BODY)) {
      if (/auth|password/.test(operation.path)) continue;
      const schema: Schema = operation.body?.schema;
      const request = await requestFor(operation, records, schemas);
      for (const pointer of pointersTo(schema, schemas, isText)) {
        for (const value of HOSTILE) {
          const body = changedAt(request.body, pointer, () => value, schema, sourceFor(records, schemas));
          const answer = await admin.ask(operation.method, request.path, { headers: request.headers, body });
          faults.push(...faultOf(`${operation.name} ${pointer.join('.')} ${short(value)}`, answer, value));
        }
      }
    }
    expect(faults).toEqual([]);
    expect((await app.dataSource.query('SELECT count(*)::int AS count FROM system'))[0].count).toBeGreaterThan(0);
  }, 600_000);

  const HEADERS = [
    ...['if-match', 'if-none-match', 'idempotency-key', 'accept-language', 'accept', 'x-request-id', 'user-agent'],
    ...['authorization', 'cookie', 'x-forwarded-for', 'referer', 'content-type', 'range'],
  ];

  it('in any header is refused, or says nothing', async () => {
    const faults: string[] = [];
    const etag = (await admin.get('/me')).headers.get('etag') ?? '';
    for (const header of HEADERS)
      for (const value of HOSTILE.filter((each) => /^[ -~]+$/.test(each)).concat('x'.repeat(7_000), 'é', ',,,;;;===')) {
        const headers = { 'if-match': etag, [header]: value };
        faults.push(...faultOf(`GET ${header} ${short(value)}`, await admin.get('/systems', headers)));
        const answer = await admin.ask('PATCH', '/me', { body: { locale: 'ja' }, headers });
        faults.push(...faultOf(`PATCH ${header} ${short(value)}`, answer));
      }
    expect(faults).toEqual([]);
  }, 600_000);
});

/** Sends bytes as they are: what no client of ours would send. */
function raw(lines: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(app.url);
    const socket = connect(Number(port), hostname, () => socket.end(lines));
    let answer = '';
    socket.on('data', (bytes) => (answer += bytes.toString('latin1')));
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });
}

describe('a request that no client would send', () => {
  it.each([
    ['a line break in a header', 'GET /api/v1/me HTTP/1.1\r\nHost: a\r\nX-Request-Id: a\nSet-Cookie: b=c\r\n\r\n'],
    ['two lengths', 'POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 9\r\n\r\n{}'],
    [
      'a length and chunks',
      'POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a header of 100 kB', `GET /api/v1/me HTTP/1.1\r\nHost: a\r\nX-Long: ${'x'.repeat(100_000)}\r\n\r\n`],
    ['no method that is one', 'SELECT /api/v1/me HTTP/1.1\r\nHost: a\r\n\r\n'],
  ])('is refused without a word of the inside: %s', async (_what, lines) => {
    const answer = await raw(lines);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(answer.toLowerCase()).not.toContain('set-cookie');
    expect(answer).not.toMatch(LEAK);
  });

  it('cannot set a header by the address it asks for', async () => {
    const line = '%0d%0aset-cookie:%20b=c';
    for (const path of [`/api/v1/auth/oidc/start?return=/${line}`, `/api/v1/systems/${line}`, `/${line}`])
      expect((await raw(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`)).toLowerCase()).not.toMatch(/\r\nset-cookie: b/);
  });
});
