import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Records } from '../access-matrix/records';
import { issueToken } from '../support/api-tokens';
import { startBeside, startTestApp, type RunningApp, type TestApp } from '../support/app';
import type { Answer, Client } from '../support/client';

const PAGES = mkdtempSync(join(tmpdir(), 'sonae-pages-'));

let service: TestApp;
let behindTls: RunningApp;
let admin: Client;
let records: Records;

beforeAll(async () => {
  mkdirSync(join(PAGES, 'assets'));
  writeFileSync(join(PAGES, 'index.html'), '<!doctype html><title>Sonae</title>');
  writeFileSync(join(PAGES, 'assets', 'app-1a2b3c.js'), 'export {};');
  service = await startTestApp('headers', { webRoot: PAGES });
  behindTls = await startBeside(service, { settings: { PUBLIC_URL: 'https://sonae.example.go.jp' } });
  admin = await service.as('admin');
  records = new Records(service);
});
afterAll(async () => {
  await behindTls.app.close();
  await service.stop();
  rmSync(PAGES, { recursive: true, force: true });
});

const POLICY = [
  "base-uri 'none'",
  "connect-src 'self'",
  "default-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "img-src 'self' data:",
  "object-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
];
const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'strict-transport-security': null,
  'access-control-allow-origin': null,
  'x-powered-by': null,
  server: null,
};
const KEPT_FOR_EVER = 'public, max-age=31536000, immutable';

/** Every kind of answer: how it is asked for, its status, and how long it may be kept. */
const ANSWERS: [string, () => Promise<Answer>, number, string][] = [
  ['a page', () => admin.get('//systems', { accept: 'text/html' }), 200, 'no-store'],
  ['a file of the pages', () => admin.get('//assets/app-1a2b3c.js'), 200, KEPT_FOR_EVER],
  ['a file that is not there', () => admin.get('//assets/gone-4d5e6f.js'), 404, 'no-store'],
  ['a record', () => admin.get('/me'), 200, 'no-store'],
  ['a list', () => admin.get('/systems'), 200, 'no-store'],
  ['a table to keep', () => admin.get('/imports/systems/template.csv'), 200, 'no-store'],
  ['an export', () => admin.get('/audit-events/export'), 200, 'no-store'],
  ['an answer without a body', () => service.browser().post('/auth/logout'), 204, 'no-store'],
  ['a way to another page', () => service.browser().get('/auth/oidc/callback'), 302, 'no-store'],
  ['a refusal of somebody unknown', () => service.browser().get('/me'), 401, 'no-store'],
  ['a refusal of somebody known', async () => (await service.as('owner')).get('/queues'), 403, 'no-store'],
  ['a record that is not there', () => admin.get('/systems/42'), 404, 'no-store'],
  ['an address that is none', () => admin.get('/nowhere'), 404, 'no-store'],
  ['an address that cannot be decoded', () => admin.get('/users/%E0%A4%A'), 400, 'no-store'],
  ['a body that is no JSON', () => admin.ask('POST', '/systems', { body: '{' }), 400, 'no-store'],
  ['a write from elsewhere', () => admin.post('/systems', {}, { origin: 'https://evil.example' }), 403, 'no-store'],
  ['a write from nowhere', () => admin.post('/systems', {}, { origin: '' }), 403, 'no-store'],
  ['the document of the API', () => admin.get('//api/openapi.json'), 200, 'no-store'],
  ['the page of the document', () => admin.get('//api/docs'), 200, 'no-cache'],
  ['a script of that page', () => admin.get('//api/docs/swagger-ui-bundle.js'), 200, 'no-cache'],
  ['a probe', () => admin.get('//healthz'), 200, 'no-store'],
  ['the figures of the service', () => admin.get('//metrics'), 200, 'no-store'],
];

const policyOf = ({ headers }: Answer): string[] =>
  (headers.get('content-security-policy') ?? '').split(';').map((part) => part.trim());

describe('every kind of answer', () => {
  it.each(ANSWERS)('tells the browser to be careful: %s', async (_kind, ask, status, kept) => {
    const answer = await ask();
    const { headers } = answer;
    expect([answer.status, headers.get('cache-control')]).toEqual([status, kept]);
    expect(policyOf(answer).sort()).toEqual(POLICY);
    expect(Object.fromEntries(Object.keys(EVERYWHERE).map((name) => [name, headers.get(name)]))).toEqual(EVERYWHERE);
    expect(headers.get('permissions-policy')).toContain('camera=(), ');
    expect(headers.get('x-request-id')).not.toBeNull();
  });

  it('behind TLS tells the browser to stay there', async () => {
    for (const path of ['//api/docs', '/me', '//healthz'])
      expect((await behindTls.browser().get(path)).headers.get('strict-transport-security')).toBe('max-age=31536000');
  });
});

describe('a mail in its frame', () => {
  it('runs and loads nothing, and has the styles that it was composed with and no others', async () => {
    const id = await records.of('/outbox/{id}');
    await service.dataSource.query('UPDATE mail SET html = $1 WHERE id = $2', [
      '<p style="color:#0017c1">一</p><p style="margin:0">二</p><p style="margin:0">三</p>',
      id,
    ]);
    const answer = await admin.get(`/outbox/${id}/html`);
    const hashOf = (style: string): string => `'sha256-${createHash('sha256').update(style).digest('base64')}'`;
    expect(policyOf(answer)).toEqual([
      "default-src 'none'",
      `style-src 'unsafe-hashes' ${hashOf('color:#0017c1')} ${hashOf('margin:0')}`,
      'img-src data:',
      'sandbox',
      "frame-ancestors 'self'",
    ]);
    expect([answer.headers.get('x-frame-options'), answer.headers.get('cache-control')]).toEqual([
      'SAMEORIGIN',
      'no-store',
    ]);
  });
});

describe('who is not let in', () => {
  it('is told how a program would be', async () => {
    const { headers } = await service.browser().get('/me');
    expect(headers.get('www-authenticate')).toBe('Bearer realm="sonae"');
  });

  it('is told that the token is none', async () => {
    const { secret } = await issueToken(admin);
    const { headers } = await service.browser().get('/systems', { authorization: `Bearer ${secret}x` });
    expect(headers.get('www-authenticate')).toBe('Bearer realm="sonae", error="invalid_token"');
  });

  it('though known is told no such thing', async () => {
    const { status, headers } = await (await service.as('owner')).get('/queues');
    expect([status, headers.get('www-authenticate')]).toEqual([403, null]);
  });
});
