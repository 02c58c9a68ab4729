import { type TestApp, startTestApp } from '../support/app';
import { registerSystem, systemFields } from '../support/builders/systems';
import type { Client } from '../support/client';

let app: TestApp;
let owner: Client;
let manager: Client;

beforeAll(async () => {
  app = await startTestApp('systems', { now: '2026-11-23T00:00:00Z' });
  owner = await app.as('owner');
  manager = await app.as('manager');
});
afterAll(() => app.stop());

const eventsOf = (id: string) =>
  app.database.query<{ action: string; before: object; after: object }>(
    'SELECT action, before, after FROM audit_event WHERE record_id = $1 ORDER BY id',
    [id],
  );
const obligationsOf = (id: string) =>
  app.database.query<{ tier: string; ruleKey: string }>(
    'SELECT tier, rule_key AS "ruleKey" FROM obligation WHERE system_id = $1',
    [id],
  );

describe('registering a system', () => {
  it('takes every field and gives it back with what follows from it', async () => {
    const { people, organisations } = app.world;
    const said = {
      ...{ code: 'PAY-1', name: '給付システム', nameEn: 'Benefit system', tier: 'HIGH', lifecycle: 'OPERATING' },
      ...{ confidentiality: 3, integrity: 2, availability: 2, publicFacing: true, outsourced: true, hosting: 'CLOUD' },
      ...{
        sites: ['東京"第一"', '大阪\\第二'],
        supplier: '見本商事',
        rto: 'PT4H',
        rpo: 'PT60M',
        mtd: 'P1D',
        note: '一\n二',
      },
    };
    const answer = await manager.post('/systems', {
      ...said,
      organisationId: organisations.agency,
      ownerId: people.owner,
      deputyId: people.deputy,
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(answer.body).toEqual({
      ...said,
      id: expect.any(String),
      rpo: 'PT1H',
      organisation: { id: organisations.agency, code: 'AGC-1', name: '第一機構', nameEn: null },
      owner: { id: people.owner, displayName: '運用 さくら', email: 'owner@sonae.example' },
      deputy: { id: people.deputy, displayName: '副島 翔', email: 'deputy@sonae.example' },
      ...{ registeredOn: '2026-11-23', operatingSinceOn: '2026-11-23', tierSinceOn: '2026-11-23', retiredOn: null },
      unreachable: null,
      targetFindings: [
        {
          code: 'TARGET_TOO_LARGE',
          params: { target: 'MTD', minutes: 1440, maxMinutes: 720 },
          text: expect.stringContaining('12時間'),
        },
      ],
      allowed: [
        ...[
          'systems:write',
          'tiers:approve',
          'evidence:write',
          'backup-evidence:write',
          'waivers:request',
          'improvements:write',
        ],
        ...['procedures:read', 'procedures:write', 'procedures:approve', 'backups:write', 'backups:approve'],
        'inlets:write',
      ],
      version: 1,
      createdAt: '2026-11-23T00:00:00.000Z',
      updatedAt: '2026-11-23T00:00:00.000Z',
    });
    const seenByOwner = (await owner.get(`/systems/${answer.body.id}`)).body;
    expect(seenByOwner).toEqual({ ...answer.body, allowed: expect.not.arrayContaining(['tiers:approve']) });
    expect(await eventsOf(answer.body.id)).toEqual([
      expect.objectContaining({
        action: 'system.created',
        before: null,
        after: expect.objectContaining({ code: 'PAY-1' }),
      }),
    ]);
    expect((await obligationsOf(answer.body.id)).length).toBeGreaterThan(10);
  });

  it('needs little: the rest has a default', async () => {
    const { body } = await manager.post('/systems', systemFields(app));
    expect(body).toMatchObject({
      ...{ lifecycle: 'OPERATING', confidentiality: 1, publicFacing: false, hosting: 'ON_PREMISES', sites: [] },
      ...{ owner: null, deputy: null, rto: null, nameEn: null },
      targetFindings: [{ code: 'TARGET_MISSING' }, { code: 'TARGET_MISSING' }, { code: 'TARGET_MISSING' }],
    });
  });

  it('makes an owner the owner of what they register, unless they name another', async () => {
    expect((await registerSystem(app, {}, 'owner')).owner.id).toBe(app.world.people.owner);
    expect((await registerSystem(app, { ownerId: app.world.people.deputy }, 'owner')).owner.id).toBe(
      app.world.people.deputy,
    );
    expect((await registerSystem(app, {}, 'manager')).owner).toBeNull();
  });

  it('as planned owes nothing yet', async () => {
    const { id } = await registerSystem(app, { lifecycle: 'PLANNED' });
    expect(await obligationsOf(id)).toEqual([]);
  });

  it('needs a code that is free in the organisation, and only there', async () => {
    const { code } = await registerSystem(app);
    expect(await manager.post('/systems', systemFields(app, { code }))).toMatchObject({
      status: 409,
      body: { code: 'INVALID_FIELDS', errors: [{ field: 'code', code: 'DUPLICATE' }] },
    });
    const elsewhere = { code, organisationId: app.world.organisations.otherAgency };
    expect((await registerSystem(app, elsewhere, 'ciso')).code).toBe(code);
  });

  it('names every malformed field, also those it does not know', async () => {
    const answer = await manager.post('/systems', {
      ...{ code: ' ', name: 7, organisationId: 'here', tier: 'TOP', rto: '4 hours', lifecycle: 'RETIRED', id: 'mine' },
      ...{ verdict: 'READY', confidentiality: 4, publicFacing: null, sites: [''] },
    });
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map(({ field, code }: never) => `${field} ${code}`).sort()).toEqual([
      'code REQUIRED',
      'confidentiality TOO_LARGE',
      'id UNKNOWN_FIELD',
      'lifecycle NOT_IN_LIST',
      'name NOT_TEXT',
      'organisationId NOT_AN_ID',
      'publicFacing REQUIRED',
      'rto NOT_A_DURATION',
      'sites TOO_SHORT',
      'tier NOT_IN_LIST',
      'verdict UNKNOWN_FIELD',
    ]);
  });

  it('refuses a recovery time above the tolerable downtime, and people who are not there', async () => {
    await app.database.query('UPDATE app_user SET active = false WHERE id = $1', [app.world.people.deputy]);
    const answer = await manager.post(
      '/systems',
      systemFields(app, {
        rto: 'P2D',
        mtd: 'P1D',
        ownerId: '01890000-0000-7000-8000-000000000000',
        deputyId: app.world.people.deputy,
      }),
    );
    await app.database.query('UPDATE app_user SET active = true WHERE id = $1', [app.world.people.deputy]);
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map(({ field, code }: never) => `${field} ${code}`)).toEqual([
      'ownerId UNKNOWN_USER',
      'deputyId UNKNOWN_USER',
      'rto RTO_ABOVE_MTD',
      'mtd RTO_ABOVE_MTD',
    ]);
  });

  it('is nothing for an auditor, nor for an organisation out of sight', async () => {
    expect(await (await app.as('auditor')).post('/systems', systemFields(app))).toMatchObject({ status: 403 });
    expect(await (await app.as('outsider')).post('/systems', systemFields(app))).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'organisationId', code: 'NOT_FOUND' }] },
    });
    const elsewhere = systemFields(app, { organisationId: app.world.organisations.otherAgency });
    expect(await manager.post('/systems', elsewhere)).toMatchObject({ status: 422 });
    expect(await app.browser().post('/systems', systemFields(app))).toMatchObject({ status: 401 });
  });
});

describe('retiring a system', () => {
  it('ends what it owes, for a reason that is kept', async () => {
    const { id } = await registerSystem(app);
    expect(await manager.post(`/systems/${id}/retire`, {})).toMatchObject({ status: 400 });
    const answer = await manager.post(`/systems/${id}/retire`, { reason: '後継システムへ移行' });
    expect(answer).toMatchObject({ status: 200, body: { lifecycle: 'RETIRED', retiredOn: '2026-11-23', version: 2 } });
    expect(await obligationsOf(id)).toEqual([]);
    expect((await eventsOf(id))[1]).toMatchObject({
      action: 'system.retired',
      before: { lifecycle: 'OPERATING' },
      after: { lifecycle: 'RETIRED', reason: '後継システムへ移行' },
    });
  });

  it('is final', async () => {
    const { id } = await registerSystem(app);
    await manager.post(`/systems/${id}/retire`, { reason: '廃止' });
    const refusal = { status: 409, body: { code: 'SYSTEM_RETIRED' } };
    expect(await manager.post(`/systems/${id}/retire`, { reason: '廃止' })).toMatchObject(refusal);
    expect(await manager.patch(`/systems/${id}`, { lifecycle: 'OPERATING' }, '"2"')).toMatchObject(refusal);
  });
});
