import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { setFlagsFromString } from 'node:v8';
import { openTable, type OpenTableOptions } from '../../src/platform/tabular/read-table';
import { type FaultyRow, type TableRow } from '../../src/platform/tabular/table-rows';
import { TabularError } from '../../src/platform/tabular/tabular-error';

/** A folder of its own for the files of one spec, removed after it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tables-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Writes a file with these bytes, text as UTF-8, under a new name; answers its path. */
export function fileWriter(folder: string): (content: string | Uint8Array) => string {
  let count = 0;
  return (content) => {
    count += 1;
    const path = join(folder, `table-${count}`);
    writeFileSync(path, content);
    return path;
  };
}

/** Everything a table says, and its rows: cells in the order of the columns. */
export async function readAll(path: string, options?: OpenTableOptions) {
  const table = await openTable(path, options);
  try {
    const rows: (TableRow | FaultyRow)[] = [];
    for await (const row of table.rows) rows.push(row);
    const good = rows.filter((row) => 'cells' in row);
    return {
      ...table,
      read: rows,
      values: good.map(({ cells }) => table.columns.map((column) => cells[column])),
      rowNumbers: rows.map(({ row }) => row),
      faults: rows.flatMap((row) => ('error' in row ? [row.error] : [])),
    };
  } finally {
    await table.close();
  }
}

/** The TabularError that an action ends with; any other end fails the test. */
export async function tabularErrorOf(action: Promise<unknown>): Promise<TabularError> {
  const error: unknown = await action.then(
    () => new Error('nothing was thrown'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof TabularError)) throw error;
  return error;
}

/** Bytes of the heap in use that survive a collection. */
export function collectedHeapBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}
