import { type TestApp, startTestApp } from '../support/app';
import type { Client } from '../support/client';
import { csvOf, type Fields, importFile, upload } from '../support/imports';

let app: TestApp;
let admin: Client;

beforeAll(async () => {
  app = await startTestApp('imports scope', { worker: true });
  admin = await app.as('admin');
});
afterAll(() => app.stop());

const mapping = (changes: Fields = {}) => ({
  organisationId: app.world.organisations.otherAgency,
  columns: { code: 'code', name: 'name' },
  tier: { value: 'LOW' },
  ...changes,
});
const take = (header: string[], rows: string[][], changes: Fields = {}, fields: Fields = {}) =>
  importFile(admin, csvOf(header, ...rows), { mapping: mapping(changes), ...fields });
const listed = async (code: string) =>
  (await admin.get(`/systems?q=${encodeURIComponent(code)}`)).body.items.find((item: Fields) => item.code === code);

describe('the organisations of a register', () => {
  const organisation = { columns: ['局', '課'], create: true };
  const header = ['code', 'name', '局', '課'];

  it('are found by their names however they are written, and made where they are missing', async () => {
    const rows = [
      ['O-1', 'One', 'ＩＴ局', '総務課'],
      ['O-2', 'Two', 'it局 ', ''],
      ['O-3', 'Three', '別局', '総務課'],
    ];
    const report = await take(header, rows, { organisation });
    expect(report).toMatchObject({ created: 3, organisationsCreatedCount: 4 });
    expect(report.organisationsCreated).toEqual(['ＩＴ局', 'ＩＴ局 / 総務課', '別局', '別局 / 総務課']);
    expect((await listed('O-2')).organisation).toMatchObject({ name: 'ＩＴ局', code: 'AGC-2/ＩＴ局' });
    expect((await take(header, rows, { organisation })).unchanged).toBe(3);
  });

  it('get another code when theirs is taken or too long', async () => {
    const path = ['い'.repeat(30), 'ろ'.repeat(30)];
    await take(header, [['O-4', 'Four', ...path]], { organisation });
    const { organisation: made } = await listed('O-4');
    expect(made.code).toHaveLength(50);
    const { body: bureau } = await admin.get(`/organisations/${(await listed('O-3')).organisation.id}`);
    await admin.patch(`/organisations/${bureau.id}`, { name: '企画課' }, `"${bureau.version}"`);
    await take(header, [['O-5', 'Five', '別局', '総務課']], { organisation });
    expect((await listed('O-5')).organisation.code).toMatch(/^AGC-2\/別局\/総務課~/);
  });

  it('are not made up where the mapping does not say so', async () => {
    const report = await take(header, [['O-6', 'Six', '新局', '']], {
      organisation: { ...organisation, create: false },
    });
    expect(report).toMatchObject({ created: 0, rejectedCount: 1, organisationsCreatedCount: 0 });
    expect(report.rejected[0]).toMatchObject({ row: 2, column: '局', code: 'ORGANISATION_NOT_FOUND' });
  });

  it('are not made for rows that are rejected', async () => {
    const rows = [['', 'No code', '幻局', '']];
    expect(await take(header, rows, { organisation })).toMatchObject({
      rejectedCount: 1,
      organisationsCreatedCount: 0,
    });
  });

  it('are ambiguous when two have one name', async () => {
    for (const code of ['SAME-1', 'SAME-2'])
      await admin.post('/organisations', { code, name: '同名局', kind: 'BUREAU', parentId: mapping().organisationId });
    const { rejected } = await take(header, [['O-7', 'Seven', '同名局', '']], { organisation });
    expect(rejected[0]).toMatchObject({ column: '局', code: 'ORGANISATION_AMBIGUOUS' });
  });
});

describe('systems that a file does not name', () => {
  it('are told of, but for retired ones, and stay', async () => {
    await take(
      ['code', 'name'],
      [
        ['M-1', 'One'],
        ['M-2', 'Two'],
        ['M-3', 'Three'],
      ],
    );
    await admin.post(`/systems/${(await listed('M-3')).id}/retire`, { reason: '統合' });
    const report = await take(
      ['code', 'name'],
      [
        ['M-1', 'One'],
        ['M-2', ''],
      ],
    );
    const missing = report.missing.map(({ code }: Fields) => code);
    expect(missing).not.toEqual(expect.arrayContaining(['M-1']));
    expect(missing).not.toEqual(expect.arrayContaining(['M-2']));
    expect(missing).not.toEqual(expect.arrayContaining(['M-3']));
    expect(missing).toEqual(expect.arrayContaining(['O-1']));
    expect(report.missingCount).toBe(report.missing.length);
    expect(await listed('O-1')).toBeDefined();
  });

  it('are pointed out when the file has their code in another organisation', async () => {
    const report = await take(
      ['code', 'name', '局'],
      [['O-1', 'One', '別局']],
      { organisation: { columns: ['局'], create: true } },
      { dryRun: true },
    );
    expect(report).toMatchObject({ created: 1, warningCount: 1 });
    expect(report.warnings[0]).toMatchObject({ row: 2, column: 'code', code: 'CODE_IN_OTHER_ORGANISATION' });
    expect(report.missing.map(({ code }: Fields) => code)).not.toContain('O-1');
  });
});

describe('the owners of a register', () => {
  const header = ['code', 'name', 'owner'];
  const owner = { column: 'owner' };

  it('are known people, or new ones who do not sign in', async () => {
    const rows = [
      ['P-1', 'One', '運用担当 <OWNER@sonae.example>'],
      ['P-2', 'Two', '新任: new@sonae.example'],
      ['P-3', 'Three', 'new@sonae.example'],
    ];
    const report = await take(header, rows, { owner });
    expect(report).toMatchObject({ created: 3, peopleCreatedCount: 1 });
    expect((await listed('P-1')).owner).toMatchObject({ id: app.world.people.owner, displayName: '運用 さくら' });
    expect((await listed('P-2')).owner).toMatchObject({ displayName: '新任', email: 'new@sonae.example' });
    expect((await listed('P-3')).owner.id).toBe((await listed('P-2')).owner.id);
  });

  it('stay when the file names nobody who can be reached, and go when the cell is empty', async () => {
    const { warnings } = await take(header, [['P-1', 'One', '運用担当']], { owner });
    expect(warnings).toEqual([expect.objectContaining({ row: 2, column: 'owner', code: 'OWNER_WITHOUT_ADDRESS' })]);
    expect((await listed('P-1')).owner).not.toBeNull();
    expect((await take(header, [['P-1', 'One', '']], { owner })).changes[0].fields).toEqual(['ownerId']);
    expect((await listed('P-1')).owner).toBeNull();
  });

  it('are not people whose account is closed', async () => {
    await app.dataSource.query(`UPDATE app_user SET active = false WHERE email = 'new@sonae.example'`);
    const { warnings } = await take(header, [['P-4', 'Four', 'new@sonae.example']], { owner });
    expect(warnings[0]).toMatchObject({ code: 'OWNER_INACTIVE' });
    expect((await listed('P-4')).owner).toBeNull();
  });

  it('are nobody of another ministry', async () => {
    const { warnings } = await take(header, [['P-8', 'Eight', 'outsider@sonae.example']], { owner });
    expect(warnings[0]).toMatchObject({ code: 'OWNER_INACTIVE' });
    expect((await listed('P-8')).owner).toBeNull();
  });

  it('may be found by their names, among the people of the organisation only', async () => {
    const rows = [
      ['P-5', 'Five', '統括　花子'],
      ['P-6', 'Six', '外山 誠'],
    ];
    const report = await take(header, rows, { owner: { column: 'owner', pattern: 'NAME' } });
    expect((await listed('P-5')).owner.id).toBe(app.world.people.ciso);
    expect(report.warnings).toEqual([expect.objectContaining({ row: 3, code: 'OWNER_NOT_FOUND' })]);
  });
});

describe('an import', () => {
  it('is for people who import for the organisation', async () => {
    const send = async (who: Parameters<TestApp['as']>[0]) =>
      upload(await app.as(who), '/imports/systems', csvOf(['code', 'name']), { mapping: mapping(), dryRun: true });
    expect((await send('ciso')).status).toBe(202);
    expect((await send('owner')).status).toBe(403);
    const { status, body } = await send('outsider');
    expect(status).toBe(422);
    expect(body.errors).toEqual([expect.objectContaining({ field: 'mapping.organisationId', code: 'NOT_FOUND' })]);
    expect((await upload(app.browser(), '/imports/systems', csvOf(['code']))).status).toBe(401);
  });

  it('is seen by them only, the newest first', async () => {
    const { id } = await take(['code', 'name'], [['', 'x']]);
    const { body } = await admin.get('/imports?limit=2');
    expect(body.items).toHaveLength(2);
    expect(body.items[0]).toMatchObject({ id, status: 'DONE', rejectedCount: 1, organisation: { code: 'AGC-2' } });
    expect((await admin.get(`/imports?limit=2&cursor=${body.nextCursor}`)).body.items[0].id < body.items[1].id).toBe(
      true,
    );
    const outsider = await app.as('outsider');
    expect((await outsider.get('/imports')).body.items).toEqual([]);
    expect((await outsider.get(`/imports/${id}`)).status).toBe(404);
    expect((await outsider.get(`/imports/${id}/rejected.csv`)).status).toBe(404);
  });

  it('speaks the language of who reads it', async () => {
    const { id } = await take(['code', 'name'], [['', 'x']]);
    await admin.ask('PATCH', '/me', { body: { locale: 'en' }, headers: { 'if-match': '"1"' } });
    expect((await admin.get(`/imports/${id}`)).body.rejected[0].message).toBe('This is required.');
    expect((await admin.get('/imports/systems/template.csv')).body).toMatch(/^\uFEFF?System code,System name,/);
    await admin.ask('PATCH', '/me', { body: { locale: 'ja' }, headers: { 'if-match': '"2"' } });
  });

  it('leaves a trace of everything it did', async () => {
    const { id } = await take(['code', 'name', 'owner'], [['A-1', 'One', 'trace@sonae.example']], {
      owner: { column: 'owner' },
    });
    const actions = await app.dataSource.query<{ action: string; actorId: string; program: string | null }[]>(
      `SELECT action, program, actor_id AS "actorId" FROM audit_event WHERE record_id = $1 OR after->>'importId' = $1::text ORDER BY id`,
      [id],
    );
    expect(actions.map(({ action }) => action).sort()).toEqual(
      ['import.requested', 'user.created', 'system.created', 'import.finished', 'import.viewed'].sort(),
    );
    expect(new Set(actions.map(({ actorId }) => actorId))).toEqual(new Set([app.world.people.admin]));
    const byJob = actions.filter(({ program }) => program === 'job:imports.systems').map(({ action }) => action);
    expect(byJob.sort()).toEqual(['import.finished', 'system.created', 'user.created']);
  });
});

describe('profiles', () => {
  it('come with the product', async () => {
    const { body } = await admin.get('/import-profiles');
    expect(body.items.map(({ id, builtIn }: Fields) => [id, builtIn])).toEqual([
      ['jp-administrative-review', true],
      ['uk-moj-namespaces', true],
    ]);
    expect((await admin.delete('/import-profiles/uk-moj-namespaces', '"1"')).status).toBe(404);
  });

  it('are kept for an organisation, used, and forgotten', async () => {
    const kept = { name: '毎月の台帳', mapping: mapping() };
    const { status, body, headers } = await admin.post('/import-profiles', kept);
    expect(status).toBe(201);
    expect(body).toMatchObject({ name: '毎月の台帳', builtIn: false, mapping: kept.mapping, version: 1 });
    const again = await admin.post('/import-profiles', kept);
    expect([again.status, again.body.errors]).toEqual([
      409,
      [expect.objectContaining({ field: 'name', code: 'DUPLICATE' })],
    ]);
    const outsider = await app.as('outsider');
    expect((await outsider.get('/import-profiles')).body.items).toHaveLength(2);
    expect((await outsider.post('/import-profiles', kept)).status).toBe(422);
    expect((await outsider.delete(`/import-profiles/${body.id}`, '"1"')).status).toBe(404);
    const report = await importFile(admin, csvOf(['code', 'name'], ['K-1', 'One']), { profileId: body.id });
    expect(report).toMatchObject({ status: 'DONE', created: 1, organisation: { code: 'AGC-2' } });
    expect((await admin.delete(`/import-profiles/${body.id}`, null)).status).toBe(428);
    expect((await admin.delete(`/import-profiles/${body.id}`, '"7"')).status).toBe(412);
    expect((await admin.delete(`/import-profiles/${body.id}`, headers.get('etag'))).status).toBe(204);
    expect((await admin.get('/import-profiles')).body.items).toHaveLength(2);
  });
});
