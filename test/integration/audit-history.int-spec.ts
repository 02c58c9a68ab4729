import { startTestApp, type TestApp } from '../support/app';
import { completedRun } from '../support/builders/drills';
import { writeProcedure } from '../support/builders/procedures';
import { registerSystem } from '../support/builders/systems';
import type { Answer, Client } from '../support/client';
import { eventually } from '../support/eventually';

let app: TestApp;
let system: Answer['body'];
let evidenceId: string;

beforeAll(async () => {
  app = await startTestApp('audit history');
  system = await registerSystem(app, { ownerId: app.world.people.owner });
  const owner = await app.as('owner');
  const { headers } = await owner.get(`/systems/${system.id}`);
  await owner.patch(`/systems/${system.id}`, { supplier: '見本電算' }, headers.get('etag'));
  const proof = { kind: 'REVIEW', subject: 'CONTACTS', outcome: 'PASSED', performedAt: '2026-11-22T06:00:00Z' };
  evidenceId = (await owner.post(`/systems/${system.id}/evidence`, proof)).body.id;
});
afterAll(() => app?.stop());

const history = async (by: Client, query = ''): Promise<Record<string, unknown>[]> =>
  (await by.get(`/systems/${system.id}/history${query}`)).body.items as Record<string, unknown>[];
const actions = (events: Record<string, unknown>[]): unknown[] => events.map(({ action }) => action);

describe('the history of a system', () => {
  it('shows whoever sees the system what was done to it and what belongs to it, the newest first', async () => {
    expect(actions(await history(await app.as('owner')))).toEqual([
      'evidence.recorded',
      'system.changed',
      'system.created',
    ]);
    const [, change] = await history(await app.as('owner'));
    expect(change).toMatchObject({
      actor: { id: app.world.people.owner },
      before: { supplier: null },
      after: { supplier: '見本電算' },
    });
  });

  it('does not show where a request came from, nor the chain', async () => {
    for (const event of await history(await app.as('owner')))
      for (const kept of ['address', 'requestId', 'hash', 'seq', 'personalErased'])
        expect(Object.keys(event)).not.toContain(kept);
  });

  it('is that of one record when one is named, and comes in pages', async () => {
    const owner = await app.as('owner');
    expect(actions(await history(owner, `?recordId=${evidenceId}`))).toEqual(['evidence.recorded']);
    expect(await history(owner, `?recordId=${app.world.people.owner}`)).toEqual([]);
    const { body } = await owner.get(`/systems/${system.id}/history?limit=2`);
    expect(actions(await history(owner, `?limit=2&cursor=${body.nextCursor}`))).toEqual(['system.created']);
  });

  it('does not tell who tried what they may not', async () => {
    const auditor = await app.as('auditor');
    const { headers } = await auditor.get(`/systems/${system.id}`);
    const { status } = await auditor.patch(`/systems/${system.id}`, { supplier: 'x' }, headers.get('etag'));
    expect(status).toBe(403);
    const all = (): Promise<Record<string, unknown>[]> =>
      app.database.query(`SELECT FROM audit_event WHERE action = 'access.denied'`);
    await eventually(all, ({ length }) => length > 0);
    expect(actions(await history(auditor))).not.toContain('access.denied');
  });

  it('leaves out the procedures for whoever may not read them', async () => {
    const owner = await app.as('owner');
    const { status } = await writeProcedure(owner, system.id);
    expect(status).toBe(201);
    expect(actions(await history(owner))).toContain('procedure.drafted');
    const operator = actions(await history(await app.as('operator')));
    expect(operator).toContain('evidence.recorded');
    expect(operator).not.toContain('procedure.drafted');
  });

  it('has the waivers of the system, each with its own history', async () => {
    const owner = await app.as('owner');
    const { items } = (await owner.get(`/systems/${system.id}/obligations`)).body;
    const asked = { reason: '更改中', compensatingMeasure: '手作業', expiresOn: '2026-12-31' };
    const { id } = (await owner.post(`/obligations/${items[0].id}/waivers`, asked)).body;
    await owner.post(`/waivers/${id}/withdraw`, {});
    expect(actions(await history(owner)).slice(0, 2)).toEqual(['waiver.withdrawn', 'waiver.requested']);
    expect(actions(await history(owner, `?recordId=${id}`))).toEqual(['waiver.withdrawn', 'waiver.requested']);
  });

  it('has its improvement items, each with its own history, but not those of its organisation', async () => {
    const owner = await app.as('owner');
    const found = { source: 'AUDIT', title: '連絡網の更新' };
    const { id } = (await owner.post('/improvements', { ...found, systemId: system.id })).body;
    const { headers } = await owner.get(`/improvements/${id}`);
    expect((await owner.patch(`/improvements/${id}`, { title: '連絡網' }, headers.get('etag'))).status).toBe(200);
    const { agency } = app.world.organisations;
    const { status } = await (await app.as('ciso')).post('/improvements', { ...found, organisationId: agency });
    expect(status).toBe(201);
    expect(actions(await history(owner)).slice(0, 2)).toEqual(['improvement.changed', 'improvement.opened']);
    const [change] = await history(owner, `?recordId=${id}`);
    expect(change).toMatchObject({
      ...{ action: 'improvement.changed', recordType: 'improvement_item', recordId: id, systemId: system.id },
      ...{ before: { title: '連絡網の更新' }, after: { title: '連絡網' } },
    });
  });

  it('has its drills and their runs, without what happened step by step', async () => {
    const { systemId, drillId, run } = await completedRun(app);
    const owner = await app.as('owner');
    const shown = async (by: Client, query = '') =>
      actions((await by.get(`/systems/${systemId}/history${query}`)).body.items).filter((action) =>
        String(action).startsWith('drill'),
      );
    const planned = 'drill.planned';
    expect(await shown(owner)).toEqual(['drill_run.completed', 'drill_run.begun', 'drill_run.opened', planned]);
    expect(await shown(owner, `?recordId=${drillId}`)).toEqual([planned]);
    const auditor = await app.as('auditor');
    const all = actions((await auditor.get(`/audit-events?recordId=${run.split('/').at(-1)}`)).body.items);
    expect(all).toContain('drill_run.step_finished');
  });

  it('is not there for whoever may not see the system', async () => {
    for (const [person, status] of [
      ['outsider', 404],
      ['contributor', 404],
    ] as const)
      expect([person, (await (await app.as(person)).get(`/systems/${system.id}/history`)).status]).toEqual([
        person,
        status,
      ]);
  });
});
