import { gzipSync } from 'node:zlib';
import { connect, declareBackups, NIGHTLY, openInlet, resticRun } from '../support/builders/inlets';
import { startTestApp, type TestApp } from '../support/app';
import type { Answer } from '../support/client';
import { InletSender } from '../support/inlet-sender';

const NOW = '2026-11-23T00:00:00Z';
const NIGHT = '2026-11-22T17:30:00Z';

let app: TestApp;
let sender: InletSender;

beforeAll(async () => {
  app = await startTestApp('inlets', { now: NOW });
  sender = new InletSender(app);
});
afterAll(() => app.stop());
beforeEach(() => app.clock.set(NOW));

const send = (...message: Parameters<InletSender['send']>): Promise<Answer> => sender.send(...message);
const evidenceOf = (systemId: string): Promise<Answer['body'][]> => sender.evidenceOf(systemId);
const stateOf = (systemId: string, ruleKey: string): Promise<string> => sender.stateOf(systemId, ruleKey);
const inletOf = (id: string): Promise<Answer['body']> => sender.inletOf(id);

describe('an inlet', () => {
  it('is made with a secret address that is shown once, and a line of shell for each tool', async () => {
    const { requirementId } = await declareBackups(app);
    const made = await openInlet(app, requirementId, { tool: 'restic', name: '夜間 restic' });
    expect(made.url).toMatch(/\/api\/v1\/inlet\/inlet_[0-9A-Za-z]{49}$/);
    expect(made.commands[0]).toMatchObject({ tool: 'restic', command: expect.stringContaining(made.url) });
    const listed = await (await app.as('owner')).get(`/backup-requirements/${requirementId}/inlets`);
    expect(JSON.stringify(listed.body)).not.toContain(made.url.split('/').at(-1));
    expect(listed.body.items).toMatchObject([
      { id: made.id, state: 'WAITING', nextDueAt: '2026-11-24T00:00:00.000Z', firstSignalAt: null, refused: 0 },
    ]);
    expect(listed.body.items[0].reason.text).toContain('最初の受信を待っています');
    const kept = await app.database.query<object>('SELECT secret_hash FROM inlet WHERE id = $1', [made.id]);
    expect(kept).toEqual([{ secret_hash: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
  });

  it.each([
    [
      { schedule: 'now and then', scheduleKind: 'CRON' },
      { field: 'schedule', code: 'NOT_A_SCHEDULE' },
    ],
    [{ tool: 'no such tool' }, { field: 'tool', code: 'NOT_IN_LIST' }],
    [{ copySite: '名古屋' }, { field: 'copySite', code: 'NOT_A_DECLARED_SITE' }],
  ])('with %j is refused', async (wrong, error) => {
    const { requirementId } = await declareBackups(app);
    const answer = await (
      await app.as('owner')
    ).post(`/backup-requirements/${requirementId}/inlets`, {
      ...NIGHTLY,
      name: 'x',
      ...wrong,
    });
    expect(answer).toMatchObject({ status: 422, body: { errors: [error] } });
  });

  it('is made, changed, renewed and ended by the backup operator of the organisation, who may not change what is asked of the backups', async () => {
    const operator = await app.as('operator');
    const { requirementId } = await declareBackups(app);
    const made = await operator.post(`/backup-requirements/${requirementId}/inlets`, { ...NIGHTLY, name: '夜間' });
    expect(made).toMatchObject({ status: 201, body: { url: expect.stringContaining('/inlet/inlet_') } });
    const { id } = made.body;
    await send(new URL(made.body.url).pathname, { tool: 'restic', stdout: '{"message_type":' });
    expect((await operator.get(`/inlets/${id}`)).body).toMatchObject({ state: 'FAILING', refused: 1 });
    expect((await operator.get(`/inlets/${id}/submissions`)).body.items).toMatchObject([{ disposition: 'REFUSED' }]);
    expect((await operator.patch(`/inlets/${id}`, { grace: 'PT2H' }, '"1"')).status).toBe(200);
    expect((await operator.post(`/inlets/${id}/rotate`, { graceHours: 1 })).status).toBe(200);
    expect((await operator.post(`/inlets/${id}/revoke`, {})).status).toBe(200);
    const requirement = await operator.get(`/backup-requirements/${requirementId}`);
    const amended = await operator.patch(
      `/backup-requirements/${requirementId}`,
      { dataset: 'other' },
      requirement.headers.get('etag'),
    );
    expect(amended.status).toBe(403);
  });

  it('takes a CloudEvent in binary mode once, by its source and id', async () => {
    const { path, systemId } = await connect(app, { tool: null });
    const headers = {
      'ce-specversion': '1.0',
      'ce-type': 'backup.done',
      'ce-source': '/%E5%A4%9C%E9%96%93',
      'ce-id': 'e1',
    };
    const record = { kind: 'BACKUP', outcome: 'PASSED', recoveryPointAt: NIGHT };
    expect(await send(path, record, headers)).toMatchObject({
      status: 201,
      body: { records: [{ runKey: 'rid:/夜間#e1' }] },
    });
    expect((await send(path, record, headers)).status).toBe(200);
    expect((await send(path, record, { ...headers, 'ce-id': 'e2' })).status).toBe(201);
    expect(await evidenceOf(systemId)).toHaveLength(2);
  });

  it('takes its old address and its new one for a while after a rotation, and neither after its end', async () => {
    const { path, inletId } = await connect(app);
    const owner = await app.as('owner');
    const rotated = await owner.post(`/inlets/${inletId}/rotate`, { graceHours: 1 });
    const next = new URL(rotated.body.url).pathname;
    const tried = async (): Promise<number[]> => [(await send(path)).status, (await send(next)).status];
    expect(await tried()).toEqual([201, 201]);
    app.clock.set('2026-11-23T01:00:01Z');
    expect(await tried()).toEqual([404, 201]);
    await owner.post(`/inlets/${inletId}/revoke`);
    expect(await tried()).toEqual([404, 404]);
  });

  it('is closed with the requirement that it is for', async () => {
    const { path, requirementId } = await connect(app);
    await (await app.as('owner')).post(`/backup-requirements/${requirementId}/withdraw`, { reason: '廃止' });
    expect((await send(path)).status).toBe(404);
  });
});

describe('a run that a tool reports', () => {
  it('becomes evidence, and turns the recovery point green', async () => {
    const { path, systemId, inletId } = await connect(app, { tool: 'restic' });
    expect(await stateOf(systemId, 'recovery-point-fresh')).toBe('UNKNOWN');
    const answer = await send(path, resticRun('aaaa1111', NIGHT));
    expect(answer).toMatchObject({
      status: 201,
      body: {
        disposition: 'ACCEPTED',
        rawSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        records: [
          { runKey: 'restic:aaaa1111', kind: 'BACKUP', outcome: 'PASSED', strength: 'COMPLETED', sizeBytes: 1_000_000 },
        ],
      },
    });
    expect(await evidenceOf(systemId)).toMatchObject([
      {
        ...{
          id: answer.body.records[0].id,
          source: 'INLET',
          tool: 'restic',
          runId: 'restic:aaaa1111',
          performer: null,
        },
        ...{ recoveryPointAt: '2026-11-22T17:30:00.000Z', sizeBytes: '1000000', usable: true, inlet: { id: inletId } },
      },
    ]);
    expect(await stateOf(systemId, 'recovery-point-fresh')).toBe('MET');
    expect(await inletOf(inletId)).toMatchObject({
      state: 'ON_TIME',
      lastOutcome: 'PASSED',
      firstSignalAt: '2026-11-23T00:00:00.000Z',
    });
  });

  it('is one record however often it is told, and keeps its bytes once', async () => {
    const { path, systemId } = await connect(app, { tool: 'restic' });
    const run = resticRun('aaaa2222', NIGHT);
    const first = await send(path, run);
    const again = await send(path, run);
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body.records[0].id).toBe(first.body.records[0].id);
    expect(await evidenceOf(systemId)).toHaveLength(1);
    const kept = await app.database.query<object>('SELECT length FROM raw_payload WHERE sha256 = $1', [
      first.body.rawSha256,
    ]);
    expect(kept).toEqual([{ length: JSON.stringify(run).length }]);
  });

  it('of which many come at once are all kept and each answered by itself', async () => {
    const { path, systemId } = await connect(app, { tool: 'restic' });
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, at) => send(path, resticRun(`bb${String(at % 20).padStart(6, '0')}`, NIGHT))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(40).fill(200), ...Array(20).fill(201)]);
    answers.forEach(({ body }, at) =>
      expect(body.records[0].runKey).toBe(`restic:bb${String(at % 20).padStart(6, '0')}`),
    );
    expect(await evidenceOf(systemId)).toHaveLength(20);
  });

  it('that failed turns red what it was to prove, and proves no point', async () => {
    const { path, systemId, inletId } = await connect(app, { tool: 'restic' });
    await send(path, resticRun('aaaa3333', NIGHT, { exitCode: 1, stdout: '' }));
    expect(await evidenceOf(systemId)).toMatchObject([{ outcome: 'FAILED', recoveryPointAt: null }]);
    expect(await stateOf(systemId, 'recovery-point-fresh')).toBe('FAILED');
    expect(await inletOf(inletId)).toMatchObject({ state: 'FAILING', reason: { code: 'INLET_RUN_FAILED' } });
  });

  it('with times of the future is kept and proves nothing', async () => {
    const { path, systemId } = await connect(app, { tool: 'restic' });
    const answer = await send(path, resticRun('aaaa4444', '2026-11-24T00:00:00Z'));
    expect(answer).toMatchObject({ status: 201, body: { flags: expect.arrayContaining(['FUTURE_TIME']) } });
    expect(await evidenceOf(systemId)).toMatchObject([{ usable: false, recoveryPointAt: null }]);
    expect(await stateOf(systemId, 'recovery-point-fresh')).toBe('UNKNOWN');
  });

  it('may be sent packed', async () => {
    const { path } = await connect(app, { tool: 'restic' });
    const packed = gzipSync(JSON.stringify(resticRun('aaaa5555', NIGHT)));
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    expect(await send(path, packed, headers)).toMatchObject({
      status: 201,
      body: { records: [{ runKey: 'restic:aaaa5555' }] },
    });
  });
});

describe('a ping', () => {
  it('says that a run began and ended: one record of both, which proves no point', async () => {
    const { path, systemId, inletId } = await connect(app);
    expect((await send(`${path}/start`)).status).toBe(201);
    expect(await inletOf(inletId)).toMatchObject({ state: 'RUNNING' });
    app.clock.set('2026-11-23T00:20:00Z');
    expect((await send(path, undefined, {}, 'GET')).status).toBe(201);
    const [live] = (await evidenceOf(systemId)).filter(({ supersededById }) => supersededById === null);
    expect(live).toMatchObject({
      outcome: 'PASSED',
      startedAt: '2026-11-23T00:00:00.000Z',
      recoveryPointAt: null,
      flags: ['SELF_DECLARED'],
    });
    expect((await evidenceOf(systemId)).length).toBe(2);
    expect(await inletOf(inletId)).toMatchObject({ state: 'ON_TIME' });
  });

  it.each([
    ['/fail', 'FAILED'],
    ['/0', 'PASSED'],
    ['/3', 'FAILED'],
  ])('%s: %s', async (word, outcome) => {
    const { path, systemId } = await connect(app);
    expect((await send(`${path}${word}`)).status).toBe(201);
    expect(await evidenceOf(systemId)).toMatchObject([{ outcome }]);
  });

  it('with HEAD does', async () => {
    const { path, inletId } = await connect(app);
    expect((await send(path, undefined, {}, 'HEAD')).status).toBe(201);
    expect(await inletOf(inletId)).toMatchObject({ lastOutcome: 'PASSED' });
  });
});

describe('what an inlet does not take', () => {
  it.each<[string, string, string | object, Record<string, string>]>([
    ['text that no tool says', 'UNKNOWN_TOOL', 'hello', { 'content-type': 'text/plain' }],
    ['a summary that is cut off', 'TRUNCATED', '{"message_type":"summary","files_n', { 'content-type': 'text/plain' }],
  ])('%s: it is kept with its reason and makes the inlet a failing one', async (_, _code, body, headers) => {
    const { path, systemId, inletId } = await connect(app);
    const answer = await send(path, body, headers);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ code: expect.any(String), detail: expect.any(String) });
    expect(await evidenceOf(systemId)).toEqual([]);
    expect(await inletOf(inletId)).toMatchObject({ state: 'FAILING', refused: 1, lastRefusal: expect.any(String) });
    const [kept] = await app.database.query<object>(
      `SELECT s.refusal, r.length FROM submission s JOIN raw_payload r ON r.sha256 = s.raw_sha256 WHERE s.inlet_id = $1`,
      [inletId],
    );
    expect(kept).toMatchObject({ refusal: answer.body.code, length: expect.any(Number) });
    await send(path);
    expect(await inletOf(inletId)).toMatchObject({ refused: 0, lastRefusal: null });
  });

  it('an address that nobody was given', async () => {
    expect((await send('/api/v1/inlet/nonsense', 'x')).status).toBe(404);
    expect((await send(`/api/v1/inlet/inlet_${'a'.repeat(49)}`, 'x')).status).toBe(404);
    const { path } = await connect(app);
    expect((await send(`${path}/256`)).status).toBe(404);
  });

  it('more than may be sent, packed or not; the inlet shows it', async () => {
    const { path, inletId } = await connect(app);
    const much = Buffer.alloc(16 * 1024 * 1024 + 1, 32);
    expect((await send(path, much)).status).toBe(413);
    expect((await send(path, gzipSync(much), { 'content-encoding': 'gzip' })).status).toBe(413);
    expect((await send(path, 'x', { 'content-encoding': 'br' })).status).toBe(415);
    expect(await inletOf(inletId)).toMatchObject({ state: 'FAILING', refused: 3 });
  });

  it('characters that cannot be stored, without harm to what comes at the same time', async () => {
    const { path, systemId } = await connect(app, { tool: 'restic' });
    const bad = resticRun('cccc0000', NIGHT, { command: 'restic backup \u0000 /srv' });
    const answers = await Promise.all([
      send(path, resticRun('cccc1111', NIGHT)),
      send(path, bad),
      send(path, resticRun('cccc2222', NIGHT)),
    ]);
    expect([answers[0]?.status, answers[2]?.status]).toEqual([201, 201]);
    expect(answers[1]?.status).toBeLessThan(500);
    expect((await evidenceOf(systemId)).map(({ runId }) => runId)).toEqual(
      expect.arrayContaining(['restic:cccc1111', 'restic:cccc2222']),
    );
  });
});
