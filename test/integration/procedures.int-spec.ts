import { type TestApp, startTestApp } from '../support/app';
import type { Answer, Client } from '../support/client';

let app: TestApp;
let owner: Client;
let manager: Client;
let made = 0;

beforeAll(async () => {
  app = await startTestApp('procedures');
  owner = await app.as('owner');
  manager = await app.as('manager');
});
afterAll(() => app.stop());

const newSystem = async (): Promise<string> => {
  const fields = { code: `P-${++made}`, name: '対象', tier: 'HIGH', organisationId: app.world.organisations.agency };
  return (await owner.post('/systems', fields)).body.id;
};
const CONTENT = {
  markdown: '# 復旧手順\n\n1. 連絡',
  steps: [
    { key: 'restore', title: '復元', role: '', instructions: '', plannedMinutes: 90, dependsOn: ['network'] },
    { key: 'network', title: '回線確認', role: '運用担当', location: '東京', plannedMinutes: 15, dependsOn: [] },
    { key: 'notify', title: '連絡', dependsOn: [] },
  ],
  contacts: [{ name: '運用 さくら', role: '担当', phone: '03-0000-0000', email: 'sakura@sonae.example' }],
};
const write = (systemId: string, more: object = {}, by: Client = owner): Promise<Answer> =>
  by.post(`/systems/${systemId}/procedures`, { title: '全面復旧', ...CONTENT, ...more });
const act = (versionId: string, step: string, by: Client, body: object = {}): Promise<Answer> =>
  by.post(`/procedure-versions/${versionId}/${step}`, body);
const approved = async (systemId: string): Promise<Answer['body']> => {
  const { body } = await write(systemId);
  await act(body.id, 'submit', owner);
  return (await act(body.id, 'approve', manager)).body;
};
const stateOf = async (systemId: string, ruleKey: string) => {
  const [row] = await app.database.query<{ state: string; dueOn: string }>(
    'SELECT state, due_on::text AS "dueOn" FROM obligation WHERE system_id = $1 AND rule_key = $2',
    [systemId, ruleKey],
  );
  return row;
};
const evidenceOf = (systemId: string) =>
  app.database.query<object>(
    `SELECT kind, subject, outcome, strength, source, performer_id AS "performerId", performed_at AS "performedAt", note, link
     FROM evidence WHERE system_id = $1 ORDER BY id`,
    [systemId],
  );

describe('writing a procedure', () => {
  it('makes a draft with its order and critical path', async () => {
    const systemId = await newSystem();
    const answer = await write(systemId);
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      ...{ id: expect.any(String), procedureId: expect.any(String), systemId, title: '全面復旧', version: 1 },
      ...{ status: 'DRAFT', markdown: CONTENT.markdown, contacts: CONTENT.contacts },
      steps: [
        { ...CONTENT.steps[0], role: null, instructions: null, location: null },
        { ...CONTENT.steps[1], instructions: null },
        { ...CONTENT.steps[2], role: null, instructions: null, location: null, plannedMinutes: null },
      ],
      order: ['network', 'restore', 'notify'],
      criticalPath: ['network', 'restore'],
      criticalPathMinutes: 105,
      author: { id: app.world.people.owner, displayName: '運用 さくら', email: 'owner@sonae.example' },
      ...{ submittedAt: null, approvedBy: null, approvedAt: null, comment: null },
      createdAt: '2026-11-23T00:00:00.000Z',
    });
    expect((await manager.get(`/procedure-versions/${answer.body.id}`)).body).toEqual(answer.body);
  });

  it('proves nothing yet', async () => {
    const systemId = await newSystem();
    const { body } = await write(systemId);
    await act(body.id, 'submit', owner);
    expect(await evidenceOf(systemId)).toEqual([]);
    expect(await stateOf(systemId, 'procedure-approved')).toMatchObject({ state: 'UNKNOWN' });
  });

  it('refuses steps that cannot be put in order, naming them', async () => {
    const systemId = await newSystem();
    const errorsOf = async (steps: object[]) => {
      const { status, body } = await write(systemId, { steps: steps.map((step) => ({ title: '手順', ...step })) });
      expect(status).toBe(422);
      return body.errors.map(({ field, code, message }: never) => [field, code, message]);
    };
    expect(await errorsOf([{ key: 'a' }, { key: 'a' }])).toEqual([
      ['steps[1].key', 'STEP_KEY_TWICE', expect.stringContaining('「a」')],
    ]);
    expect(await errorsOf([{ key: 'a', dependsOn: ['b'] }])).toEqual([
      ['steps[0].dependsOn', 'STEP_UNKNOWN', expect.stringContaining('「b」')],
    ]);
    expect(
      await errorsOf([
        { key: 'a', dependsOn: ['b'] },
        { key: 'b', dependsOn: ['a'] },
      ]),
    ).toEqual([['steps[0].dependsOn', 'STEP_CYCLE', expect.stringContaining('a → b → a')]]);
    expect((await owner.get(`/systems/${systemId}/procedures`)).body.items).toEqual([]);
  });

  it('names every malformed field', async () => {
    const systemId = await newSystem();
    const { status, body } = await write(systemId, {
      title: '',
      status: 'APPROVED',
      steps: [{ key: 'two words', title: '', plannedMinutes: -1, done: true }],
      contacts: [{ name: '誰か', email: 'nowhere' }],
    });
    expect(status).toBe(400);
    expect(body.errors.map(({ field, code }: never) => `${field} ${code}`).sort()).toEqual([
      'contacts[0].email NOT_AN_EMAIL',
      'status UNKNOWN_FIELD',
      'steps[0].done UNKNOWN_FIELD',
      'steps[0].key WRONG_FORMAT',
      'steps[0].plannedMinutes TOO_SMALL',
      'steps[0].title REQUIRED',
      'title REQUIRED',
    ]);
  });

  it('is for an owner a matter of their own systems', async () => {
    const systemId = await newSystem();
    expect(await write(systemId, {}, await app.as('deputy'))).toMatchObject({ status: 403 });
    expect(await write(systemId, {}, await app.as('auditor'))).toMatchObject({ status: 403 });
    expect(await write(systemId, {}, await app.as('outsider'))).toMatchObject({ status: 404 });
  });
});

describe('the way into force', () => {
  it('leads over a person other than the author, whose approval is the proof', async () => {
    const systemId = await newSystem();
    const { body: version } = await write(systemId);
    expect(await act(version.id, 'approve', manager)).toMatchObject({
      status: 409,
      body: { code: 'PROCEDURE_NOT_SUBMITTED' },
    });
    expect(await act(version.id, 'submit', owner)).toMatchObject({
      status: 200,
      body: { status: 'SUBMITTED', submittedAt: '2026-11-23T00:00:00.000Z' },
    });
    expect(await act(version.id, 'submit', owner)).toMatchObject({
      status: 409,
      body: { code: 'PROCEDURE_NOT_DRAFT' },
    });
    expect(await act(version.id, 'approve', owner)).toMatchObject({ status: 403 });
    const answer = await act(version.id, 'approve', manager, { comment: '確認済み' });
    expect(answer).toMatchObject({
      status: 200,
      body: { status: 'APPROVED', approvedBy: { id: app.world.people.manager }, comment: '確認済み' },
    });
    expect(answer.body.affected).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ruleTitle: '復旧手順の整備', fromState: 'UNKNOWN', toState: 'MET' }),
        expect.objectContaining({ ruleTitle: '復旧手順の見直し', fromState: 'UNKNOWN', dueOn: '2027-05-23' }),
      ]),
    );
    expect(await evidenceOf(systemId)).toEqual([
      {
        ...{ kind: 'APPROVAL', subject: 'PROCEDURE', outcome: 'PASSED', strength: 'DECLARED', source: 'WORKFLOW' },
        performerId: app.world.people.manager,
        performedAt: new Date('2026-11-23T00:00:00Z'),
        note: '全面復旧 (1)\n確認済み',
        link: `/systems/${systemId}/procedures/${version.id}`,
      },
    ]);
  });

  it('is closed to the author, whatever roles they have', async () => {
    const systemId = await newSystem();
    const { body } = await write(systemId, {}, manager);
    await act(body.id, 'submit', manager);
    expect(await act(body.id, 'approve', manager)).toMatchObject({ status: 409, body: { code: 'OWN_REQUEST' } });
    expect(await act(body.id, 'approve', await app.as('ciso'))).toMatchObject({ status: 200 });
  });

  it('leads back to the author with a comment, and again to the approver', async () => {
    const { body } = await write(await newSystem());
    await act(body.id, 'submit', owner);
    expect(await act(body.id, 'return', manager)).toMatchObject({ status: 400 });
    expect(await act(body.id, 'return', manager, { comment: '連絡先が古い' })).toMatchObject({
      status: 200,
      body: { status: 'RETURNED', comment: '連絡先が古い' },
    });
    expect(await act(body.id, 'approve', manager)).toMatchObject({ status: 409 });
    expect(await act(body.id, 'submit', owner)).toMatchObject({ status: 200 });
    const events = await app.database.query<{ action: string }>(
      'SELECT action FROM audit_event WHERE record_id = $1 ORDER BY id',
      [body.id],
    );
    expect(events.map(({ action }) => action)).toEqual([
      'procedure.drafted',
      'procedure.submitted',
      'procedure.returned',
      'procedure.submitted',
    ]);
  });

  it('lets one of two approvals at once count', async () => {
    const systemId = await newSystem();
    const { body } = await write(systemId);
    await act(body.id, 'submit', owner);
    const ciso = await app.as('ciso');
    const answers = await Promise.all([act(body.id, 'approve', manager), act(body.id, 'approve', ciso)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await evidenceOf(systemId)).toHaveLength(1);
  });

  it('is hidden from outside', async () => {
    const { body } = await write(await newSystem());
    const outsider = await app.as('outsider');
    const hidden = { status: 404, body: { code: 'PROCEDURE_NOT_FOUND' } };
    expect(await outsider.get(`/procedure-versions/${body.id}`)).toMatchObject(hidden);
    for (const step of ['submit', 'approve']) expect(await act(body.id, step, outsider)).toMatchObject(hidden);
    expect(await act(body.id, 'return', outsider, { comment: '否' })).toMatchObject(hidden);
    expect(await outsider.post(`/procedures/${body.procedureId}/versions`, {})).toMatchObject(hidden);
    const unknown = '01890000-0000-7000-8000-000000000000';
    expect(await outsider.get(`/procedure-versions/${unknown}`)).toMatchObject(hidden);
  });
});

describe('the next version', () => {
  it('leaves the approved one in force until it is approved itself', async () => {
    const systemId = await newSystem();
    const first = await approved(systemId);
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
    await act(second.body.id, 'submit', owner);
    await act(second.body.id, 'approve', manager);
    expect(await listed()).toMatchObject([{ current: { version: 2 }, draft: null }]);
    expect((await owner.get(`/procedure-versions/${first.id}`)).body.status).toBe('SUPERSEDED');
  });

  it('takes the place of a draft, but not of one that waits for approval', async () => {
    const { body: first } = await write(await newSystem());
    const versions = `/procedures/${first.procedureId}/versions`;
    const { body: second } = await owner.post(versions, CONTENT);
    expect((await owner.get(`/procedure-versions/${first.id}`)).body.status).toBe('SUPERSEDED');
    await act(second.id, 'submit', owner);
    expect(await owner.post(versions, CONTENT)).toMatchObject({
      status: 409,
      body: { code: 'PROCEDURE_VERSION_WAITING' },
    });
  });

  it('is numbered once, also when two are written at once', async () => {
    const { body } = await write(await newSystem());
    const answers = await Promise.all([1, 2, 3].map(() => owner.post(`/procedures/${body.procedureId}/versions`, {})));
    expect(answers.map((answer) => answer.body.version).sort()).toEqual([2, 3, 4]);
  });
});

describe('a review', () => {
  const review = { performedOn: '2026-11-01', outcome: 'PASSED', note: '変更なし' };

  it('of the version in force is proof of the day on which it was done', async () => {
    const systemId = await newSystem();
    const { procedureId, id } = await approved(systemId);
    await app.database.query(`ALTER TABLE evidence DISABLE TRIGGER evidence_immutable`);
    await app.database.query(`UPDATE evidence SET performed_at = '2026-10-01' WHERE system_id = $1`, [systemId]);
    await app.database.query(`ALTER TABLE evidence ENABLE TRIGGER evidence_immutable`);
    const answer = await owner.post(`/procedures/${procedureId}/reviews`, review);
    expect(answer.status).toBe(201);
    expect(await stateOf(systemId, 'procedure-review')).toEqual({ state: 'MET', dueOn: '2027-05-01' });
    expect((await evidenceOf(systemId))[1]).toMatchObject({
      ...{ kind: 'REVIEW', subject: 'PROCEDURE', source: 'WORKFLOW', note: '変更なし' },
      performedAt: new Date('2026-11-01T03:00:00Z'),
      link: `/systems/${systemId}/procedures/${id}`,
    });
    const { items } = (await owner.get(`/systems/${systemId}/procedures`)).body;
    expect(items[0].lastReviewedOn).toBe('2026-11-01');
  });

  it('that failed turns the duty at once', async () => {
    const systemId = await newSystem();
    const { procedureId } = await approved(systemId);
    app.clock.advance({ hours: 1 });
    const { body } = await owner.post(`/procedures/${procedureId}/reviews`, {
      performedOn: '2026-11-23',
      outcome: 'FAILED',
    });
    app.clock.advance({ hours: -1 });
    expect(body.affected).toEqual([expect.objectContaining({ ruleKey: 'procedure-review', toState: 'FAILED' })]);
  });

  it('is not dated ahead', async () => {
    const { procedureId } = await approved(await newSystem());
    const ahead = { ...review, performedOn: '2026-11-24' };
    expect(await owner.post(`/procedures/${procedureId}/reviews`, ahead)).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'performedOn', code: 'IN_THE_FUTURE' }] },
    });
  });

  it('needs a version in force, and a person who may give proof', async () => {
    const { body } = await write(await newSystem());
    const path = `/procedures/${body.procedureId}/reviews`;
    expect(await owner.post(path, review)).toMatchObject({ status: 409, body: { code: 'PROCEDURE_NOT_APPROVED' } });
    expect(await (await app.as('auditor')).post(path, review)).toMatchObject({ status: 403 });
    expect(await (await app.as('deputy')).post(path, review)).toMatchObject({ status: 403 });
    expect(await (await app.as('outsider')).post(path, review)).toMatchObject({ status: 404 });
    expect(await owner.post(path, { ...review, performedOn: '2026-02-30' })).toMatchObject({ status: 400 });
  });
});
