import { type TestApp, startTestApp } from '../support/app';
import { actOn, approvedProcedure, CONTENT, evidenceOf, writeProcedure } from '../support/builders/procedures';
import { registerSystem } from '../support/builders/systems';
import type { Client } from '../support/client';

let app: TestApp;
let owner: Client;
let manager: Client;

beforeAll(async () => {
  app = await startTestApp('procedure versions');
  owner = await app.as('owner');
  manager = await app.as('manager');
});
afterAll(() => app.stop());

const newSystem = async (): Promise<string> => (await registerSystem(app, { tier: 'HIGH' }, 'owner')).id;
const stateOf = async (systemId: string, ruleKey: string) => {
  const [row] = await app.database.query<{ state: string; dueOn: string }>(
    'SELECT state, due_on::text AS "dueOn" FROM obligation WHERE system_id = $1 AND rule_key = $2',
    [systemId, ruleKey],
  );
  return row;
};

describe('the next version', () => {
  it('leaves the approved one in force until it is approved itself', async () => {
    const systemId = await newSystem();
    const first = await approvedProcedure(app, systemId);
    const second = await owner.post(`/procedures/${first.procedureId}/versions`, { ...CONTENT, markdown: '改訂' });
    expect(second).toMatchObject({
      status: 201,
      body: { version: 2, status: 'DRAFT', markdown: '改訂', title: '全面復旧' },
    });
    const listed = async () => (await owner.get(`/systems/${systemId}/procedures`)).body.items;
    expect(await listed()).toEqual([
      {
        ...{ id: first.procedureId, title: '全面復旧', lastReviewedOn: null },
        current: {
          ...{
            versionId: first.id,
            version: 1,
            status: 'APPROVED',
            approvedAt: expect.stringMatching(/^2026-11-23T00:00/),
          },
          approvedBy: expect.objectContaining({ id: app.world.people.manager }),
        },
        draft: { versionId: second.body.id, version: 2, status: 'DRAFT' },
      },
    ]);
    await actOn(second.body.id, 'submit', owner);
    await actOn(second.body.id, 'approve', manager);
    expect(await listed()).toMatchObject([{ current: { version: 2 }, draft: null }]);
    expect((await owner.get(`/procedure-versions/${first.id}`)).body.status).toBe('SUPERSEDED');
  });

  it('takes the place of a draft, but not of one that waits for approval', async () => {
    const { body: first } = await writeProcedure(owner, await newSystem());
    const versions = `/procedures/${first.procedureId}/versions`;
    const { body: second } = await owner.post(versions, CONTENT);
    expect((await owner.get(`/procedure-versions/${first.id}`)).body.status).toBe('SUPERSEDED');
    await actOn(second.id, 'submit', owner);
    expect(await owner.post(versions, CONTENT)).toMatchObject({
      status: 409,
      body: { code: 'PROCEDURE_VERSION_WAITING' },
    });
  });

  it('is refused when somebody has written another since the one that it was written from', async () => {
    const systemId = await newSystem();
    const { body: first } = await writeProcedure(owner, systemId);
    const versions = `/procedures/${first.procedureId}/versions`;
    const { status, body: theirs } = await manager.post(versions, { ...CONTENT, basedOn: first.id });
    expect(status).toBe(201);
    const stored = () =>
      app.database.query(
        `SELECT v.*, (SELECT count(*) FROM audit_event e WHERE e.record_id = v.id) AS told
         FROM procedure_version v WHERE v.procedure_id = $1 ORDER BY v.version`,
        [first.procedureId],
      );
    const before = await stored();
    const { body: other } = await writeProcedure(owner, systemId);
    for (const basedOn of [first.id, other.id])
      expect(await owner.post(versions, { ...CONTENT, markdown: '上書き', basedOn })).toMatchObject({
        status: 412,
        body: { status: 412, code: 'STALE' },
      });
    expect(await stored()).toEqual(before);
    const mine = await owner.post(versions, { ...CONTENT, markdown: '合わせた版', basedOn: theirs.id });
    expect(mine).toMatchObject({ status: 201, body: { version: 3, markdown: '合わせた版' } });
  });

  it('of two that are written at once from the same one, one is refused', async () => {
    const { body } = await writeProcedure(owner, await newSystem());
    const next = { ...CONTENT, basedOn: body.id };
    const answers = await Promise.all(
      [owner, manager].map((by) => by.post(`/procedures/${body.procedureId}/versions`, next)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 412]);
  });

  it('is numbered once, also when two are written at once', async () => {
    const { body } = await writeProcedure(owner, await newSystem());
    const answers = await Promise.all([1, 2, 3].map(() => owner.post(`/procedures/${body.procedureId}/versions`, {})));
    expect(answers.map((answer) => answer.body.version).sort()).toEqual([2, 3, 4]);
  });
});

describe('a review', () => {
  const review = { performedOn: '2026-11-01', outcome: 'PASSED', note: '変更なし' };

  it('of the version in force is proof of the day on which it was done', async () => {
    const systemId = await newSystem();
    const { procedureId, id } = await approvedProcedure(app, systemId);
    await app.database.query(`ALTER TABLE evidence DISABLE TRIGGER evidence_immutable`);
    await app.database.query(`UPDATE evidence SET performed_at = '2026-10-01' WHERE system_id = $1`, [systemId]);
    await app.database.query(`ALTER TABLE evidence ENABLE TRIGGER evidence_immutable`);
    const answer = await owner.post(`/procedures/${procedureId}/reviews`, review);
    expect(answer.status).toBe(201);
    expect(await stateOf(systemId, 'procedure-review')).toEqual({ state: 'MET', dueOn: '2027-05-01' });
    expect((await evidenceOf(app, systemId))[1]).toMatchObject({
      ...{ kind: 'REVIEW', subject: 'PROCEDURE', source: 'WORKFLOW', note: '変更なし' },
      performedAt: new Date('2026-11-01T03:00:00Z'),
      link: `/systems/${systemId}/procedures/${id}`,
    });
    const { items } = (await owner.get(`/systems/${systemId}/procedures`)).body;
    expect(items[0].lastReviewedOn).toBe('2026-11-01');
  });

  it('that failed turns the duty at once', async () => {
    const systemId = await newSystem();
    const { procedureId } = await approvedProcedure(app, systemId);
    app.clock.advance({ hours: 1 });
    const { body } = await owner.post(`/procedures/${procedureId}/reviews`, {
      performedOn: '2026-11-23',
      outcome: 'FAILED',
    });
    app.clock.advance({ hours: -1 });
    expect(body.affected).toEqual([expect.objectContaining({ ruleKey: 'procedure-review', toState: 'FAILED' })]);
  });

  it('is not dated ahead', async () => {
    const { procedureId } = await approvedProcedure(app, await newSystem());
    const ahead = { ...review, performedOn: '2026-11-24' };
    expect(await owner.post(`/procedures/${procedureId}/reviews`, ahead)).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'performedOn', code: 'IN_THE_FUTURE' }] },
    });
  });

  it('needs a version in force, and a person who may give proof', async () => {
    const { body } = await writeProcedure(owner, await newSystem());
    const path = `/procedures/${body.procedureId}/reviews`;
    expect(await owner.post(path, review)).toMatchObject({ status: 409, body: { code: 'PROCEDURE_NOT_APPROVED' } });
    expect(await (await app.as('auditor')).post(path, review)).toMatchObject({ status: 403 });
    expect(await (await app.as('deputy')).post(path, review)).toMatchObject({ status: 403 });
    expect(await (await app.as('outsider')).post(path, review)).toMatchObject({ status: 404 });
    expect(await owner.post(path, { ...review, performedOn: '2026-02-30' })).toMatchObject({ status: 400 });
  });
});
