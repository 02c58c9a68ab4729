import { Records } from '../access-matrix/records';
import { requestFor } from '../access-matrix/requests';
import { issueToken } from '../support/api-tokens';
import { startTestApp, type TestApp } from '../support/app';
import type { Ask, Client } from '../support/client';
import { committedDocument, type Operation, operationsOf } from '../support/operations/operation';
import { stateOf } from '../support/state';

const document = committedDocument();
const WRITES = operationsOf(document).filter(({ method }) => method !== 'GET');

let service: TestApp;
let admin: Client;
const requests = new Map<Operation, Ask & { path: string }>();

beforeAll(async () => {
  service = await startTestApp('cross site');
  admin = await service.as('admin');
  const records = new Records(service);
  for (const write of WRITES) requests.set(write, await requestFor(write, records, document.components.schemas));
});
afterAll(() => service.stop());

/** Every write with its request as `by` would send it, and these headers: what is answered, by operation. */
async function askAll(by: Client, headers: Ask['headers']): Promise<Record<string, string>> {
  const answers: Record<string, string> = {};
  for (const [{ name, method }, { path, ...ask }] of requests) {
    const { status, body } = await by.ask(method, path, { ...ask, headers: { ...ask.headers, ...headers } });
    answers[name] = `${status} ${body.code ?? ''}`;
  }
  return answers;
}

const subdomain = (): string => service.url.replace('//', '//other.');

describe('a write with cookies', () => {
  it.each<[string, () => Ask['headers']]>([
    ['another site', () => ({ origin: 'https://evil.example' })],
    ['another site, as the browser says', () => ({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })],
    ['another site that poses as ours', () => ({ 'sec-fetch-site': 'cross-site' })],
    ['a page without an origin', () => ({ origin: 'null' })],
    ['a subdomain', () => ({ origin: subdomain() })],
    ['a subdomain, as the browser says', () => ({ origin: subdomain(), 'sec-fetch-site': 'same-site' })],
    ['another port', () => ({ origin: 'http://127.0.0.1:1' })],
    ['an address that begins like ours', () => ({ origin: `${service.url}.evil.example` })],
    ['nowhere', () => ({ origin: undefined })],
    ['an empty origin', () => ({ origin: '' })],
  ])('is refused before anything is done when it comes from %s', async (_from, headers) => {
    const before = await stateOf(service.dataSource);
    const answers = await askAll(admin, headers());
    expect(WRITES.length).toBeGreaterThan(45);
    expect(Object.entries(answers).filter(([, told]) => told !== '403 CROSS_ORIGIN')).toEqual([]);
    expect(await stateOf(service.dataSource)).toEqual(before);
  });

  it('goes in a cookie that other sites cannot have sent along', async () => {
    const { headers } = await service
      .browser()
      .post('/auth/login', { email: 'admin@sonae.example', password: 'correct horse battery' });
    expect(headers.getSetCookie()[0]).toMatch(/; HttpOnly; SameSite=Lax$/);
  });
});

describe('a write with a token', () => {
  it.each<[string, Ask['headers']]>([
    ['nowhere', { origin: undefined }],
    ['a program on another site', { origin: 'https://elsewhere.example' }],
  ])('is judged by the token, wherever it comes from: %s', async (_from, headers) => {
    const { secret } = await issueToken(admin, { scopes: ['systems:read'] });
    const answers = await askAll(service.browser(), { ...headers, authorization: `Bearer ${secret}` });
    expect(Object.values(answers).filter((told) => told.includes('CROSS_ORIGIN'))).toEqual([]);
  });

  it('is not judged by cookies that come along with it', async () => {
    const { secret } = await issueToken(admin, { scopes: ['systems:read'] });
    const answers = await askAll(admin, { origin: undefined, authorization: `Bearer ${secret}` });
    const let_in = Object.entries(answers).filter(
      ([name, told]) => !told.startsWith('403') && !/auth|mail-link/.test(name),
    );
    expect(let_in).toEqual([]);
  });
});

describe('a write without anything', () => {
  it('may come from a program that has no token yet', async () => {
    const { status } = await service.browser().ask('POST', '/auth/login', {
      body: { email: 'admin@sonae.example', password: 'correct horse battery' },
      headers: { origin: undefined },
    });
    expect(status).toBe(200);
  });
});
