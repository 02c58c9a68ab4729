import { type TestApp, startTestApp } from '../support/app';
import { registerSystem } from '../support/builders/systems';
import type { Answer, Client } from '../support/client';

let app: TestApp;
let owner: Client;
let manager: Client;

beforeAll(async () => {
  app = await startTestApp('backup requirements');
  owner = await app.as('owner');
  manager = await app.as('manager');
});
afterAll(() => app.stop());

const newSystem = async (more: object = {}): Promise<string> => (await registerSystem(app, more, 'owner')).id;
const copy = (more: object = {}) => ({ site: '東京', medium: 'ディスク', ...more });
const REQUIREMENT = {
  dataset: '業務データベース',
  method: '日次フル',
  interval: 'PT24H',
  retention: 'P35D',
  rpo: 'P1D',
  copies: [
    copy(),
    copy({ site: '大阪', offsite: true, encrypted: true, account: '' }),
    copy({ offline: true, immutable: true }),
  ],
};
const finding = (code: string, field: string, ruleKey: string, params: object): object => ({
  ...{ code, field, ruleKey, params, gating: false },
  text: expect.any(String),
});
const declare = (systemId: string, more: object = {}, by: Client = owner): Promise<Answer> =>
  by.post(`/systems/${systemId}/backup-requirements`, { ...REQUIREMENT, ...more });
const approve = (id: string, by: Client = manager, body: object = {}): Promise<Answer> =>
  by.post(`/backup-requirements/${id}/approve`, body);
const statesOf = async (systemId: string) => {
  const rows = await app.database.query<{ ruleKey: string; state: string; requirement: string | null }>(
    `SELECT rule_key AS "ruleKey", state, backup_requirement_id AS requirement FROM obligation
     WHERE system_id = $1 AND kind IN ('APPROVAL','COPIES','RECOVERY_POINT') AND rule_key <> 'procedure-approved' ORDER BY rule_key`,
    [systemId],
  );
  return rows;
};

describe('declaring a backup requirement', () => {
  it('makes a draft that is owed backups at once', async () => {
    const systemId = await newSystem();
    expect((await statesOf(systemId)).every(({ requirement }) => requirement === null)).toBe(true);
    const answer = await declare(systemId);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('etag')).toBe('"1"');
    const unmarked = { offsite: false, offline: false, immutable: false, encrypted: false, account: null };
    expect(answer.body).toEqual({
      ...REQUIREMENT,
      ...{ id: expect.any(String), systemId, interval: 'P1D', status: 'DRAFT' },
      copies: REQUIREMENT.copies.map((stored) => ({ ...unmarked, ...stored, account: null })),
      ...{ profile: null, review: { state: 'UNKNOWN', dueOn: expect.any(String) } },
      system: expect.objectContaining({ id: systemId, tier: 'MODERATE' }),
      organisation: expect.objectContaining({ id: app.world.organisations.agency }),
      author: expect.objectContaining({ id: app.world.people.owner }),
      ...{ approvedBy: null, approvedAt: null, lastReviewedOn: null, withdrawnOn: null, changedOn: null },
      ...{ declaredOn: '2026-11-23', ownRequest: true, version: 1 },
      ...{ generations: null, verificationCadence: null, restoreTestCadence: null },
      findings: [
        finding('COPIES_ON_ONE_MEDIUM', 'copies', 'backup-copies', { copies: 3 }),
        finding('COPIES_SHORT', 'copies', 'backup-encrypted', { aspect: 'encrypted', needed: 3, actual: 1 }),
      ],
      ...{ createdAt: '2026-11-23T00:00:00.000Z', updatedAt: '2026-11-23T00:00:00.000Z' },
    });
    const seenByManager = (await manager.get(`/backup-requirements/${answer.body.id}`)).body;
    expect(seenByManager).toEqual({ ...answer.body, ownRequest: false });
    expect((await statesOf(systemId)).map(({ state, requirement }) => [state, requirement])).toEqual(
      Array(5).fill(['UNKNOWN', answer.body.id]),
    );
  });

  it('refuses an interval above the RPO, and keeping for no time', async () => {
    const systemId = await newSystem();
    const nothing = { retention: 'P0D', verificationCadence: 'P0D' };
    expect(await declare(systemId, { interval: 'PT25H', ...nothing })).toMatchObject({
      status: 422,
      body: {
        errors: [
          { field: 'interval', code: 'INTERVAL_EXCEEDS_RPO' },
          { field: 'retention', code: 'ZERO_DURATION' },
          { field: 'verificationCadence', code: 'ZERO_DURATION' },
        ],
      },
    });
  });

  it('names every malformed field', async () => {
    const { status, body } = await declare(await newSystem(), {
      ...{ interval: 'daily', retention: 'PT5H', rpo: 'P1M', status: 'APPROVED' },
      copies: [copy({ offsite: 'yes', colour: 'red' })],
    });
    expect(status).toBe(400);
    expect(body.errors.map(({ field, code }: never) => `${field} ${code}`).sort()).toEqual([
      'copies[0].colour UNKNOWN_FIELD',
      'copies[0].offsite NOT_A_BOOLEAN',
      'interval NOT_A_DURATION',
      'retention NOT_A_PERIOD',
      'rpo NOT_A_DURATION',
      'status UNKNOWN_FIELD',
    ]);
    expect(await declare(await newSystem(), { copies: [] })).toMatchObject({ status: 400 });
  });

  it('is done once for the same data of a system', async () => {
    const systemId = await newSystem();
    const { body } = await declare(systemId);
    expect(await declare(systemId)).toMatchObject({
      status: 409,
      body: { errors: [{ field: 'dataset', code: 'DUPLICATE' }] },
    });
    await owner.post(`/backup-requirements/${body.id}/withdraw`, { reason: '統合' });
    expect(await declare(systemId)).toMatchObject({ status: 201 });
  });

  it('is for those who may write the system', async () => {
    const systemId = await newSystem();
    for (const [person, status] of [
      ['deputy', 403],
      ['auditor', 403],
      ['ciso', 403],
      ['outsider', 404],
      ['manager', 201],
    ] as const)
      expect((await declare(systemId, {}, await app.as(person))).status).toBe(status);
  });
});

describe('approving a backup requirement', () => {
  it('is the proof of the declaration and of the copies that it names', async () => {
    const systemId = await newSystem();
    const { body } = await declare(systemId);
    const answer = await approve(body.id, manager, { comment: '可' });
    expect(answer).toMatchObject({
      status: 200,
      body: { status: 'APPROVED', version: 2, approvedBy: { id: app.world.people.manager } },
    });
    expect(answer.headers.get('etag')).toBe('"2"');
    expect(answer.body.affected).toContainEqual(
      expect.objectContaining({ ruleTitle: 'バックアップ要件の整備', fromState: 'UNKNOWN', toState: 'MET' }),
    );
    expect((await statesOf(systemId)).map(({ ruleKey, state }) => [ruleKey, state])).toEqual([
      ['backup-copies', 'MET'],
      ['backup-encrypted', 'FAILED'],
      ['backup-offline-copy', 'MET'],
      ['backup-requirement-declared', 'MET'],
      ['recovery-point-fresh', 'UNKNOWN'],
    ]);
    const [evidence] = await app.database.query(
      `SELECT kind, subject, strength, source, backup_requirement_id AS requirement, copy_facts AS "copyFacts",
         performer_id AS performer FROM evidence WHERE system_id = $1`,
      [systemId],
    );
    expect(evidence).toEqual({
      ...{ kind: 'APPROVAL', subject: 'BACKUP_REQUIREMENT', strength: 'DECLARED', source: 'WORKFLOW' },
      requirement: body.id,
      performer: app.world.people.manager,
      copyFacts: { copies: 3, offsite: 1, offlineOrImmutable: 1, encrypted: 1 },
    });
  });

  it('is done by another than the author, once', async () => {
    const { body } = await declare(await newSystem(), {}, manager);
    expect(await approve(body.id)).toMatchObject({ status: 409, body: { code: 'OWN_REQUEST' } });
    expect(await approve(body.id, owner)).toMatchObject({ status: 403 });
    expect(await approve(body.id, await app.as('ciso'))).toMatchObject({ status: 200 });
    expect(await approve(body.id, await app.as('ciso'))).toMatchObject({
      status: 409,
      body: { code: 'BACKUP_REQUIREMENT_APPROVED' },
    });
  });

  it('is refused for a state other than the one that was read', async () => {
    const { body } = await declare(await newSystem());
    await owner.patch(`/backup-requirements/${body.id}`, { copies: [copy()] }, '"1"');
    expect(await approve(body.id, manager, { version: 1 })).toMatchObject({ status: 412, body: { code: 'STALE' } });
    expect(await approve(body.id, manager, { version: 2 })).toMatchObject({ status: 200 });
  });

  it('is hidden from outside', async () => {
    const { body } = await declare(await newSystem());
    const outsider = await app.as('outsider');
    const hidden = { status: 404, body: { code: 'BACKUP_REQUIREMENT_NOT_FOUND' } };
    const path = `/backup-requirements/${body.id}`;
    expect(await outsider.get(path)).toMatchObject(hidden);
    expect(await approve(body.id, outsider)).toMatchObject(hidden);
    expect(await outsider.patch(path, { method: '別' }, '"1"')).toMatchObject(hidden);
    expect(await outsider.post(`${path}/withdraw`, { reason: '否' })).toMatchObject(hidden);
    expect(await outsider.get(`/systems/${body.systemId}/backup-requirements`)).toMatchObject({ status: 404 });
  });
});

describe('changing a backup requirement', () => {
  it('of which the content was approved asks for approval again', async () => {
    const { body } = await declare(await newSystem());
    const path = `/backup-requirements/${body.id}`;
    await approve(body.id);
    const answer = await owner.patch(path, { rpo: 'PT36H' }, '"2"');
    expect(answer).toMatchObject({
      status: 200,
      body: { rpo: 'P1DT12H', interval: 'P1D', status: 'DRAFT', approvedBy: null, approvedAt: null, version: 3 },
    });
    expect(answer.body.changedOn).toBe('2026-11-23');
    const [event] = await app.database.query(
      `SELECT before, after FROM audit_event WHERE record_id = $1 AND action = 'backup_requirement.changed'`,
      [body.id],
    );
    expect(event).toEqual({ before: { rpoMinutes: 1440 }, after: { rpoMinutes: 2160 } });
  });

  it('makes the one who changed it its author', async () => {
    const { body } = await declare(await newSystem());
    await manager.patch(`/backup-requirements/${body.id}`, { method: '時間毎' }, '"1"');
    expect(await approve(body.id)).toMatchObject({ status: 409, body: { code: 'OWN_REQUEST' } });
  });

  it('into what it is already changes nothing', async () => {
    const { body } = await declare(await newSystem());
    await approve(body.id);
    const same = { copies: REQUIREMENT.copies, interval: 'P1D' };
    expect(await owner.patch(`/backup-requirements/${body.id}`, same, '"2"')).toMatchObject({
      status: 200,
      body: { status: 'APPROVED', version: 2, changedOn: null },
    });
  });

  it('before its approval leaves no mark of a change', async () => {
    const { body } = await declare(await newSystem());
    const answer = await owner.patch(`/backup-requirements/${body.id}`, { method: '時間毎' }, '"1"');
    expect(answer.body).toMatchObject({ changedOn: null, version: 2 });
  });

  it('keeps the rules, and needs the state that was read', async () => {
    const { body } = await declare(await newSystem());
    const path = `/backup-requirements/${body.id}`;
    expect(await owner.patch(path, { rpo: 'PT1H' }, '"1"')).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'interval', code: 'INTERVAL_EXCEEDS_RPO' }] },
    });
    expect(await owner.patch(path, { rpo: null }, '"1"')).toMatchObject({ status: 400 });
    expect(await owner.patch(path, { method: '別' }, null)).toMatchObject({ status: 428 });
    expect(await owner.patch(path, { method: '別' }, '"9"')).toMatchObject({ status: 412 });
  });
});

describe('the life of a backup requirement', () => {
  it('holds reviews once it is approved', async () => {
    const systemId = await newSystem();
    const { body } = await declare(systemId);
    const path = `/backup-requirements/${body.id}/reviews`;
    const review = { performedOn: '2026-11-23', outcome: 'FAILED', note: '' };
    expect(await owner.post(path, review)).toMatchObject({
      status: 409,
      body: { code: 'BACKUP_REQUIREMENT_NOT_APPROVED' },
    });
    await approve(body.id);
    app.clock.advance({ hours: 1 });
    const answer = await owner.post(path, review);
    app.clock.advance({ hours: -1 });
    expect(answer).toMatchObject({
      status: 201,
      body: { affected: [{ ruleKey: 'backup-requirement-review', toState: 'FAILED' }] },
    });
    expect((await owner.get(`/backup-requirements/${body.id}`)).body.lastReviewedOn).toBe('2026-11-23');
    expect(await owner.post(path, { ...review, performedOn: '2026-12-01' })).toMatchObject({ status: 422 });
  });

  it('ends with its withdrawal: nothing is owed for it any more, and the gap shows', async () => {
    const systemId = await newSystem();
    const { body } = await declare(systemId);
    const path = `/backup-requirements/${body.id}`;
    expect(await owner.post(`${path}/withdraw`, {})).toMatchObject({ status: 400 });
    expect(await owner.post(`${path}/withdraw`, { reason: '統合' })).toMatchObject({
      status: 200,
      body: { withdrawnOn: '2026-11-23', version: 2 },
    });
    expect((await statesOf(systemId)).every(({ requirement }) => requirement === null)).toBe(true);
    const refusal = { status: 409, body: { code: 'BACKUP_REQUIREMENT_WITHDRAWN' } };
    expect(await owner.patch(path, { method: '別' }, '"2"')).toMatchObject(refusal);
    expect(await approve(body.id)).toMatchObject(refusal);
    const list = async (query = '') => (await owner.get(`/systems/${systemId}/backup-requirements${query}`)).body.items;
    expect(await list()).toEqual([]);
    expect(await list('?withdrawn=true')).toEqual([expect.objectContaining({ id: body.id })]);
  });

  it('shows in the list of its system, page by page', async () => {
    const systemId = await newSystem();
    for (const dataset of ['C', 'A', 'B']) await declare(systemId, { dataset });
    const first = await owner.get(`/systems/${systemId}/backup-requirements?limit=2`);
    expect(first.body.items.map(({ dataset }: never) => dataset)).toEqual(['A', 'B']);
    const next = await owner.get(`/systems/${systemId}/backup-requirements?limit=2&cursor=${first.body.nextCursor}`);
    expect(next.body).toMatchObject({ items: [{ dataset: 'C' }], nextCursor: null });
  });
});
