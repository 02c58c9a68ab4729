import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../support/client';
import { eventually } from '../support/eventually';
import { RunningProcess, runToEnd } from '../support/running/running-process';
import {
  cleanUp,
  dataFolder,
  demoPasswordOf,
  hasPostgres,
  postgresComplaints,
  type RunningService,
  settingsFor,
  startService,
} from '../support/running/service';
import { MailServer } from '../support/running/smtp';

const ADMIN = 'admin@demo.example';
const PAGE_POLICY =
  "default-src 'self';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self';object-src 'none';" +
  "base-uri 'none';form-action 'self';frame-ancestors 'none'";

afterAll(cleanUp);

/** What a clean stop looks like from outside, whatever asked for it. */
async function expectCleanStop({ process: running, url }: RunningService, data: string): Promise<void> {
  const { code, signal } = await running.end();
  expect({ code, signal, complaints: running.complaints() }).toEqual({ code: 0, signal: null, complaints: [] });
  expect({ postgres: hasPostgres(data), said: postgresComplaints(data) }).toEqual({ postgres: false, said: [] });
  await expect(fetch(url)).rejects.toThrow();
}

describe('the built service', () => {
  const data = dataFolder();
  let service: RunningService;
  let password: string;

  beforeAll(async () => {
    service = await startService(data);
    password = await demoPasswordOf(service);
  });

  it('says at its first start where it is and who may sign in', async () => {
    const { stdout } = service.process;
    expect(stdout).toMatch(/^Sonae is running: http:\/\/127\.0\.0\.1:\d+$/m);
    for (const [who, role] of [
      ['admin', 'ADMIN'],
      ['ciso', 'CISO_OFFICE'],
      ['manager', 'MANAGER'],
      ['owner', 'OWNER'],
      ['auditor', 'AUDITOR'],
    ]) {
      expect(stdout).toMatch(new RegExp(`^ +${who}@demo\\.example +${role}, \\S+ \\S+$`, 'm'));
      const { body } = await (await service.as(`${who}@demo.example`, password)).get('/me');
      expect(body).toMatchObject({ demo: true, roles: [{ role, organisationName: '見本省' }] });
    }
    const stranger = await service.browser().post('/auth/login', { email: ADMIN, password: 'not that one' });
    expect([stranger.status, stranger.body.code]).toEqual([401, 'INVALID_CREDENTIALS']);
  });

  it('answers whoever watches it, and has swept once', async () => {
    const watcher = service.browser();
    expect((await watcher.get('//healthz')).body).toEqual({ status: 'ok' });
    const ready = await eventually(
      () => watcher.get('//readyz'),
      ({ status }) => status === 200,
    );
    expect(ready.body).toEqual({
      status: 'ok',
      checks: {
        database: { ok: true },
        queue: { ok: true, kind: 'postgres' },
        sweep: { ok: true, lastRanAt: expect.any(String) },
      },
    });
    const { body: figures } = await watcher.get('//metrics');
    expect(figures).toMatch(/^sonae_obligations\{state="OVERDUE"\} [1-9]/m);
    expect(figures).toMatch(/^sonae_queue_jobs\{queue="reminders",state="failed"\} 0$/m);
  });

  it('describes its API', async () => {
    const { body } = await service.browser().get('//api/openapi.json');
    expect(body).toMatchObject({ openapi: '3.1.0', info: { title: 'Sonae' } });
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/api/v1/systems', '/api/v1/readiness/tiers', '/api/v1/demo/clear']),
    );
    const page = await service.browser().get('//api/docs');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.body).toContain('swagger-ui');
  });

  it('serves the pages under the strict policy, at any address a browser may open', async () => {
    for (const path of ['//', '//systems/1', '//login']) {
      const page = await service.browser().get(path, { accept: 'text/html' });
      expect([page.status, page.headers.get('content-security-policy')]).toEqual([200, PAGE_POLICY]);
      expect(page.body).not.toMatch(/<script(?![^>]*\bsrc=)|<[^>]+\sstyle=|\son[a-z]+=/);
      const [, script = ''] = /<script[^>]+src="(\/assets\/[^"]+\.js)"/.exec(page.body) ?? [];
      const asset = await service.browser().get(`/${script}`);
      expect([asset.status, asset.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
    }
  });

  it('tells the story of the demo: of four important systems one is ready, and why the others are not', async () => {
    const auditor = await service.as('auditor@demo.example', password);
    const { body } = await auditor.get('/readiness/tiers');
    expect(body).toMatchObject({
      planned: 1,
      retired: 0,
      headline: { code: 'HEADLINE_GAP', params: { tier: 'HIGH', ready: 1, total: 4, systemName: '電子申請受付基盤' } },
    });
    const verdicts = Object.fromEntries(
      body.tiers.map(({ tier, total, byVerdict }: Record<string, unknown>) => [
        tier,
        { total, ...(byVerdict as object) },
      ]),
    );
    expect(verdicts).toMatchObject({
      HIGH: { total: 4, READY: 1, NOT_READY: 3 },
      MODERATE: { total: 5, READY: 1, AT_RISK: 1, NOT_READY: 2, UNKNOWN: 1 },
      LOW: { total: 3, READY: 1, AT_RISK: 1, NOT_READY: 1 },
    });
  });

  it('refuses a second one on the same data directory in one line, and goes on', async () => {
    const second = await runToEnd(['dist/all-in-one.js'], { settings: settingsFor(data) });
    expect(second).toMatchObject({ code: 1, stdout: '' });
    expect(second.stderr).toBe(
      `The data directory ${data} is in use by another Sonae service (pid ${service.process.pid}): ` +
        'stop that one, or give this one a directory of its own with SONAE_DATA\n',
    );
    expect((await service.browser().get('//readyz')).status).toBe(200);
  });

  it('stops cleanly when told to', async () => {
    service.process.signal('SIGTERM');
    await expectCleanStop(service, data);
  });

  it('starts again with the same data and the same password', async () => {
    service = await startService(data, { group: true });
    expect(await demoPasswordOf(service)).toBe(password);
    const { body } = await (await service.as(ADMIN, password)).get('/systems?limit=1');
    expect(body.items).toHaveLength(1);
    expect(service.process.stdout).not.toContain('migrated');
  });

  it('stops cleanly on Ctrl-C, which reaches the whole group, and again from whoever passes it on', async () => {
    service.process.signal('SIGINT');
    await sleep(50);
    service.process.signal('SIGINT');
    await sleep(30);
    service.process.signal('SIGTERM');
    await expectCleanStop(service, data);
  });
});

describe('a start that is interrupted', () => {
  it.each([
    ['while the database is being made', /Setting up the built-in PostgreSQL/],
    ['while the application is being put together', /migrated: /],
  ])('%s leaves nothing running', async (_when, moment) => {
    const data = dataFolder();
    const starting = RunningProcess.start(['dist/all-in-one.js'], { settings: settingsFor(data, { SONAE_DEMO: '1' }) });
    await starting.says(moment);
    const { code, signal } = await starting.stop('SIGINT');
    expect({ code, signal, complaints: starting.complaints() }).toEqual({ code: 0, signal: null, complaints: [] });
    expect(hasPostgres(data)).toBe(false);
    expect(starting.stdout).not.toContain('Sonae is running');
  });
});

describe('a stop while a mail server gives no answer', () => {
  let mailServer: MailServer;

  beforeAll(async () => {
    mailServer = await MailServer.start({ holds: true });
  });
  afterAll(() => mailServer.stop());

  it('does not wait for it, and leaves nothing running', async () => {
    const data = dataFolder();
    const service = await startService(data, { settings: { SMTP_URL: mailServer.url } });
    await eventually(
      () => Promise.resolve(mailServer.received),
      ({ length }) => length > 0,
    );
    const begun = performance.now();
    const { code } = await service.process.stop();
    expect({ code, postgres: hasPostgres(data) }).toEqual({ code: 0, postgres: false });
    expect(service.process.complaints()).toEqual([expect.stringContaining('running jobs are left to be done again')]);
    expect(performance.now() - begun).toBeLessThan(9_000);
  });
});

describe('settings', () => {
  it('that are wrong are named all at once', async () => {
    const settings = settingsFor(dataFolder(), {
      PORT: '70000',
      DATABASE_URL: 'mysql://somewhere/db',
      TZ_DEFAULT: 'Mars/Olympus',
      DIGEST_AT: '8 o’clock',
    });
    const { code, stdout, stderr } = await runToEnd(['dist/all-in-one.js'], { settings });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.split('\n')[0]).toBe('Wrong settings:');
    for (const name of ['PORT', 'DATABASE_URL', 'TZ_DEFAULT', 'DIGEST_AT'])
      expect(stderr).toContain(`  - ${name} must`);
    expect(stderr).not.toContain('    at ');
  });

  it('ask for no demo data in production', async () => {
    const settings = settingsFor(dataFolder(), { NODE_ENV: 'production', SONAE_DEMO: '1' });
    expect(await runToEnd(['dist/all-in-one.js'], { settings })).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'Wrong settings:\n  - SONAE_DEMO: demo data is refused when NODE_ENV=production\n',
    });
  });

  it.each(['main', 'worker'])('of %s.js must name a database', async (role) => {
    expect(await runToEnd([`dist/${role}.js`], { settings: settingsFor(dataFolder()) })).toMatchObject({
      code: 1,
      stdout: '',
      stderr:
        'DATABASE_URL is not set. Set it to a PostgreSQL server, or use `npm start`, which brings one of its own.\n',
    });
  });
});

describe('clearing the demo', () => {
  const data = dataFolder();
  let service: RunningService;
  let admin: Client;
  let homeId: string;

  it('leaves an installation with its administrator still signed in', async () => {
    service = await startService(data);
    admin = await service.as(ADMIN, await demoPasswordOf(service));
    expect((await admin.post('/demo/clear')).status).toBe(204);

    const { body } = await admin.get('/me');
    expect(body).toMatchObject({ demo: false, user: { email: ADMIN }, roles: [{ role: 'ADMIN' }] });
    homeId = body.roles[0].organisationId;
    expect((await admin.get('/systems')).body.items).toEqual([]);
    expect((await admin.get('/auth/hints')).body).toEqual({
      ...{ demo: false, accounts: [], oidc: false, passkeys: true },
    });
    expect((await admin.post('/demo/clear')).body.code).toBe('NO_DEMO_DATA');
  });

  it('leaves an installation that works', async () => {
    expect((await admin.post('/policies/adopt', { organisationId: homeId })).status).toBe(201);
    const system = { code: 'FIRST', name: '最初のシステム', organisationId: homeId, tier: 'HIGH' };
    const { status, body } = await admin.post('/systems', system);
    expect(status).toBe(201);
    const { body: owed } = await admin.get(`/systems/${body.id}/obligations`);
    expect(owed.items.map(({ ruleKey }: { ruleKey: string }) => ruleKey)).toEqual(
      expect.arrayContaining(['procedure-approved', 'restore-test']),
    );
  });

  it('lasts: the demo is not loaded at the next start', async () => {
    await service.process.stop();
    service = await startService(data);
    expect(service.process.stdout).not.toMatch(/Demo data|first administrator/);
    const cookie = `sonae_session=${admin.cookie('sonae_session')}`;
    const { body } = await service.browser().get('/systems', { cookie });
    expect(body.items.map(({ code }: { code: string }) => code)).toEqual(['FIRST']);
    await service.process.stop();
  });
});
