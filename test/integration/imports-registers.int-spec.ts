import { type TestApp, startTestApp } from '../support/app';
import { changeTier } from '../support/builders/systems';
import type { Client } from '../support/client';
import { importFile, register } from '../support/imports';

let app: TestApp;
let admin: Client;

beforeAll(async () => {
  app = await startTestApp('imports registers', { worker: true });
  admin = await app.as('admin');
});
afterAll(() => app.stop());

/** A report without what differs between two imports of one file. */
const resultOf = (report: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(report).filter(([name]) => !['id', 'dryRun', 'createdAt', 'finishedAt', 'seen'].includes(name)),
  );

const rowsOf = async (table: string) =>
  Number((await app.dataSource.query<{ n: string }[]>(`SELECT count(*) AS n FROM ${table}`))[0]?.n);

const tiersBelow = (organisationId: string) =>
  app.dataSource.query(
    `SELECT tier, count(*)::integer AS n FROM system JOIN organisation_closure USING (organisation_id)
     WHERE ancestor_id = $1 GROUP BY tier ORDER BY tier`,
    [organisationId],
  );

describe('the namespaces of a cloud platform', () => {
  const file = register('moj-namespaces-a.csv');
  const import_ = (dryRun: boolean) =>
    importFile(
      admin,
      file,
      { profileId: 'uk-moj-namespaces', organisationId: app.world.organisations.agency, dryRun },
      'moj-namespaces-a.csv',
    );

  it('are all taken, after a dry run that says exactly the same and writes nothing', async () => {
    const before = await Promise.all(['system', 'organisation', 'app_user', 'obligation'].map(rowsOf));
    const dry = await import_(true);
    expect(await Promise.all(['system', 'organisation', 'app_user', 'obligation'].map(rowsOf))).toEqual(before);
    const real = await import_(false);
    expect(resultOf(real)).toEqual(resultOf(dry));
    expect(real).toMatchObject({
      status: 'DONE',
      encoding: 'utf-8',
      rowsRead: 686,
      rowsTotal: 686,
      created: 686,
      updated: 0,
      unchanged: 0,
      rejectedCount: 0,
      rejected: [],
      unmapped: [],
      missing: [],
      organisationsCreated: ['LAA', 'HQ', 'Platforms', 'Central Digital', 'HMPPS', 'HMCTS', 'CICA'],
    });
    expect(await tiersBelow(app.world.organisations.agency)).toEqual([
      { tier: 'HIGH', n: 200 },
      { tier: 'LOW', n: 486 },
    ]);
    expect(real.ignoredColumns).toContain('environment');
  });

  it('have no owner where the file gives no address, each with a warning', async () => {
    const [{ id }] = (await admin.get('/imports')).body.items;
    const { warnings, warningCount } = (await admin.get(`/imports/${id}`)).body;
    expect(warningCount).toBe(34);
    expect(new Set(warnings.map(({ column, code }: never) => `${column} ${code}`))).toEqual(
      new Set(['owner OWNER_WITHOUT_ADDRESS']),
    );
    const [{ n }] = await app.dataSource.query(
      `SELECT count(*)::integer AS n FROM system JOIN organisation_closure USING (organisation_id)
       WHERE ancestor_id = $1 AND owner_id IS NULL`,
      [app.world.organisations.agency],
    );
    expect(n).toBe(34);
  });

  it('make one person of each address, who does not sign in', async () => {
    const people = await app.dataSource.query<{ email: string; displayName: string }[]>(
      `SELECT email, display_name AS "displayName" FROM app_user WHERE password_hash IS NULL`,
    );
    const addresses = file.toString().match(/owner-[0-9a-f]+@example\.gov\.uk/g) ?? [];
    expect(people.map(({ email }) => email).sort()).toEqual([...new Set(addresses)].sort());
    const named = Object.fromEntries(people.map(({ email, displayName }) => [email, displayName]));
    expect(named['owner-91b33dfa@example.gov.uk']).toBe('Prison Data Science');
    expect(named['owner-7338289c@example.gov.uk']).toBe('National Delius Service Team / Unilink');
    expect(named['owner-0d15a695@example.gov.uk']).toBe('owner-0d15a695@example.gov.uk');
  });

  it('owe what their tier owes from the day of the import', async () => {
    const { body } = await admin.get('/systems?q=aaronf-sandbox');
    expect(body.items[0]).toMatchObject({ code: 'aaronf-sandbox', tier: 'LOW', name: 'MAAT', verdict: 'UNKNOWN' });
    expect(body.items[0].counts.applicable).toBeGreaterThan(5);
  });

  it('change nothing when they come again', async () => {
    const again = await import_(false);
    expect(again).toMatchObject({
      status: 'DONE',
      created: 0,
      updated: 0,
      unchanged: 686,
      rejectedCount: 0,
      changes: [],
    });
    expect(again).toMatchObject({ organisationsCreatedCount: 0, peopleCreatedCount: 0, missingCount: 0 });
  });
});

describe('the programmes of the Japanese government', () => {
  const import_ = (content: Buffer, fields: object = {}) =>
    importFile(admin, content, {
      profileId: 'jp-administrative-review',
      organisationId: app.world.organisations.otherAgency,
      ...fields,
    });

  it('are all taken out of CP932', async () => {
    const report = await import_(register('jp-rs2024-systems.cp932.csv'));
    expect(report).toMatchObject({
      status: 'DONE',
      encoding: 'cp932',
      rowsRead: 399,
      created: 399,
      rejectedCount: 0,
      warningCount: 0,
      organisationsCreatedCount: 351,
    });
    expect(await tiersBelow(app.world.organisations.otherAgency)).toEqual([{ tier: 'MODERATE', n: 399 }]);
  });

  it('keep the characters whose second byte is a backslash', async () => {
    const names = await app.dataSource.query<{ name: string }[]>('SELECT name FROM system ORDER BY name');
    const decoded = new TextDecoder('shift_jis').decode(register('jp-rs2024-systems.cp932.csv'));
    const odd = names.filter(({ name }) => /[ソ表能予申構]/.test(name));
    expect(odd.length).toBeGreaterThan(20);
    expect(odd.every(({ name }) => decoded.includes(name))).toBe(true);
    expect(names.some(({ name }) => name.includes('\\') || name.includes('\uFFFD'))).toBe(false);
  });

  it('stand below their ministry, bureau and division, also where a level is blank', async () => {
    const { body } = await admin.get(`/systems?q=${encodeURIComponent('電子決裁システム EASY')}`);
    const { body: organisation } = await admin.get(`/organisations/${body.items[0].organisation.id}`);
    expect(organisation.path.slice(-3)).toEqual(['デジタル庁', '省庁業務サービス', '電子決裁システム担当']);
    expect(organisation.kind).toBe('DIVISION');
  });

  it('change nothing when they come again, and leave alone what people have decided since', async () => {
    const { body } = await admin.get(`/systems?q=${encodeURIComponent('電子決裁システム EASY')}`);
    const { id } = body.items[0];
    await changeTier(app, id, 'HIGH');
    const again = await import_(register('jp-rs2024-systems.cp932.csv'));
    expect(again).toMatchObject({
      status: 'DONE',
      created: 0,
      updated: 0,
      unchanged: 399,
      organisationsCreatedCount: 0,
    });
    expect((await admin.get(`/systems/${id}`)).body.tier).toBe('HIGH');
  });

  it('are the same in UTF-8 with a byte order mark', async () => {
    const text = new TextDecoder('shift_jis').decode(register('jp-rs2024-systems.cp932.csv'));
    const report = await import_(Buffer.from(`\uFEFF${text}`));
    expect(report).toMatchObject({ status: 'DONE', encoding: 'utf-8', unchanged: 399, created: 0 });
  });

  it('are followed into a changed cell, and missed when they are gone', async () => {
    const lines = new TextDecoder('shift_jis').decode(register('jp-rs2024-systems.cp932.csv')).split('\r\n');
    const shorter = lines
      .filter((line) => !line.startsWith('11,'))
      .join('\r\n')
      .replace('第二期', '第2期');
    const report = await import_(Buffer.from(shorter), { dryRun: true });
    expect(report.missing).toEqual([
      { code: '11', name: '第一期政府共通プラットフォーム(情報通信技術調達等適正・効率化推進費)' },
    ]);
    expect(report.changes.length).toBe(report.updated);
    expect(report.changes[0]).toMatchObject({ action: 'UPDATED', fields: ['name'] });
  });
});
