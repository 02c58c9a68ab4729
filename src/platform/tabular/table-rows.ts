import { TableLimits } from './table-limits';
import { TabularError } from './tabular-error';

/** A data row: every column is present, an empty cell is an empty string, text is exactly what the file holds. */
export interface TableRow {
  /** Row as a spreadsheet numbers it; blank rows count. */
  row: number;
  /** Physical line on which the row begins; text files only. */
  line?: number;
  /** By header name; without a prototype, so a column may be called `constructor` or `__proto__`. */
  cells: Record<string, string>;
}

/** A row that cannot be used while those behind it can. */
export interface FaultyRow {
  row: number;
  line?: number;
  error: TabularError;
}

/** A record as a format reader found it. */
export interface RawRow {
  row: number;
  line?: number;
  /** Cells from the first column on; holes and `undefined` are empty cells. */
  cells: readonly (string | undefined)[];
  /** A fault the reader met in one cell, by its index. */
  fault?: { cell: number; code: 'CELL_TOO_LONG' | 'FORMULA_NOT_CALCULATED' };
}

export function isBlank(raw: RawRow): boolean {
  return !raw.fault && !raw.cells.some((cell) => cell && cell.trim() !== '');
}

/**
 * Column names from the header row: trimmed, an empty one called `column N`, counted from 1.
 * Fails with HEADER_DUPLICATE (`details`: name and both positions), COLUMNS_TOO_MANY or CELL_TOO_LONG.
 */
export function columnsOf(header: RawRow, limits: TableLimits): string[] {
  const place = placeOf(header);
  if (header.fault) throw cellFault(header, header.fault, columnNumber(header.fault.cell), limits);
  if (lastFilled(header) >= limits.maxColumns) {
    throw new TabularError('COLUMNS_TOO_MANY', `The header has more than ${limits.maxColumns} columns.`, {
      ...place,
      details: { maxColumns: limits.maxColumns },
    });
  }
  const positions = new Map<string, number>();
  return Array.from(header.cells.slice(0, limits.maxColumns), (cell, index) => {
    const name = cell?.trim() || columnNumber(index);
    const first = positions.get(name);
    if (first !== undefined) {
      throw new TabularError('HEADER_DUPLICATE', `Columns ${first} and ${index + 1} are both called "${name}".`, {
        ...place,
        column: name,
        details: { name, first, second: index + 1 },
      });
    }
    positions.set(name, index + 1);
    return name;
  });
}

/** Names the cells of a row. Missing cells are empty; surplus cells are a fault unless they are blank. */
export function toTableRow(raw: RawRow, columns: readonly string[], limits: TableLimits): TableRow | FaultyRow {
  const place = placeOf(raw);
  if (raw.fault) {
    const column = columns[raw.fault.cell] ?? columnNumber(raw.fault.cell);
    return { ...place, error: cellFault(raw, raw.fault, column, limits) };
  }
  const last = lastFilled(raw);
  if (last >= columns.length) {
    const message = `Row ${raw.row} has a value in cell ${last + 1}, beyond the ${columns.length} columns of the header.`;
    const details = { columns: columns.length, cells: last + 1 };
    return { ...place, error: new TabularError('ROW_TOO_LONG', message, { ...place, details }) };
  }
  const cells = Object.create(null) as Record<string, string>;
  columns.forEach((column, index) => {
    cells[column] = raw.cells[index] ?? '';
  });
  return { ...place, cells };
}

/** Reads a table that begins at its first row that is not blank, and counts its rows against the limit. */
export async function* dataRows(
  rows: AsyncIterable<RawRow>,
  columns: readonly string[],
  limits: TableLimits,
): AsyncGenerator<TableRow | FaultyRow> {
  let count = -1;
  for await (const raw of rows) {
    if (isBlank(raw)) continue;
    count += 1;
    if (count === 0) continue; // the header
    if (count > limits.maxRows) {
      const details = { maxRows: limits.maxRows };
      throw new TabularError('ROWS_TOO_MANY', `More than ${limits.maxRows} rows.`, { ...placeOf(raw), details });
    }
    yield toTableRow(raw, columns, limits);
  }
}

/** The columns of a table by its first row that is not blank; fails with FILE_EMPTY when there is none. */
export async function headerOf(rows: AsyncIterable<RawRow>, limits: TableLimits): Promise<string[]> {
  for await (const raw of rows) {
    if (!isBlank(raw)) return columnsOf(raw, limits);
  }
  throw new TabularError('FILE_EMPTY', 'The table has no rows, not even a header.');
}

function cellFault(raw: RawRow, fault: NonNullable<RawRow['fault']>, column: string, limits: TableLimits) {
  const message =
    fault.code === 'CELL_TOO_LONG'
      ? `The cell "${column}" in row ${raw.row} has more than ${limits.maxCellChars} characters.`
      : `The formula of the cell "${column}" in row ${raw.row} was never calculated; save the file in a spreadsheet.`;
  const details = fault.code === 'CELL_TOO_LONG' ? { maxCellChars: limits.maxCellChars } : undefined;
  return new TabularError(fault.code, message, { ...placeOf(raw), column, ...(details && { details }) });
}

function lastFilled(raw: RawRow): number {
  return raw.cells.findLastIndex((cell) => cell && cell.trim() !== '');
}

function columnNumber(index: number): string {
  return `column ${index + 1}`;
}

function placeOf(raw: RawRow): { row: number; line?: number } {
  return raw.line === undefined ? { row: raw.row } : { row: raw.row, line: raw.line };
}
