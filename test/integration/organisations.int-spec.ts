import { DataSource } from 'typeorm';
import { OrganisationsService } from '../../src/registry/organisations/organisations.service';
import { type TestApp, startTestApp } from '../support/app';
import type { Client } from '../support/client';
import { itemsOfAllPages } from '../support/pages';
import { cloneDatabase } from '../support/database';

let app: TestApp;
let admin: Client;

beforeAll(async () => {
  app = await startTestApp('organisations');
  admin = await app.as('admin');
});
afterAll(() => app.stop());

let made = 0;
const create = async (parentId: string, fields: object = {}) =>
  (
    await admin.post('/organisations', {
      code: `ORG-${++made}`,
      name: `課${made}`,
      kind: 'DIVISION',
      parentId,
      ...fields,
    })
  ).body;

describe('the list of organisations', () => {
  it('shows the tree from top to bottom with its paths, and nothing of another ministry', async () => {
    const { status, body } = await (await app.as('auditor')).get('/organisations');
    expect(status).toBe(200);
    expect(body.items.map(({ code, depth, path }: never) => [code, depth, path])).toEqual([
      ['MIN', 0, ['見本省']],
      ['AGC-1', 1, ['見本省', '第一機構']],
      ['AGC-2', 1, ['見本省', '第二機構']],
    ]);
    expect(body.nextCursor).toBeNull();
  });

  it('begins for a person of an agency with that agency', async () => {
    const { body } = await (await app.as('owner')).get('/organisations');
    expect(body.items).toEqual([expect.objectContaining({ code: 'AGC-1', depth: 1, path: ['見本省', '第一機構'] })]);
  });

  it('is given in pages that together are the list', async () => {
    const parent = await create(app.world.organisations.agency);
    await create(parent.id);
    const whole = (await admin.get('/organisations')).body.items.map(({ id }: { id: string }) => id);
    const pages = (await itemsOfAllPages<{ id: string }>(admin, '/organisations', 2)).map(({ id }) => id);
    expect(pages).toEqual(whole);
    expect(whole.indexOf(parent.id)).toBe(whole.indexOf(app.world.organisations.agency) + 1);
  });

  it('finds by a part of code or name, whatever the width of letters', async () => {
    for (const q of ['agc-1', 'ＡＧＣ－1', '第一'])
      expect((await admin.get(`/organisations?q=${encodeURIComponent(q)}`)).body.items).toEqual([
        expect.objectContaining({ code: 'AGC-1' }),
      ]);
    expect((await admin.get('/organisations?q=%25')).body.items).toEqual([]);
  });

  it('refuses a cursor that is none', async () => {
    expect(await admin.get('/organisations?cursor=abc')).toMatchObject({ status: 400 });
  });
});

describe('a new organisation', () => {
  it('is created below another and given back with its ETag', async () => {
    const parentId = app.world.organisations.agency;
    const answer = await admin.post('/organisations', {
      code: ' NEW ',
      name: '情報課',
      nameEn: 'IT Division',
      kind: 'DIVISION',
      parentId,
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(answer.body).toEqual({
      ...{ id: expect.any(String), code: 'NEW', name: '情報課', nameEn: 'IT Division', kind: 'DIVISION', parentId },
      ...{ depth: 2, path: ['見本省', '第一機構', '情報課'], version: 1 },
      ...{ sharesDetails: true, detailsOpen: true, offered: [] },
    });
    expect((await admin.get(`/organisations/${answer.body.id}`)).body).toEqual(answer.body);
    const events = await app.database.query(
      `SELECT action, actor_id AS "actorId", after FROM audit_event WHERE record_id = $1`,
      [answer.body.id],
    );
    expect(events).toEqual([
      {
        action: 'organisation.created',
        actorId: app.world.people.admin,
        after: { code: 'NEW', name: '情報課', nameEn: 'IT Division', kind: 'DIVISION', parentId },
      },
    ]);
  });

  it('needs a code that is free', async () => {
    const answer = await admin.post('/organisations', {
      code: 'AGC-1',
      name: '重複',
      kind: 'AGENCY',
      parentId: app.world.organisations.ministry,
    });
    expect(answer).toMatchObject({ status: 409, body: { errors: [{ field: 'code', code: 'DUPLICATE' }] } });
  });

  it('needs a parent, of a known kind, and no other fields', async () => {
    const answer = await admin.post('/organisations', { code: 'X', name: 'X', kind: 'VILLAGE', id: 'mine' });
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map(({ field, code }: never) => [field, code]).sort()).toEqual([
      ['id', 'UNKNOWN_FIELD'],
      ['kind', 'NOT_IN_LIST'],
      ['parentId', 'REQUIRED'],
    ]);
  });

  it('cannot be put below an organisation that is out of sight', async () => {
    const outsider = await app.as('outsider');
    const answer = await outsider.post('/organisations', {
      code: 'INTRUDER',
      name: '侵入',
      kind: 'DIVISION',
      parentId: app.world.organisations.agency,
    });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: 'parentId', code: 'NOT_FOUND' }] } });
  });

  it.each(['owner', 'manager', 'auditor', 'ciso'] as const)('is nothing that %s may make', async (person) => {
    const client = await app.as(person);
    const body = { code: 'NO', name: '不可', kind: 'DIVISION', parentId: app.world.organisations.agency };
    expect(await client.post('/organisations', body)).toMatchObject({ status: 403, body: { code: 'NOT_ALLOWED' } });
  });
});

describe('one organisation', () => {
  it('cannot be seen from outside', async () => {
    const outsider = await app.as('outsider');
    const path = `/organisations/${app.world.organisations.agency}`;
    expect(await outsider.get(path)).toMatchObject({ status: 404, body: { code: 'ORGANISATION_NOT_FOUND' } });
    expect(await outsider.patch(path, { name: '改名' }, '"1"')).toMatchObject({ status: 404 });
    expect(await outsider.get('/organisations/nonsense')).toMatchObject({ status: 404 });
  });

  it('is renamed; what is absent stays and null clears', async () => {
    const { id } = await create(app.world.organisations.agency, { nameEn: 'Division' });
    const renamed = await admin.patch(`/organisations/${id}`, { name: '新名称' }, '"1"');
    expect(renamed).toMatchObject({ status: 200, body: { name: '新名称', nameEn: 'Division', version: 2 } });
    expect(renamed.headers.get('etag')).toBe('"2"');
    const cleared = await admin.patch(`/organisations/${id}`, { nameEn: null }, '"2"');
    expect(cleared.body).toMatchObject({ name: '新名称', nameEn: null, version: 3 });
    expect(await admin.patch(`/organisations/${id}`, { name: null }, '"3"')).toMatchObject({ status: 400 });
    const [event] = await app.database.query(
      `SELECT before, after FROM audit_event WHERE record_id = $1 AND action = 'organisation.changed' ORDER BY id LIMIT 1`,
      [id],
    );
    expect(event).toMatchObject({ after: { name: '新名称' }, before: { name: expect.stringMatching(/^課/) } });
  });

  it('is not changed by one who read an earlier state, or says not which', async () => {
    const { id } = await create(app.world.organisations.agency);
    await admin.patch(`/organisations/${id}`, { name: '一' }, '"1"');
    expect(await admin.patch(`/organisations/${id}`, { name: '二' }, '"1"')).toMatchObject({
      status: 412,
      body: { code: 'STALE' },
    });
    expect(await admin.patch(`/organisations/${id}`, { name: '二' }, null)).toMatchObject({ status: 428 });
    expect((await admin.get(`/organisations/${id}`)).body.name).toBe('一');
  });

  it('is not changed by one who may only read it', async () => {
    const answer = await (
      await app.as('auditor')
    ).patch(`/organisations/${app.world.organisations.agency}`, { name: '改名' }, '"1"');
    expect(answer).toMatchObject({ status: 403 });
  });
});

describe('a move', () => {
  it('takes along everything below, with its readers', async () => {
    const bureau = await create(app.world.organisations.agency);
    const division = await create(bureau.id);
    const owner = await app.as('owner');
    expect((await owner.get(`/organisations/${division.id}`)).status).toBe(200);
    const parentId = app.world.organisations.otherAgency;
    const moved = await admin.patch(`/organisations/${bureau.id}`, { parentId }, '"1"');
    expect(moved).toMatchObject({ status: 200, body: { parentId, depth: 2 } });
    expect((await admin.get(`/organisations/${division.id}`)).body.path.slice(0, 2)).toEqual(['見本省', '第二機構']);
    expect((await owner.get(`/organisations/${division.id}`)).status).toBe(404);
  });

  it('below itself is refused', async () => {
    const upper = await create(app.world.organisations.agency);
    const lower = await create(upper.id);
    for (const parentId of [lower.id, upper.id])
      expect(await admin.patch(`/organisations/${upper.id}`, { parentId }, '"1"')).toMatchObject({
        status: 409,
        body: { code: 'ORGANISATION_CYCLE', errors: [{ field: 'parentId' }] },
      });
    expect((await admin.get(`/organisations/${upper.id}`)).body).toMatchObject({ depth: 2, version: 1 });
  });

  it('into what the person does not administer is refused', async () => {
    const { id } = await create(app.world.organisations.agency);
    const parentId = app.world.organisations.otherMinistry;
    expect(await admin.patch(`/organisations/${id}`, { parentId }, '"1"')).toMatchObject({ status: 422 });
  });

  it('derives the duties of its systems from the policy there', async () => {
    const bureau = await create(app.world.organisations.agency);
    const manager = await app.as('manager');
    const fields = { code: 'MOVED', name: '移動対象', organisationId: bureau.id, tier: 'HIGH' };
    const system = (await manager.post('/systems', fields)).body;
    const policies = async () =>
      app.database.query(
        `SELECT DISTINCT p.organisation_id AS "organisationId" FROM obligation o JOIN policy p ON p.id = o.policy_id WHERE o.system_id = $1`,
        [system.id],
      );
    const { ministry, otherAgency } = app.world.organisations;
    expect(await policies()).toEqual([{ organisationId: ministry }]);
    const draft = await admin.post('/policies', { organisationId: otherAgency, pack: 'in-force' });
    expect(draft.status).toBe(201);
    await (await app.as('ciso')).post(`/policies/${draft.body.id}/publish`);
    await admin.patch(`/organisations/${bureau.id}`, { parentId: otherAgency }, '"1"');
    expect(await policies()).toEqual([{ organisationId: otherAgency }]);
  });

  it('under a policy stricter than its own is refused until its own is tightened', async () => {
    const ciso = await app.as('ciso');
    const { agency, ministry } = app.world.organisations;
    const publish = async (organisationId: string, parts: object = {}) => {
      const { body } = await admin.post('/policies', { organisationId, ...parts });
      expect((await ciso.post(`/policies/${body.id}/publish`)).status).toBe(200);
    };
    const bureau = await create(ministry);
    await publish(bureau.id);
    await publish(agency, { reviewAfterChange: 'P14D' });
    const move = (etag: string) => admin.patch(`/organisations/${bureau.id}`, { parentId: agency }, etag);
    expect(await move('"1"')).toMatchObject({
      status: 409,
      body: { code: 'POLICY_BELOW_FLOOR', detail: expect.stringContaining(bureau.name) },
    });
    expect((await admin.get(`/organisations/${bureau.id}`)).body).toMatchObject({ parentId: ministry, version: 1 });
    await publish(bureau.id, { reviewAfterChange: 'P7D' });
    expect(await move('"1"')).toMatchObject({ status: 200 });
  });
});

describe('the first organisation', () => {
  it('is made once, in an empty installation', async () => {
    const service = app.app.get(OrganisationsService);
    await expect(
      app.dataSource.transaction((m) => service.createRoot(m, { code: 'TOP', name: '頂点', kind: 'MINISTRY' })),
    ).rejects.toMatchObject({ status: 409, code: 'ORGANISATION_ROOT_EXISTS' });
    const empty = await cloneDatabase('empty');
    const dataSource = await new DataSource({
      ...app.dataSource.options,
      ...(empty.connection as object),
      username: empty.connection.user,
    } as never).initialize();
    try {
      const id = await dataSource.transaction((m) =>
        service.createRoot(m, { code: 'TOP', name: '頂点', kind: 'MINISTRY' }),
      );
      expect(await empty.query('SELECT organisation_id AS id, depth FROM organisation_closure')).toEqual([
        { id, depth: 0 },
      ]);
    } finally {
      await dataSource.destroy();
      await empty.drop();
    }
  });
});
