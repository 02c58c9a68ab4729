import { startTestApp, type TestApp } from '../support/app';
import { connect, declareBackups, NIGHTLY } from '../support/builders/inlets';
import { InletSender } from '../support/inlet-sender';

let app: TestApp;
let sender: InletSender;

beforeAll(async () => {
  app = await startTestApp('inlets-own-names', {
    now: '2026-11-23T00:00:00Z',
    settings: { SESSION_HOURS: '720', SESSION_IDLE_HOURS: '168' },
  });
  sender = new InletSender(app);
});
afterAll(() => app.stop());

const job = (name: string, starttime: string, jobstatus: string): object => ({
  ...{
    jobid: `${name} ${starttime}`,
    job: `${name}.${starttime}_04`,
    name,
    client: `${name}-fd`,
    type: 'B',
    level: 'F',
  },
  ...{ jobstatus, starttime, endtime: starttime, jobbytes: '1000000', jobfiles: '10', joberrors: '0' },
});
const director = (...jobs: object[]): object => ({ tool: 'bacula', exitCode: 0, stdout: JSON.stringify(jobs) });
const FAILED = job('sysA', '2026-11-23 02:00:00', 'f');
const OTHER = job('otherMinistry', '2026-11-23 03:00:00', 'T');
const bacula = { tool: 'bacula', scheduleKind: 'CRON', schedule: '0 2 * * *' };

/** What `restic snapshots` lists of a store. */
const store = (...hosts: string[]): object => ({
  ...{ tool: 'restic', command: 'restic snapshots --json', exitCode: 0 },
  stdout: JSON.stringify(
    hosts.map((hostname, at) => ({
      ...{ time: `2026-11-22T17:3${at}:00Z`, tree: 'b'.repeat(64), paths: ['/srv'], hostname, username: 'root' },
      ...{ id: `${at}${hostname.length}`.padEnd(64, 'c'), short_id: `${at}${hostname.length}`.padEnd(8, 'c') },
    })),
  ),
});

describe('a director that tells of all its jobs', () => {
  it('makes an inlet without names one of all of them', async () => {
    const { path, inletId } = await connect(app, bacula);
    await sender.send(path, director(FAILED, OTHER));
    expect(await sender.inletOf(inletId)).toMatchObject({ ownNames: [], state: 'ON_TIME' });
  });

  it.each([[['sysA']], [['SYSA-FD']], [['nothing', 'sysa.*']], [['*YSA']]])(
    'counts only for what has one of the names %j of the inlet',
    async (ownNames) => {
      const { path, inletId, systemId } = await connect(app, { ...bacula, ownNames });
      const answer = await sender.send(path, director(FAILED, OTHER));
      expect(answer).toMatchObject({
        status: 201,
        body: { disposition: 'ACCEPTED', flags: expect.arrayContaining(['OTHERS_LEFT_OUT']) },
      });
      expect(answer.body.records).toMatchObject([{ dataset: 'sysA', outcome: 'FAILED' }]);
      expect(await sender.evidenceOf(systemId)).toMatchObject([{ outcome: 'FAILED', recoveryPointAt: null }]);
      expect(await sender.inletOf(inletId)).toMatchObject({ ownNames, state: 'FAILING', lastOutcome: 'FAILED' });
      expect(await sender.stateOf(systemId, 'recovery-point-fresh')).toBe('FAILED');
    },
  );

  it('of which none is ours is accepted, and is no run', async () => {
    const { path, inletId, systemId } = await connect(app, { ...bacula, ownNames: ['sysA'] });
    const answer = await sender.send(path, director(OTHER));
    expect(answer).toMatchObject({ status: 201, body: { disposition: 'ACCEPTED_NO_RECORDS', records: [] } });
    expect(await sender.evidenceOf(systemId)).toEqual([]);
    expect(await sender.inletOf(inletId)).toMatchObject({
      ...{ lastOutcome: null, refused: 0, state: 'WAITING' },
      reason: { code: 'INLET_NO_RUN' },
    });
    const { body } = await (await app.as('owner')).get(`/inlets/${inletId}/submissions`);
    expect(body.items).toMatchObject([
      { disposition: 'ACCEPTED_NO_RECORDS', flags: expect.arrayContaining(['OTHERS_LEFT_OUT']) },
    ]);
    app.clock.set('2026-11-23T18:00:01Z');
    await sender.send(path, director(job('otherMinistry', '2026-11-24 02:00:00', 'T')));
    expect(await sender.inletOf(inletId)).toMatchObject({ state: 'MISSED' });
    app.clock.set('2026-11-23T00:00:00Z');
  });

  it('that names nothing does not count where names do', async () => {
    const { path, inletId, systemId } = await connect(app, { ownNames: ['sysA'] });
    expect(await sender.send(path)).toMatchObject({
      status: 201,
      body: { disposition: 'ACCEPTED_NO_RECORDS', flags: expect.arrayContaining(['OTHERS_LEFT_OUT']) },
    });
    expect(await sender.evidenceOf(systemId)).toEqual([]);
    expect(await sender.inletOf(inletId)).toMatchObject({ lastOutcome: null });
  });
});

describe('the list of a store with the points of others', () => {
  it('is to have ours on it', async () => {
    const { path, inletId } = await connect(app, { tool: 'restic', ownNames: ['db01'] });
    await sender.send(path, store('db01', 'other'));
    expect(await sender.inletOf(inletId)).toMatchObject({ state: 'ON_TIME' });
    const answer = await sender.send(path, store('other', 'another'));
    expect(answer.body).toMatchObject({ disposition: 'ACCEPTED_NO_RECORDS', records: [] });
    expect(await sender.inletOf(inletId)).toMatchObject({
      state: 'FAILING',
      reason: { code: 'INLET_NONE_OF_OURS', text: expect.stringContaining('数える対象') },
    });
    await sender.send(path, store('db01', 'other'));
    expect(await sender.inletOf(inletId)).toMatchObject({ state: 'ON_TIME' });
  });

  it('does not miss the point of another that counted before the names were declared', async () => {
    const { path, inletId } = await connect(app, { tool: 'restic' });
    await sender.send(path, store('db01', 'other'));
    const owner = await app.as('owner');
    expect((await owner.patch(`/inlets/${inletId}`, { ownNames: ['db01'] }, '"1"')).status).toBe(200);
    // The newest point that was reported was that of the other, and it has been pruned.
    await sender.send(path, { ...store('db01'), finishedAt: '2026-11-23T00:00:00Z' });
    expect(await sender.inletOf(inletId)).toMatchObject({ state: 'ON_TIME' });
  });
});

describe('the names of an inlet', () => {
  it('are changed and taken away, which is audited and holds at once', async () => {
    const { path, inletId, systemId } = await connect(app, { ...bacula, ownNames: [' sysA '] });
    await sender.send(path, director(OTHER));
    const owner = await app.as('owner');
    const changed = await owner.patch(`/inlets/${inletId}`, { ownNames: [] }, '"1"');
    expect([changed.status, changed.body.ownNames]).toEqual([200, []]);
    await sender.send(path, director(OTHER));
    expect(await sender.evidenceOf(systemId)).toMatchObject([{ outcome: 'PASSED' }]);
    const audited = await app.database.query<object>(
      `SELECT before, after FROM audit_event WHERE record_id = $1 AND action = 'inlet.changed'`,
      [inletId],
    );
    expect(audited).toEqual([{ before: { ownNames: ['sysA'] }, after: { ownNames: [] } }]);
  });

  it.each([
    [400, 'TOO_MANY', Array.from({ length: 21 }, (_, at) => `n${at}`)],
    [400, 'TOO_LONG', ['x'.repeat(201)]],
    [400, 'NOT_PLAIN_TEXT', ['a\nb']],
    [400, 'NOT_UNIQUE', ['a', ' a']],
    [400, 'NOT_A_LIST', 'sysA'],
    [400, 'REQUIRED', null],
    [422, 'WILDCARD_AT_ENDS_ONLY', ['sysA', 'a*b']],
  ])('are refused with %i %s', async (status, code, ownNames) => {
    const { requirementId } = await declareBackups(app);
    const owner = await app.as('owner');
    const made = await owner.post(`/backup-requirements/${requirementId}/inlets`, { ...NIGHTLY, name: 'x', ownNames });
    expect(made).toMatchObject({ status, body: { errors: [{ field: 'ownNames', code }] } });
  });
});
