import { join } from 'node:path';
import { readAll, tabularErrorOf, temporaryFolder } from '../../../../test/support/tables';
import { WorkbookXml, writeXlsx, writeZip } from '../../../../test/support/xlsx-file';
import { openTable } from '../read-table';

const folder = temporaryFolder();
let count = 0;
const newPath = () => join(folder, `book-${(count += 1)}.anything`);
const book = (workbook: WorkbookXml) => writeXlsx(newPath(), workbook);
const sheet = (rows: string, rest: Partial<WorkbookXml> = {}) => book({ sheets: [{ name: 'S', rows }], ...rest });
const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
const header = (...names: string[]) => `<row>${names.map(text).join('')}</row>`;
const errorOf = async (path: Promise<string>, options?: Parameters<typeof readAll>[1]) =>
  tabularErrorOf(readAll(await path, options));

describe('openTable with a workbook', () => {
  it('reads shared, inline and formula texts, numbers and booleans', async () => {
    const path = await sheet(
      header('shared', 'inline', 'string', 'number', 'boolean') +
        '<row><c t="s"><v>1</v></c><c t="inlineStr"><is><r><t>in</t></r><r><t xml:space="preserve"> line</t></r></is></c>' +
        '<c t="str"><f>"a"&amp;"b"</f><v>ab</v></c><c><v>12.5</v></c><c t="b"><v>1</v></c></row>',
      { sharedStrings: '<si><t>unused</t></si><si><t>表&lt;能&gt;&#10;ソ</t></si>' },
    );
    const table = await readAll(path);
    expect(table).toMatchObject({ format: 'xlsx', sheet: 'S', sheets: [{ name: 'S', hidden: false }] });
    expect(table.read).toEqual([
      { row: 2, cells: { shared: '表<能>\nソ', inline: 'in line', string: 'ab', number: '12.5', boolean: 'TRUE' } },
    ]);
  });

  it('leaves out the phonetic guide above Japanese text and decodes escaped characters', async () => {
    const path = await sheet('<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>', {
      sharedStrings:
        '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></si>' +
        '<si><r><t>a_x000D_</t></r><r><t>_x005F_x0041_</t></r></si>',
    });
    expect((await readAll(path)).columns).toEqual(['東京', 'a\r_x0041_']);
  });

  it('takes the value of a formula and never the formula', async () => {
    const path = await sheet(
      header('a', 'b', 'c') +
        '<row><c><f>1+1</f><v>2</v></c><c t="e"><f>VLOOKUP(1,A:B,2)</f><v>#N/A</v></c><c t="str"><f>""</f><v></v></c></row>',
    );
    expect((await readAll(path)).values).toEqual([['2', '#N/A', '']]);
  });

  it.each(['<f>1+1</f>', '<f>1+1</f><v/>', '<f>1+1</f><v></v>'])(
    'reports a formula that was never calculated, %s, and reads on',
    async (cell) => {
      const path = sheet(`${header('a', 'b')}<row><c><v>1</v></c><c>${cell}</c></row><row><c><v>3</v></c></row>`);
      const table = await readAll(await path);
      expect(table.faults).toMatchObject([{ code: 'FORMULA_NOT_CALCULATED', row: 2, column: 'b' }]);
      expect(table.values).toEqual([['3', '']]);
    },
  );

  it('shows dates, times and padded codes as their formats do', async () => {
    const styles = ['yyyy"年"m"月"d"日"', 14, 22, 20, '[h]:mm', '000000', 10];
    const path = await sheet(
      `${header('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h')}<row><c s="1"><v>46349</v></c><c s="2"><v>46349</v></c>` +
        '<c s="3"><v>46349.5</v></c><c s="4"><v>0.5</v></c><c s="5"><v>2</v></c><c s="6"><v>11002</v></c>' +
        '<c s="7"><v>0.25</v></c><c t="d"><v>2026-11-23T00:00:00</v></c></row>',
      { styles },
    );
    const dates = ['2026-11-23', '2026-11-23', '2026-11-23T12:00:00', '12:00', '48:00', '011002', '0.25', '2026-11-23'];
    expect((await readAll(path)).values).toEqual([dates]);
  });

  it('counts the days of a 1904 workbook from 1904', async () => {
    const rows = `${header('a')}<row><c s="1"><v>44887</v></c></row>`;
    expect((await readAll(await sheet(rows, { styles: [14], dates1904: true }))).values).toEqual([['2026-11-23']]);
    expect((await readAll(await sheet(rows, { styles: [14] }))).values).toEqual([['2022-11-22']]);
  });

  it('places cells and rows by their references and skips blank rows', async () => {
    const path = await sheet(
      '<row r="3"><c r="B3" t="inlineStr"><is><t>b</t></is></c><c r="D3" t="inlineStr"><is><t>d</t></is></c></row>' +
        '<row r="4"><c r="B4" s="1"/></row><row r="7"><c r="D7"><v>4</v></c></row><row r="9"><c r="AA9" s="1"/><c r="AB9"><v>5</v></c></row>',
    );
    const table = await readAll(path);
    expect(table.columns).toEqual(['column 1', 'b', 'column 3', 'd']);
    expect(table.read[0]).toMatchObject({ row: 7, cells: { b: '', d: '4' } });
    expect(table.faults).toMatchObject([{ code: 'ROW_TOO_LONG', row: 9, details: { cells: 28 } }]);
  });

  it('opens the first visible sheet and lists the hidden ones as hidden', async () => {
    const path = await book({
      sheets: [
        { name: 'codes', state: 'veryHidden', rows: header('x') },
        { name: '台帳', rows: header('name') },
        { name: 'old', state: 'hidden', rows: header('y') },
      ],
    });
    const table = await readAll(path);
    expect(table).toMatchObject({ sheet: '台帳', columns: ['name'] });
    expect(table.sheets).toEqual([
      { name: 'codes', hidden: true },
      { name: '台帳', hidden: false },
      { name: 'old', hidden: true },
    ]);
    expect((await readAll(path, { sheet: 'old' })).columns).toEqual(['y']);
    expect((await errorOf(Promise.resolve(path), { sheet: 'none' })).code).toBe('SHEET_NOT_FOUND');
  });

  it('ignores rows that are no data: the anchors of form controls', async () => {
    const part =
      `<worksheet><sheetData>${header('a')}</sheetData><controls><from><xdr:row xmlns:xdr="d">5</xdr:row></from></controls>` +
      '<mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>';
    expect((await readAll(await sheet('', { parts: { 'xl/worksheets/sheet1.xml': part } }))).read).toEqual([]);
  });

  it('reads parts with a namespace prefix, a byte order mark or UTF-16', async () => {
    const xml =
      '<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>能</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>';
    for (const content of [`\uFEFF${xml}`, Buffer.from(`\uFEFF${xml}`, 'utf16le')]) {
      expect((await readAll(await sheet('', { parts: { 'xl/worksheets/sheet1.xml': content } }))).columns).toEqual([
        '能',
      ]);
    }
  });

  it('reads ten thousand rows, twice', async () => {
    function* rows() {
      yield header('id', 'name');
      for (let row = 2; row <= 10_001; row += 1)
        yield `<row r="${row}"><c><v>${row}</v></c>${text(`system ${row}`)}</row>`;
    }
    const table = await openTable(await book({ sheets: [{ name: 'S', rows: rows() }] }));
    for (let time = 0; time < 2; time += 1) {
      let expected = 2;
      for await (const row of table.rows) {
        expect(row).toEqual({ row: expected, cells: { id: String(expected), name: `system ${expected}` } });
        expected += 1;
      }
      expect(expected).toBe(10_002);
    }
    await table.close();
    await table.close();
  });

  it.each<[string, string, Parameters<typeof readAll>[1]]>([
    ['FILE_EMPTY', '', {}],
    ['FILE_EMPTY', '<row><c s="1"/></row>', {}],
    ['HEADER_DUPLICATE', header('a', 'b', 'a'), {}],
    ['COLUMNS_TOO_MANY', header('a', 'b', 'c'), { limits: { maxColumns: 2 } }],
    ['ROWS_TOO_MANY', header('a') + header('1') + header('2'), { limits: { maxRows: 1 } }],
    ['CELL_TOO_LONG', header('a'.repeat(11)), { limits: { maxCellChars: 10 } }],
    ['XLSX_INVALID', '<row r="2"/><row r="2"/>', {}],
    ['XLSX_INVALID', '<row r="1"><c r="B1"/><c r="A1"/></row>', {}],
    ['XLSX_INVALID', '<row r="1048577"/>', {}],
    ['XLSX_INVALID', '<row><c r="XFE1"/></row>', {}],
    ['XLSX_INVALID', '<row><c r="nonsense"/></row>', {}],
    ['XLSX_INVALID', '<row><c t="s"><v>0</v></c></row>', {}],
    ['XLSX_INVALID', '<row>', {}],
    ['XLSX_INVALID', '<row>&undefined;</row>', {}],
  ])('answers %s for the rows %s', async (code, rows, options) => {
    expect((await errorOf(sheet(rows), options)).code).toBe(code);
  });

  it('reports a shared text that is too long where it is used', async () => {
    const path = await sheet(`${header('a')}<row><c t="s"><v>0</v></c></row>${header('b')}`, {
      sharedStrings: `<si><t>${'x'.repeat(50)}</t></si>`,
    });
    const table = await readAll(path, { limits: { maxCellChars: 10 } });
    expect(table.faults).toMatchObject([{ code: 'CELL_TOO_LONG', row: 2, column: 'a' }]);
    expect(table.values).toEqual([['b']]);
  });

  it('refuses a zip archive that is no workbook', async () => {
    const path = writeZip(newPath(), new Map([['readme.txt', 'hello']]));
    expect((await errorOf(path)).code).toBe('XLSX_INVALID');
  });
});
