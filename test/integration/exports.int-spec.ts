import { startTestApp, type TestApp } from '../support/app';
import { registerSystem } from '../support/builders/systems';
import type { Client } from '../support/client';

let app: TestApp;
let manager: Client;

beforeAll(async () => {
  app = await startTestApp('exports');
  manager = await app.as('manager');
  const { owner } = app.world.people;
  await registerSystem(app, { code: 'E-1', name: '=HYPERLINK("x")', tier: 'HIGH', ownerId: owner });
  await registerSystem(app, { code: 'E-2', name: '𠮷野システム', nameEn: 'Yoshino', tier: 'LOW' });
  await registerSystem(
    app,
    { code: 'E-3', name: '別省のもの', organisationId: app.world.organisations.otherMinistry },
    'outsider',
  );
});
afterAll(() => app.stop());

const linesOf = async (path: string, by = manager): Promise<string[]> =>
  String((await by.get(path)).body)
    .trim()
    .split('\r\n');

describe('the export of a list', () => {
  it('has what the filter shows, in its order and within the scope, headed and worded in the language of the reader', async () => {
    const lines = await linesOf('/systems/export?format=csv&sort=tier');
    expect(lines[0]).toBe(
      '名称,組織,番号,重要度,状態,準備状況,依存先を含む準備状況,充足,対象,責任者,誰にも通知できない,次に行うこと,理由',
    );
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(/^"'=HYPERLINK\(""x""\)",第一機構,E-1,高,/);
    expect(lines[2]).toMatch(/^𠮷野システム,第一機構,E-2,低,.*,はい,/);
    expect(await linesOf('/systems/export?format=csv&tier=LOW')).toHaveLength(2);
    await app.database.query(`UPDATE app_user SET locale = 'en' WHERE id = $1`, [app.world.people.ciso]);
    const english = await linesOf('/systems/export?format=csv&tier=LOW', await app.as('ciso'));
    expect(english[0]).toMatch(/^Name,Organisation,Code,Tier/);
    expect(english[1]).toMatch(/^Yoshino,/);
  });

  it('goes on over more rows than one page', async () => {
    await app.database.query(
      `INSERT INTO system SELECT (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(), 'code', 'M-' || lpad(n::text, 5, '0')))).*
       FROM system s CROSS JOIN generate_series(1, 1200) n WHERE s.code = 'E-2'`,
    );
    const codes = (await linesOf('/systems/export?format=csv&tier=LOW'))
      .map((line) => line.split(',')[2] ?? '')
      .filter((code) => code.startsWith('M-'));
    await app.database.query(`DELETE FROM system WHERE code LIKE 'M-%'`);
    expect(codes).toHaveLength(1200);
    expect(new Set(codes).size).toBe(1200);
  });

  it('comes as XLSX and JSON too, and tells what CP932 lacks', async () => {
    const answer = await manager.get('/systems/export?format=xlsx');
    expect(answer.headers.get('content-type')).toContain('spreadsheetml');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="systems-2026-11-23.xlsx"');
    expect(String(answer.body).slice(0, 2)).toBe('PK');
    const { body: json } = await manager.get('/systems/export?format=json&sort=code');
    expect(json.map(({ code, tier }: { code: string; tier: string }) => [code, tier])).toEqual([
      ['E-1', 'HIGH'],
      ['E-2', 'LOW'],
    ]);
    const { body: losses } = await manager.get('/systems/export?format=cp932-losses');
    expect(losses).toMatchObject({ rows: 2, lost: [{ character: '𠮷', count: 1, column: '名称' }] });
  });

  it('is on record with its filter', async () => {
    await manager.get('/obligations/export?format=csv&state=OVERDUE');
    const [event] = await app.database.query(
      `SELECT action, actor_id AS "actorId", after FROM audit_event WHERE action = 'list.exported' ORDER BY at DESC, id DESC LIMIT 1`,
    );
    expect(event).toEqual({
      action: 'list.exported',
      actorId: app.world.people.manager,
      after: { list: 'obligations', format: 'csv', filter: { state: ['OVERDUE'] } },
    });
  });

  it.each([
    ['/obligations/export', '状態,期限,要求事項'],
    ['/waivers/export', '状況,有効,期限日'],
    ['/improvements/export', '件名,きっかけ,状況,期限'],
    ['/backup-requirements/export', 'システム,番号,組織,バックアップ対象,重要度,状況'],
    ['/advice/export', '件名,組織,依頼先,状況'],
    ['/users/export', '氏名,メールアドレス,役割'],
    ['/drills/export', '件名,区分,訓練の種類,状況,予定日時'],
    ['/backup-profiles/export', '名称,組織,方式,取得の間隔'],
    ['/organisations/export', '番号,名称,種別,上位の組織'],
    ['/reminders/export', '予定日,宛先,システム'],
    ['/reports/export', '期間の種類,期間の初日,期間の末日,組織,版,状況'],
  ])('is offered by %s', async (path, headings) => {
    const [first] = await linesOf(`${path}?format=csv`);
    expect(first).toMatch(new RegExp(`^${headings}`));
  });

  it('of the evidence of one system is not to be had by who may not see it', async () => {
    const { id } = (await manager.get('/systems?q=E-1')).body.items[0];
    expect((await linesOf(`/systems/${id}/evidence/export?format=csv`))[0]).toMatch(/^実施日時,種類/);
    expect((await (await app.as('outsider')).get(`/systems/${id}/evidence/export?format=csv`)).status).toBe(404);
    expect((await manager.get('/systems/export?format=pdf')).status).toBe(400);
  });
});
