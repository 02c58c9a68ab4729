import { InletSweep } from '../../src/evidence/inlet/schedule/inlet-sweep';
import { ObligationTick } from '../../src/obligations/clocks/obligation-tick';
import { connect, resticRun, resticSummary } from '../support/builders/inlets';
import { startTestApp, type TestApp } from '../support/app';
import { InletSender } from '../support/inlet-sender';

let app: TestApp;
let sender: InletSender;

beforeAll(async () => {
  app = await startTestApp('inlets-silence', { settings: { SESSION_HOURS: '720', SESSION_IDLE_HOURS: '168' } });
  sender = new InletSender(app);
});
afterAll(() => app.stop());
beforeEach(() => app.clock.set('2026-11-23T00:00:00Z'));

/** Moves the clock and lets the two clocks of the worker do what they do every few seconds. */
async function at(time: string): Promise<void> {
  app.clock.set(time);
  await app.app.get(ObligationTick, { strict: false }).run();
  await app.app.get(InletSweep, { strict: false }).run();
}

const nightly = { tool: 'restic', scheduleKind: 'CRON', schedule: '30 2 * * *', timeZone: 'Asia/Tokyo', grace: 'PT1H' };

describe('silence', () => {
  it('turns the inlet and the obligation by itself, and the next run turns both back', async () => {
    const { path, systemId, inletId } = await connect(app, nightly);
    await sender.send(path, resticRun('dddd1111', '2026-11-22T17:30:00Z'));
    expect(await sender.stateOf(systemId, 'recovery-point-fresh')).toBe('MET');

    await at('2026-11-23T17:30:01Z');
    expect(await sender.inletOf(inletId)).toMatchObject({ state: 'LATE', nextDueAt: '2026-11-23T17:30:00.000Z' });
    expect(await sender.stateOf(systemId, 'recovery-point-fresh')).toBe('OVERDUE');
    await at('2026-11-23T18:30:01Z');
    const missed = await sender.inletOf(inletId);
    expect(missed).toMatchObject({ state: 'MISSED', reason: { code: 'INLET_MISSED' } });
    expect(missed.reason.text).toContain('2026年11月24日');

    app.clock.set('2026-11-23T20:05:00Z');
    await sender.send(path, resticRun('dddd2222', '2026-11-23T20:00:00Z'));
    expect(await sender.inletOf(inletId)).toMatchObject({ state: 'ON_TIME', nextDueAt: '2026-11-24T17:30:00.000Z' });
    expect(await sender.stateOf(systemId, 'recovery-point-fresh')).toBe('MET');
  });

  it('from the beginning shows as well', async () => {
    const { inletId } = await connect(app, nightly);
    await at('2026-11-23T18:30:01Z');
    expect(await sender.inletOf(inletId)).toMatchObject({ state: 'MISSED', reason: { code: 'INLET_NEVER_HEARD' } });
  });

  it('after a start is a run that hangs', async () => {
    const { path, inletId } = await connect(app, nightly);
    await sender.send(`${path}/start`);
    await at('2026-11-23T01:00:01Z');
    expect(await sender.inletOf(inletId)).toMatchObject({ state: 'STUCK', since: '2026-11-23T01:00:01.000Z' });
  });

  it('is not hidden by the checks that go on', async () => {
    const { path, inletId } = await connect(app, nightly);
    const check = { tool: 'restic', command: 'restic check', exitCode: 0, stdout: 'no errors were found\n' };
    await sender.send(path, resticRun('dddd3333', '2026-11-22T17:30:00Z'));
    app.clock.set('2026-11-23T18:00:00Z');
    const times = { startedAt: '2026-11-23T17:45:00Z', finishedAt: '2026-11-23T17:50:00Z' };
    await sender.send(path, { ...check, ...times });
    await at('2026-11-23T18:30:01Z');
    expect(await sender.inletOf(inletId)).toMatchObject({ state: 'MISSED', reason: { code: 'INLET_MISSED' } });
  });

  it('of a declared tool is no ping: its command may have failed', async () => {
    const { path, inletId, systemId } = await connect(app, nightly);
    await sender.send(path, {
      ...resticRun('', ''),
      command: 'restic snapshots --json',
      stdout: '[]',
      startedAt: null,
      finishedAt: null,
    });
    const { status, body } = await sender.send(path, '', { 'content-type': 'text/plain' });
    expect([status, body.code]).toEqual([422, 'NOT_PARSEABLE']);
    expect(await sender.inletOf(inletId)).toMatchObject({ state: 'FAILING', refused: 1 });
    expect(await sender.evidenceOf(systemId)).toEqual([]);
  });

  it('of an inlet that has ended shows nothing', async () => {
    const { inletId } = await connect(app, nightly);
    await (await app.as('owner')).post(`/inlets/${inletId}/revoke`);
    await at('2026-11-24T00:00:00Z');
    expect(await sender.inletOf(inletId)).toMatchObject({ state: 'WAITING', revokedAt: '2026-11-23T00:00:00.000Z' });
  });

  it('is noticed once by however many sweeps', async () => {
    await connect(app, nightly);
    app.clock.set('2026-11-25T00:00:00Z');
    const sweep = app.app.get(InletSweep, { strict: false });
    const judged = await Promise.all([sweep.run(), sweep.run(), sweep.run()]);
    const [due] = await app.database.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM inlet WHERE attention_at <= $1 AND revoked_at IS NULL',
      ['2026-11-25T00:00:00Z'],
    );
    expect(due).toEqual({ count: 0 });
    expect(judged.reduce((sum, each) => sum + each)).toBeGreaterThan(0);
  });
});

describe('the calendar of a requirement', () => {
  it('counts runs and missed nights by day, says how old the newest point is and what is wrong', async () => {
    app.clock.set('2026-11-20T00:00:00Z');
    const { path, requirementId } = await connect(app, nightly);
    for (const [day, more] of [
      ['20', {}],
      ['21', { exitCode: 1, stdout: '' }],
    ] as const) {
      app.clock.set(`2026-11-${day}T17:40:00Z`);
      await sender.send(path, resticRun(`eeee00${day}`, `2026-11-${day}T17:30:00Z`, more));
    }
    app.clock.set('2026-11-23T00:00:00Z');
    const { body } = await (await app.as('owner')).get(`/backup-requirements/${requirementId}/runs?days=4`);
    expect(body.days).toEqual([
      { on: '2026-11-20', passed: 0, partial: 0, failed: 0, running: 0, missed: 0 },
      { on: '2026-11-21', passed: 1, partial: 0, failed: 0, running: 0, missed: 0 },
      { on: '2026-11-22', passed: 0, partial: 0, failed: 1, running: 0, missed: 1 },
      { on: '2026-11-23', passed: 0, partial: 0, failed: 0, running: 0, missed: 1 },
    ]);
    expect(body.recoveryPoint).toEqual({
      ...{ rpo: 'P1D', newestPointAt: '2026-11-20T17:30:00.000Z', rpa: 'P2DT6H30M', ratio: 2.27, grade: 'CRITICAL' },
    });
    expect(body.findings.map(({ code }: { code: string }) => code)).toEqual([
      'COPY_NOT_REPORTED',
      'NEVER_VERIFIED',
      'NEVER_RESTORED',
    ]);
  });

  it('shows a backup that is far from the size of those before it', async () => {
    app.clock.set('2026-11-10T00:00:00Z');
    const { path, requirementId, inletId } = await connect(app, { ...nightly, copySite: '大阪' });
    for (let day = 10; day < 20; day += 1) {
      const night = `2026-11-${day}T17:30:00Z`;
      app.clock.set(`2026-11-${day}T17:40:00Z`);
      const size = day === 19 ? 400_000 : 1_000_000 + day;
      const stdout = resticSummary(`ffff00${day}`, night, { total_bytes_processed: size });
      await sender.send(path, resticRun('', night, { stdout }));
      expect(await sender.inletOf(inletId)).toMatchObject({ state: 'ON_TIME' });
    }
    const { body } = await (await app.as('owner')).get(`/backup-requirements/${requirementId}/runs?days=20`);
    const codes = body.findings.map(({ code }: { code: string }) => code);
    expect(codes).toContain('SIZE_SHRUNK');
    expect(codes).not.toContain('COPY_NOT_REPORTED');
  });
});
