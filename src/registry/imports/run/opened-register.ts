import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTable, type OpenTable } from '../../../platform/tabular/read-table';
import { TabularError } from '../../../platform/tabular/tabular-error';
import type { ImportFileOptions, ImportMapping } from '../dto/import-mapping.request';
import type { ImportError } from '../import-run.entity';
import { usedColumns } from '../reading/used-columns';

export const MOST_FILE_BYTES = 32 * 1024 * 1024;
export const MOST_ROWS = 200_000;

/** A register that cannot be imported, whoever asks and however often. */
export class ImportRefused extends Error {
  constructor(readonly error: ImportError) {
    super(error.code);
  }
}

/** Opens a register and hands it to `use`; the file lies in a folder of its own and is gone afterwards. */
export async function withRegister<T>(
  bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  options: ImportFileOptions | undefined,
  use: (table: OpenTable) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'register-'));
  try {
    const path = join(folder, 'register');
    const file = await open(path, 'wx', 0o600);
    try {
      for await (const piece of bytes) await file.write(piece);
    } finally {
      await file.close();
    }
    const table = await openTable(path, { ...options, limits: { maxFileBytes: MOST_FILE_BYTES, maxRows: MOST_ROWS } });
    try {
      return await use(table);
    } finally {
      await table.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a failure says about the file; undefined when it is no fault of the file's. */
export function importErrorOf(error: unknown): ImportError | undefined {
  if (error instanceof ImportRefused) return error.error;
  if (!(error instanceof TabularError)) return undefined;
  const { code, row, line, column, byteOffset, details } = error;
  const place = Object.entries({ row, line, column, byteOffset }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return { field: 'file', code, params: { ...Object.fromEntries(place), ...details } };
}

/** @throws ImportRefused when the mapping names a column that the file does not have. */
export function requireColumns(mapping: ImportMapping, table: OpenTable): void {
  const absent = usedColumns(mapping).find(({ column }) => !table.columns.includes(column));
  if (!absent) return;
  const { field, column } = absent;
  throw new ImportRefused({ field: `mapping.${field}`, code: 'COLUMN_NOT_FOUND', params: { column } });
}
