import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { csvLine, csvStream, csvText, defuse, undefuse } from './write-csv';

describe('csvLine', () => {
  it('quotes what a reader would otherwise take apart', () => {
    expect(csvLine(['a', 'b,c', 'd"e', 'f\ng', ' h', 'i;j'])).toBe('a,"b,c","d""e","f\ng"," h","i;j"\r\n');
  });

  it('writes numbers and booleans plainly and nothing for null', () => {
    expect(csvLine([-5, 0, true, null, undefined, ''])).toBe('-5,0,true,,,\r\n');
  });

  it('does not write a blank line for one empty cell', () => {
    expect(csvLine([''])).toBe('""\r\n');
  });
});

describe('defuse', () => {
  it.each([
    '=1+1',
    '+cmd',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '＝1+1',
    '＋81',
    '－2',
    '＠x',
    '+81-3-5253-2111',
    '-',
  ])('handles %j', (cell) => {
    expect(defuse(cell)).toBe(cell === '-' ? '-' : `'${cell}`);
  });

  it.each(['-5', '+5', '-5.25', '-1,234,567.5', '5', '', 'a=b', "it's", '－', 'https://example.jp/?a=b'])(
    'leaves %j',
    (cell) => {
      expect(defuse(cell)).toBe(cell);
    },
  );

  it.each(['-5,=1', '-1e9+x', '-5\n=1', '+1+1'])('is not fooled by a number in front: %j', (cell) => {
    expect(defuse(cell)).toBe(`'${cell}`);
  });

  it('is undone exactly by undefuse and leaves nothing that runs', () => {
    const cell = fc.oneof(
      fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '＝', '5', '.', 'a') }),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(cell, (value) => {
        const defused = defuse(value);
        expect(undefuse(defused)).toBe(value);
        if (/^[=+\-@\t\r]./s.test(defused)) expect(Number(defused.replaceAll(',', ''))).not.toBeNaN();
      }),
      { numRuns: 2000 },
    );
  });
});

describe('csvText', () => {
  it('writes header and rows, strings defused and numbers not', async () => {
    const rows = [
      ['=1+1', -5],
      ['-5', null],
    ];
    const pieces = await Readable.from(csvText(['name', '=x'], rows)).toArray();
    expect(pieces.join('')).toBe("name,'=x\r\n'=1+1,-5\r\n-5,\r\n");
  });

  it('begins with a byte order mark on request, as a stream of UTF-8', async () => {
    async function* rows() {
      yield ['能'];
    }
    const bytes = await text(csvStream(['名称'], rows(), { bom: true }));
    expect(bytes.replace(/^\uFEFF/, '')).toBe('名称\r\n能\r\n');
    const [first] = await csvStream(['名称'], [], { bom: true }).take(1).toArray();
    expect((first as Buffer).subarray(0, 3)).toEqual(Buffer.of(0xef, 0xbb, 0xbf));
  });
});
