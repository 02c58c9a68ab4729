import { RawUpkeepHandler } from '../../src/evidence/inlet/schedule/raw-upkeep';
import { Clock } from '../../src/platform/clock/clock';
import { Config } from '../../src/platform/config/config';
import { DataSource } from 'typeorm';
import { connect, resticRun } from '../support/builders/inlets';
import { startTestApp, type TestApp } from '../support/app';
import { InletSender } from '../support/inlet-sender';

const NIGHT = '2026-11-22T17:30:00Z';

let app: TestApp;
let sender: InletSender;

beforeAll(async () => {
  app = await startTestApp('inlets-outage');
  sender = new InletSender(app);
});
afterAll(() => app.stop());

const count = async (sql: string): Promise<number> => {
  const [row] = await app.database.query<{ count: number }>(`SELECT count(*)::int AS count ${sql}`);
  return row?.count ?? NaN;
};

describe('a database that does not answer for a while', () => {
  it('is told with the time to come again, nothing is half-written, and the repeat is taken', async () => {
    const { path, systemId } = await connect(app, { tool: 'restic' });
    const before = await Promise.all([count('FROM submission'), count('FROM raw_payload')]);
    // Whoever writes finds its connection cut, as by a server that goes down in the middle of it.
    await app.database.query(`CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$`);
    await app.database.query('CREATE TRIGGER cut BEFORE INSERT ON evidence FOR EACH STATEMENT EXECUTE FUNCTION cut()');
    const away = await sender.send(path, resticRun('dbdbdb01', NIGHT));
    expect(away.status).toBe(503);
    expect(Number(away.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await Promise.all([count('FROM submission'), count('FROM raw_payload')])).toEqual(before);
    await app.database.query('DROP TRIGGER cut ON evidence');
    expect((await sender.send(path, resticRun('dbdbdb01', NIGHT))).status).toBe(201);
    expect(await sender.stateOf(systemId, 'recovery-point-fresh')).toBe('MET');
  });
});

describe('what was received', () => {
  it('goes when it has been kept for long enough; what was read of it stays', async () => {
    const { path, systemId } = await connect(app, { tool: 'restic' });
    await sender.send(path, resticRun('eeee0001', NIGHT));
    const [{ submissionId }] = await sender.evidenceOf(systemId);
    const config = app.app.get(Config, { strict: false });
    const upkeep = new RawUpkeepHandler(app.app.get(DataSource), app.app.get(Clock, { strict: false }), config);
    const shown = async (): Promise<string | null> =>
      (await (await app.as('owner')).get(`/submissions/${submissionId}`)).body.text;
    await upkeep.handle();
    expect(await shown()).toContain('snapshot_id');
    const later = new Date(app.clock.now().getTime() + (config.RAW_DAYS + 1) * 86_400_000);
    await new RawUpkeepHandler(app.app.get(DataSource), { now: () => later } as Clock, config).handle();
    expect(await shown()).toBeNull();
    expect(await sender.evidenceOf(systemId)).toHaveLength(1);
  });

  it('is shown without what looks like a credential', async () => {
    const { path, inletId } = await connect(app);
    await sender.send(path, 'export RESTIC_PASSWORD=hunter2hunter2\nhello', { 'content-type': 'text/plain' });
    const owner = await app.as('owner');
    const { items } = (await owner.get(`/inlets/${inletId}/submissions`)).body;
    const { body } = await owner.get(`/submissions/${items[0].id}`);
    expect(body).toMatchObject({ disposition: 'REFUSED', text: expect.stringContaining('hello'), truncated: false });
    expect(body.text).not.toContain('hunter2');
  });

  it('is shown as text where it came in encoded, without what looks like a credential there', async () => {
    const { path, inletId } = await connect(app);
    const stdoutBase64 = Buffer.from('業務データ\nRESTIC_PASSWORD=hunter2hunter2\n').toString('base64');
    await sender.send(path, { tool: 'restic', command: 'restic backup --json /srv', exitCode: 1, stdoutBase64 });
    const owner = await app.as('owner');
    const { items } = (await owner.get(`/inlets/${inletId}/submissions`)).body;
    const { body } = await owner.get(`/submissions/${items[0].id}`);
    expect(body.text).toContain('業務データ');
    expect(body.text).toContain('RESTIC_PASSWORD=***');
    expect(body.text).not.toContain(stdoutBase64);
  });

  it('is masked before it is cut, so that half a credential does not show at the end', async () => {
    const { path, inletId } = await connect(app);
    const address = 'sftp://backup:hunter2hunter2@vault.example/';
    const owner = await app.as('owner');
    for (const after of [0, 100_000]) {
      const content = `${'x'.repeat(64 * 1024 - 25)} ${address}${'y'.repeat(after)}`;
      await sender.send(path, content, { 'content-type': 'text/plain' });
      const { items } = (await owner.get(`/inlets/${inletId}/submissions`)).body;
      const { body } = await owner.get(`/submissions/${items[0].id}`);
      expect(body).toMatchObject({ length: content.length, truncated: true });
      expect(body.text.length).toBeGreaterThan(64 * 1024 - 100);
      expect(body.text).not.toContain('hunter');
    }
  });
});
