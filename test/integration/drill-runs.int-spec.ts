import { RunSweep } from '../../src/evidence/drills/live/run-sweep';
import { RunOpening } from '../../src/evidence/drills/runs/run-opening';
import { RunRecord } from '../../src/evidence/drills/runs/run-record';
import { Config } from '../../src/platform/config/config';
import { Heartbeats } from '../../src/platform/health/heartbeats';
import { startTestApp, type TestApp } from '../support/app';
import { drilled, openedRun } from '../support/builders/drills';
import type { Answer, Client } from '../support/client';
import { emailOf, PASSWORD } from '../support/world';

let app: TestApp;
let owner: Client;
let operator: Client;
let manager: Client;

beforeEach(async () => {
  app = await startTestApp('drill runs');
  [owner, operator, manager] = [await app.as('owner'), await app.as('operator'), await app.as('manager')];
});
afterEach(() => app.stop());

const minutes = (count: number): void => app.clock.advance({ minutes: count });

describe('a run that is opened', () => {
  it('keeps what was missing and who was booked, whoever is booked for the next one', async () => {
    const people = app.world.people;
    const booked = [{ userId: people.owner, part: '進行' }, { userId: people.deputy }];
    const { drillId } = await drilled(app, { participants: booked });
    await owner.post(`/drills/${drillId}/acknowledge`);
    const { body } = await operator.post(`/drills/${drillId}/runs`);
    const told = (await owner.get(`/drill-runs/${body.id}`)).body;
    const missing = told.readiness.filter(({ ready }: Answer['body']) => !ready);
    expect(missing.map(({ reason }: Answer['body']) => reason.code)).toContain('DRILL_PEOPLE_WAITING');
    const participants = [
      { person: { id: people.deputy }, part: null, acknowledgedAt: null },
      { person: { id: people.owner }, part: '進行', acknowledgedAt: expect.stringContaining('2026-11-23T') },
    ];
    const sorted = (list: Answer['body'][]): Answer['body'][] =>
      [...list].sort((a, b) => Number(a.part !== null) - Number(b.part !== null));
    expect(sorted(told.participants)).toMatchObject(participants);
    await operator.post(`/drill-runs/${body.id}/abandon`, { reason: '停電のため' });
    const { headers } = await owner.get(`/drills/${drillId}`);
    await owner.patch(`/drills/${drillId}`, { participants: [] }, headers.get('etag') as string);
    expect(sorted((await owner.get(`/drill-runs/${body.id}`)).body.participants)).toMatchObject(participants);
    expect((await owner.get(`/drills/${drillId}`)).body.participants).toEqual([]);
  });
});

describe('the clock of a run', () => {
  it('leaves preparation and pauses out, and is told against the targets while it runs', async () => {
    const { run } = await openedRun(app);
    minutes(45);
    expect((await owner.get(run)).body).toMatchObject({ status: 'PREPARING', elapsedSeconds: 0, rtaMinutes: null });
    await operator.post(`${run}/begin`);
    minutes(30);
    const live = (await owner.get(run)).body;
    expect(live).toMatchObject({
      status: 'RUNNING',
      elapsedSeconds: 1800,
      rtaMinutes: 30,
      rtoMinutes: 240,
      rpoMinutes: 1440,
    });
    expect(live.readiness.filter(({ ready }: Answer['body']) => !ready).length).toBeGreaterThan(0);
    await operator.post(`${run}/pause`, { reason: '昼休み' });
    expect((await operator.post(`${run}/pause`, {})).body.code).toBe('RUN_PAUSED');
    expect((await operator.post(`${run}/steps/network/start`)).body.code).toBe('RUN_PAUSED');
    minutes(60);
    expect((await owner.get(run)).body.elapsedSeconds).toBe(1800);
    await operator.post(`${run}/resume`);
    minutes(5);
    const seen = await operator.patch(run, { recoveryPointAt: '2026-11-22T17:00:00Z' }, null);
    expect(seen.body).toMatchObject({ elapsedSeconds: 2100, rtaMinutes: 35, rpaMinutes: 465 });
  });

  it('is refused a recovery point after its start', async () => {
    const { run } = await openedRun(app);
    await operator.post(`${run}/begin`);
    const { status, body } = await operator.patch(run, { recoveryPointAt: '2026-11-23T00:00:01Z' }, null);
    expect([status, body.errors[0].field, body.errors[0].code]).toEqual([422, 'recoveryPointAt', 'AFTER_START']);
  });
});

describe('steps', () => {
  it('come in the order in which they can be done, and wait for those before them', async () => {
    const { run } = await openedRun(app);
    await operator.post(`${run}/begin`);
    expect((await owner.get(run)).body.steps.map(({ key }: Answer['body']) => key)).toEqual([
      'network',
      'restore',
      'notify',
    ]);
    const { status, body } = await operator.post(`${run}/steps/restore/start`);
    expect([status, body.code]).toEqual([409, 'STEP_WAITS']);
    expect((await operator.post(`${run}/steps/notify/finish`)).body.code).toBe('STEP_NOT_STARTED');
    expect((await operator.post(`${run}/steps/gone/start`)).body.code).toBe('STEP_NOT_FOUND');
    expect((await operator.post(`${run}/steps/network/skip`, {})).status).toBe(400);
    await operator.post(`${run}/steps/network/skip`, { reason: '回線は別訓練で確認済み' });
    expect((await operator.post(`${run}/steps/restore/start`)).status).toBe(200);
  });

  it('are ticked by one of two who tick at once; the other is told who it was', async () => {
    const { run } = await openedRun(app);
    await operator.post(`${run}/begin`);
    const both = await Promise.all([operator, owner].map((who) => who.post(`${run}/steps/network/start`)));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const refused = both.find(({ status }) => status === 409)?.body;
    const [step] = (await owner.get(run)).body.steps;
    expect(refused).toMatchObject({ code: 'STEP_TAKEN', detail: expect.stringContaining(step.startedBy.displayName) });
    expect((await manager.post(`${run}/steps/network/finish`)).status).toBe(200);
    expect((await operator.post(`${run}/steps/network/finish`)).body.detail).toContain('責任 一郎');
    const { items } = (await owner.get(`${run}/events`)).body;
    expect(items.map(({ kind }: Answer['body']) => kind)).toEqual(['OPENED', 'BEGUN', 'STEP_STARTED', 'STEP_FINISHED']);
    expect(items.map(({ number }: Answer['body']) => number)).toEqual([1, 2, 3, 4]);
  });

  it('of a notification drill are the contacts to be called', async () => {
    const { run } = await openedRun(app, { type: 'NOTIFICATION' });
    expect((await owner.get(run)).body.steps).toMatchObject([{ key: 'contact-1', title: '運用 さくら', role: '担当' }]);
  });
});

describe('by the clock', () => {
  const sweep = (): Promise<void> =>
    new RunSweep(
      app.dataSource,
      app.app.get(RunOpening, { strict: false }),
      app.app.get(RunRecord, { strict: false }),
      app.clock,
      app.app.get(Heartbeats, { strict: false }),
      app.app.get(Config, { strict: false }),
    ).handle();
  const kinds = async (): Promise<string[]> =>
    (await app.database.query<{ kind: string }>('SELECT kind FROM drill_run_event ORDER BY number')).map(
      ({ kind }) => kind,
    );

  it('a run is opened at its time, once, its planned end is told, and it is asked after while it is open', async () => {
    const { drillId } = await drilled(app);
    await sweep();
    expect((await owner.get(`/drills/${drillId}`)).body).toMatchObject({ status: 'PLANNED', runs: [] });
    minutes(60);
    await sweep();
    await sweep();
    const { status, runs } = (await owner.get(`/drills/${drillId}`)).body;
    expect([status, runs.length, runs[0].status]).toEqual(['UNDER_WAY', 1, 'PREPARING']);
    await operator.post(`/drill-runs/${runs[0].id}/begin`);
    minutes(60);
    await sweep();
    await sweep();
    expect(await kinds()).toEqual(['OPENED', 'BEGUN', 'PLANNED_END_PASSED']);
    const leftOpen = async (): Promise<number> => (await kinds()).filter((kind) => kind === 'LEFT_OPEN').length;
    minutes(24 * 60);
    await sweep();
    await sweep();
    expect(await leftOpen()).toBe(1);
    minutes(24 * 60);
    await sweep();
    expect(await leftOpen()).toBe(2);
  });

  it('a run in which somebody does something is asked after a day later, not a day after its planned end', async () => {
    const { run } = await openedRun(app);
    await operator.post(`${run}/begin`);
    const leftOpen = async (): Promise<number> => (await kinds()).filter((kind) => kind === 'LEFT_OPEN').length;
    minutes(24 * 60);
    // The session has ended long since.
    const back = app.browser();
    await back.post('/auth/login', { email: emailOf('operator'), password: PASSWORD });
    expect((await back.post(`${run}/notes`, { text: '復元が続いている' })).status).toBe(201);
    minutes(23 * 60);
    await sweep();
    expect(await leftOpen()).toBe(0);
    minutes(60);
    await sweep();
    expect(await leftOpen()).toBe(1);
  });
});

describe('who takes part', () => {
  it('is who proves backups of the system or is booked; others are refused, and who may not see it finds nothing', async () => {
    const { run } = await openedRun(app, { participants: [{ userId: app.world.people.deputy }] });
    expect((await (await app.as('deputy')).post(`${run}/notes`, { text: '立会い' })).status).toBe(201);
    expect((await (await app.as('auditor')).post(`${run}/notes`, { text: 'x' })).status).toBe(403);
    expect((await (await app.as('outsider')).get(run)).status).toBe(404);
    expect((await (await app.as('outsider')).get(`${run}/events`)).status).toBe(404);
    expect((await (await app.as('auditor')).get(run)).body.offered).toEqual([]);
  });
});
