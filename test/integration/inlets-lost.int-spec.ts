import { startTestApp, type TestApp } from '../support/app';
import { type Connected, connect, resticRun } from '../support/builders/inlets';
import { RESTIC_SNAPSHOT } from '../support/inlet-outputs';
import { InletSender } from '../support/inlet-sender';

let app: TestApp;
let sender: InletSender;
let of: Connected;

beforeEach(async () => {
  app = await startTestApp('inlets-lost', { now: '2026-11-23T00:00:00Z' });
  sender = new InletSender(app);
  of = await connect(app, { tool: 'restic', scheduleKind: 'CRON', schedule: '30 2 * * *', grace: 'PT1H' });
});
afterEach(() => app.stop());

const OLD = { ...RESTIC_SNAPSHOT, id: 'b'.repeat(64), time: '2026-11-21T17:30:00Z' };
const NEWEST = { ...RESTIC_SNAPSHOT, id: 'aaaa1111'.padEnd(64, '0'), time: '2026-11-22T17:30:00Z' };
const list = (...snapshots: object[]): object => ({
  ...{ tool: 'restic', command: 'restic snapshots --json', exitCode: 0, finishedAt: '2026-11-23T00:00:00Z' },
  stdout: JSON.stringify(snapshots),
});
const fresh = (): Promise<string> => sender.stateOf(of.systemId, 'recovery-point-fresh');
const tellings = (): Promise<{ usable: boolean; lost: boolean; live: boolean }[]> =>
  app.database.query(
    `SELECT usable, flags ? 'POINT_LOST' AS lost, superseded_by_id IS NULL AS live FROM evidence WHERE run_id = 'restic:aaaa1111' ORDER BY id`,
  );

describe('a recovery point that a list of its store lacks', () => {
  beforeEach(async () => {
    await sender.send(of.path, list(OLD));
    await sender.send(of.path, resticRun('aaaa1111', '2026-11-22T17:30:00Z'));
    expect(await fresh()).toBe('MET');
  });

  it('is none any more: what rested on it rests on the newest that is left', async () => {
    await sender.send(of.path, list(OLD));
    expect(await fresh()).toBe('OVERDUE');
    expect(await tellings()).toEqual([
      { usable: true, lost: false, live: false },
      { usable: false, lost: true, live: true },
    ]);
    const { body } = await (await app.as('owner')).get(`/backup-requirements/${of.requirementId}/runs?days=7`);
    expect(body.recoveryPoint).toMatchObject({ newestPointAt: '2026-11-21T17:30:00.000Z', grade: 'LATE' });
  });

  it('leaves nothing when the store is empty', async () => {
    await sender.send(of.path, list());
    expect(await fresh()).not.toBe('MET');
    const { body } = await (await app.as('owner')).get(`/backup-requirements/${of.requirementId}/runs?days=7`);
    expect(body.recoveryPoint).toMatchObject({ newestPointAt: null, grade: null });
  });

  it('is one again when a list has it again, and not by its run being told once more', async () => {
    await sender.send(of.path, list(OLD));
    await sender.send(of.path, resticRun('aaaa1111', '2026-11-22T17:30:00Z'));
    expect(await fresh()).toBe('OVERDUE');
    await sender.send(of.path, list(OLD, NEWEST));
    expect(await fresh()).toBe('MET');
    expect((await tellings()).at(-1)).toEqual({ usable: true, lost: false, live: true });
    expect(await sender.inletOf(of.inletId)).toMatchObject({ state: 'ON_TIME' });
  });

  it('is lost once, however many lists lack it', async () => {
    await Promise.all([list(OLD), list(OLD), list()].map((body) => sender.send(of.path, body)));
    await sender.send(of.path, list());
    expect(await tellings()).toHaveLength(2);
  });

  it('is not lost by a list that was made before it, also when nothing was on that', async () => {
    await sender.send(of.path, { ...list(), finishedAt: '2026-11-22T17:00:00Z' });
    expect(await fresh()).toBe('MET');
    expect(await sender.inletOf(of.inletId)).toMatchObject({ state: 'ON_TIME' });
  });

  it('of another inlet is not looked for', async () => {
    const other = await connect(app, { tool: 'restic', scheduleKind: 'CRON', schedule: '30 2 * * *', grace: 'PT1H' });
    await sender.send(other.path, list());
    expect(await fresh()).toBe('MET');
  });
});
