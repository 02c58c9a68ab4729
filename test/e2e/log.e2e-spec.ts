import { startTestApp, type TestApp } from '../support/app';
import { eventually } from '../support/eventually';
import { emailOf, PASSWORD } from '../support/world';

let service: TestApp;
const lines: string[] = [];

beforeAll(async () => {
  service = await startTestApp('log', { settings: { LOG_LEVEL: 'info' }, log: (line) => lines.push(line) });
});
afterAll(() => service?.stop());

/** The lines about one request, when it has been answered. */
async function linesOf(requestId: string | null): Promise<Record<string, unknown>[]> {
  const mine = async () => lines.filter((line) => line.includes(`"${requestId}"`)).map((line) => JSON.parse(line));
  return eventually(mine, (found) => found.some(({ msg }) => msg === 'request'));
}

describe('the log', () => {
  it('has one line for each request: what was asked, by whom, how it ended, how long it took', async () => {
    const owner = await service.as('owner');
    const { headers } = await owner.get('/users?q=secret-search');
    expect(await linesOf(headers.get('x-request-id'))).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        pid: process.pid,
        requestId: headers.get('x-request-id'),
        method: 'GET',
        route: '/api/v1/users',
        status: 200,
        ms: expect.any(Number),
        userId: service.world.people.owner,
        msg: 'request',
      },
    ]);
  });

  it('gives the reason of a fault under the number that the caller was told', async () => {
    await service.database.query('ALTER TABLE setting RENAME TO hidden_setting');
    const { body } = await service.browser().get('/auth/hints');
    await service.database.query('ALTER TABLE hidden_setting RENAME TO setting');
    const [fault, request] = await linesOf(body.requestId);
    expect(fault).toMatchObject({ level: 'error', context: 'Http', msg: expect.stringContaining('"setting"') });
    expect(fault?.err).toMatchObject({ type: 'QueryFailedError', code: '42P01', stack: expect.any(String) });
    expect(fault?.err).not.toHaveProperty('parameters');
    expect(request).toMatchObject({ level: 'error', route: '/api/v1/auth/hints', status: 500 });
  });

  it('gives it also when a body was read before', async () => {
    await service.database.query('ALTER TABLE sign_in_attempt RENAME TO hidden_attempt');
    const { body } = await service.browser().post('/auth/login', { email: 'x', password: 'y' });
    await service.database.query('ALTER TABLE hidden_attempt RENAME TO sign_in_attempt');
    expect(await linesOf(body.requestId)).toHaveLength(2);
  });

  it('holds no password, no cookie and nothing that was searched for', async () => {
    const browser = service.browser();
    const { headers } = await browser.post('/auth/login', { email: emailOf('manager'), password: PASSWORD });
    await linesOf(headers.get('x-request-id'));
    for (const secret of [PASSWORD, browser.cookie('sonae_session') ?? '?', 'secret-search'])
      expect(lines.filter((line) => line.includes(secret))).toEqual([]);
  });
});
