import { ReminderSweep } from '../../src/views/reminders/reminder-sweep';
import { startTestApp, type TestApp } from '../support/app';
import { approvedProcedure, writeProcedure } from '../support/builders/procedures';
import { registerSystem } from '../support/builders/systems';
import type { Answer, Client } from '../support/client';

let app: TestApp;
let owner: Client;
let manager: Client;

beforeAll(async () => {
  app = await startTestApp('drills');
  [owner, manager] = [await app.as('owner'), await app.as('manager')];
});
afterAll(() => app.stop());

const PLAN = { title: '年末の復旧訓練', type: 'FUNCTIONAL', scheduledAt: '2026-12-15T01:00:00Z', plannedMinutes: 240 };
const register = async (tier = 'MODERATE'): Promise<string> => (await registerSystem(app, { tier }, 'owner')).id;
const plan = (systemId: string, more: object = {}, by: Client = owner): Promise<Answer> =>
  by.post(`/systems/${systemId}/drills`, { ...PLAN, ...more });
const errorsOf = ({ status, body }: Answer): unknown => [
  status,
  ...(body.errors ?? []).map(({ field, code }: { field: string; code: string }) => `${field} ${code}`),
];
const obligations = async (systemId: string): Promise<Answer['body'][]> =>
  (await manager.get(`/systems/${systemId}/obligations`)).body.items;

describe('a plan', () => {
  it('names what is drilled, who is booked and the check, and turns nothing green', async () => {
    const id = await register();
    const procedure = await approvedProcedure(app, id);
    const before = (await obligations(id)).map(({ ruleKey, state }) => [ruleKey, state]);
    const { status, body } = await plan(id, {
      ...{ procedureVersionId: procedure.id, stepKeys: ['network', 'restore'], checkExpected: '受付番号 4021' },
      participants: [{ userId: app.world.people.owner, part: '進行' }, { userId: app.world.people.operator }],
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...{ kind: 'DRILL', status: 'PLANNED', recurrence: 'ONCE', timeBasis: 'ELAPSED', version: 1, drift: null },
      ...{
        stepKeys: ['network', 'restore'],
        checkExpected: '受付番号 4021',
        participantCount: 2,
        acknowledgedCount: 0,
      },
      procedure: { versionId: procedure.id, version: 1, status: 'APPROVED' },
      offered: ['change', 'cancel', 'acknowledge', 'open'],
    });
    expect((await obligations(id)).map(({ ruleKey, state }) => [ruleKey, state])).toEqual(before);
  });

  it('is refused for a time past, and for what is not of the system', async () => {
    const [id, other] = [await register(), await register()];
    const foreign = (await writeProcedure(owner, other)).body.id;
    const own = (await writeProcedure(owner, id)).body.id;
    expect(errorsOf(await plan(id, { scheduledAt: '2026-11-22T01:00:00Z' }))).toEqual([422, 'scheduledAt IN_THE_PAST']);
    expect(errorsOf(await plan(id, { procedureVersionId: foreign }))).toEqual([422, 'procedureVersionId NOT_FOUND']);
    expect(errorsOf(await plan(id, { procedureVersionId: own, stepKeys: ['network', 'gone'] }))).toEqual([
      ...[422, 'stepKeys[1] NOT_FOUND'],
    ]);
    const outsider = { userId: app.world.people.outsider };
    expect(errorsOf(await plan(id, { participants: [outsider] }))).toEqual([422, 'participants[0].userId NOT_FOUND']);
    expect(errorsOf(await plan(id, { plannedMinutes: 0 }))).toEqual([400, 'plannedMinutes TOO_SMALL']);
  });

  it('is confirmed by those who are booked, and confirmed anew when its time changes', async () => {
    const id = await register();
    const participants = [{ userId: app.world.people.operator }, { userId: app.world.people.deputy }];
    const { body } = await plan(id, { participants });
    const operator = await app.as('operator');
    expect((await manager.post(`/drills/${body.id}/acknowledge`)).body.code).toBe('NOT_BOOKED');
    expect((await operator.post(`/drills/${body.id}/acknowledge`)).body.acknowledgedCount).toBe(1);
    const change = (fields: object, version: number): Promise<Answer> =>
      owner.patch(`/drills/${body.id}`, fields, `"${version}"`);
    const rebooked = await change({ participants: [participants[0], { userId: app.world.people.owner }] }, 1);
    expect(rebooked.body).toMatchObject({ participantCount: 2, acknowledgedCount: 1, version: 2 });
    expect((await change({ title: '別の題' }, 1)).status).toBe(412);
    expect((await change({ scheduledAt: '2026-12-16T01:00:00Z' }, 2)).body.acknowledgedCount).toBe(0);
  });

  it('is called off with a reason, once', async () => {
    const id = await register();
    const { body } = await plan(id);
    expect((await owner.post(`/drills/${body.id}/cancel`, {})).status).toBe(400);
    const cancelled = await owner.post(`/drills/${body.id}/cancel`, { reason: '更改と重なった' });
    expect(cancelled.body).toMatchObject({ status: 'CANCELLED', cancelReason: '更改と重なった', offered: [] });
    expect((await owner.post(`/drills/${body.id}/cancel`, { reason: 'x' })).body.code).toBe('DRILL_NOT_PLANNED');
    expect((await owner.patch(`/drills/${body.id}`, { title: 'x' }, '"2"')).body.code).toBe('DRILL_NOT_PLANNED');
  });

  it('tells how the procedure in force has moved away from it', async () => {
    const id = await register();
    const first = await approvedProcedure(app, id);
    const { body } = await plan(id, { procedureVersionId: first.id });
    const steps = [
      { key: 'network', title: '回線と電源の確認' },
      { key: 'restore', title: '復元', plannedMinutes: 90, dependsOn: ['network'] },
    ];
    const second = await owner.post(`/procedures/${first.procedureId}/versions`, { markdown: '', steps, contacts: [] });
    await owner.post(`/procedure-versions/${second.body.id}/submit`, {});
    expect((await manager.post(`/procedure-versions/${second.body.id}/approve`, {})).status).toBe(200);
    const { drift } = (await owner.get(`/drills/${body.id}`)).body;
    expect(drift).toMatchObject({ versionId: second.body.id, version: 2 });
    expect(drift.steps.map(({ change, key }: Record<string, string>) => `${change} ${key}`)).toEqual([
      'CHANGED network',
      'REMOVED notify',
    ]);
  });
});

describe('what the policy asks for', () => {
  it('is proposed from its due day until a drill of an accepted type is planned in time', async () => {
    const id = await register();
    const proposed = async (): Promise<string[]> =>
      (await owner.get(`/systems/${id}/drills`)).body.proposals.map(({ ruleKey }: { ruleKey: string }) => ruleKey);
    const [{ ruleTitle, type, dueOn, proposedOn }] = (await owner.get(`/systems/${id}/drills`)).body.proposals.filter(
      ({ ruleKey }: { ruleKey: string }) => ruleKey === 'drill-functional',
    );
    expect({ ruleTitle, type, dueOn, proposedOn }).toEqual({
      ...{ ruleTitle: expect.any(String), type: 'FUNCTIONAL', dueOn: '2027-01-22', proposedOn: '2027-01-08' },
    });
    await plan(id, { scheduledAt: '2027-03-01T01:00:00Z' });
    expect(await proposed()).toContain('drill-functional');
    const { body } = await plan(id, { scheduledAt: '2027-01-08T01:00:00Z', recurrence: 'BY_POLICY' });
    expect(await proposed()).not.toContain('drill-functional');
    await owner.post(`/drills/${body.id}/cancel`, { reason: 'x' });
    expect(await proposed()).toContain('drill-functional');
  });

  it('is reminded of 90, 60, 30, 14 and 7 days before, whatever is planned', async () => {
    const id = await register();
    await plan(id, { scheduledAt: '2026-12-15T01:00:00Z' });
    await app.database.query(
      `UPDATE obligation SET occasion = jsonb_set(occasion, '{dueOn}', '"2027-03-01"'), notified_through_on = NULL, notify_at = now()
       WHERE system_id = $1 AND rule_key = 'drill-functional'`,
      [id],
    );
    const leads = await app.database.query<{ leads: number[] }>(
      `SELECT occasion->'leadDays' AS leads FROM obligation WHERE system_id = $1 AND rule_key = 'drill-functional'`,
      [id],
    );
    expect(leads[0]?.leads).toEqual([90, 60, 30, 14, 7, 0]);
    for (const day of ['2026-12-01', '2026-12-31', '2027-01-30', '2027-02-15', '2027-02-22']) {
      app.clock.set(`${day}T03:00:00Z`);
      await app.app.get(ReminderSweep, { strict: false }).run();
    }
    app.clock.set('2026-11-23T00:00:00Z');
    const rows = await app.database.query<{ offsetDays: number }>(
      `SELECT r.offset_days AS "offsetDays" FROM reminder r JOIN obligation o ON o.id = r.obligation_id
       WHERE o.system_id = $1 AND o.rule_key = 'drill-functional' AND r.stage = 'LEAD' ORDER BY r.planned_on`,
      [id],
    );
    expect(rows.map(({ offsetDays }) => offsetDays)).toEqual([-90, -60, -30, -14, -7]);
  });
});

describe('before it begins', () => {
  const missing = async (drillId: string): Promise<string[]> =>
    (await owner.get(`/drills/${drillId}/readiness-check`)).body.items
      .filter(({ ready }: { ready: boolean }) => !ready)
      .map(({ reason }: { reason: { code: string } }) => reason.code);

  it('is told point by point what is missing, until nothing is', async () => {
    const id = await register();
    const { body } = await plan(id);
    expect(await missing(body.id)).toEqual([
      ...['DRILL_PROCEDURE_NONE', 'DRILL_CONTACTS_NOT_CONFIRMED', 'DRILL_RECOVERY_POINT_NONE'],
      ...['DRILL_PEOPLE_NONE', 'DRILL_CHECK_MISSING'],
    ]);
    const procedure = await approvedProcedure(app, id);
    const proof = { outcome: 'PASSED', performedAt: '2026-11-22T06:00:00Z' };
    await owner.post(`/systems/${id}/evidence`, { kind: 'REVIEW', subject: 'CONTACTS', ...proof });
    const requirement = await owner.post(`/systems/${id}/backup-requirements`, {
      ...{ dataset: '台帳', method: 'full', interval: 'P1D', retention: 'P30D', rpo: 'P1D' },
      copies: [{ site: '東京', medium: 'disk' }],
    });
    await owner.post(`/systems/${id}/evidence`, {
      ...{ kind: 'BACKUP', strength: 'COMPLETED', backupRequirementId: requirement.body.id, ...proof },
      ...{ performedAt: '2026-11-22T18:00:00Z', recoveryPointAt: '2026-11-22T17:00:00Z' },
    });
    await owner.patch(
      `/drills/${body.id}`,
      {
        ...{ procedureVersionId: procedure.id, checkExpected: '受付番号 4021' },
        participants: [{ userId: app.world.people.owner }],
      },
      '"1"',
    );
    expect(await missing(body.id)).toEqual(['DRILL_PEOPLE_WAITING']);
    const second = await owner.post(`/systems/${id}/backup-requirements`, {
      ...{ dataset: '添付ファイル', method: 'full', interval: 'P1D', retention: 'P30D', rpo: 'P1D' },
      copies: [{ site: '東京', medium: 'disk' }],
    });
    const lacking = (await owner.get(`/drills/${body.id}/readiness-check`)).body.items[2];
    expect([lacking.ready, lacking.reason.text]).toEqual([
      false,
      '復元に使える新しさのバックアップがないデータがあります：添付ファイル',
    ]);
    await owner.post(`/systems/${id}/evidence`, {
      ...{ kind: 'BACKUP', strength: 'COMPLETED', backupRequirementId: second.body.id, ...proof },
      ...{ performedAt: '2026-11-22T20:00:00Z', recoveryPointAt: '2026-11-22T19:00:00Z' },
    });
    await owner.post(`/drills/${body.id}/acknowledge`);
    const { ready, items } = (await owner.get(`/drills/${body.id}/readiness-check`)).body;
    expect([ready, items.every(({ reason }: Answer['body']) => !reason.text.includes('{{'))]).toEqual([true, true]);
    expect(items[2].reason.text).toBe('2026年11月23日（月） 02:00 時点のデータから復元できます。');
  });
});

describe('who may', () => {
  it('see and write drills is who may see the system and prove for it', async () => {
    const id = await register();
    const { body } = await plan(id);
    const [outsider, auditor, operator] = [await app.as('outsider'), await app.as('auditor'), await app.as('operator')];
    expect((await outsider.get(`/drills/${body.id}`)).status).toBe(404);
    expect((await outsider.get('/drills')).body.items).toEqual([]);
    expect((await auditor.get(`/drills/${body.id}`)).body.offered).toEqual([]);
    expect((await operator.get(`/drills/${body.id}`)).body.offered).toEqual(['open']);
    expect((await plan(id, {}, auditor)).status).toBe(403);
    const listed = (await owner.get(`/drills?systemId=${id}&status=PLANNED&from=2026-12-15&to=2026-12-15`)).body.items;
    expect(listed.map((drill: Answer['body']) => drill.id)).toEqual([body.id]);
    expect((await owner.get(`/drills?systemId=${id}&from=2026-12-16`)).body.items).toEqual([]);
  });
});
