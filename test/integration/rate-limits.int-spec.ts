import { issueToken, Program } from '../support/api-tokens';
import { type RunningApp, startBeside, startTestApp, type TestApp } from '../support/app';
import type { Answer, Client } from '../support/client';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { type QueueStore, queueStores } from '../support/running/queue-store';

const ADDRESS = '198.51.100.7';
const from = (address: string): Record<string, string> => ({ 'x-forwarded-for': address });

/** As many requests at once as are wanted; how many of them were let in. */
async function letIn(times: number, ask: () => Promise<Answer>): Promise<number> {
  const answers = await Promise.all(Array.from({ length: times }, ask));
  const statuses = answers.map(({ status }) => status);
  return statuses.filter((status) => status !== 429).length;
}

describe.each(queueStores())('the limits of two processes that count in $kind', ({ open }) => {
  let spare: TestDatabase;
  let store: QueueStore;
  let service: TestApp;
  let other: RunningApp;

  beforeAll(async () => {
    spare = await cloneDatabase('rate limits store');
    store = await open(spare);
    const settings = {
      ...store.settings,
      TRUST_PROXY: '127.0.0.1',
      RATE_LIMIT_ADDRESS: '40',
      RATE_LIMIT_SIGN_IN: '8',
      RATE_LIMIT_ACCOUNT: '30',
      RATE_LIMIT_TOKEN: '12',
    };
    service = await startTestApp('rate limits', { settings });
    other = await startBeside(service, { settings });
  });
  afterAll(async () => {
    await other?.stop();
    await service?.stop();
    await store?.stop();
    await spare?.drop();
  });

  it('are one for requests of an address, whoever answers them', async () => {
    const hints = (app: RunningApp) => () => app.browser().get('/auth/hints', from(ADDRESS));
    const [here, there] = await Promise.all([letIn(60, hints(service)), letIn(60, hints(other))]);
    expect(here + there).toBe(40);
    expect(await letIn(1, () => service.browser().get('/auth/hints', from('198.51.100.8')))).toBe(1);
  });

  it('say in a refusal when to come again, in the form of all refusals', async () => {
    const { status, headers, body } = await service.browser().get('/auth/hints', from(ADDRESS));
    expect([status, body.code, headers.get('content-type')]).toEqual([
      429,
      'TOO_MANY_REQUESTS',
      'application/problem+json; charset=utf-8',
    ]);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(headers.get('ratelimit')).toMatch(/^"address";r=0;t=\d+$/);
    expect(headers.get('x-request-id')).toBe(body.requestId);
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
  });

  it('say in every answer what is left', async () => {
    const { headers } = await service.browser().get('/auth/hints', from('198.51.100.9'));
    expect(headers.get('ratelimit-policy')).toBe('"address";q=40;w=60');
    expect(headers.get('ratelimit')).toMatch(/^"address";r=39;t=\d+$/);
  });

  it('hold for addresses that present no session too, and for routes that there are not', async () => {
    const nobody = from('198.51.100.10');
    expect(await letIn(30, () => service.browser().get('/systems', nobody))).toBe(30);
    expect(await letIn(30, () => other.browser().get('/nowhere', nobody))).toBe(10);
  });

  it('leave probes and pages alone', async () => {
    for (const path of ['//healthz', '//readyz']) {
      const { status, headers } = await service.browser().get(path, from(ADDRESS));
      expect([status, headers.get('ratelimit')]).toEqual([200, null]);
    }
  });

  it('are tighter for who tries to get in', async () => {
    let n = 0;
    const guess = (app: RunningApp) => () =>
      app.browser().post('/auth/login', { email: `p${n++}@sonae.example`, password: 'a guess' }, from('198.51.100.11'));
    const [here, there] = await Promise.all([letIn(8, guess(service)), letIn(8, guess(other))]);
    expect(here + there).toBe(8);
  });

  it.each([
    ['an inlet', 'POST', `inlet/inlet_${'a'.repeat(49)}`, '198.51.100.12'],
    ['a calendar', 'GET', `calendar/sonaecal_${'a'.repeat(49)}.ics`, '198.51.100.13'],
  ])('of who has no secret of %s are apart from those of who signs in', async (_, method, path, address) => {
    const guess = async (): Promise<Answer> => {
      const { status, headers } = await fetch(`${service.url}/api/v1/${path}`, { method, headers: from(address) });
      return { status, headers, body: null };
    };
    expect((await guess()).status).toBe(404);
    expect(await letIn(20, guess)).toBe(7);
    const signIn = { email: 'nobody@sonae.example', password: 'a guess' };
    expect((await service.browser().post('/auth/login', signIn, from(address))).status).toBe(401);
  });

  it('follow a person from address to address', async () => {
    let n = 0;
    const owner = await service.as('owner');
    const cookie = `sonae_session=${owner.cookie('sonae_session')}`;
    const me = (app: RunningApp) => () => app.browser().get('/me', { cookie, ...from(`192.0.2.${(n++ % 50) + 100}`) });
    const [here, there] = await Promise.all([letIn(30, me(service)), letIn(30, me(other))]);
    expect(here + there).toBe(30);
  });

  it('count a token for itself, and neither for its person nor for the next token', async () => {
    const manager: Client = await service.as('manager');
    const [one, next] = [await issueToken(manager), await issueToken(manager)];
    const asks = (app: RunningApp, secret: string) => () => new Program(app, secret, '192.0.2.60').get('/systems');
    const [here, there] = await Promise.all([letIn(12, asks(service, one.secret)), letIn(12, asks(other, one.secret))]);
    expect(here + there).toBe(12);
    expect((await new Program(service, next.secret, '192.0.2.61').get('/systems')).status).toBe(200);
    expect((await manager.get('/me', from('192.0.2.62'))).status).toBe(200);
  });
});

describe('a store that is gone', () => {
  it('lets people work on, is told once, and limits each process by itself', async () => {
    const lines: string[] = [];
    const service = await startTestApp('rate limits outage', {
      settings: { LOG_LEVEL: 'info', RATE_LIMIT_ACCOUNT: '10', RATE_LIMIT_ADDRESS: '50' },
      log: (line) => lines.push(line),
    });
    try {
      await service.database.query('ALTER TABLE rate_limit_count RENAME TO lost');
      const owner = await service.as('owner');
      expect(await letIn(20, () => owner.get('/me'))).toBe(10);
      const told = (): string[] => lines.filter((line) => line.includes('each process counts alone'));
      await eventually(
        () => Promise.resolve(told()),
        ({ length }) => length > 0,
      );
      expect(told()).toHaveLength(1);
      expect(lines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
    } finally {
      await service.stop();
    }
  });
});
