import { type TestApp, startTestApp } from '../support/app';
import type { Client } from '../support/client';
import type { PersonName } from '../support/world';

let app: TestApp;
let owner: Client;
let manager: Client;

beforeAll(async () => {
  app = await startTestApp('systems', { now: '2026-11-23T00:00:00Z' });
  owner = await app.as('owner');
  manager = await app.as('manager');
});
afterAll(() => app.stop());

let made = 0;
const fields = (more: object = {}) => ({
  code: `SYS-${String(++made).padStart(4, '0')}`,
  name: `情報システム${made}`,
  organisationId: app.world.organisations.agency,
  tier: 'MODERATE',
  ...more,
});
const register = async (more: object = {}, by: PersonName = 'manager') => {
  const answer = await (await app.as(by)).post('/systems', fields(more));
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body;
};
const eventsOf = (id: string) =>
  app.database.query<{ action: string; before: object; after: object }>(
    'SELECT action, before, after FROM audit_event WHERE record_id = $1 ORDER BY id',
    [id],
  );
/** As if it had been registered in spring. */
const backdate = (id: string) =>
  app.database.query(
    `UPDATE system SET operating_since_on = '2026-04-01', tier_since_on = '2026-04-01' WHERE id = $1`,
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
      targetFindings: [
        {
          code: 'TARGET_TOO_LARGE',
          params: { target: 'MTD', minutes: 1440, maxMinutes: 720 },
          text: expect.stringContaining('12時間'),
        },
      ],
      version: 1,
      createdAt: '2026-11-23T00:00:00.000Z',
      updatedAt: '2026-11-23T00:00:00.000Z',
    });
    expect((await owner.get(`/systems/${answer.body.id}`)).body).toEqual(answer.body);
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
    const { body } = await manager.post('/systems', fields());
    expect(body).toMatchObject({
      ...{ lifecycle: 'OPERATING', confidentiality: 1, publicFacing: false, hosting: 'ON_PREMISES', sites: [] },
      ...{ owner: null, deputy: null, rto: null, nameEn: null },
      targetFindings: [{ code: 'TARGET_MISSING' }, { code: 'TARGET_MISSING' }, { code: 'TARGET_MISSING' }],
    });
  });

  it('makes an owner the owner of what they register, unless they name another', async () => {
    expect((await register({}, 'owner')).owner.id).toBe(app.world.people.owner);
    expect((await register({ ownerId: app.world.people.deputy }, 'owner')).owner.id).toBe(app.world.people.deputy);
    expect((await register({}, 'manager')).owner).toBeNull();
  });

  it('as planned owes nothing yet', async () => {
    const { id } = await register({ lifecycle: 'PLANNED' });
    expect(await obligationsOf(id)).toEqual([]);
  });

  it('needs a code that is free in the organisation, and only there', async () => {
    const { code } = await register();
    expect(await manager.post('/systems', fields({ code }))).toMatchObject({
      status: 409,
      body: { code: 'INVALID_FIELDS', errors: [{ field: 'code', code: 'DUPLICATE' }] },
    });
    const elsewhere = { code, organisationId: app.world.organisations.otherAgency };
    expect((await register(elsewhere, 'ciso')).code).toBe(code);
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
      fields({
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
    expect(await (await app.as('auditor')).post('/systems', fields())).toMatchObject({ status: 403 });
    expect(await (await app.as('outsider')).post('/systems', fields())).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'organisationId', code: 'NOT_FOUND' }] },
    });
    const elsewhere = fields({ organisationId: app.world.organisations.otherAgency });
    expect(await manager.post('/systems', elsewhere)).toMatchObject({ status: 422 });
    expect(await app.browser().post('/systems', fields())).toMatchObject({ status: 401 });
  });
});

describe('changing a system', () => {
  it('keeps what is absent, clears what is null, and tells before and after', async () => {
    const system = await register({ nameEn: 'Old', rto: 'PT4H', supplier: '旧社' });
    const answer = await manager.patch(`/systems/${system.id}`, { nameEn: null, rto: 'PT8H' }, '"1"');
    expect(answer).toMatchObject({ status: 200, body: { nameEn: null, rto: 'PT8H', supplier: '旧社', version: 2 } });
    expect(answer.headers.get('etag')).toBe('"2"');
    expect((await eventsOf(system.id))[1]).toEqual({
      action: 'system.changed',
      before: { nameEn: 'Old', rtoMinutes: 240 },
      after: { nameEn: null, rtoMinutes: 480 },
    });
  });

  it('refuses null where a value is needed, and fields that are not there to be changed', async () => {
    const { id } = await register();
    const answer = await manager.patch(`/systems/${id}`, { name: null, tierSinceOn: '2020-01-01' }, '"1"');
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map(({ field, code }: never) => `${field} ${code}`).sort()).toEqual([
      'name REQUIRED',
      'tierSinceOn UNKNOWN_FIELD',
    ]);
  });

  it('does nothing when nothing differs', async () => {
    const { id, name } = await register();
    expect(await manager.patch(`/systems/${id}`, { name }, '"1"')).toMatchObject({ status: 200, body: { version: 1 } });
    expect(await eventsOf(id)).toHaveLength(1);
  });

  it('needs the state that was read, and to be told which that is', async () => {
    const { id } = await register();
    await manager.patch(`/systems/${id}`, { note: '一' }, '"1"');
    expect(await manager.patch(`/systems/${id}`, { note: '二' }, '"1"')).toMatchObject({ status: 412 });
    expect(await manager.patch(`/systems/${id}`, { note: '二' }, null)).toMatchObject({ status: 428 });
    expect((await manager.get(`/systems/${id}`)).body.note).toBe('一');
  });

  it('lets one of two at once win', async () => {
    const { id } = await register();
    const answers = await Promise.all(
      ['一', '二', '三'].map((note) => manager.patch(`/systems/${id}`, { note }, '"1"')),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  });

  it('of the tier begins a new tier and derives other duties', async () => {
    const { id } = await register({ tier: 'LOW' });
    const low = await obligationsOf(id);
    await backdate(id);
    const { body } = await manager.patch(`/systems/${id}`, { tier: 'HIGH' }, '"1"');
    expect(body).toMatchObject({ tier: 'HIGH', tierSinceOn: '2026-11-23', operatingSinceOn: '2026-04-01' });
    const high = await obligationsOf(id);
    expect(high.length).toBeGreaterThan(low.length);
    expect(new Set(high.map(({ tier }) => tier))).toEqual(new Set(['HIGH']));
  });

  it('of tier, owner or targets reopens reviews, of other fields does not', async () => {
    const changedOn = async (edit: object) => {
      const { id } = await register({ rto: 'PT4H' });
      await manager.patch(`/systems/${id}`, edit, '"1"');
      const [row] = await app.database.query<{ day: string | null }>(
        'SELECT changed_on::text AS day FROM system WHERE id = $1',
        [id],
      );
      return row?.day;
    };
    for (const edit of [{ tier: 'HIGH' }, { ownerId: app.world.people.owner }, { rto: 'PT5H' }, { rpo: 'PT5H' }])
      expect(await changedOn(edit)).toBe('2026-11-23');
    for (const edit of [{ name: '新名称' }, { note: '注' }, { deputyId: app.world.people.deputy }, { rto: 'PT4H' }])
      expect(await changedOn(edit)).toBeNull();
  });

  it('from planned to operating makes it owe from that day, and never the other way round', async () => {
    const { id } = await register({ lifecycle: 'PLANNED' });
    await backdate(id);
    const { body } = await manager.patch(`/systems/${id}`, { lifecycle: 'OPERATING' }, '"1"');
    expect(body).toMatchObject({ operatingSinceOn: '2026-11-23', tierSinceOn: '2026-04-01' });
    expect((await obligationsOf(id)).length).toBeGreaterThan(10);
    expect(await manager.patch(`/systems/${id}`, { lifecycle: 'PLANNED' }, '"2"')).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'lifecycle', code: 'NOT_BACK_TO_PLANNED' }] },
    });
  });

  it('into another organisation needs the right to register there', async () => {
    const { id } = await register();
    const organisationId = app.world.organisations.otherAgency;
    expect(await manager.patch(`/systems/${id}`, { organisationId }, '"1"')).toMatchObject({ status: 422 });
    const moved = await (await app.as('ciso')).patch(`/systems/${id}`, { organisationId }, '"1"');
    expect(moved).toMatchObject({ status: 200, body: { organisation: { code: 'AGC-2' } } });
    expect((await manager.get(`/systems/${id}`)).status).toBe(404);
    const [row] = await app.database.query(
      'SELECT DISTINCT organisation_id AS id FROM obligation WHERE system_id = $1',
      [id],
    );
    expect(row).toEqual({ id: organisationId });
  });

  it('is for an owner a matter of their own systems', async () => {
    const { people } = app.world;
    const own = await register({ ownerId: people.owner });
    const deputised = await register({ deputyId: people.owner });
    const other = await register({ ownerId: people.deputy });
    expect(await owner.patch(`/systems/${own.id}`, { note: '可' }, '"1"')).toMatchObject({ status: 200 });
    expect(await owner.patch(`/systems/${deputised.id}`, { note: '可' }, '"1"')).toMatchObject({ status: 200 });
    expect(await owner.patch(`/systems/${other.id}`, { note: '否' }, '"1"')).toMatchObject({
      status: 403,
      body: { code: 'NOT_ALLOWED' },
    });
  });

  it('is impossible from outside, and for an auditor', async () => {
    const { id } = await register();
    const outsider = await app.as('outsider');
    expect(await outsider.get(`/systems/${id}`)).toMatchObject({ status: 404, body: { code: 'SYSTEM_NOT_FOUND' } });
    expect(await outsider.patch(`/systems/${id}`, { note: '否' }, '"1"')).toMatchObject({ status: 404 });
    expect(await outsider.post(`/systems/${id}/retire`, { reason: '否' })).toMatchObject({ status: 404 });
    const auditor = await app.as('auditor');
    expect((await auditor.get(`/systems/${id}`)).status).toBe(200);
    expect(await auditor.patch(`/systems/${id}`, { note: '否' }, '"1"')).toMatchObject({ status: 403 });
  });
});

describe('retiring a system', () => {
  it('ends what it owes, for a reason that is kept', async () => {
    const { id } = await register();
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
    const { id } = await register();
    await manager.post(`/systems/${id}/retire`, { reason: '廃止' });
    const refusal = { status: 409, body: { code: 'SYSTEM_RETIRED' } };
    expect(await manager.post(`/systems/${id}/retire`, { reason: '廃止' })).toMatchObject(refusal);
    expect(await manager.patch(`/systems/${id}`, { lifecycle: 'OPERATING' }, '"2"')).toMatchObject(refusal);
  });
});
