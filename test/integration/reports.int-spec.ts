import { createHash } from 'node:crypto';
import { ObligationTick } from '../../src/obligations/clocks/obligation-tick';
import { PastVerdicts } from '../../src/obligations/past/past-verdicts';
import { canonicalJson } from '../../src/platform/database/canonical-json';
import { ReadinessDays } from '../../src/views/readiness/history/readiness-days';
import { ReportMaker } from '../../src/views/reports/making/report-maker';
import { ScheduledReports } from '../../src/views/reports/making/scheduled-reports';
import { newlySignedIn } from '../support/api-tokens';
import { startTestApp, type TestApp } from '../support/app';
import { registerSystem } from '../support/builders/systems';
import { centreOf } from '../support/centre/of-app';
import type { Answer, Client } from '../support/client';
import { download, unpack } from '../support/downloads';
import { readAll } from '../support/tables';

let app: TestApp;
let owner: Client;
let manager: Client;
let ciso: Client;
let [failing, waived]: string[] = [];

/** Registers a system that has been in operation for longer than any first grace. */
async function registerLate(ownerId: string): Promise<void> {
  const [system] = await app.database.query<{ id: string }>(
    `INSERT INTO system (id, organisation_id, code, name, tier, owner_id, operating_since_on, tier_since_on)
     VALUES (gen_random_uuid(), $1, 'R-3', '古いシステム', 'MODERATE', $2, '2020-04-01', '2020-04-01') RETURNING id`,
    [app.world.organisations.agency, ownerId],
  );
  await app.dataSource.transaction((m) => centreOf(app).ledger.refresh(m, [system!.id]));
}

const at = async (instant: string): Promise<void> => {
  app.clock.set(instant);
  await app.app.get(ObligationTick, { strict: false }).run();
  [owner, manager, ciso] = [
    await newlySignedIn(app, 'owner'),
    await newlySignedIn(app, 'manager'),
    await newlySignedIn(app, 'ciso'),
  ];
};
const asked = (by: Client, more: object = {}): Promise<Answer> =>
  by.post('/reports', {
    organisationId: app.world.organisations.agency,
    periodKind: 'MONTH',
    on: '2026-11-15',
    ...more,
  });
const make = (id: string): Promise<void> => app.app.get(ReportMaker, { strict: false }).run(id);
const schedule = (): Promise<string[]> => app.app.get(ScheduledReports, { strict: false }).run();
const actionsOn = async (id: string): Promise<string[]> =>
  (
    await app.database.query<{ action: string }>(
      `SELECT action FROM audit_event WHERE record_id = $1 AND action LIKE 'report.%' ORDER BY at, id`,
      [id],
    )
  ).map(({ action }) => action);

/** One agency in November: a restore test that failed, a waiver that ran out, a system that was late when it was registered. */
beforeAll(async () => {
  app = await startTestApp('reports', { now: '2026-11-02T00:00:00Z' });
  [owner, manager, ciso] = await Promise.all([app.as('owner'), app.as('manager'), app.as('ciso')]);
  const ownerId = app.world.people.owner;
  failing = (await registerSystem(app, { code: 'R-1', tier: 'HIGH', ownerId, rto: 'PT4H' })).id;
  await registerLate(ownerId);
  waived = (await registerSystem(app, { code: 'R-2', tier: 'LOW', ownerId })).id;
  await at('2026-11-10T00:00:00Z');
  const test = { kind: 'RESTORE_TEST', strength: 'RESTORED', performedAt: '2026-11-09T06:00:00Z' };
  expect(
    (await owner.post(`/systems/${failing}/evidence`, { ...test, outcome: 'FAILED', measuredMinutes: 300 })).status,
  ).toBe(201);
  const { body } = await owner.get(`/systems/${waived}/obligations`);
  const duty = body.items.find(({ waivable }: { waivable: boolean }) => waivable);
  const wanted = { reason: '更改の途中', compensatingMeasure: '手作業', expiresOn: '2026-11-20' };
  const waiver = await owner.post(`/obligations/${duty.id}/waivers`, wanted);
  expect((await manager.post(`/waivers/${waiver.body.id}/approve`, {})).status).toBe(200);
  await at('2026-11-30T14:40:00Z');
  await app.app.get(ReadinessDays, { strict: false }).run();
  await at('2026-12-01T00:10:00Z');
});
afterAll(() => app.stop());

describe('a report on a period that has ended', () => {
  let id: string;

  it('is asked for by whoever answers for the organisation, and is there once the worker has made it', async () => {
    const answer = await asked(manager);
    expect(answer.status).toBe(202);
    id = answer.body.id;
    expect(answer.body).toMatchObject({
      ...{ periodKind: 'MONTH', startsOn: '2026-11-01', endsOn: '2026-11-30', version: 1, status: 'QUEUED' },
      ...{ sectionsDone: 0, sectionsTotal: 8, content: null, sha256: null, offered: [] },
    });
    expect((await asked(manager)).body.code).toBe('REPORT_WAITING');
    await make(id);
    expect((await manager.get(`/reports/${id}`)).body).toMatchObject({
      ...{ status: 'DRAFT', sectionsDone: 8, asOf: '2026-11-30T15:00:00.000Z', offered: ['comment', 'submit'] },
    });
  });

  it('tells how the systems stood, of the day that was frozen', async () => {
    const { content } = (await manager.get(`/reports/${id}`)).body;
    expect(content).toMatchObject({ running: false, standing: { on: '2026-11-30', madeUp: false }, before: null });
    const high = content.standing.tiers.find(({ tier }: { tier: string }) => tier === 'HIGH');
    expect(high).toMatchObject({ total: 1, byVerdict: { NOT_READY: 1, READY: 0 } });
  });

  it('tells what failed with its reason and owner, what turned, what was measured and what was waived', async () => {
    const { content, people } = (await manager.get(`/reports/${id}`)).body;
    const { owner: ownerId } = app.world.people;
    expect(content.duties).toMatchObject({ failed: 1 });
    expect(content.duties.items[0]).toMatchObject({ state: 'FAILED', system: { code: 'R-1' }, ownerId });
    expect(content.duties.items[0].reason.ja).not.toBe(content.duties.items[0].reason.en);
    expect(people).toContainEqual(expect.objectContaining({ id: ownerId, displayName: '運用 さくら' }));
    expect(JSON.stringify(content)).not.toContain('運用 さくら');
    expect(content.turns.items).toContainEqual(
      expect.objectContaining({ toState: 'FAILED', system: expect.objectContaining({ code: 'R-1' }) }),
    );
    // What was late when it was first judged is open, and did not become so.
    const ofLate = ({ system }: { system: { code: string } | null }): boolean => system?.code === 'R-3';
    expect(content.duties.items.some(ofLate)).toBe(true);
    expect(content.turns.items.some(ofLate)).toBe(false);
    expect(content.turns.worsened).toBe(content.duties.total - content.duties.items.filter(ofLate).length);
    expect(content.proofs).toMatchObject({ total: 1, restoreTests: 1, failed: 1, tooLong: 1 });
    expect(content.proofs.items[0]).toMatchObject({ measuredMinutes: 300, rtoMinutes: 240, outcome: 'FAILED' });
    expect(content.waivers).toMatchObject({ total: 1, granted: 1, expired: 1, inForce: 0 });
    expect(content.exceptions).toMatchObject({ provisionalTotal: 3, unreachableTotal: 0 });
  });

  it('has the digest of what it says, and never changes', async () => {
    const { content, sha256 } = (await manager.get(`/reports/${id}`)).body;
    expect(createHash('sha256').update(canonicalJson(content)).digest('hex')).toBe(sha256);
    await make(id);
    expect((await manager.get(`/reports/${id}`)).body.sha256).toBe(sha256);
    for (const statement of [
      `UPDATE report SET content = '{}'`,
      `UPDATE report SET sha256 = 'x'`,
      `UPDATE report SET version = 9`,
      'DELETE FROM report',
    ])
      await expect(app.dataSource.query(statement)).rejects.toThrow('a report never changes');
  });

  it('is made anew as a new version, beside the one before', async () => {
    const { body } = await asked(manager);
    expect(body).toMatchObject({ version: 2, status: 'QUEUED' });
    await make(body.id);
    expect((await manager.get(`/reports/${id}`)).body).toMatchObject({ version: 1, status: 'DRAFT' });
  });

  it('is commented on, submitted, and acknowledged by somebody else, each on record', async () => {
    expect((await manager.post(`/reports/${id}/acknowledge`, {})).status).toBe(403);
    expect((await ciso.post(`/reports/${id}/acknowledge`, {})).body.code).toBe('REPORT_NOT_SUBMITTED');
    const commented = await manager.post(`/reports/${id}/comments`, { text: '復元試験は12月に再度行う。' });
    expect(commented.body.comments).toMatchObject([
      { text: '復元試験は12月に再度行う。', author: { displayName: '責任 一郎' } },
    ]);
    expect((await manager.post(`/reports/${id}/submit`, {})).body).toMatchObject({
      ...{ status: 'SUBMITTED', submittedBy: { displayName: '責任 一郎' }, submittedAt: '2026-12-01T00:10:00.000Z' },
    });
    expect((await manager.post(`/reports/${id}/submit`, {})).body.code).toBe('REPORT_NOT_DRAFT');
    expect((await ciso.post(`/reports/${id}/acknowledge`, {})).body).toMatchObject({
      ...{ status: 'ACKNOWLEDGED', acknowledgedBy: { displayName: '統括 花子' }, offered: [] },
    });
    expect((await ciso.post(`/reports/${id}/comments`, { text: '遅い' })).body.code).toBe('REPORT_NOT_OPEN');
    expect(await actionsOn(id)).toEqual([
      ...['report.requested', 'report.made', 'report.commented', 'report.submitted', 'report.acknowledged'],
    ]);
    await expect(app.dataSource.query(`UPDATE report_comment SET text = 'x'`)).rejects.toThrow(
      'a report never changes',
    );
  });

  it('is not acknowledged by who submitted it', async () => {
    const { body } = await asked(ciso, { periodKind: 'QUARTER' });
    await make(body.id);
    await ciso.post(`/reports/${body.id}/submit`, {});
    expect((await ciso.post(`/reports/${body.id}/acknowledge`, {})).body.code).toBe('OWN_REPORT');
  });

  it('is a workbook in the words of the reader, with a sheet for each of its tables', async () => {
    const { path } = await download(app, manager, `/reports/${id}/export?format=xlsx`);
    const sheet = async (name: string) => {
      const { columns, values } = await readAll(path, { sheet: name });
      return values.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]])));
    };
    expect((await readAll(path)).sheets?.map(({ name }) => name)).toEqual([
      ...['対象期間', '件数', '準備状況', '期間中の変化', '期限超過・失敗', '例外措置', '訓練・復元試験', '改善事項'],
      '適用除外・重要度が暫定・連絡不能',
    ]);
    expect(await sheet('対象期間')).toMatchObject([
      {
        期間の種類: '月次',
        期間の初日: '2026-11-01',
        組織: '第一機構',
        版: '1',
        状況: '確認済み',
        確認者: '統括 花子',
      },
    ]);
    const failed = { 状態: '失敗', 責任者: '運用 さくら' };
    const { content } = (await manager.get(`/reports/${id}`)).body;
    const duties = await sheet('期限超過・失敗');
    expect(duties).toHaveLength(content.duties.total);
    expect(duties[0]).toMatchObject({ 番号: 'R-1', ...failed, 理由: content.duties.items[0].reason.ja });
    expect(await sheet('件数')).toContainEqual({
      ...{ 表: '期限超過・失敗', 全件数: String(content.duties.total), 記載件数: String(content.duties.total) },
    });
    expect(await sheet('準備状況')).toContainEqual(expect.objectContaining({ 重要度: '高', システム数: '1' }));
    expect(await sheet('訓練・復元試験')).toMatchObject([
      { 番号: 'R-1', 種類: '復元試験', '所要時間（分）': '300', '目標復旧時間（分）': '240' },
    ]);
    expect(await sheet('例外措置')).toMatchObject([
      { 番号: 'R-2', 状況: '期限切れ', 代替の措置: '手作業', 決定者: '責任 一郎' },
    ]);
    expect(await sheet('期間中の変化')).toContainEqual(expect.objectContaining({ 番号: 'R-1', 状態: '失敗' }));
  });

  it('is a CSV file for each of its tables, and whole as JSON', async () => {
    const { path, headers } = await download(app, manager, `/reports/${id}/export?format=csv`);
    expect(headers.get('content-type')).toBe('application/zip');
    const files = await unpack(path);
    expect([...files.keys()]).toEqual(
      [
        ...['report', 'report-counts', 'report-tiers', 'report-turns', 'report-duties', 'report-waivers'],
        ...['report-proofs', 'report-improvements', 'report-exceptions'],
      ].map((name) => `${name}.csv`),
    );
    expect(files.get('report-proofs.csv')).toMatch(/\r\n高,第一機構,[^\r]*,R-1,復元試験,[^\r]*,300,240,/);
    const { body: losses } = await manager.get(`/reports/${id}/export?format=cp932-losses`);
    expect(losses).toMatchObject({ lost: [], more: 0 });
    const { content, sha256 } = (await manager.get(`/reports/${id}`)).body;
    const { body: whole } = await manager.get(`/reports/${id}/export?format=json`);
    expect(whole).toMatchObject({ content, sha256 });
  });
});

describe('a report on a period that runs', () => {
  it('says so, and stands at the instant at which it was made', async () => {
    const { body } = await asked(manager, { on: '2026-12-01' });
    await make(body.id);
    const made = (await manager.get(`/reports/${body.id}`)).body;
    expect(made).toMatchObject({
      asOf: '2026-12-01T00:10:00.000Z',
      content: { running: true, standing: { on: null } },
    });
    expect(made.content.before).toMatchObject({ on: '2026-11-30' });
    expect(made.content.standing.tiers).toEqual(made.content.before.tiers);
  });

  it('is not made of one to come, nor of an organisation that is not one’s own', async () => {
    expect((await asked(manager, { on: '2027-01-01' })).body.errors).toMatchObject([
      { field: 'on', code: 'IN_THE_FUTURE' },
    ]);
    const { otherAgency, otherMinistry } = app.world.organisations;
    for (const organisationId of [otherAgency, otherMinistry])
      expect((await asked(manager, { organisationId })).body.errors).toMatchObject([
        { field: 'organisationId', code: 'NOT_FOUND' },
      ]);
    expect((await asked(manager, { periodKind: 'WEEK' })).status).toBe(400);
    expect((await asked(owner)).status).toBe(403);
  });
});

describe('the calendar', () => {
  it('asks once for the report of a month, of organisations with a CISO that had systems then', async () => {
    const first = await Promise.all([schedule(), schedule()]);
    expect(first.flat()).toHaveLength(1);
    expect(await schedule()).toEqual([]);
    const id = first.flat()[0] as string;
    await make(id);
    expect((await ciso.get(`/reports/${id}`)).body).toMatchObject({
      ...{ periodKind: 'MONTH', startsOn: '2026-11-01', requestedBy: null, organisation: { code: 'MIN' }, version: 1 },
      content: { duties: { failed: 1 } },
    });
    expect((await manager.get(`/reports/${id}`)).status).toBe(404);
  });

  it('makes up what was missed, the quarter too, while days that a report was made on can still be derived', async () => {
    await at('2027-02-03T00:00:00Z');
    const ids = await schedule();
    const { body } = await ciso.get(`/reports?organisationId=${app.world.organisations.ministry}`);
    const made = body.items.filter((item: Answer['body']) => ids.includes(item.id));
    expect(made.map(({ periodKind, startsOn }: Answer['body']) => `${periodKind} ${startsOn}`).sort()).toEqual([
      ...['MONTH 2026-12-01', 'MONTH 2027-01-01', 'QUARTER 2026-10-01'],
    ]);
    expect(await schedule()).toEqual([]);
    const derivable = app.app.get(PastVerdicts, { strict: false });
    expect(await derivable.isDerivable(app.dataSource.manager, '2027-02-01')).toBe(true);
  });
});
