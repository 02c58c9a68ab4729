import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestApp, type TestApp } from '../support/app';
import { eventually } from '../support/eventually';

const TOKEN = 'a secret for the one who measures';

let service: TestApp;
let pages: string;

beforeAll(async () => {
  pages = mkdtempSync(join(tmpdir(), 'sonae-pages-'));
  mkdirSync(join(pages, 'assets'));
  writeFileSync(join(pages, 'index.html'), '<!doctype html><title>Sonae</title>');
  writeFileSync(join(pages, 'assets', 'app-1a2b3c.js'), 'export {};');
  writeFileSync(join(pages, '.stamp'), 'not for everybody');
  writeFileSync(join(pages, '..', 'sonae-outside.txt'), 'outside');
  service = await startTestApp('operations', {
    worker: true,
    webRoot: pages,
    settings: { METRICS_TOKEN: TOKEN, PUBLIC_URL: 'https://sonae.example.go.jp' },
  });
});

afterAll(async () => {
  await service?.stop();
  rmSync(pages, { recursive: true, force: true });
  rmSync(join(tmpdir(), 'sonae-outside.txt'), { force: true });
});

describe('a process that also runs the jobs', () => {
  const readiness = () => service.browser().get('//readyz');

  it('is ready when the sweep has run', async () => {
    const { body } = await eventually(readiness, ({ status }) => status === 200);
    expect(body).toEqual({
      status: 'ok',
      checks: {
        database: { ok: true },
        queue: { ok: true, kind: 'postgres' },
        sweep: { ok: true, lastRanAt: service.clock.now().toISOString() },
      },
    });
  });

  it('is not ready when it has not for two minutes, until it has again', async () => {
    service.clock.advance({ minutes: 3 });
    const { status, body } = await readiness();
    expect([status, body.status, body.checks.sweep.ok]).toEqual([503, 'unavailable', false]);
    await eventually(readiness, (answer) => answer.status === 200, 20_000);
  });

  it('lives either way', async () => {
    expect((await service.browser().get('//healthz')).body).toEqual({ status: 'ok' });
  });
});

describe('the figures', () => {
  const figures = (headers: Record<string, string>) => service.browser().get('//metrics', headers);

  it('are for who has the token', async () => {
    expect((await figures({})).status).toBe(403);
    expect((await figures({ authorization: 'Bearer guess' })).status).toBe(403);
    const { status, headers } = await figures({ authorization: `Bearer ${TOKEN}` });
    expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
  });

  it('tell of the process, the routes, the duties and the queues', async () => {
    await service.browser().get('/auth/hints');
    const { body } = await figures({ authorization: `Bearer ${TOKEN}` });
    expect(body).toMatch(/^process_cpu_seconds_total [\d.]+$/m);
    expect(body).toMatch(
      /^http_request_duration_seconds_count\{method="GET",route="\/api\/v1\/auth\/hints",status="200"\} 1$/m,
    );
    expect(body).toMatch(/^sonae_obligations\{state="OVERDUE"\} 0$/m);
    expect(body).toMatch(/^sonae_queue_jobs\{queue="imports",state="waiting"\} 0$/m);
  });
});

describe('the pages', () => {
  const browse = (path: string, accept = 'text/html,*/*') => service.browser().get(`/${path}`, { accept });

  it('are one document at every address, asked for anew each time', async () => {
    for (const path of ['/', '/index.html', '/systems/42', '/me'])
      expect(await browse(path)).toMatchObject({ status: 200, body: '<!doctype html><title>Sonae</title>' });
    expect((await browse('/me')).headers.get('cache-control')).toBe('no-store');
  });

  it('bring files whose name changes with their content, kept for ever', async () => {
    const { status, headers } = await browse('/assets/app-1a2b3c.js', '*/*');
    expect([status, headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
    expect(headers.get('content-type')).toContain('javascript');
  });

  it.each([
    '/assets/gone-4d5e6f.js',
    '/favicon.ico',
    '/.stamp',
    '/..%2fsonae-outside.txt',
    '/api/v1/nowhere',
    '/api/nowhere',
  ])('do not answer for %s', async (path) => {
    const { status, body } = await browse(path, path.startsWith('/api') ? 'text/html' : '*/*');
    expect([status, body.code]).toEqual([404, 'ROUTE_NOT_FOUND']);
  });
});

describe('the document of the API', () => {
  it.each(['/api/docs', '/api/docs/swagger-ui.css', '/api/docs/swagger-ui-init.js', '/api/openapi.json'])(
    'stands beside the pages: %s',
    async (path) => {
      expect((await service.browser().get(`/${path}`)).status).toBe(200);
    },
  );
});

describe('behind TLS', () => {
  it('the cookie goes over TLS only, and browsers are told to stay there', async () => {
    const admin = service.browser();
    const { headers } = await admin.post('/auth/login', {
      email: 'admin@sonae.example',
      password: 'correct horse battery',
    });
    expect(headers.getSetCookie()[0]).toMatch(/; HttpOnly; Secure; SameSite=Lax$/);
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
  });

  it('the public address is the same site, whatever the proxy calls us', async () => {
    const { status } = await service.browser().post('/auth/login', {}, { origin: 'https://sonae.example.go.jp' });
    expect(status).toBe(400);
  });
});
