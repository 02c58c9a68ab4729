import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import { openPromise } from 'yauzl';
import { collectedHeapBytes, readAll, temporaryFolder } from '../../../../test/support/tables';
import { openTable } from '../read-table';
import { type TableFile, type TableFormat, tableFile, tablesFile, type WrittenTable } from './table-file';

interface Entry {
  name: string;
  days: number | null;
  done: boolean;
  at: Date;
}

const folder = temporaryFolder();

const entry = (name: string, more: Partial<Entry> = {}): Entry => ({
  ...{ name, days: 3, done: true, at: new Date('2026-11-23T00:00:00Z') },
  ...more,
});

async function* listed(entries: Iterable<Entry>): AsyncGenerator<Entry> {
  yield* entries;
}

const table = (entries: Iterable<Entry>): WrittenTable<Entry> => ({
  title: '情報システム',
  columns: [
    { key: 'name', title: '名称', value: ({ name }) => name, word: (name) => (name === 'HIGH' ? '高' : name) },
    { key: 'days', title: '日数', value: ({ days }) => days },
    { key: 'done', title: '済み', value: ({ done }) => done },
    { key: 'at', title: '日時', value: ({ at }) => at },
  ],
  rows: listed(entries),
  reader: { timeZone: 'Asia/Tokyo', yes: 'はい', no: 'いいえ' },
});

const bytesOf = async ({ stream }: TableFile): Promise<Buffer> =>
  Buffer.concat(await stream.map((chunk) => Buffer.from(chunk)).toArray());

const written = (entries: Entry[], format: TableFormat): Promise<Buffer> => bytesOf(tableFile(table(entries), format));

async function savedXlsx(entries: Entry[]): Promise<string> {
  const path = join(folder, `${entries.length}-${Math.abs(entries[0]?.name.length ?? 0)}.xlsx`);
  await pipeline(Readable.from([await written(entries, 'xlsx')]), createWriteStream(path));
  return path;
}

async function partOf(path: string, name: string): Promise<string> {
  const zip = await openPromise(path);
  for await (const part of zip.eachEntry())
    if (part.fileName === name) return text(await zip.openReadStreamPromise(part));
  throw new Error(`no ${name}`);
}

describe('a table as CSV', () => {
  it('begins with a byte order mark, has the headings, words and local times, and defuses what looks like a formula', async () => {
    const bytes = await written([entry('HIGH'), entry('=SUM(A1)', { days: null, done: false })], 'csv');
    expect(bytes.toString('utf8')).toBe(
      "\uFEFF名称,日数,済み,日時\r\n高,3,はい,2026-11-23 09:00\r\n'=SUM(A1),,いいえ,2026-11-23 09:00\r\n",
    );
  });

  it('is written in CP932, and what that lacks is told before', async () => {
    const entries = [entry('髙橋'), entry('𠮷野𠮷'), entry('한글')];
    const bytes = await written(entries, 'csv-cp932');
    expect(new TextDecoder('shift_jis').decode(bytes)).toContain('\r\n髙橋,');
    expect(new TextDecoder('shift_jis').decode(bytes)).toContain('\r\n?野?,');
    expect(JSON.parse((await written(entries, 'cp932-losses')).toString())).toEqual({
      rows: 3,
      more: 0,
      lost: [
        { character: '𠮷', count: 1, row: 2, column: '名称' },
        { character: '한', count: 1, row: 3, column: '名称' },
        { character: '글', count: 1, row: 3, column: '名称' },
      ],
    });
  });
});

it('a table as JSON has keys, codes and instants, also when it is empty', async () => {
  expect(JSON.parse((await written([entry('HIGH')], 'json')).toString())).toEqual([
    { name: 'HIGH', days: 3, done: true, at: '2026-11-23T00:00:00.000Z' },
  ]);
  expect(JSON.parse((await written([], 'json')).toString())).toEqual([]);
});

describe('a table as XLSX', () => {
  it('is read back as it was, whatever is in its texts', async () => {
    const names = ['=SUM(A1)', '-5', '<a & "b">', ' 空白 ', '改\n行', '𠮷\u0001\uD800'];
    const path = await savedXlsx(names.map((name) => entry(name)));
    const opened = await openTable(path);
    const read: unknown[] = [];
    for await (const row of opened.rows) if ('cells' in row) read.push(Object.values(row.cells));
    await opened.close();
    expect(opened.columns).toEqual(['名称', '日数', '済み', '日時']);
    expect(read.map((cells) => (cells as string[])[1])).toEqual(names.map(() => '3'));
    expect(read.map((cells) => (cells as string[])[0]?.trim())).toEqual([
      ...['=SUM(A1)', '-5', '<a & "b">', '空白', '改\n行', '𠮷'],
    ]);
  });

  it('has frozen headings, a filter, and headings and page numbers on every printed page', async () => {
    const path = await savedXlsx([entry('=1+1'), entry('普通')]);
    const sheet = await partOf(path, 'xl/worksheets/sheet1.xml');
    expect(sheet).toContain('state="frozen"');
    expect(sheet).toContain('<autoFilter ref="A1:D3"/>');
    expect(sheet).toContain('fitToWidth="1" fitToHeight="0"');
    expect(sheet).toContain('&amp;P / &amp;N');
    expect(sheet).toContain('<c t="inlineStr" s="2"><is><t xml:space="preserve">=1+1</t>');
    expect(await partOf(path, 'xl/workbook.xml')).toContain("'情報システム'!$1:$1");
  });
});

describe('several tables', () => {
  const both = () => [
    { ...table([entry('一')]), name: 'first', title: '表：一/二' },
    { ...table([entry('二'), entry('𠮷')]), name: 'second', title: '表：三' },
  ];
  const saved = async (format: 'csv' | 'xlsx'): Promise<string> => {
    const path = join(folder, `several.${format}`);
    await pipeline(Readable.from([await bytesOf(tablesFile(both(), format))]), createWriteStream(path));
    return path;
  };

  it('are sheets of one workbook, each with headings of its own on every printed page', async () => {
    const path = await saved('xlsx');
    const second = await readAll(path, { sheet: '表：三' });
    expect(second.sheets?.map(({ name }) => name)).toEqual(['表：一 二', '表：三']);
    expect(second.values.map(([name]) => name)).toEqual(['二', '𠮷']);
    expect((await readAll(path)).values.map(([name]) => name)).toEqual(['一']);
    expect(await partOf(path, 'xl/workbook.xml')).toContain(`localSheetId="1">'表：三'!$1:$1<`);
  });

  it('are CSV files in a ZIP, and what CP932 lacks is told by table', async () => {
    const path = await saved('csv');
    expect(await partOf(path, 'first.csv')).toContain('\r\n一,3,');
    expect(await partOf(path, 'second.csv')).toContain('\r\n𠮷,3,');
    const losses = await bytesOf(tablesFile(both(), 'cp932-losses'));
    expect(JSON.parse(losses.toString())).toMatchObject({
      rows: 3,
      lost: [{ character: '𠮷', count: 1, row: 2, column: '表：三: 名称' }],
    });
  });
});

describe('the heap while a table is written', () => {
  const COUNT = 100_000;
  const NAME = 'x'.repeat(200);

  it.each(['csv', 'csv-cp932', 'xlsx', 'json'] as const)('stays flat over 100 thousand rows of %s', async (format) => {
    const before = collectedHeapBytes();
    let mostBytes = 0;
    function* many(): Generator<Entry> {
      for (let index = 1; index <= COUNT; index += 1) {
        yield entry(`申請受付システム ${index} ${NAME}`);
        // Whatever was taken and not written yet is in the heap here.
        if (index % 25_000 === 0) mostBytes = Math.max(mostBytes, collectedHeapBytes() - before);
      }
    }
    let written = 0;
    for await (const chunk of tableFile(table(many()), format).stream) written += (chunk as Buffer).length;
    expect(written).toBeGreaterThan(COUNT);
    expect(mostBytes).toBeLessThan((COUNT * NAME.length) / 5);
  });
});
