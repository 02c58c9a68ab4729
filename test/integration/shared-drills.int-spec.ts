import { DEFAULT_POLICY } from '../../src/core/policy/default-policy';
import { startTestApp, type TestApp } from '../support/app';
import { completedRun } from '../support/builders/drills';
import { registerSystem } from '../support/builders/systems';
import type { Answer, Client } from '../support/client';

let app: TestApp;
let owner: Client;
let manager: Client;

beforeEach(async () => {
  app = await startTestApp('shared drills');
  [owner, manager] = [await app.as('owner'), await app.as('manager')];
});
afterEach(() => app.stop());

/** The policy of the ministry in a version by which the functional drill of a shared system counts. */
async function countShared(): Promise<void> {
  const rules = DEFAULT_POLICY.rules.map((rule) =>
    rule.key === 'drill-functional' && rule.metBy ? { ...rule, metBy: { ...rule.metBy, sharedDrills: true } } : rule,
  );
  const draft = await (
    await app.as('admin')
  ).post('/policies', { organisationId: app.world.organisations.ministry, rules });
  const { status, body } = await (await app.as('ciso')).post(`/policies/${draft.body.id}/publish`);
  if (status !== 200) throw new Error(JSON.stringify([draft.body, body]));
}

async function dependent(dependsOnId: string, { hard = true, ...more }: Record<string, unknown> = {}): Promise<string> {
  const { id } = await registerSystem(app, { tier: 'MODERATE', rto: 'PT4H', rpo: 'P1D', ...more });
  const { status, body } = await manager.put(
    `/systems/${id}/dependencies`,
    { dependsOn: [{ systemId: dependsOnId, hard }] },
    '"1"',
  );
  if (status !== 200) throw new Error(JSON.stringify(body));
  return id;
}

const functional = async (systemId: string): Promise<Answer['body']> =>
  (await manager.get(`/systems/${systemId}/obligations`)).body.items.find(
    ({ ruleKey }: Answer['body']) => ruleKey === 'drill-functional',
  );
const drillsOf = async (systemId: string): Promise<Answer['body'][]> =>
  (await manager.get(`/systems/${systemId}/evidence?kind=DRILL`)).body.items;

describe('a drill of a shared system', () => {
  it('counts for the systems that cannot do without it where their policy says so, and is no measurement of theirs', async () => {
    await countShared();
    const { systemId, run } = await completedRun(app);
    const [needing, using] = [await dependent(systemId), await dependent(systemId, { hard: false })];
    const { body } = await owner.post(`${run}/attest`);
    expect(
      body.affected.every((each: Answer['body']) => each.systemId === undefined || each.systemId === systemId),
    ).toBe(true);
    const [own] = await drillsOf(systemId);
    const [shared] = await drillsOf(needing);
    expect(own).toMatchObject({ shared: false, measuredMinutes: 120 });
    expect(shared).toMatchObject({
      ...{ shared: true, outcome: 'PASSED', strength: 'VALIDATED', creditedDrillType: 'FUNCTIONAL' },
      ...{ measuredMinutes: null, recoveryPointAt: null, link: null, performedAt: own.performedAt },
    });
    expect((await manager.get(`/evidence/${shared.id}`)).body.sharedFrom).toMatchObject({
      ...{ evidenceId: own.id, system: { id: systemId } },
    });
    expect(await functional(needing)).toMatchObject({ state: 'MET', evidenceId: shared.id });
    expect(await drillsOf(using)).toEqual([]);
    expect((await functional(using)).state).toBe('UNKNOWN');
    expect((await manager.get(`/systems/${needing}/achieved`)).body.items).toEqual([]);
  });

  it('is kept and counts for nothing where the policy does not say so, until it does', async () => {
    const { systemId, run } = await completedRun(app);
    const needing = await dependent(systemId);
    await owner.post(`${run}/attest`);
    expect(await drillsOf(needing)).toHaveLength(1);
    expect((await functional(needing)).state).toBe('UNKNOWN');
    await countShared();
    expect((await functional(needing)).state).toBe('MET');
  });

  it('that took longer than the RTO of a dependent has failed for that one', async () => {
    await countShared();
    const { systemId, run } = await completedRun(app);
    const hasty = await dependent(systemId, { rto: 'PT1H' });
    const patient = await dependent(systemId);
    await owner.post(`${run}/attest`);
    expect([(await functional(hasty)).state, (await functional(patient)).state]).toEqual(['FAILED', 'MET']);
  });

  it('leaves a later failure of the dependent standing', async () => {
    await countShared();
    const { systemId, run } = await completedRun(app);
    const needing = await dependent(systemId);
    app.clock.advance({ minutes: 5 });
    const failed = await manager.post(`/systems/${needing}/evidence`, manualDrill('FAILED'));
    expect(failed.body).toMatchObject({ outcome: 'FAILED', shared: false });
    expect((await functional(needing)).state).toBe('FAILED');
    await owner.post(`${run}/attest`);
    // Held before the failure: it says nothing of what failed after it.
    expect((await functional(needing)).state).toBe('FAILED');
    expect(await drillsOf(needing)).toHaveLength(2);
  });

  it('that is corrected by hand is corrected for its dependents too', async () => {
    await countShared();
    const { id: systemId } = await registerSystem(app, { tier: 'MODERATE', rto: 'PT4H', rpo: 'P1D' });
    const needing = await dependent(systemId);
    const { body } = await manager.post(`/systems/${systemId}/evidence`, manualDrill('PASSED'));
    expect((await functional(needing)).state).toBe('MET');
    const corrected = await manager.post(`/evidence/${body.id}/supersede`, {
      ...manualDrill('FAILED'),
      reason: '確認値の誤り',
    });
    expect(corrected.status).toBe(201);
    expect((await functional(needing)).state).toBe('FAILED');
    expect(await drillsOf(needing)).toHaveLength(1);
  });

  it('is not a drill of a retired system, nor of one where those who held it may not be named', async () => {
    await countShared();
    const { systemId, run } = await completedRun(app);
    const needing = await dependent(systemId);
    const elsewhere = await dependent(systemId);
    await app.database.query(`UPDATE system SET lifecycle = 'RETIRED', retired_on = '2026-11-01' WHERE id = $1`, [
      needing,
    ]);
    await app.database.query('UPDATE system SET organisation_id = $2 WHERE id = $1', [
      elsewhere,
      app.world.organisations.otherMinistry,
    ]);
    await owner.post(`${run}/attest`);
    const kept = await app.database.query('SELECT 1 FROM evidence WHERE system_id = ANY($1::uuid[])', [
      [needing, elsewhere],
    ]);
    expect(kept).toEqual([]);
  });
});

/** A functional drill as somebody types it in. */
function manualDrill(outcome: string): object {
  const now = app.clock.now().getTime();
  const at = (minutesAgo: number): string => new Date(now - minutesAgo * 60_000).toISOString();
  return {
    ...{ kind: 'DRILL', outcome, strength: 'VALIDATED', performedAt: at(1) },
    drill: {
      type: 'FUNCTIONAL',
      startedAt: at(60),
      finishedAt: at(1),
      attestedById: app.world.people.manager,
      check: { expected: '1', observed: '1' },
    },
  };
}
