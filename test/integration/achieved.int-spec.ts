import { startTestApp, type TestApp } from '../support/app';
import { connect } from '../support/builders/inlets';
import { registerSystem } from '../support/builders/systems';
import type { Answer, Client } from '../support/client';
import { InletSender } from '../support/inlet-sender';

let app: TestApp;
let owner: Client;

beforeAll(async () => {
  app = await startTestApp('achieved');
  owner = await app.as('owner');
});
afterAll(() => app.stop());

const register = async (): Promise<string> =>
  (await registerSystem(app, { tier: 'MODERATE', rto: 'PT4H', rpo: 'P1D' }, 'owner')).id;
const achieved = async (systemId: string, by: Client = owner): Promise<Answer> =>
  by.get(`/systems/${systemId}/achieved`);
const prove = async (systemId: string, more: object): Promise<Answer['body']> => {
  const { status, body } = await owner.post(`/systems/${systemId}/evidence`, { outcome: 'PASSED', ...more });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body;
};
const restored = (performedAt: string, measuredMinutes: number, more: object = {}): object => ({
  ...{ kind: 'RESTORE_TEST', strength: 'RESTORED', performedAt, measuredMinutes, ...more },
});

describe('what a system has achieved', () => {
  it('is never measured, whatever is claimed, until something was recovered', async () => {
    const id = await register();
    await prove(id, { kind: 'REVIEW', subject: 'CONTACTS', performedAt: '2026-11-22T06:00:00Z' });
    const nothing = { measured: 0, last: null, best: null, worst: null, trend: null, withinTarget: null };
    expect((await achieved(id)).body).toEqual({
      rtoMinutes: 240,
      rpoMinutes: 1440,
      rta: nothing,
      rpa: nothing,
      items: [],
    });
  });

  it('is the last, best and worst of restore tests, drills and outages, against what is claimed', async () => {
    const id = await register();
    await prove(id, restored('2026-10-01T03:00:00Z', 700));
    await prove(id, restored('2026-10-10T03:00:00Z', 540, { recoveryPointAt: '2026-10-10T00:00:00Z' }));
    const drill = { type: 'FUNCTIONAL', attestedById: app.world.people.manager };
    const times = { startedAt: '2026-11-01T01:00:00Z', finishedAt: '2026-11-01T04:00:00Z' };
    await prove(id, {
      ...{ kind: 'DRILL', performedAt: '2026-11-01T04:00:00Z', recoveryPointAt: '2026-10-31T23:00:00Z' },
      drill: { ...drill, ...times, check: { expected: '4021', observed: '4021' } },
    });
    await prove(id, {
      kind: 'DRILL',
      performedAt: '2026-11-02T01:10:00Z',
      drill: { ...drill, type: 'TABLETOP', startedAt: '2026-11-02T01:00:00Z', finishedAt: '2026-11-02T01:10:00Z' },
    });
    const outage = { title: '停止', startedAt: '2026-11-22T18:00:00Z', plannedMinutes: 60 };
    const operator = await app.as('operator');
    const run = `/drill-runs/${(await operator.post(`/systems/${id}/outages`, outage)).body.id}`;
    await operator.post(`${run}/complete`, { outcome: 'PASSED' });
    await owner.post(`${run}/attest`);
    const { rta, rpa, items } = (await achieved(id)).body;
    expect(items.map(({ source, rtaMinutes, rpaMinutes }: Answer['body']) => [source, rtaMinutes, rpaMinutes])).toEqual(
      [
        ['OUTAGE', 360, null],
        ['DRILL', 180, 120],
        ['RESTORE_TEST', 540, 180],
        ['RESTORE_TEST', 700, null],
      ],
    );
    expect(rta).toEqual({ measured: 4, last: 360, best: 180, worst: 700, trend: 'WORSE', withinTarget: false });
    expect(rpa).toMatchObject({ measured: 2, last: 120, worst: 180, trend: 'BETTER', withinTarget: true });
  });

  it('is no time and no point of a restore test that recovered nothing, and both of one that was merely too slow', async () => {
    const id = await register();
    await prove(id, restored('2026-10-01T03:00:00Z', 300, { recoveryPointAt: '2026-10-01T00:00:00Z' }));
    await prove(
      id,
      restored('2026-10-10T03:00:00Z', 1, { outcome: 'FAILED', recoveryPointAt: '2026-10-10T00:00:00Z' }),
    );
    const { rta, rpa, items } = (await achieved(id)).body;
    expect(rta).toMatchObject({ measured: 1, last: 300, best: 300, worst: 300, trend: null, withinTarget: false });
    expect(rpa).toMatchObject({ measured: 1, last: 180 });
    expect(items).toMatchObject([
      { outcome: 'FAILED', recovered: false, rtaMinutes: null, rpaMinutes: null },
      { outcome: 'FAILED', recovered: true, rtaMinutes: 300, rpaMinutes: 180 },
    ]);
  });

  it('is no time of a restore by a machine that failed, at once or when it was told again', async () => {
    const { systemId, path } = await connect(app, {}, { rto: 'PT4H' });
    const sender = new InletSender(app);
    const run = (runKey: string, outcome: string, startedAt: string, finishedAt: string): object => ({
      ...{ kind: 'RESTORE_TEST', tool: 'drill-runner', runKey, outcome, startedAt, finishedAt },
    });
    const slow = run('slow', 'PASSED', '2026-11-20T01:00:00Z', '2026-11-20T06:00:00Z');
    const wrongPassword = run('wrong-password', 'FAILED', '2026-11-21T01:00:00Z', '2026-11-21T01:00:05Z');
    const told = ['PASSED', 'FAILED'].map((outcome) =>
      run('told-again', outcome, '2026-11-22T01:00:00Z', '2026-11-22T01:00:05Z'),
    );
    for (const each of [slow, wrongPassword, ...told]) expect((await sender.send(path, each)).status).toBeLessThan(300);
    const { rta, items } = (await achieved(systemId)).body;
    expect(items.map(({ recovered, rtaMinutes }: Answer['body']) => [recovered, rtaMinutes])).toEqual([
      [false, null],
      [false, null],
      [true, 300],
    ]);
    expect(rta).toMatchObject({ measured: 1, last: 300, withinTarget: false });
  });

  it('tells failures from before it was kept apart by their time', async () => {
    const id = await register();
    await app.database.query('ALTER TABLE evidence DISABLE TRIGGER evidence_immutable');
    await prove(id, restored('2026-10-01T03:00:00Z', 300));
    await prove(id, restored('2026-10-10T03:00:00Z', 1, { outcome: 'FAILED' }));
    await app.database.query('UPDATE evidence SET recovered = NULL WHERE system_id = $1', [id]);
    await app.database.query('ALTER TABLE evidence ENABLE TRIGGER evidence_immutable');
    expect((await achieved(id)).body.rta).toMatchObject({ measured: 1, last: 300 });
  });

  it('is no time of an outage that was not recovered from', async () => {
    const id = await register();
    const outage = { title: '停止', startedAt: '2026-11-22T18:00:00Z', plannedMinutes: 60 };
    const operator = await app.as('operator');
    const run = `/drill-runs/${(await operator.post(`/systems/${id}/outages`, outage)).body.id}`;
    await operator.post(`${run}/complete`, { outcome: 'FAILED' });
    await owner.post(`${run}/attest`);
    expect((await achieved(id)).body.rta).toMatchObject({ measured: 0, withinTarget: null });
  });

  it('forgets what was corrected, and is kept from who may not see the system', async () => {
    const id = await register();
    const wrong = await prove(id, restored('2026-10-01T03:00:00Z', 10));
    const body = { outcome: 'PASSED', reason: '読み違い', ...restored('2026-10-01T03:00:00Z', 100) };
    expect((await owner.post(`/evidence/${wrong.id}/supersede`, body)).status).toBe(201);
    expect((await achieved(id)).body.rta).toMatchObject({ measured: 1, best: 100 });
    expect((await achieved(id, await app.as('outsider'))).status).toBe(404);
  });
});
