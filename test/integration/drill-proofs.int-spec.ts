import { completedRun, drilled, openedRun, tickAll } from '../support/builders/drills';
import { startTestApp, type TestApp } from '../support/app';
import type { Answer, Client } from '../support/client';

let app: TestApp;
let owner: Client;
let operator: Client;
let manager: Client;

beforeEach(async () => {
  app = await startTestApp('drill proofs');
  [owner, operator, manager] = [await app.as('owner'), await app.as('operator'), await app.as('manager')];
});
afterEach(() => app.stop());

const minutes = (count: number): void => app.clock.advance({ minutes: count });
const stateOf = async (systemId: string, ruleKey: string): Promise<string> =>
  (await manager.get(`/systems/${systemId}/obligations`)).body.items.find(
    (item: Answer['body']) => item.ruleKey === ruleKey,
  ).state;
const itemsOf = (systemId: string): Promise<object[]> =>
  app.database.query<object>(
    `SELECT source, title, description, link, due_on::text AS "dueOn", source_evidence_id AS "sourceEvidenceId"
     FROM improvement_item WHERE system_id = $1`,
    [systemId],
  );
const evidenceOf = async (systemId: string): Promise<Answer['body'][]> =>
  (await manager.get(`/systems/${systemId}/evidence?kind=DRILL`)).body.items;

describe('what a run proves', () => {
  it('is nothing before somebody else has attested it, and then a drill', async () => {
    const { systemId, run } = await completedRun(app);
    expect(await stateOf(systemId, 'drill-functional')).toBe('UNKNOWN');
    expect(await evidenceOf(systemId)).toEqual([]);
    expect((await operator.post(`${run}/attest`)).status).toBe(403);
    const { status, body } = await owner.post(`${run}/attest`);
    expect([status, body.status, body.outcome, body.countsAs]).toEqual([200, 'ATTESTED', 'PASSED', 'FUNCTIONAL']);
    expect(body.affected.map(({ ruleKey }: Answer['body']) => ruleKey)).toContain('drill-functional');
    expect(await stateOf(systemId, 'drill-functional')).toBe('MET');
    expect(await evidenceOf(systemId)).toMatchObject([
      {
        ...{
          outcome: 'PASSED',
          strength: 'VALIDATED',
          measuredMinutes: 120,
          creditedDrillType: 'FUNCTIONAL',
          source: 'WORKFLOW',
        },
        ...{ link: run, performer: { displayName: '保全 学' }, recordedBy: { displayName: '運用 さくら' } },
      },
    ]);
  });

  it('is not attested by who started or completed it, by the service and by the database', async () => {
    const { drillId } = await drilled(app);
    const run = `/drill-runs/${(await owner.post(`/drills/${drillId}/runs`)).body.id}`;
    await manager.post(`${run}/begin`);
    await tickAll(app, run);
    await owner.post(`${run}/complete`, { outcome: 'PASSED' });
    expect((await owner.post(`${run}/attest`)).body.code).toBe('OWN_RUN');
    expect((await manager.post(`${run}/attest`)).body.code).toBe('OWN_RUN');
    const direct = app.database.query(
      `UPDATE drill_run SET status = 'ATTESTED', attested_at = now(), attested_by_id = completed_by_id, report_sha256 = 'x' WHERE id = $1`,
      [run.slice('/drill-runs/'.length)],
    );
    await expect(direct).rejects.toThrow('ck_drill_run_attester');
    expect((await (await app.as('ciso')).post(`${run}/attest`)).status).toBe(200);
  });

  it('is a failure when it took longer than the RTO, whatever was claimed', async () => {
    const { systemId, run } = await completedRun(app, {}, 241);
    expect((await owner.get(run)).body).toMatchObject({ claimed: 'PASSED', outcome: 'FAILED', rtaMinutes: 241 });
    await owner.post(`${run}/attest`);
    expect(await stateOf(systemId, 'drill-functional')).toBe('FAILED');
    const [proof] = await evidenceOf(systemId);
    expect(await itemsOf(systemId)).toEqual([
      {
        ...{ source: 'DRILL', title: '復旧訓練', link: run, dueOn: '2026-12-23', sourceEvidenceId: proof.id },
        description: '目標復旧時間（RTO）240 分に対し、復旧に 241 分かかりました。',
      },
    ]);
  });

  it('is a failure when its check did not hold, whatever was claimed, with the reason on record and in the report', async () => {
    const stale = { checkHeld: false, checkObserved: '最終受付番号 3990。古い' };
    const { systemId, run } = await completedRun(app, {}, 120, stale);
    const told = { claimed: 'PASSED', outcome: 'FAILED', checkHeld: false, rtaMinutes: 120 };
    expect((await owner.get(run)).body).toMatchObject(told);
    const { body } = await owner.post(`${run}/attest`);
    expect(body).toMatchObject({ ...told, countsAs: 'FUNCTIONAL' });
    expect(await stateOf(systemId, 'drill-functional')).toBe('FAILED');
    const [proof] = await evidenceOf(systemId);
    expect(proof).toMatchObject({
      ...{ outcome: 'FAILED', strength: 'RESTORED' },
      drill: { check: { expected: '最終受付番号 4021', observed: stale.checkObserved, held: false } },
    });
    expect((await owner.get(`${run}/report`)).body.report).toMatchObject(told);
    expect(await itemsOf(systemId)).toMatchObject([
      {
        description:
          '確認した値があるべき値ではありませんでした（あるべき値「最終受付番号 4021」、確認した値「最終受付番号 3990。古い」）。',
      },
    ]);
    const { rta, items } = (await owner.get(`/systems/${systemId}/achieved`)).body;
    expect([rta.measured, items[0].outcome, items[0].rtaMinutes]).toEqual([0, 'FAILED', null]);
  });

  it('is not completed before somebody has said whether the check held, unless it failed anyway', async () => {
    const { run } = await openedRun(app);
    await operator.post(`${run}/begin`);
    await tickAll(app, run);
    await operator.patch(run, { checkObserved: '最終受付番号 4021' }, null);
    for (const outcome of ['PASSED', 'PARTIAL']) {
      const { status, body } = await operator.post(`${run}/complete`, { outcome });
      expect([status, body.errors]).toMatchObject([422, [{ field: 'checkHeld', code: 'REQUIRED' }]]);
    }
    const failed = await operator.post(`${run}/complete`, { outcome: 'FAILED' });
    expect([failed.status, failed.body.checkHeld]).toEqual([200, null]);
  });

  it('is a tabletop when nobody saw the value of its check', async () => {
    const { systemId, run } = await openedRun(app);
    await operator.post(`${run}/begin`);
    await tickAll(app, run);
    await operator.post(`${run}/complete`, { outcome: 'PASSED' });
    expect((await owner.post(`${run}/attest`)).body.countsAs).toBe('TABLETOP');
    expect([await stateOf(systemId, 'drill-functional'), await stateOf(systemId, 'drill-tabletop')]).toEqual([
      'UNKNOWN',
      'MET',
    ]);
  });

  it('is no recovery time for a tabletop, which recovers nothing', async () => {
    const { systemId, run } = await completedRun(app, { type: 'TABLETOP' }, 300);
    await owner.post(`${run}/attest`);
    expect(await evidenceOf(systemId)).toMatchObject([
      { measuredMinutes: null, outcome: 'PASSED', strength: 'DECLARED' },
    ]);
  });

  it('is not said to have passed with steps that are open, and is nothing when it is abandoned', async () => {
    const { systemId, drillId, run } = await openedRun(app);
    await operator.post(`${run}/begin`);
    expect((await operator.post(`${run}/complete`, { outcome: 'PASSED' })).body.code).toBe('STEPS_OPEN');
    const abandoned = await operator.post(`${run}/abandon`, { reason: '停電のため' });
    expect(abandoned.body).toMatchObject({ status: 'ABANDONED', endReason: '停電のため', offered: [] });
    expect((await owner.get(`/drills/${drillId}`)).body.status).toBe('PLANNED');
    expect((await operator.post(`/drills/${drillId}/runs`)).status).toBe(201);
    expect((await operator.post(`/drills/${drillId}/runs`)).body.code).toBe('DRILL_NOT_PLANNED');
    expect(await evidenceOf(systemId)).toEqual([]);
  });

  it('of a real outage is its time and no drill', async () => {
    const { systemId } = await drilled(app);
    const outage = { title: '基盤の停止', startedAt: '2026-11-22T22:00:00Z', plannedMinutes: 240 };
    expect(
      (await operator.post(`/systems/${systemId}/outages`, { ...outage, startedAt: '2026-11-23T02:00:00Z' })).status,
    ).toBe(422);
    const { status, body } = await operator.post(`/systems/${systemId}/outages`, outage);
    expect([status, body.status, body.elapsedSeconds]).toEqual([201, 'RUNNING', 7200]);
    const run = `/drill-runs/${body.id}`;
    expect((await operator.post(`${run}/pause`, {})).body.code).toBe('OUTAGE_NOT_PAUSED');
    minutes(300);
    await operator.post(`${run}/complete`, { outcome: 'PASSED', recoveryPointAt: '2026-11-22T17:00:00Z' });
    const attested = (await owner.post(`${run}/attest`)).body;
    expect(attested).toMatchObject({
      rtaMinutes: 420,
      rpaMinutes: 300,
      outcome: 'FAILED',
      countsAs: null,
      evidenceId: null,
      affected: [],
    });
    expect(await evidenceOf(systemId)).toEqual([]);
    expect(await itemsOf(systemId)).toMatchObject([{ source: 'INCIDENT', sourceEvidenceId: null, link: run }]);
  });
});

describe('an outage that is recorded when it is over', () => {
  it('took as long as it did, whenever it is recorded', async () => {
    const { systemId } = await drilled(app);
    const outage = { title: '停電', startedAt: '2026-11-16T01:00:00Z', plannedMinutes: 60 };
    const run = `/drill-runs/${(await operator.post(`/systems/${systemId}/outages`, outage)).body.id}`;
    for (const [finishedAt, code] of [
      ['2026-11-16T00:59:59Z', 'BEFORE_START'],
      ['2026-11-23T00:00:01Z', 'IN_THE_FUTURE'],
    ]) {
      const { status, body } = await operator.post(`${run}/complete`, { outcome: 'PASSED', finishedAt });
      expect([status, body.errors]).toMatchObject([422, [{ field: 'finishedAt', code }]]);
    }
    await operator.post(`${run}/complete`, { outcome: 'PASSED', finishedAt: '2026-11-16T02:00:00Z' });
    expect((await owner.post(`${run}/attest`)).body).toMatchObject({
      ...{ rtaMinutes: 60, outcome: 'PASSED', finishedAt: '2026-11-16T02:00:00.000Z', elapsedSeconds: 3600 },
    });
    const { rta, items } = (await owner.get(`/systems/${systemId}/achieved`)).body;
    expect([rta.last, items[0].at]).toEqual([60, '2026-11-16T02:00:00.000Z']);
  });

  it('is refused an end of a drill, whose clock stops when somebody stops it', async () => {
    const { run } = await openedRun(app);
    await operator.post(`${run}/begin`);
    await tickAll(app, run);
    const ended = { outcome: 'FAILED', finishedAt: '2026-11-23T00:00:00Z' };
    const { status, body } = await operator.post(`${run}/complete`, ended);
    expect([status, body.errors]).toMatchObject([422, [{ field: 'finishedAt', code: 'ONLY_OUTAGES' }]]);
  });
});

describe('the report', () => {
  it('stays as it was attested, with its digest, whatever changes afterwards', async () => {
    const booked = { participants: [{ userId: app.world.people.deputy, part: '復元' }] };
    const { systemId, run } = await completedRun(app, booked);
    expect((await owner.get(`${run}/report`)).body.code).toBe('RUN_NOT_ATTESTED');
    await owner.post(`${run}/attest`);
    const { etag, rto } = await (async () => {
      const { body, headers } = await owner.get(`/systems/${systemId}`);
      return { etag: headers.get('etag') as string, rto: body.rto as string };
    })();
    expect(rto).toBe('PT4H');
    expect((await owner.patch(`/systems/${systemId}`, { rto: 'PT1H' }, etag)).status).toBe(200);
    const { report, readiness, sha256, intact } = (await owner.get(`${run}/report`)).body;
    expect(readiness.find(({ point }: Answer['body']) => point === 'PEOPLE')).toMatchObject({
      ...{ ready: false, reason: { text: '参加者1人のうち1人が参加を確認していません。' } },
    });
    expect(report.participants).toMatchObject([
      { person: { displayName: '副島 翔' }, part: '復元', acknowledgedAt: null },
    ]);
    expect(report.readiness).toHaveLength(readiness.length);
    expect(report).toMatchObject({
      ...{ rtoMinutes: 240, rtaMinutes: 120, outcome: 'PASSED', attestedBy: { displayName: '運用 さくら' } },
      ...{ checkExpected: '最終受付番号 4021', checkObserved: '最終受付番号 4021' },
    });
    expect([report.events.at(-1).kind, sha256, intact]).toEqual([
      'ATTESTED',
      expect.stringMatching(/^[0-9a-f]{64}$/),
      true,
    ]);
    expect((await owner.get(run)).body.rtoMinutes).toBe(240);
    const id = run.slice('/drill-runs/'.length);
    for (const statement of [
      `UPDATE drill_run SET note = 'x' WHERE id = $1`,
      `UPDATE drill_run_step SET title = 'x' WHERE run_id = $1`,
      `UPDATE drill_run_event SET text = 'x' WHERE run_id = $1`,
      'DELETE FROM drill_run_event WHERE run_id = $1',
    ])
      await expect(app.database.query(statement, [id])).rejects.toThrow('never change');
    expect((await operator.post(`${run}/notes`, { text: '後から' })).body.code).toBe('RUN_NOT_OPEN');
  });
});
