import fc from 'fast-check';
import { fileWriter, readAll, tabularErrorOf, temporaryFolder } from '../../../test/support/tables';
import { csvLine } from './csv/write-csv';
import { openTable } from './read-table';
import { encodeText, TextEncoding } from './text/text-encodings';

const write = fileWriter(temporaryFolder());
const errorOf = (path: string, options?: Parameters<typeof readAll>[1]) => tabularErrorOf(readAll(path, options));

describe('openTable with a text file', () => {
  it('names the cells of each row by the header', async () => {
    const table = await readAll(write('id,name\r\n1,A\r\n2,"B\r\nb"\r\n3,\r\n'));
    expect(table).toMatchObject({ format: 'csv', encoding: 'utf-8', delimiter: ',', columns: ['id', 'name'] });
    expect(table.read).toEqual([
      { row: 2, line: 2, cells: { id: '1', name: 'A' } },
      { row: 3, line: 3, cells: { id: '2', name: 'B\r\nb' } },
      { row: 4, line: 5, cells: { id: '3', name: '' } },
    ]);
  });

  it('keeps blanks around values and drops those around column names', async () => {
    const table = await readAll(write(' id ,name\n 1 , A\n'));
    expect(table.columns).toEqual(['id', 'name']);
    expect(table.values).toEqual([[' 1 ', ' A']]);
  });

  it('reads columns whose names mean something to JavaScript', async () => {
    const table = await readAll(write('__proto__,constructor\na,b\n'));
    expect(table.values).toEqual([['a', 'b']]);
  });

  it('skips blank rows, which still count', async () => {
    const table = await readAll(write('\n\nid,name\n\n1,A\n,\n  ,\t\n2,B\n\n'));
    expect(table.columns).toEqual(['id', 'name']);
    expect(table.rowNumbers).toEqual([5, 8]);
  });

  it('fills short rows with empty cells and forgives surplus cells that are blank', async () => {
    const table = await readAll(write('a,b,c\n1\n1,2,3,, \n'));
    expect(table.values).toEqual([
      ['1', '', ''],
      ['1', '2', '3'],
    ]);
  });

  it('reports a row that is too long and reads on', async () => {
    const table = await readAll(write('a,b\n1,2,3\n4,5\n'));
    expect(table.faults).toMatchObject([{ code: 'ROW_TOO_LONG', row: 2, line: 2, details: { columns: 2, cells: 3 } }]);
    expect(table.values).toEqual([['4', '5']]);
  });

  it('reports a cell that is too long by its column and reads on', async () => {
    const table = await readAll(write(`a,b\n1,${'x'.repeat(11)}\n1,${'x'.repeat(10)}\n`), {
      limits: { maxCellChars: 10 },
    });
    expect(table.faults).toMatchObject([{ code: 'CELL_TOO_LONG', row: 2, column: 'b' }]);
    expect(table.values).toEqual([['1', 'x'.repeat(10)]]);
  });

  it('names columns without a name by their number', async () => {
    expect((await readAll(write('a,, c,\n1,2,3,4\n'))).columns).toEqual(['a', 'column 2', 'c', 'column 4']);
  });

  it('refuses a header with one name twice, naming both positions', async () => {
    const error = await errorOf(write('team,id, team\n'));
    expect(error).toMatchObject({ code: 'HEADER_DUPLICATE', row: 1, column: 'team', details: { first: 1, second: 3 } });
  });

  it('refuses too many columns but not 500', async () => {
    const header = (count: number) => write(Array.from({ length: count }, (_, index) => `c${index}`).join(','));
    expect((await readAll(header(500))).columns).toHaveLength(500);
    expect((await errorOf(header(501))).code).toBe('COLUMNS_TOO_MANY');
  });

  it('yields as many rows as are allowed and then fails', async () => {
    const path = write('a\n1\n\n2\n3\n');
    expect((await readAll(path, { limits: { maxRows: 3 } })).values).toHaveLength(3);
    expect(await errorOf(path, { limits: { maxRows: 2 } })).toMatchObject({ code: 'ROWS_TOO_MANY', row: 5 });
  });

  it('names the row in which a quote was opened and never closed', async () => {
    expect(await errorOf(write('a,b\n1,2\n3,"x\n4,5\n'))).toMatchObject({ code: 'QUOTE_UNTERMINATED', row: 3 });
  });

  it('reads its rows anew at each iteration and frees the file when one is broken off', async () => {
    const table = await openTable(write(`a\n${'1\n'.repeat(50_000)}`));
    for await (const { row } of table.rows) if (row === 3) break;
    let count = 0;
    for await (const row of table.rows) count += 'cells' in row ? 1 : 0;
    expect(count).toBe(50_000);
    await table.close();
  });

  it.each<[string, string, string[]]>([
    [',', 'a,b;c,d\n1,2;3,4\n', ['a', 'b;c', 'd']],
    [';', 'a;b;c\n1,5;2,5;x\n1,0;2,0;y\n', ['a', 'b', 'c']],
    [';', 'Name, full;Age\n"Doe; John";5\n', ['Name, full', 'Age']],
    ['\t', 'a\tb\nx, y\tz\n', ['a', 'b']],
    [';', '"a";"b,c"\n"1";"2,3"\n', ['a', 'b,c']],
    [',', 'only\nx;y\n', ['only']],
    [';', 'sep=;\na,x;b\n1;2\n', ['a,x', 'b']],
  ])('finds the delimiter %j', async (delimiter, text, columns) => {
    expect(await readAll(write(text))).toMatchObject({ delimiter, columns });
  });

  it('does not count the line that declares the delimiter as a header', async () => {
    const table = await readAll(write('\uFEFFsep=;\r\na;b\r\n1;2\r\n'));
    expect(table.read).toEqual([{ row: 3, line: 3, cells: { a: '1', b: '2' } }]);
  });

  it('takes the delimiter from the person', async () => {
    expect((await readAll(write('a;b,c\n'), { delimiter: ',' })).columns).toEqual(['a;b', 'c']);
  });

  it.each<[string, string, string | Buffer]>([
    ['FILE_EMPTY', 'no bytes', ''],
    ['FILE_EMPTY', 'only a byte order mark', '\uFEFF'],
    ['FILE_EMPTY', 'only blank lines', '\n \n,,\n'],
    ['FILE_NOT_TEXT', 'a PNG picture', Buffer.from('89504e470d0a1a0a', 'hex')],
    ['FILE_NOT_TEXT', 'a PDF document', '%PDF-1.7\n'],
    ['FILE_NOT_TEXT', 'NUL bytes', 'a,b\n\0'],
    ['FILE_FORMAT_UNSUPPORTED', 'an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
    ['FILE_FORMAT_UNSUPPORTED', 'a web page', '\n<!DOCTYPE html><table><tr><td>a'],
    ['XLSX_INVALID', 'a broken zip archive', 'PK\x03\x04 and nothing else'],
  ])('answers %s for %s', async (code, _, content) => {
    expect((await errorOf(write(content))).code).toBe(code);
  });

  it('refuses a file that is too large before reading it', async () => {
    const error = await errorOf(write('a,b\n1,2\n'), { limits: { maxFileBytes: 7 } });
    expect(error).toMatchObject({ code: 'FILE_TOO_LARGE', details: { bytes: 8, maxFileBytes: 7 } });
  });

  it('reads back any table in each encoding, given or found', async () => {
    const japanese = fc.constantFrom('能', 'ソ', '表', 'あ', 'ー', '、', 'ｱ', 'ﾞ', '髙', '①', '～');
    const western = fc.constantFrom('é', 'ß', '€', '’', '“', 'Ž', 'ÿ');
    const plain = fc.constantFrom('a', 'Z', '0', ',', ';', '\t', '"', '\n', '\r', ' ', "'", '=', '\\', '|', '~');
    const unicode = fc.constantFrom('😀', '𠮷', '漢', 'é', '\u0301', '\u2028', '\uFEFF', '\uFFFD');
    const scenarios: [TextEncoding, fc.Arbitrary<string>, string, string][] = [
      ['utf-8', fc.oneof(plain, unicode), '', 'utf-8'],
      ['utf-8', fc.oneof(plain, unicode), '\uFEFF', 'utf-8'],
      ['utf-16le', fc.oneof(plain, unicode), '\uFEFF', 'utf-16'],
      ['utf-16be', fc.oneof(plain, unicode), '\uFEFF', 'utf-16'],
      ['cp932', fc.oneof(plain, japanese), '', 'cp932'],
      ['windows-1252', fc.oneof(plain, western), '', 'windows-1252'],
    ];
    for (const [encoding, unit, mark, choice] of scenarios) {
      const cell = fc.string({ unit, maxLength: 8 });
      const table = fc.array(fc.tuple(cell, cell, cell), { maxLength: 5 });
      const property = fc.asyncProperty(table, async (rows) => {
        const path = write(encodeText(mark + [['p', 'q', 'r'], ...rows].map(csvLine).join(''), encoding).bytes);
        const expected = rows.filter((row) => row.some((value) => value.trim() !== ''));
        const given = await readAll(path, { encoding: choice as 'utf-8', delimiter: ',' });
        expect(given.values).toEqual(expected);
        if (choice.startsWith('utf')) expect((await readAll(path)).values).toEqual(expected);
      });
      await fc.assert(property, { numRuns: 60 });
    }
  });
});
