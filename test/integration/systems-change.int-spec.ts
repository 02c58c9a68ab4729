import { type TestApp, startTestApp } from '../support/app';
import { changeTier, registerSystem } from '../support/builders/systems';
import type { Client } from '../support/client';

let app: TestApp;
let owner: Client;
let manager: Client;

beforeAll(async () => {
  app = await startTestApp('systems change', { now: '2026-11-23T00:00:00Z' });
  owner = await app.as('owner');
  manager = await app.as('manager');
});
afterAll(() => app.stop());

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

describe('changing a system', () => {
  it('keeps what is absent, clears what is null, and tells before and after', async () => {
    const system = await registerSystem(app, { nameEn: 'Old', rto: 'PT4H', supplier: '旧社' });
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
    const { id } = await registerSystem(app);
    const answer = await manager.patch(`/systems/${id}`, { name: null, tierSinceOn: '2020-01-01' }, '"1"');
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map(({ field, code }: never) => `${field} ${code}`).sort()).toEqual([
      'name REQUIRED',
      'tierSinceOn UNKNOWN_FIELD',
    ]);
  });

  it('does nothing when nothing differs', async () => {
    const { id, name } = await registerSystem(app);
    expect(await manager.patch(`/systems/${id}`, { name }, '"1"')).toMatchObject({ status: 200, body: { version: 1 } });
    expect(await eventsOf(id)).toHaveLength(1);
  });

  it('needs the state that was read, and to be told which that is', async () => {
    const { id } = await registerSystem(app);
    await manager.patch(`/systems/${id}`, { note: '一' }, '"1"');
    expect(await manager.patch(`/systems/${id}`, { note: '二' }, '"1"')).toMatchObject({ status: 412 });
    expect(await manager.patch(`/systems/${id}`, { note: '二' }, null)).toMatchObject({ status: 428 });
    expect((await manager.get(`/systems/${id}`)).body.note).toBe('一');
  });

  it('lets one of two at once win', async () => {
    const { id } = await registerSystem(app);
    const answers = await Promise.all(
      ['一', '二', '三'].map((note) => manager.patch(`/systems/${id}`, { note }, '"1"')),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  });

  it('of the tier begins a new tier and derives other duties', async () => {
    const { id } = await registerSystem(app, { tier: 'LOW' });
    const low = await obligationsOf(id);
    await backdate(id);
    await changeTier(app, id, 'HIGH');
    const { body } = await manager.get(`/systems/${id}`);
    expect(body).toMatchObject({ tier: 'HIGH', tierSinceOn: '2026-11-23', operatingSinceOn: '2026-04-01' });
    const high = await obligationsOf(id);
    expect(high.length).toBeGreaterThan(low.length);
    expect(new Set(high.map(({ tier }) => tier))).toEqual(new Set(['HIGH']));
  });

  it('of the tier downwards excuses nothing that is overdue', async () => {
    const { id } = await registerSystem(app, { tier: 'HIGH' });
    await backdate(id);
    await changeTier(app, id, 'LOW');
    const { body } = await manager.get(`/systems/${id}`);
    expect(body).toMatchObject({ tier: 'LOW', tierSinceOn: '2026-04-01' });
  });

  it('of tier, owner or targets reopens reviews, of other fields does not', async () => {
    const changedOn = async (edit: object, tier?: string) => {
      const { id } = await registerSystem(app, { rto: 'PT4H' });
      await manager.patch(`/systems/${id}`, edit, '"1"');
      if (tier) await changeTier(app, id, tier);
      const [row] = await app.database.query<{ day: string | null }>(
        'SELECT changed_on::text AS day FROM system WHERE id = $1',
        [id],
      );
      return row?.day;
    };
    expect(await changedOn({}, 'HIGH')).toBe('2026-11-23');
    for (const edit of [{ ownerId: app.world.people.owner }, { rto: 'PT5H' }, { rpo: 'PT5H' }])
      expect(await changedOn(edit)).toBe('2026-11-23');
    for (const edit of [{ name: '新名称' }, { note: '注' }, { deputyId: app.world.people.deputy }, { rto: 'PT4H' }])
      expect(await changedOn(edit)).toBeNull();
  });

  it('from planned to operating makes it owe from that day, and never the other way round', async () => {
    const { id } = await registerSystem(app, { lifecycle: 'PLANNED' });
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
    const { id } = await registerSystem(app);
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
    const own = await registerSystem(app, { ownerId: people.owner });
    const deputised = await registerSystem(app, { deputyId: people.owner });
    const other = await registerSystem(app, { ownerId: people.deputy });
    expect(await owner.patch(`/systems/${own.id}`, { note: '可' }, '"1"')).toMatchObject({ status: 200 });
    expect(await owner.patch(`/systems/${deputised.id}`, { note: '可' }, '"1"')).toMatchObject({ status: 200 });
    expect(await owner.patch(`/systems/${other.id}`, { note: '否' }, '"1"')).toMatchObject({
      status: 403,
      body: { code: 'NOT_ALLOWED' },
    });
  });

  it('is impossible from outside, and for an auditor', async () => {
    const { id } = await registerSystem(app);
    const outsider = await app.as('outsider');
    expect(await outsider.get(`/systems/${id}`)).toMatchObject({ status: 404, body: { code: 'SYSTEM_NOT_FOUND' } });
    expect(await outsider.patch(`/systems/${id}`, { note: '否' }, '"1"')).toMatchObject({ status: 404 });
    expect(await outsider.post(`/systems/${id}/retire`, { reason: '否' })).toMatchObject({ status: 404 });
    const auditor = await app.as('auditor');
    expect((await auditor.get(`/systems/${id}`)).status).toBe(200);
    expect(await auditor.patch(`/systems/${id}`, { note: '否' }, '"1"')).toMatchObject({ status: 403 });
  });
});
