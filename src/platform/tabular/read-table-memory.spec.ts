import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { collectedHeapBytes, temporaryFolder } from '../../../test/support/tables';
import { writeXlsx } from '../../../test/support/xlsx-file';
import { csvText } from './csv/write-csv';
import { openTable } from './read-table';

const MIB = 1024 * 1024;
const folder = temporaryFolder();
const columns = ['id', 'name', 'office', 'owner', 'remark'];

function* systems(count: number): Generator<string[]> {
  for (let id = 1; id <= count; id += 1) {
    const code = (id * 2_654_435_761) % 4_294_967_291;
    yield [
      `${id}`,
      `申請受付システム ${code}`,
      `office ${code % 400}`,
      `owner-${code % 9973}@example.jp`,
      `Remark ${code}, "quoted"\nfor ${id}`,
    ];
  }
}

/** Reads all rows, remembering one name of a thousand as an import may; answers how far the heap grew on the way. */
async function readWithHeap(path: string) {
  const before = collectedHeapBytes();
  const table = await openTable(path);
  const remembered: string[] = [];
  let rows = 0;
  let mostBytes = 0;
  for await (const row of table.rows) {
    rows += 1;
    if ('cells' in row && rows % 1000 === 0) remembered.push(row.cells['name']!);
    if (rows % 25_000 === 0) mostBytes = Math.max(mostBytes, collectedHeapBytes() - before);
  }
  await table.close();
  return { rows, remembered: remembered.length, grownBytes: mostBytes };
}

describe('the heap while a table is read', () => {
  it('stays flat over 200 thousand rows of CSV', async () => {
    const path = join(folder, 'systems.csv');
    await pipeline(Readable.from(csvText(columns, systems(200_000))), createWriteStream(path));
    const { grownBytes, ...read } = await readWithHeap(path);
    expect(read).toEqual({ rows: 200_000, remembered: 200 });
    expect(grownBytes).toBeLessThan(4 * MIB);
  });

  it('stays flat over 100 thousand rows of XLSX with texts in its cells', async () => {
    function* rows() {
      for (const cells of [columns, ...systems(100_000)]) {
        yield `<row>${cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`;
      }
    }
    const path = await writeXlsx(join(folder, 'systems.xlsx'), { sheets: [{ name: 'S', rows: rows() }] });
    const { grownBytes, ...read } = await readWithHeap(path);
    expect(read).toEqual({ rows: 100_000, remembered: 100 });
    expect(grownBytes).toBeLessThan(4 * MIB);
  });

  it('holds the shared texts of an XLSX and little else', async () => {
    function* rows() {
      for (let row = 0; row <= 100_000; row += 1) yield `<row><c t="s"><v>${row}</v></c><c><v>1</v></c></row>`;
    }
    const names = ['name', ...[...systems(100_000)].map((cells) => cells[1])];
    const sharedStrings = names
      .map((name) => `<si><t>${name}</t><phoneticPr fontId="1" type="noConversion"/></si>`)
      .join('');
    const path = await writeXlsx(join(folder, 'shared.xlsx'), { sheets: [{ name: 'S', rows: rows() }], sharedStrings });
    const { grownBytes, ...read } = await readWithHeap(path);
    expect(read).toEqual({ rows: 100_000, remembered: 100 });
    expect(grownBytes).toBeLessThan(2 * names.join('').length + 8 * MIB);
  });
});
