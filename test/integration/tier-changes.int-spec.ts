import { type TestApp, startTestApp } from '../support/app';
import { registerSystem } from '../support/builders/systems';
import type { Answer, Client } from '../support/client';
import { csvOf, importFile } from '../support/imports';
import type { PersonName } from '../support/world';

let app: TestApp;
let owner: Client;
let manager: Client;
let ciso: Client;

beforeAll(async () => {
  app = await startTestApp('tier changes', { worker: true, now: '2026-11-23T00:00:00Z' });
  [owner, manager, ciso] = await Promise.all([app.as('owner'), app.as('manager'), app.as('ciso')]);
});
afterAll(() => app.stop());

const newSystem = async (tier: string): Promise<string> =>
  (await registerSystem(app, { tier, ownerId: app.world.people.owner })).id;
const ask = (systemId: string, tier: string, by: Client = owner): Promise<Answer> =>
  by.post(`/systems/${systemId}/tier-changes`, { tier, reason: '利用者が増えた' });
const act = (id: string, step: string, by: Client, body: object = {}): Promise<Answer> =>
  by.post(`/tier-changes/${id}/${step}`, body);
const tierOf = async (id: string): Promise<string> => (await ciso.get(`/systems/${id}`)).body.tier;
const offeredTo = async (person: PersonName, id: string): Promise<string[]> =>
  (await (await app.as(person)).get(`/tier-changes/${id}`)).body.offered;
const waitingFor = async (by: Client): Promise<string[]> =>
  (await by.get('/tier-changes/waiting')).body.items.map(({ id }: { id: string }) => id);
const refused = (status: number, code: string) => ({ status, body: { code } });

describe('the tier of a system', () => {
  it('is not changed by an edit, while everything else beside the same tier is', async () => {
    const id = await newSystem('MODERATE');
    expect(await manager.patch(`/systems/${id}`, { tier: 'LOW', note: '注' }, '"1"')).toMatchObject({
      status: 409,
      body: { errors: [{ field: 'tier', code: 'TIER_CHANGE_NEEDED' }] },
    });
    const same = await manager.patch(`/systems/${id}`, { tier: 'MODERATE', note: '注' }, '"1"');
    expect(same).toMatchObject({ status: 200, body: { tier: 'MODERATE', note: '注' } });
  });

  it('does not change without an approval of just that change, not even past the service', async () => {
    const id = await newSystem('MODERATE');
    const { body } = await ask(id, 'HIGH');
    const force = (tier: string) => app.database.query('UPDATE system SET tier = $2 WHERE id = $1', [id, tier]);
    await expect(force('HIGH')).rejects.toMatchObject({ constraint: 'ck_system_tier_approved' });
    await act(body.id, 'approve', manager);
    await expect(force('LOW')).rejects.toMatchObject({ constraint: 'ck_system_tier_approved' });
    const back = await ask(id, 'MODERATE');
    await act(back.body.id, 'approve', ciso);
    // The first approval has served.
    await expect(force('HIGH')).rejects.toMatchObject({ constraint: 'ck_system_tier_approved' });
  });
});

describe('a request for another tier', () => {
  it('changes nothing until another person approves; then the system owes what the tier asks', async () => {
    const id = await newSystem('LOW');
    const owed = async (): Promise<Set<string>> => {
      const rows = await app.database.query<{ tier: string }>('SELECT tier FROM obligation WHERE system_id = $1', [id]);
      return new Set(rows.map(({ tier }) => tier));
    };
    const { status, body } = await ask(id, 'HIGH');
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...{ system: { id }, organisation: { code: 'AGC-1' }, fromTier: 'LOW', requestedTier: 'HIGH' },
      ...{ reason: '利用者が増えた', importId: null, status: 'REQUESTED', requestedAt: '2026-11-23T00:00:00.000Z' },
      ...{ requestedBy: { id: app.world.people.owner }, decidedBy: null, decidedAt: null, comment: null },
      offered: ['withdraw'],
    });
    expect([await tierOf(id), await owed()]).toEqual(['LOW', new Set(['LOW'])]);
    expect(await act(body.id, 'approve', manager, { comment: '妥当' })).toMatchObject({
      status: 200,
      body: { status: 'APPROVED', decidedBy: { id: app.world.people.manager }, comment: '妥当', offered: [] },
    });
    expect([await tierOf(id), await owed()]).toEqual(['HIGH', new Set(['HIGH'])]);
  });

  it('is on record with who asked, who decided and what changed', async () => {
    const id = await newSystem('LOW');
    const { body } = await ask(id, 'MODERATE');
    await act(body.id, 'approve', manager);
    const events = await app.database.query<{ action: string; actorId: string }>(
      `SELECT action, actor_id AS "actorId" FROM audit_event WHERE record_id IN ($1, $2) AND action <> 'system.created' ORDER BY id`,
      [id, body.id],
    );
    const { people } = app.world;
    expect(events).toEqual([
      { action: 'tier_change.requested', actorId: people.owner },
      { action: 'tier_change.approved', actorId: people.manager },
      { action: 'system.changed', actorId: people.manager },
    ]);
  });

  it('is never decided by the person who asked, whatever roles they have', async () => {
    const id = await newSystem('MODERATE');
    const { body } = await ask(id, 'HIGH', manager);
    expect(await act(body.id, 'approve', manager)).toMatchObject(refused(409, 'OWN_REQUEST'));
    expect(await act(body.id, 'reject', manager, { comment: '否' })).toMatchObject(refused(409, 'OWN_REQUEST'));
    expect(await tierOf(id)).toBe('MODERATE');
    await expect(
      app.database.query(
        `UPDATE tier_change SET status = 'APPROVED', decided_by_id = requested_by_id, decided_at = now() WHERE id = $1`,
        [body.id],
      ),
    ).rejects.toMatchObject({ constraint: 'ck_tier_change_decider' });
  });

  it('to lower a HIGH system is decided by the office of the CISO only', async () => {
    const id = await newSystem('HIGH');
    const { body } = await ask(id, 'MODERATE');
    expect(await act(body.id, 'approve', manager)).toMatchObject(refused(403, 'NOT_ALLOWED'));
    expect([await offeredTo('manager', body.id), await offeredTo('ciso', body.id)]).toEqual([
      [],
      ['approve', 'reject'],
    ]);
    expect(await act(body.id, 'approve', ciso)).toMatchObject({ status: 200 });
    const lower = await ask(id, 'LOW');
    expect(await act(lower.body.id, 'approve', manager)).toMatchObject({ status: 200 });
    expect(await tierOf(id)).toBe('LOW');
  });

  it('is one at a time, for another tier than the present one', async () => {
    const id = await newSystem('MODERATE');
    expect(await ask(id, 'MODERATE')).toMatchObject({ status: 422, body: { errors: [{ code: 'SAME_TIER' }] } });
    const answers = await Promise.all(['HIGH', 'LOW', 'HIGH'].map((tier) => ask(id, tier)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('TIER_CHANGE_WAITING');
  });

  it('is rejected with a reason, or withdrawn by the person who asked', async () => {
    const id = await newSystem('MODERATE');
    const first = (await ask(id, 'LOW')).body.id as string;
    expect(await act(first, 'reject', manager)).toMatchObject({ status: 400 });
    expect(await act(first, 'reject', manager, { comment: '根拠がない' })).toMatchObject({
      status: 200,
      body: { status: 'REJECTED', comment: '根拠がない' },
    });
    const second = (await ask(id, 'LOW')).body.id as string;
    expect(await act(second, 'withdraw', manager)).toMatchObject(refused(403, 'NOT_YOUR_REQUEST'));
    expect(await act(second, 'withdraw', owner)).toMatchObject({ status: 200, body: { status: 'WITHDRAWN' } });
    for (const step of ['approve', 'reject'])
      expect(await act(second, step, manager, { comment: '遅い' })).toMatchObject(refused(409, 'TIER_CHANGE_DECIDED'));
    const { items } = (await owner.get(`/systems/${id}/tier-changes`)).body;
    expect(items.map(({ status }: Answer['body']) => status).sort()).toEqual(['REJECTED', 'WITHDRAWN']);
    expect(await tierOf(id)).toBe('MODERATE');
  });

  it('is decided once when two decide at once, and never changes afterwards', async () => {
    const id = await newSystem('MODERATE');
    const { body } = await ask(id, 'HIGH');
    const answers = await Promise.all([
      act(body.id, 'approve', manager),
      act(body.id, 'reject', ciso, { comment: '否' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    await expect(
      app.database.query(`UPDATE tier_change SET comment = 'other' WHERE id = $1`, [body.id]),
    ).rejects.toMatchObject({ constraint: 'ck_tier_change_immutable' });
  });

  it('waits on the list of those who may decide it, and of nobody else', async () => {
    const id = await newSystem('HIGH');
    const { body } = await ask(id, 'LOW', manager);
    expect(await waitingFor(ciso)).toContain(body.id);
    expect(await waitingFor(manager)).not.toContain(body.id);
    for (const person of ['owner', 'auditor', 'admin', 'operator'] as const)
      expect((await (await app.as(person)).get('/tier-changes/waiting')).status).toBe(403);
    expect(await waitingFor(await app.as('outsider'))).toEqual([]);
    await manager.post(`/systems/${id}/retire`, { reason: '廃止' });
    expect(await waitingFor(ciso)).not.toContain(body.id);
    expect(await act(body.id, 'approve', ciso)).toMatchObject(refused(409, 'SYSTEM_RETIRED'));
  });

  it('is not there for outsiders, and not to be made by those who only read', async () => {
    const id = await newSystem('MODERATE');
    const outsider = await app.as('outsider');
    expect(await ask(id, 'HIGH', outsider)).toMatchObject(refused(404, 'SYSTEM_NOT_FOUND'));
    expect(await ask(id, 'HIGH', await app.as('auditor'))).toMatchObject(refused(403, 'NOT_ALLOWED'));
    expect(await ask(id, 'HIGH', await app.as('operator'))).toMatchObject(refused(403, 'NOT_ALLOWED'));
    const { body } = await ask(id, 'HIGH');
    expect(await outsider.get(`/tier-changes/${body.id}`)).toMatchObject(refused(404, 'TIER_CHANGE_NOT_FOUND'));
    const hidden = refused(404, 'TIER_CHANGE_NOT_FOUND');
    expect(await act(body.id, 'approve', outsider)).toMatchObject(hidden);
    expect(await act(body.id, 'reject', outsider, { comment: '否' })).toMatchObject(hidden);
    expect(await act(body.id, 'withdraw', outsider)).toMatchObject(hidden);
  });
});

describe('an import that names another tier for a registered system', () => {
  const take = async (tier: string, dryRun = false) =>
    importFile(await app.as('admin'), csvOf(['code', 'name', 'tier'], ['IMPORTED', '取込対象', tier]), {
      dryRun,
      mapping: {
        organisationId: app.world.organisations.agency,
        columns: { code: 'code', name: 'name' },
        tier: { column: 'tier', values: { 高: 'HIGH', 中: 'MODERATE', 低: 'LOW' } },
      },
    });
  const requests = async (): Promise<Answer['body'][]> => {
    const { body } = await ciso.get('/systems?q=IMPORTED');
    return (await ciso.get(`/systems/${body.items[0].id}/tier-changes`)).body.items;
  };

  it('asks for it, says so in its report, and leaves the tier to the approver', async () => {
    await take('低');
    const trial = await take('高', true);
    expect(trial.warnings).toEqual([
      expect.objectContaining({ row: 2, column: 'tier', code: 'TIER_CHANGE_REQUESTED' }),
    ]);
    expect(await requests()).toEqual([]);
    const report = await take('高');
    expect(report).toMatchObject({ status: 'DONE', updated: 0, unchanged: 1, warningCount: 1 });
    const [request] = await requests();
    expect(request).toMatchObject({
      ...{ fromTier: 'LOW', requestedTier: 'HIGH', status: 'REQUESTED', reason: null, importId: report.id },
      requestedBy: { id: app.world.people.admin },
    });
    expect(await tierOf(request.system.id)).toBe('LOW');
    expect(await act(request.id, 'approve', manager)).toMatchObject({ status: 200 });
    expect(await tierOf(request.system.id)).toBe('HIGH');
  });

  it('does not ask twice while a request waits', async () => {
    await take('中');
    const again = await take('低');
    expect(again.warnings).toEqual([expect.objectContaining({ code: 'TIER_CHANGE_WAITING' })]);
    const open = (await requests()).filter(({ status }) => status === 'REQUESTED');
    expect(open).toEqual([expect.objectContaining({ requestedTier: 'MODERATE' })]);
  });
});
