import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileWriter, readAll, temporaryFolder } from '../../../test/support/tables';
import { writeXlsx } from '../../../test/support/xlsx-file';
import { csvText, undefuse } from './csv/write-csv';
import { encodeText } from './text/text-encodings';

const registers = join(__dirname, '../../../test/fixtures/registers');
const namespaces = () => readAll(join(registers, 'moj-namespaces-a.csv'));
const programmes = () => readAll(join(registers, 'jp-rs2024-systems.cp932.csv'));
const folder = temporaryFolder();
const write = fileWriter(folder);

type Table = Awaited<ReturnType<typeof readAll>>;
const column = (table: Table, name: string) => table.values.map((cells) => cells[table.columns.indexOf(name)] ?? '');
const distinct = (values: string[]) => new Set(values).size;

describe('a British register of 686 namespaces', () => {
  it('is read whole, with nothing cleaned up', async () => {
    const table = await namespaces();
    expect(table).toMatchObject({ encoding: 'utf-8', delimiter: ',', faults: [] });
    expect(table.columns).toHaveLength(20);
    expect(table.values).toHaveLength(686);
    expect(table.rowNumbers).toEqual(Array.from({ length: 686 }, (_, index) => index + 2));
    expect(distinct(column(table, 'namespace'))).toBe(686);
    expect(distinct(column(table, 'application'))).toBe(337);
    expect(distinct(column(table, 'application').map((name) => name.trim().toLowerCase()))).toBe(333);
    expect(column(table, 'is_production').filter((value) => value === 'true')).toHaveLength(200);
    expect(column(table, 'team').filter((team) => team === '')).toHaveLength(37);
    expect(column(table, 'review_after').filter((value) => value !== '')).toHaveLength(80);
    expect(table.values.flat().filter((cell) => cell !== cell?.trim())).toHaveLength(30);
  });
});

describe('a Japanese register of 399 systems in CP932', () => {
  it('is read whole, also the 102 characters whose second byte is a backslash', async () => {
    const table = await programmes();
    expect(table).toMatchObject({ encoding: 'cp932', delimiter: ',', faults: [] });
    expect(table.columns.slice(0, 4)).toEqual(['予算事業ID', '事業名', '府省庁', '局・庁']);
    expect(table.values).toHaveLength(399);
    expect(distinct(column(table, '予算事業ID'))).toBe(399);
    expect(distinct(column(table, '府省庁'))).toBe(22);
    expect(column(table, '事業開始年度').filter((year) => year === '')).toHaveLength(10);
    const characters = [...table.columns, ...table.values.flat()].join('');
    const trailing = Array.from(characters).filter((character) => encodeText(character, 'cp932').bytes[1] === 0x5c);
    expect(trailing).toHaveLength(102);
    expect(characters).not.toMatch(/\uFFFD/);
  });
});

describe.each([
  ['British', namespaces],
  ['Japanese', programmes],
])('the %s register', (_, read) => {
  it.each(['utf-8', 'utf-16le', 'utf-16be', 'cp932'] as const)(
    'comes back unchanged from an export in %s',
    async (encoding) => {
      const table = await read();
      const rows = table.values.map((cells) => cells.map((cell) => cell ?? ''));
      let text = '';
      for await (const piece of csvText(table.columns, rows, { bom: encoding !== 'cp932' })) text += piece;
      const { bytes, lost } = encodeText(text, encoding);
      const again = await readAll(write(bytes));
      const isAscii = encoding === 'cp932' && Buffer.from(bytes).every((byte) => byte < 0x80);
      expect([again.encoding, lost]).toEqual([isAscii ? 'utf-8' : encoding, []]);
      expect(again.columns).toEqual(table.columns);
      expect(again.values.map((cells) => cells.map((cell) => undefuse(cell ?? '')))).toEqual(rows);
    },
  );

  it('comes back unchanged from a workbook', async () => {
    const table = await read();
    const escape = (cell = '') => cell.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\r', '_x000D_');
    const strings = [table.columns, ...table.values].flat().map((cell) => `<si><t>${escape(cell)}</t></si>`);
    const width = table.columns.length;
    const cells = (row: number) => table.columns.map((name, index) => `<c t="s"><v>${row * width + index}</v></c>`);
    const rows = Array.from({ length: table.values.length + 1 }, (__, row) => `<row>${cells(row).join('')}</row>`).join(
      '',
    );
    const path = await writeXlsx(join(folder, `${width}.xlsx`), {
      sheets: [{ name: 'S', rows }],
      sharedStrings: strings.join(''),
    });
    const again = await readAll(path);
    expect([again.columns, again.values, again.rowNumbers]).toEqual([table.columns, table.values, table.rowNumbers]);
  });
});

it('the fixtures are the files their licence notes describe, byte for byte', () => {
  const sizes = ['moj-namespaces-a.csv', 'jp-rs2024-systems.cp932.csv'].map(
    (name) => readFileSync(join(registers, name)).length,
  );
  expect(sizes).toEqual([181_817, 70_282]);
});
