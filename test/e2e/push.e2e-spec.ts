import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTestApp, type TestApp } from '../support/app';
import { connect, type Connected, resticSummary } from '../support/builders/inlets';
import { InletSender } from '../support/inlet-sender';
import { type Ending, runToEnd } from '../support/running/running-process';
import { cleanUp, dataFolder } from '../support/running/service';

let app: TestApp;
let sender: InletSender;
let connected: Connected;
let url: string;

beforeAll(async () => {
  app = await startTestApp('push');
  sender = new InletSender(app);
});
beforeEach(async () => {
  connected = await connect(app, { tool: 'restic' });
  url = `${app.url}${connected.path}`;
});
afterAll(async () => {
  await app?.stop();
  await cleanUp();
});

const push = (options: string[], input = ''): Promise<Ending> =>
  runToEnd(['dist/cli.js', 'push', ...options], { input });
const summary = resticSummary('aaaa1111', '2026-11-22T17:30:00Z');

describe('cli push', () => {
  it('sends what comes in on standard input, and says what was read in it', async () => {
    const { code, stdout, stderr } = await push(['--to', url, '--tool', 'restic', '--exit-code', '0'], summary);
    expect([code, stderr]).toEqual([0, '']);
    const [record] = await sender.evidenceOf(connected.systemId);
    expect(stdout).toBe(`Taken: BACKUP PASSED 2026-11-22T17:30:00.000Z ${record.id}\n`);
  });

  it('takes the secret address from a file, and tells a failure by the exit code alone', async () => {
    const file = join(dataFolder(), 'inlet');
    writeFileSync(file, `${url}\n`);
    expect(await push(['--to-file', file, '--exit-code', '12'])).toMatchObject({ code: 0, stderr: '' });
    expect(await sender.evidenceOf(connected.systemId)).toEqual([
      expect.objectContaining({ kind: 'BACKUP', outcome: 'FAILED' }),
    ]);
  });

  it('says that a run has begun', async () => {
    expect(await push(['--to', url, '--signal', 'start'])).toMatchObject({ code: 0, stderr: '' });
    expect(await sender.inletOf(connected.inletId)).toMatchObject({ firstSignalAt: expect.any(String) });
  });

  it('sends nothing when nothing comes in: the command before it may have failed', async () => {
    expect(await push(['--to', url, '--tool', 'restic'])).toMatchObject({
      ...{ code: 2, stdout: '', stderr: expect.stringContaining('Nothing came in on standard input') },
    });
    expect(await sender.inletOf(connected.inletId)).toMatchObject({ firstSignalAt: null });
  });

  it('says why it was not taken', async () => {
    expect(await push(['--to', url, '--tool', 'borg'], summary)).toMatchObject({
      ...{ code: 1, stdout: '' },
      stderr: expect.stringMatching(/^Not taken: 422 \w+ .+\n$/),
    });
    expect(await push(['--to', `${url}x`], summary)).toMatchObject({
      ...{ code: 1, stdout: '' },
      stderr: expect.stringMatching(/^Not taken: 404 INLET_NOT_FOUND .+\n$/),
    });
    expect(await sender.evidenceOf(connected.systemId)).toEqual([]);
  });

  it.each([
    [[], 'push needs --to URL or --to-file FILE\n'],
    [['--to', 'no address'], 'push needs --to URL or --to-file FILE\n'],
    [['--to', 'http://127.0.0.1:1/', '--exit-code', 'x'], '--exit-code is a number, --signal is start or fail\n'],
  ])('refuses %j', async (options, stderr) => {
    expect(await push(options)).toMatchObject({ code: 2, stdout: '', stderr });
  });

  describe('to a service that is away for a moment', () => {
    let away: Server;
    const asked: string[] = [];
    beforeAll((done) => {
      // Stands in front of the service: away the first time, then redirecting.
      away = createServer((request, response) => {
        asked.push(request.url ?? '');
        if (asked.length === 1) return void response.writeHead(503, { 'retry-after': '0' }).end();
        response.writeHead(307, { location: url }).end();
      }).listen(0, '127.0.0.1', done);
    });
    afterAll((done) => void away.close(done));

    it('sends again, and takes the secret to nobody else', async () => {
      const front = `http://127.0.0.1:${(away.address() as AddressInfo).port}`;
      expect(await push(['--to', `${front}/inlet/secret`], summary)).toMatchObject({
        code: 1,
        stderr: 'Not taken: 307\n',
      });
      expect(asked).toEqual(['/inlet/secret', '/inlet/secret']);
    });
  });
});
