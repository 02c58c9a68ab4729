import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { TabularError } from '../tabular-error';
import { CsvRecord, CsvSplitter } from './csv-splitter';
import { csvLine } from './write-csv';

function split(text: string, options: { chunkChars?: number; maxColumns?: number; maxCellChars?: number } = {}) {
  const { chunkChars = text.length || 1, maxColumns = 500, maxCellChars = 1000 } = options;
  const splitter = new CsvSplitter({ delimiter: ',', maxColumns, maxCellChars });
  const records: CsvRecord[] = [];
  for (let at = 0; at < text.length; at += chunkChars) records.push(...splitter.write(text.slice(at, at + chunkChars)));
  return [...records, ...splitter.end()];
}

const cells = (text: string, options?: Parameters<typeof split>[1]) =>
  split(text, options).map((record) => record.cells);

function errorOf(text: string, chunkChars?: number): TabularError {
  try {
    split(text, { chunkChars });
  } catch (error) {
    if (error instanceof TabularError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('CsvSplitter', () => {
  it('reads quotes by RFC 4180: delimiters, line breaks and doubled quotes inside them', () => {
    expect(cells('a,"b,c"\n"say ""hi""","x\ny"\n')).toEqual([
      ['a', 'b,c'],
      ['say "hi"', 'x\ny'],
    ]);
  });

  it.each(['a,b\r\nc,d\r\n', 'a,b\nc,d\n', 'a,b\rc,d\r', 'a,b\r\nc,d', 'a,b\nc,d\r\n'])(
    'ends records at %j',
    (text) => {
      expect(cells(text)).toEqual([
        ['a', 'b'],
        ['c', 'd'],
      ]);
    },
  );

  it('keeps empty cells, the last one too', () => {
    expect(cells(',a,\n"",')).toEqual([
      ['', 'a', ''],
      ['', ''],
    ]);
  });

  it('takes a quote inside an unquoted cell as text', () => {
    expect(cells('19" rack,5\'11"\nx,y')).toEqual([
      ['19" rack', '5\'11"'],
      ['x', 'y'],
    ]);
  });

  it('drops blanks between a closing quote and the delimiter', () => {
    expect(cells('"a" ,"b"\t\n"c"  ')).toEqual([['a', 'b'], ['c']]);
  });

  it('numbers records as rows and says on which line each begins', () => {
    const records = split('h\r\n"x\r\ny"\r\n\r\n"p\nq\rr"\nz');
    expect(records.map(({ row, line }) => [row, line])).toEqual([
      [1, 1],
      [2, 2],
      [3, 4],
      [4, 5],
      [5, 8],
    ]);
  });

  it.each([1, 2, 3, 1000])('names the row in which an open quote began, read %i characters at a time', (chunkChars) => {
    const error = errorOf('h\n"ok\n",1\n"never closed,2\nx,3\n', chunkChars);
    expect(error).toMatchObject({ code: 'QUOTE_UNTERMINATED', row: 3, line: 4 });
  });

  it('names the row of a quote that the quotes of later rows seem to close', () => {
    expect(errorOf('h,i\na,"oops\nb,"quoted"\n')).toMatchObject({ code: 'QUOTE_MISPLACED', row: 2, line: 2 });
  });

  it('counts cells beyond the bounds without keeping them', () => {
    const [wide, cut] = split(`a,b,c,d,,\n${'x'.repeat(20)},y\n`, { maxColumns: 2, maxCellChars: 10 });
    expect(wide).toMatchObject({ cells: ['a', 'b', '…'], width: 6 });
    expect(cut).toMatchObject({ cells: ['x'.repeat(10), 'y'], cutCell: 0 });
  });

  it('keeps little of an endless quoted cell', () => {
    const splitter = new CsvSplitter({ delimiter: ',', maxColumns: 5, maxCellChars: 10 });
    splitter.write('h\n"');
    for (let count = 0; count < 1000; count += 1) splitter.write('x'.repeat(1000));
    expect(splitter.write('"\n')[0]).toMatchObject({ cells: ['x'.repeat(10)], cutCell: 0 });
  });

  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', ' ', '漢', '😀', "'") });
  const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 6 });

  it('reads what csvLine writes, in chunks of any size', () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 7 }), (rows, chunkChars) => {
        expect(cells(rows.map(csvLine).join(''), { chunkChars })).toEqual(rows);
      }),
      { numRuns: 1000 },
    );
  });

  it('agrees with csv-parse wherever that accepts the text', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', '"', ',', '\n', '\r\n', '"a"', ',"', '",'),
      maxLength: 30,
    });
    let compared = 0;
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 7 }), (value, chunkChars) => {
        let expected: string[][];
        try {
          expected = parse(value, {
            relaxColumnCount: true,
            skipEmptyLines: true,
            recordDelimiter: ['\r\n', '\n', '\r'],
          });
        } catch {
          return;
        }
        compared += 1;
        const blank = (record: string[]) => record.length === 1 && record[0] === '';
        const read = cells(value, { chunkChars }).filter((record) => !blank(record));
        expect(read).toEqual(expected.filter((record) => !blank(record)));
      }),
      { numRuns: 3000 },
    );
    expect(compared).toBeGreaterThan(500);
  });

  it('gives the same records and the same fault however the text is cut', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' '), maxLength: 40 });
    const outcome = (value: string, chunkChars?: number) => {
      try {
        return split(value, { chunkChars });
      } catch (error) {
        return error;
      }
    };
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 5 }), (value, chunkChars) => {
        expect(outcome(value, chunkChars)).toEqual(outcome(value));
      }),
      { numRuns: 2000 },
    );
  });
});
