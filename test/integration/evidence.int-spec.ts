import { registerSystem } from '../support/builders/systems';
import { startTestApp, type TestApp } from '../support/app';
import type { Answer, Client } from '../support/client';

const NOW = '2026-11-23T00:00:00Z';
const BEFORE = '2026-11-22T06:00:00Z';
const NOBODY = '019a0000-0000-7000-8000-000000000000';

let app: TestApp;
let owner: Client;
let systemId: string;

beforeAll(async () => {
  app = await startTestApp('evidence', { now: NOW });
  owner = await app.as('owner');
});
afterAll(() => app.stop());

beforeEach(async () => {
  const system = await registerSystem(app, {
    tier: 'HIGH',
    ownerId: app.world.people.owner,
    rto: 'PT4H',
    mtd: 'PT12H',
  });
  systemId = system.id;
});

const restoreTest = { kind: 'RESTORE_TEST', outcome: 'PASSED', strength: 'RESTORED', performedAt: BEFORE };
const send = async (proof: object, by: Client = owner): Promise<Answer> =>
  by.post(`/systems/${systemId}/evidence`, proof);
const states = async (...keys: string[]): Promise<string[]> => {
  const { body } = await owner.get(`/systems/${systemId}/obligations?limit=200`);
  const items = body.items as { ruleKey: string; state: string }[];
  return keys.map((key) => items.find(({ ruleKey }) => ruleKey === key)?.state ?? '—');
};
const turned = ({ body }: Answer): string[] =>
  (body.affected as { ruleKey: string; fromState: string; toState: string }[])
    .map(({ ruleKey, fromState, toState }) => `${ruleKey}: ${fromState} > ${toState}`)
    .sort();

describe('a proof', () => {
  it('is stored as it was said, and the answer tells what it turned', async () => {
    const answer = await send({ ...restoreTest, measuredMinutes: 90, tool: 'restic', runId: 'r-1', note: '全件' });
    expect(answer).toMatchObject({ status: 201, body: { systemId, kind: 'RESTORE_TEST', outcome: 'PASSED' } });
    expect(answer.body).toMatchObject({
      ...{ strength: 'RESTORED', performedAt: '2026-11-22T06:00:00.000Z', recordedAt: '2026-11-23T00:00:00.000Z' },
      ...{ measuredMinutes: 90, tool: 'restic', runId: 'r-1', note: '全件', source: 'MANUAL', supersededById: null },
      performer: { displayName: '運用 さくら' },
      recordedBy: { displayName: '運用 さくら' },
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      affected: [
        { ruleKey: 'restore-test', ruleTitle: '復元試験', fromState: 'UNKNOWN', toState: 'MET', dueOn: '2027-02-22' },
      ],
    });
    const { affected: _affected, ...stored } = answer.body;
    expect((await owner.get(`/evidence/${answer.body.id}`)).body).toEqual({
      ...stored,
      ...{ dataset: null, submission: null, restoreTestId: null, sharedFrom: null, supersedes: [], supersededBy: null },
      turned: [
        {
          ...{ obligationId: answer.body.affected[0].obligationId, ruleKey: 'restore-test', ruleTitle: '復元試験' },
          ...{ fromState: 'UNKNOWN', toState: 'MET', at: '2026-11-23T00:00:00.000Z' },
        },
      ],
    });
    expect((await owner.get(`/systems/${systemId}/evidence`)).body.items).toEqual([stored]);
    const [event] = await app.database.query<object>(
      `SELECT action, actor_id AS "actorId", after FROM audit_event WHERE record_id = $1`,
      [answer.body.id],
    );
    expect(event).toMatchObject({
      action: 'evidence.recorded',
      actorId: app.world.people.owner,
      after: { systemId, sha256: answer.body.sha256 },
    });
  });

  it('names who did it, if that was not who typed it in', async () => {
    const { body } = await send({ ...restoreTest, performerId: app.world.people.deputy });
    expect(body).toMatchObject({ performer: { displayName: '副島 翔' }, recordedBy: { displayName: '運用 さくら' } });
  });

  it('that is too weak is kept and meets nothing; without a word on its strength it is a mere claim', async () => {
    const { strength: _strength, ...claim } = restoreTest;
    const answer = await send(claim);
    expect(answer).toMatchObject({ status: 201, body: { strength: 'DECLARED', affected: [] } });
    expect(await states('restore-test')).toEqual(['UNKNOWN']);
  });

  it('is titled in the language of the person who sends it', async () => {
    const speak = (locale: string): Promise<unknown> =>
      app.database.query('UPDATE app_user SET locale = $2 WHERE id = $1', [app.world.people.owner, locale]);
    await speak('en');
    const { body } = await send(restoreTest);
    await speak('ja');
    expect(body.affected).toMatchObject([{ ruleTitle: 'Restore tested' }]);
  });

  it.each([
    [{ kind: 'APPROVAL', subject: 'PROCEDURE' }, 'kind', 'KIND_NOT_MANUAL'],
    [{ performedAt: '2026-11-23T00:00:01Z' }, 'performedAt', 'IN_THE_FUTURE'],
    [{ kind: 'ATTESTATION' }, 'ruleKey', 'REQUIRED'],
    [{ kind: 'ATTESTATION', ruleKey: 'restore-test' }, 'ruleKey', 'NOT_FOUND'],
    [{ kind: 'ATTESTATION', ruleKey: 'never-heard-of' }, 'ruleKey', 'NOT_FOUND'],
    [{ kind: 'REVIEW' }, 'subject', 'REQUIRED'],
    [{ kind: 'REVIEW', subject: 'PROCEDURE' }, 'subject', 'REVIEWED_ELSEWHERE'],
    [{ kind: 'REVIEW', subject: 'BACKUP_REQUIREMENT' }, 'subject', 'REVIEWED_ELSEWHERE'],
    [{ kind: 'BACKUP' }, 'backupRequirementId', 'REQUIRED'],
    [{ kind: 'VERIFICATION' }, 'backupRequirementId', 'REQUIRED'],
    [{ kind: 'VERIFICATION', backupRequirementId: NOBODY }, 'backupRequirementId', 'NOT_FOUND'],
    [{ recoveryPointAt: '2026-11-22T06:00:01Z' }, 'recoveryPointAt', 'AFTER_PERFORMED_AT'],
    [{ kind: 'DRILL' }, 'drill', 'REQUIRED'],
    [{ drill: { type: 'TABLETOP', startedAt: BEFORE, finishedAt: BEFORE } }, 'drill', 'NOT_FOR_KIND'],
    [
      {
        kind: 'DRILL',
        performedAt: '2026-11-21T00:00:00Z',
        drill: { startedAt: BEFORE, finishedAt: '2026-11-22T05:59:59Z' },
      },
      'drill.finishedAt',
      'BEFORE_START',
    ],
    [
      { kind: 'DRILL', drill: { startedAt: BEFORE, finishedAt: '2026-11-23T00:00:01Z' } },
      'drill.finishedAt',
      'IN_THE_FUTURE',
    ],
    [
      { kind: 'DRILL', drill: { startedAt: BEFORE, finishedAt: BEFORE, attestedById: NOBODY } },
      'drill.attestedById',
      'NOT_FOUND',
    ],
    [
      { kind: 'DRILL', drill: { startedAt: BEFORE, finishedAt: BEFORE }, performedAt: NOW },
      'performedAt',
      'AFTER_FINISH',
    ],
    [{ performerId: NOBODY }, 'performerId', 'NOT_FOUND'],
    [{ runId: 'r-1' }, 'tool', 'REQUIRED'],
  ] as [Record<string, unknown>, string, string][])('%j is refused at %s: %s', async (wrong, field, code) => {
    const drill = wrong['drill'] && {
      type: 'TABLETOP',
      attestedById: app.world.people.manager,
      ...(wrong['drill'] as object),
    };
    const { status, body } = await send({ ...restoreTest, ...wrong, ...(drill ? { drill } : {}) });
    expect(status).toBe(422);
    expect(body).toMatchObject({
      code: 'INVALID_FIELDS',
      errors: [{ field, code, message: expect.stringMatching(/[ぁ-ん]/) }],
    });
    expect((await owner.get(`/systems/${systemId}/evidence`)).body.items).toEqual([]);
  });

  it('names every wrong field at once', async () => {
    const { body } = await send({ kind: 'BACKUP', outcome: 'PASSED', performedAt: '2027-01-01T00:00:00Z', runId: 'r' });
    expect((body.errors as { field: string }[]).map(({ field }) => field).sort()).toEqual([
      'backupRequirementId',
      'performedAt',
      'tool',
    ]);
  });

  it.each([
    [{ kind: 'RUMOUR' }, 'kind'],
    [{ outcome: 'MAYBE' }, 'outcome'],
    [{ performedAt: '2026-11-22' }, 'performedAt'],
    [{ measuredMinutes: -1 }, 'measuredMinutes'],
    [{ measuredMinutes: 1.5 }, 'measuredMinutes'],
    [{ strength: 'SURE' }, 'strength'],
    [{ link: 'javascript:alert(1)' }, 'link'],
    [{ colour: 'green' }, 'colour'],
    [{ kind: 'DRILL', drill: { type: 'PARTY' } }, 'drill.type'],
  ])('of the wrong shape is malformed: %j', async (wrong, field) => {
    const { status, body } = await send({ ...restoreTest, ...wrong });
    expect(status).toBe(400);
    expect((body.errors as { field: string }[]).map((error) => error.field)).toContain(field);
  });

  it('of one run of a tool is taken once for each system', async () => {
    const proof = { ...restoreTest, tool: 'restic', runId: 'r-7' };
    expect((await send(proof)).status).toBe(201);
    const again = await send({ ...proof, outcome: 'FAILED' });
    expect(again).toMatchObject({ status: 409, body: { errors: [{ field: 'runId', code: 'DUPLICATE' }] } });
    expect((await send({ ...proof, tool: 'pgBackRest' })).status).toBe(201);
    expect(await states('restore-test')).toEqual(['MET']);
  });

  it('cannot be seen or sent from outside, and not sent by who only reads', async () => {
    const { body } = await send(restoreTest);
    const correct = (by: Client, id: string): Promise<Answer> =>
      by.post(`/evidence/${id}/supersede`, { ...restoreTest, reason: '時刻の誤り' });
    const [outsider, auditor, deputy] = [await app.as('outsider'), await app.as('auditor'), await app.as('deputy')];
    expect((await send(restoreTest, outsider)).status).toBe(404);
    expect((await outsider.get(`/systems/${systemId}/evidence`)).status).toBe(404);
    expect((await outsider.get(`/evidence/${body.id}`)).status).toBe(404);
    expect((await correct(outsider, body.id)).status).toBe(404);
    expect((await send(restoreTest, auditor)).status).toBe(403);
    expect((await correct(auditor, body.id)).status).toBe(403);
    expect((await auditor.get(`/evidence/${body.id}`)).status).toBe(200);
    // An owner of other systems of the agency, who may read this one.
    expect((await send(restoreTest, deputy)).status).toBe(403);
    expect((await app.browser().get(`/evidence/${body.id}`)).status).toBe(401);
  });
});

describe('a drill', () => {
  const [startedAt, finishedAt] = ['2026-11-22T01:00:00Z', '2026-11-22T04:00:00Z'];
  const check = { expected: '受付番号 1024', observed: '受付番号 1024' };
  const sendDrill = (drill: object, more: object = {}): Promise<Answer> =>
    send({
      ...{ kind: 'DRILL', outcome: 'PASSED', performedAt: finishedAt },
      drill: { type: 'FUNCTIONAL', startedAt, finishedAt, attestedById: app.world.people.manager, ...drill },
      ...more,
    });

  it('with a check that stale data would fail counts as what it was, and for the smaller ones too', async () => {
    const answer = await sendDrill({ check });
    expect(answer.body).toMatchObject({ creditedDrillType: 'FUNCTIONAL', measuredMinutes: 180, outcome: 'PASSED' });
    expect(turned(answer)).toEqual(['drill-functional: UNKNOWN > MET', 'drill-tabletop: UNKNOWN > MET']);
  });

  it('without such a check counts as a tabletop', async () => {
    const answer = await sendDrill({ type: 'FULL_SCALE' });
    expect(answer.body.creditedDrillType).toBe('TABLETOP');
    expect(turned(answer)).toEqual(['drill-tabletop: UNKNOWN > MET']);
  });

  it('cannot be sent without the person who vouches for it', async () => {
    const { status, body } = await sendDrill({ attestedById: undefined });
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ field: 'drill.attestedById' }]);
  });

  it.each([
    ['2026-11-22T05:00:00Z', 240, 'PASSED'],
    ['2026-11-22T05:00:01Z', 241, 'FAILED'],
  ])('that ended at %s took %s minutes of the 240 allowed: %s', async (ended, minutes, outcome) => {
    const answer = await sendDrill({ check, finishedAt: ended }, { performedAt: ended });
    expect(answer.body).toMatchObject({ measuredMinutes: minutes, outcome });
    expect(await states('drill-functional')).toEqual([outcome === 'PASSED' ? 'MET' : 'FAILED']);
  });

  it('or a restore test with a measured time above the objective is stored as a failure', async () => {
    const { body } = await send({ ...restoreTest, measuredMinutes: 241 });
    expect(body).toMatchObject({ outcome: 'FAILED', affected: [{ toState: 'FAILED', dueOn: '2026-12-23' }] });
  });
});
