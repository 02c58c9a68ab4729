import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeText } from '../../src/platform/tabular/text/text-encodings';
import { type TestApp, startTestApp } from '../support/app';
import type { Client } from '../support/client';
import { csvOf, type Fields, importFile, register, upload } from '../support/imports';
import { readAll, temporaryFolder } from '../support/tables';
import { type SheetXml, writeXlsx, type WorkbookXml } from '../support/xlsx-file';

let app: TestApp;
let admin: Client;
const folder = temporaryFolder();

beforeAll(async () => {
  app = await startTestApp('imports files', { worker: true });
  admin = await app.as('admin');
});
afterAll(() => app.stop());

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`).replaceAll('\n', '&#10;');
const sheetRows = (rows: readonly (readonly string[])[]): string =>
  rows
    .map(
      (cells) =>
        `<row>${cells.map((cell) => `<c t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`).join('')}</row>`,
    )
    .join('');
let written = 0;
const workbook = async (sheets: SheetXml[], rest: Partial<WorkbookXml> = {}): Promise<Buffer> =>
  readFileSync(await writeXlsx(join(folder, `book-${++written}.xlsx`), { sheets, ...rest }));

const mapping = (changes: Fields = {}) => ({
  organisationId: app.world.organisations.otherAgency,
  columns: { code: 'code', name: 'name' },
  tier: { value: 'LOW' },
  ...changes,
});
const take = (content: Uint8Array, changes: Fields = {}) => importFile(admin, content, { mapping: mapping(changes) });
const names = async () =>
  (await app.dataSource.query<{ code: string; name: string }[]>('SELECT code, name FROM system ORDER BY code')).map(
    ({ code, name }) => `${code} ${name}`,
  );

describe('a workbook', () => {
  it('is the same register as the CSV it was made from', async () => {
    const profile = { profileId: 'uk-moj-namespaces', organisationId: app.world.organisations.agency };
    expect(await importFile(admin, register('moj-namespaces-a.csv'), profile)).toMatchObject({ created: 686 });
    const { columns, values } = await readAll(join(__dirname, '../fixtures/registers/moj-namespaces-a.csv'));
    const content = await workbook([{ name: 'Register', rows: sheetRows([columns, ...(values as string[][])]) }]);
    const report = await importFile(admin, content, profile, 'register.xlsx');
    expect(report).toMatchObject({ status: 'DONE', format: 'xlsx', encoding: null, sheet: 'Register' });
    expect(report).toMatchObject({ created: 0, updated: 0, unchanged: 686, rejectedCount: 0, warningCount: 34 });
  });

  it('is inspected by its sheets, and imported from the one that is named', async () => {
    const content = await workbook([
      { name: '表紙', rows: sheetRows([['title'], ['x']]) },
      {
        name: '台帳',
        rows: sheetRows([
          ['code', 'name'],
          ['W-1', '復旧'],
        ]),
      },
      { name: '隠し', state: 'hidden', rows: sheetRows([['code'], ['x']]) },
    ]);
    const { body } = await upload(admin, '/imports/systems/inspect', content, { sheet: '台帳' });
    expect(body.sheets).toEqual([
      { name: '表紙', hidden: false },
      { name: '台帳', hidden: false },
      { name: '隠し', hidden: true },
    ]);
    expect(body).toMatchObject({
      format: 'xlsx',
      encoding: null,
      sheet: '台帳',
      sample: [{ code: 'W-1', name: '復旧' }],
    });
    expect(await take(content, { file: { sheet: '台帳' } })).toMatchObject({ created: 1 });
    expect((await take(content, { file: { sheet: 'なし' } })).error).toMatchObject({
      field: 'file',
      code: 'SHEET_NOT_FOUND',
    });
  });

  it('has its formulas taken by their values, and rejected where they have none', async () => {
    const row = (code: string, cell: string) => `<row><c t="inlineStr"><is><t>${code}</t></is></c>${cell}</row>`;
    const rows =
      sheetRows([['code', 'name']]) +
      row('W-2', '<c t="str"><f>"A"&amp;"B"</f><v>AB</v></c>') +
      row('W-3', '<c><f>NOW()</f></c>');
    const report = await take(await workbook([{ name: 'S', rows }]));
    expect(report).toMatchObject({ created: 1, rejectedCount: 1 });
    expect(report.rejected[0]).toMatchObject({ row: 3, column: 'name', code: 'FORMULA_NOT_CALCULATED' });
    expect(await names()).toContain('W-2 AB');
  });

  it('may hold characters that no name may have', async () => {
    const rows = sheetRows([
      ['code', 'name'],
      ['W-4', 'nul_x0000_'],
      ['W-5', 'half_xD842_'],
      ['W-6', 'good'],
    ]);
    const report = await take(await workbook([{ name: 'S', rows }]));
    expect(report).toMatchObject({ status: 'DONE', created: 2, rejectedCount: 1 });
    expect(report.rejected[0]).toMatchObject({ row: 2, column: 'name', code: 'NOT_PLAIN_TEXT' });
    expect((await admin.get(`/imports/${report.id}/rejected.csv`)).body).toContain('nul\uFFFD');
    expect(await names()).toContain('W-5 half\uFFFD');
  });

  it('that is a bomb ends the import, and is refused at inspection', async () => {
    const filler = Buffer.alloc(64 * 1024 * 1024, 32);
    const parts = { 'xl/worksheets/sheet1.xml': Buffer.concat([Buffer.from('<worksheet><sheetData>'), filler]) };
    const bomb = await workbook([{ name: 'S', rows: '' }], { parts });
    expect(bomb.length).toBeLessThan(200_000);
    expect(await take(bomb)).toMatchObject({ status: 'FAILED', error: { field: 'file', code: 'ZIP_BOMB' } });
    const { status, body } = await upload(admin, '/imports/systems/inspect', bomb);
    expect([status, body.errors[0].code]).toEqual([422, 'ZIP_BOMB']);
  });
});

describe('the encoding of a file', () => {
  const text = 'code,name\r\nE-1,能登の表示ソフト～①髙\r\n';

  it.each([
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.from(`\uFEFF${text}`)],
    ['cp932', Buffer.from(encodeText(text, 'cp932').bytes)],
    ['utf-16le', Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ])('is seen: %s', async (encoding, content) => {
    const report = await take(content);
    expect(report).toMatchObject({ status: 'DONE', encoding, rejectedCount: 0 });
    expect(await names()).toContain('E-1 能登の表示ソフト～①髙');
  });

  it('may be that of Western Windows, with any delimiter', async () => {
    const content = Buffer.from('code;name\r\nE-2;Bureau des \xE9tudes \x96 \x80 \x93sans\x94\r\n', 'latin1');
    expect(await take(content)).toMatchObject({ status: 'DONE', encoding: 'windows-1252', delimiter: ';' });
    expect(await names()).toContain('E-2 Bureau des études – € “sans”');
  });

  it('is not trusted when it does not fit, and the person is told where', async () => {
    const content = Buffer.from(encodeText(text, 'cp932').bytes);
    const { status, error, rowsTotal } = await take(content, { file: { encoding: 'utf-8' } });
    expect([status, rowsTotal]).toEqual(['FAILED', null]);
    expect(error).toMatchObject({ field: 'file', code: 'ENCODING_MISMATCH' });
    expect(error.message).toBe('文字コードが一致しません（2行目、15バイト目）。');
  });
});

describe('a file that is too much', () => {
  it('has more rows than an import takes', async () => {
    const content = Buffer.from(`code,name\n${'1,2\n'.repeat(200_001)}`);
    expect(await take(content)).toMatchObject({ status: 'FAILED', error: { code: 'ROWS_TOO_MANY' } });
  });

  it('has more bytes than an import takes', async () => {
    const content = Buffer.alloc(32 * 1024 * 1024 + 1, 'x');
    const { status } = await upload(admin, '/imports/systems', content, { mapping: mapping() });
    expect(status).toBe(413);
  });

  it('is forgotten when its import has ended, but for its digest', async () => {
    const { sha256 } = await take(csvOf(['code', 'name'], ['G-1', 'One']));
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(await app.dataSource.query('SELECT count(*) AS n FROM import_run WHERE content IS NOT NULL')).toEqual([
      { n: '0' },
    ]);
  });
});
