import { type TestApp, startTestApp } from '../support/app';
import type { Client } from '../support/client';
import { csvOf, type Fields, importFile, register, upload } from '../support/imports';

let app: TestApp;
let admin: Client;

beforeAll(async () => {
  app = await startTestApp('imports', { worker: true });
  admin = await app.as('admin');
});
afterAll(() => app.stop());

const TIER = { column: 'tier', values: { 高: 'HIGH', 中: 'MODERATE', 低: 'LOW' } };
const HEADER = ['code', 'name', 'tier'];
const mapping = (changes: Fields = {}) => ({
  organisationId: app.world.organisations.otherAgency,
  columns: { code: 'code', name: 'name' },
  tier: TIER,
  ...changes,
});
const take = (rows: string[][], fields: Fields = {}, header = HEADER) =>
  importFile(admin, csvOf(header, ...rows), { mapping: mapping(), ...fields });
const system = async (code: string) => {
  const { body } = await admin.get(`/systems?q=${encodeURIComponent(code)}`);
  const found = body.items.find((item: { code: string }) => item.code === code);
  return found && (await admin.get(`/systems/${found.id}`)).body;
};

describe('a file before it is mapped', () => {
  it('is shown with its columns, first rows, short lists of values and a guess at the mapping', async () => {
    const { status, body } = await upload(admin, '/imports/systems/inspect', register('moj-namespaces-a.csv'));
    expect(status).toBe(200);
    expect(body).toMatchObject({ format: 'csv', encoding: 'utf-8', delimiter: ',', sheets: null, rows: 686 });
    expect(body.columns).toHaveLength(20);
    expect(body.sample).toHaveLength(20);
    expect(body.sample[0]).toMatchObject({ namespace: 'aaronf-sandbox', is_production: 'false' });
    expect(body.distinct.is_production).toEqual([
      { value: 'false', count: 486 },
      { value: 'true', count: 200 },
    ]);
    expect(body.distinct).not.toHaveProperty('namespace');
    expect(body.suggestedMapping).toEqual({
      columns: { code: 'namespace', name: 'application' },
      organisation: { columns: ['business_unit'], create: false },
      owner: { column: 'owner', pattern: 'NAME_AND_EMAIL' },
    });
  });

  it('is refused with its reason when it is no table', async () => {
    const inspect = (content: Buffer | string, fields: Fields = {}) =>
      upload(admin, '/imports/systems/inspect', Buffer.from(content as string), fields);
    const { status, body } = await inspect('code,name\r\n1,"open');
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      { field: 'file', code: 'QUOTE_UNTERMINATED', message: '2行目で始まる引用符が閉じられていません。' },
    ]);
    expect((await inspect('')).body.errors[0].code).toBe('FILE_EMPTY');
    expect((await inspect('a,a\r\n1,2')).body.errors[0].code).toBe('HEADER_DUPLICATE');
    const japanese = await inspect(register('jp-rs2024-systems.cp932.csv'), { encoding: 'utf-8' });
    expect(japanese.body.errors[0]).toMatchObject({ field: 'file', code: 'ENCODING_MISMATCH' });
    expect((await inspect('a,b', { encoding: 'ebcdic' })).body.errors[0]).toMatchObject({ field: 'encoding' });
  });

  it('has to be there, alone and of a size', async () => {
    expect((await admin.post('/imports/systems/inspect', { file: 'x' })).status).toBe(415);
    const body = new FormData();
    body.set('encoding', 'auto');
    const { status, body: problem } = await admin.ask('POST', '/imports/systems/inspect', { body });
    expect(status).toBe(400);
    expect(problem.errors).toEqual([expect.objectContaining({ field: 'file', code: 'REQUIRED' })]);
    const large = await upload(admin, '/imports/systems/inspect', Buffer.alloc(32 * 1024 * 1024 + 1, 'x'));
    expect([large.status, large.body.code]).toEqual([413, 'BODY_TOO_LARGE']);
    expect(large.body.errors).toEqual([expect.objectContaining({ field: 'file', code: 'FILE_TOO_LARGE' })]);
  });
});

describe('a mapping', () => {
  const refused = async (given: unknown): Promise<string[]> => {
    const { status, body } = await upload(admin, '/imports/systems', csvOf(HEADER), { mapping: given });
    expect(status).toBe(400);
    return body.errors.map(({ field, code }: Record<string, string>) => `${field} ${code}`);
  };

  it('is refused field by field', async () => {
    expect(await refused(mapping({ tier: undefined }))).toEqual(['mapping.tier REQUIRED']);
    expect(await refused(mapping({ tier: { column: 'tier' } }))).toEqual(['mapping.tier.values REQUIRED']);
    expect(await refused(mapping({ tier: {} }))).toEqual(['mapping.tier.column REQUIRED']);
    expect(await refused(mapping({ tier: { ...TIER, value: 'LOW' } }))).toEqual([
      'mapping.tier.column COLUMN_OR_VALUE',
    ]);
    expect(await refused(mapping({ tier: { value: 'VITAL' } }))).toEqual(['mapping.tier.value NOT_IN_LIST']);
    expect(await refused(mapping({ tier: { column: 't', values: { 1: 'VITAL' } } }))).toEqual([
      'mapping.tier.values NOT_IN_LIST',
    ]);
    expect(await refused(mapping({ tier: { column: 't', values: { A: 'HIGH', 'ａ ': 'LOW' } } }))).toEqual([
      'mapping.tier.values NOT_UNIQUE',
    ]);
    expect(await refused(mapping({ columns: { code: { value: 'x' }, name: 'name' } }))).toEqual([
      'mapping.columns.code.value UNKNOWN_FIELD',
      'mapping.columns.code.column REQUIRED',
    ]);
    expect(await refused(mapping({ columns: { code: 'code', name: 'name', budget: 'x' } }))).toEqual([
      'mapping.columns.budget UNKNOWN_FIELD',
    ]);
    expect(await refused(mapping({ organisation: { columns: [], create: 'yes' } }))).toEqual([
      'mapping.organisation.columns TOO_FEW',
      'mapping.organisation.create NOT_A_BOOLEAN',
    ]);
    expect(await refused(mapping({ publicFacing: { column: 'x', values: { yes: 'true' } } }))).toEqual([
      'mapping.publicFacing.values NOT_IN_LIST',
    ]);
    expect(await refused('{')).toEqual(['mapping NOT_JSON']);
    expect(await refused([])).toEqual(['mapping NOT_AN_OBJECT']);
  });

  it('has to be there, unless a profile brings one', async () => {
    const send = (fields: Fields) => upload(admin, '/imports/systems', csvOf(HEADER), fields);
    expect((await send({})).body.errors).toEqual([expect.objectContaining({ field: 'mapping', code: 'REQUIRED' })]);
    const { body } = await send({ profileId: 'jp-administrative-review' });
    expect(body.errors).toEqual([expect.objectContaining({ field: 'organisationId', code: 'REQUIRED' })]);
    expect((await send({ profileId: 'nothing' })).status).toBe(404);
  });

  it('may name only columns that the file has', async () => {
    const columns = { code: 'code', name: 'name', rto: '復旧' };
    const report = await take([['C-1', 'One', '高']], { mapping: mapping({ columns }) });
    expect(report).toMatchObject({ status: 'FAILED', created: 0 });
    expect(report.error).toEqual({
      field: 'mapping.columns.rto',
      code: 'COLUMN_NOT_FOUND',
      message: 'ファイルに「復旧」という列がありません。',
    });
  });
});

describe('the rows of a register', () => {
  it('are taken or rejected one by one, each with its reason, and nothing is defaulted', async () => {
    const report = await take([
      ['R-1', 'One', '高'],
      ['R-2', 'Two', '最高'],
      ['', 'Three', '中'],
      ['R-1', 'Again', '低'],
      ['R-5', '', '最高 '],
      ['R-6', 'Six', ''],
      ['R-7', 'Seven', ' 低 '],
    ]);
    expect(report).toMatchObject({ status: 'DONE', rowsTotal: 7, created: 2, rejectedCount: 5 });
    expect(report.rejected.map(({ row, column, code }: Fields) => [row, column, code])).toEqual([
      [3, 'tier', 'UNMAPPED_VALUE'],
      [4, 'code', 'REQUIRED'],
      [5, 'code', 'DUPLICATE_IN_FILE'],
      [6, 'name', 'REQUIRED'],
      [6, 'tier', 'UNMAPPED_VALUE'],
      [7, 'tier', 'UNMAPPED_VALUE'],
    ]);
    expect(report.rejected[2].message).toBe('同じコードが2行目にあります。');
    expect(report.unmapped).toEqual([
      { column: 'tier', value: '最高', count: 2 },
      { column: 'tier', value: '', count: 1 },
    ]);
    expect(report.changes).toEqual([
      { row: 2, code: 'R-1', action: 'CREATED', fields: [] },
      { row: 8, code: 'R-7', action: 'CREATED', fields: [] },
    ]);
    expect(await system('R-2')).toBeUndefined();
  });

  it('that were rejected come back as a file for people to put right, in which nothing runs', async () => {
    const rows = [
      ['X-1', '=1+1', '?'],
      ['X-2', '"two, with ""quotes"""', '?'],
    ];
    const { id } = await take(rows);
    const { status, headers, body } = await admin.get(`/imports/${id}/rejected.csv`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^text\/csv; charset=utf-8/);
    expect(headers.get('content-disposition')).toContain('rejected.csv');
    expect(body.replace(/^\uFEFF/, '')).toBe(
      'code,name,tier,行番号,取り込めなかった理由\r\n' +
        "X-1,'=1+1,?,2,tier: 値「?」の対応が定められていません。\r\n" +
        'X-2,"two, with ""quotes""",?,3,tier: 値「?」の対応が定められていません。\r\n',
    );
    const again = await importFile(admin, Buffer.from(body.replaceAll(',?,', ',高,')), { mapping: mapping() });
    expect(again).toMatchObject({ created: 2, rejectedCount: 0 });
    expect((await system('X-1')).name).toBe('=1+1');
  });

  it('keep what looks like a formula as it is', async () => {
    const formulas = ['=cmd|calc!A0', '+81 3 1234', '-x', '@SUM(A1)'];
    await take(formulas.map((name, n) => [`F-${n}`, name, '低']));
    for (const [n, name] of formulas.entries()) expect((await system(`F-${n}`)).name).toBe(name);
  });

  it('change what they say and nothing else', async () => {
    await take([['U-1', 'Before', '低']]);
    const before = await system('U-1');
    await admin.patch(`/systems/${before.id}`, { note: '手書き', rto: 'PT4H' }, `"${before.version}"`);
    const columns = { code: 'code', name: 'name', supplier: 'supplier', rto: 'rto' };
    const report = await take([['U-1', 'After', '中', '委託先', '12時間']], { mapping: mapping({ columns }) }, [
      ...HEADER,
      'supplier',
      'rto',
    ]);
    expect(report).toMatchObject({ created: 0, updated: 1 });
    expect(report.changes).toEqual([{ row: 2, code: 'U-1', action: 'UPDATED', fields: ['name', 'supplier', 'rto'] }]);
    expect(await system('U-1')).toMatchObject({
      name: 'After',
      tier: 'LOW',
      supplier: '委託先',
      rto: 'PT12H',
      note: '手書き',
      version: before.version + 2,
    });
  });

  it('may not contradict what is registered, nor change what is retired', async () => {
    const columns = { code: 'code', name: 'name', rto: 'rto', mtd: 'mtd' };
    const targets = (rows: string[][], only: Fields) =>
      take(rows, { mapping: mapping({ columns: only }) }, [...HEADER, 'rto', 'mtd']);
    await targets([['T-1', 'One', '低', '4h', '8h']], columns);
    const { rejected } = await targets([['T-1', 'One', '低', '9h', '']], { code: 'code', name: 'name', rto: 'rto' });
    expect(rejected).toEqual([expect.objectContaining({ row: 2, column: 'rto', code: 'RTO_ABOVE_MTD' })]);
    const { id } = await system('T-1');
    await admin.post(`/systems/${id}/retire`, { reason: '統合のため' });
    const report = await take([['T-1', 'New name', '低']]);
    expect(report).toMatchObject({ updated: 0, rejectedCount: 1 });
    expect(report.rejected[0]).toMatchObject({ row: 2, column: null, code: 'SYSTEM_RETIRED' });
    expect(await take([['T-1', 'One', '低']])).toMatchObject({ unchanged: 1, rejectedCount: 0 });
  });
});
