import { type TestApp, startTestApp } from '../support/app';
import { actOn, CONTENT, evidenceOf, writeProcedure } from '../support/builders/procedures';
import { registerSystem } from '../support/builders/systems';
import type { Client } from '../support/client';

let app: TestApp;
let owner: Client;
let manager: Client;

beforeAll(async () => {
  app = await startTestApp('procedures');
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

describe('writing a procedure', () => {
  it('makes a draft with its order and critical path', async () => {
    const systemId = await newSystem();
    const answer = await writeProcedure(owner, systemId);
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
      ...{ launchCriteria: null, launchedBy: null, lastDrill: null, secretHints: [] },
      author: { id: app.world.people.owner, displayName: '運用 さくら', email: 'owner@sonae.example' },
      ...{ submittedAt: null, approvedBy: null, approvedAt: null, comment: null, ownRequest: true },
      createdAt: '2026-11-23T00:00:00.000Z',
    });
    const seenByManager = (await manager.get(`/procedure-versions/${answer.body.id}`)).body;
    expect(seenByManager).toEqual({ ...answer.body, ownRequest: false });
  });

  it('proves nothing yet', async () => {
    const systemId = await newSystem();
    const { body } = await writeProcedure(owner, systemId);
    await actOn(body.id, 'submit', owner);
    expect(await evidenceOf(app, systemId)).toEqual([]);
    expect(await stateOf(systemId, 'procedure-approved')).toMatchObject({ state: 'UNKNOWN' });
  });

  it('refuses steps that cannot be put in order, naming them', async () => {
    const systemId = await newSystem();
    const errorsOf = async (steps: object[]) => {
      const { status, body } = await writeProcedure(owner, systemId, {
        steps: steps.map((step) => ({ title: '手順', ...step })),
      });
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
    const { status, body } = await writeProcedure(owner, systemId, {
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
    expect(await writeProcedure(await app.as('deputy'), systemId)).toMatchObject({ status: 403 });
    expect(await writeProcedure(await app.as('auditor'), systemId)).toMatchObject({ status: 403 });
    expect(await writeProcedure(await app.as('outsider'), systemId)).toMatchObject({ status: 404 });
  });
});

describe('the way into force', () => {
  it('leads over a person other than the author, whose approval is the proof', async () => {
    const systemId = await newSystem();
    const { body: version } = await writeProcedure(owner, systemId);
    expect(await actOn(version.id, 'approve', manager)).toMatchObject({
      status: 409,
      body: { code: 'PROCEDURE_NOT_SUBMITTED' },
    });
    expect(await actOn(version.id, 'submit', owner)).toMatchObject({
      status: 200,
      body: { status: 'SUBMITTED', submittedAt: '2026-11-23T00:00:00.000Z' },
    });
    expect(await actOn(version.id, 'submit', owner)).toMatchObject({
      status: 409,
      body: { code: 'PROCEDURE_NOT_DRAFT' },
    });
    expect(await actOn(version.id, 'approve', owner)).toMatchObject({ status: 403 });
    const answer = await actOn(version.id, 'approve', manager, { comment: '確認済み' });
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
    expect(await evidenceOf(app, systemId)).toEqual([
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
    const { body } = await writeProcedure(manager, systemId);
    await actOn(body.id, 'submit', manager);
    expect(await actOn(body.id, 'approve', manager)).toMatchObject({ status: 409, body: { code: 'OWN_REQUEST' } });
    expect(await actOn(body.id, 'approve', await app.as('ciso'))).toMatchObject({ status: 200 });
  });

  it('leads back to the author with a comment, and again to the approver', async () => {
    const { body } = await writeProcedure(owner, await newSystem());
    await actOn(body.id, 'submit', owner);
    expect(await actOn(body.id, 'return', manager)).toMatchObject({ status: 400 });
    expect(await actOn(body.id, 'return', manager, { comment: '連絡先が古い' })).toMatchObject({
      status: 200,
      body: { status: 'RETURNED', comment: '連絡先が古い' },
    });
    expect(await actOn(body.id, 'approve', manager)).toMatchObject({ status: 409 });
    expect(await actOn(body.id, 'submit', owner)).toMatchObject({ status: 200 });
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
    const { body } = await writeProcedure(owner, systemId);
    await actOn(body.id, 'submit', owner);
    const ciso = await app.as('ciso');
    const answers = await Promise.all([actOn(body.id, 'approve', manager), actOn(body.id, 'approve', ciso)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await evidenceOf(app, systemId)).toHaveLength(1);
  });

  it('is hidden from outside', async () => {
    const { body } = await writeProcedure(owner, await newSystem());
    const outsider = await app.as('outsider');
    const hidden = { status: 404, body: { code: 'PROCEDURE_NOT_FOUND' } };
    expect(await outsider.get(`/procedure-versions/${body.id}`)).toMatchObject(hidden);
    for (const step of ['submit', 'approve']) expect(await actOn(body.id, step, outsider)).toMatchObject(hidden);
    expect(await actOn(body.id, 'return', outsider, { comment: '否' })).toMatchObject(hidden);
    expect(await outsider.post(`/procedures/${body.procedureId}/versions`, {})).toMatchObject(hidden);
    const unknown = '01890000-0000-7000-8000-000000000000';
    expect(await outsider.get(`/procedure-versions/${unknown}`)).toMatchObject(hidden);
  });
});
