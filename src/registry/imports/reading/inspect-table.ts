import type { OpenTable } from '../../../platform/tabular/read-table';
import { cellText } from './cell-text';
import { suggestMapping, type SuggestedMapping } from './suggest-mapping';

const SAMPLE_ROWS = 20;
/** A column with more different values than this is no list of codes. */
const MOST_DISTINCT = 60;

/** What can be told of a file before it is mapped. */
export interface Inspection {
  format: 'csv' | 'xlsx';
  encoding: string | null;
  delimiter: string | null;
  sheets: { name: string; hidden: boolean }[] | null;
  sheet: string | null;
  columns: string[];
  /** Rows with data, those that cannot be read included. */
  rows: number;
  sample: Record<string, string>[];
  /** Values of the columns that have few, trimmed, most frequent first; a blank cell counts as ''. */
  distinct: Record<string, { value: string; count: number }[]>;
  suggestedMapping: SuggestedMapping;
}

/** Reads the whole table once. @throws TabularError when it cannot be read. */
export async function inspectTable(table: OpenTable): Promise<Inspection> {
  const sample: Record<string, string>[] = [];
  const counts = new Map(table.columns.map((column) => [column, new Map<string, number>()]));
  let rows = 0;
  for await (const row of table.rows) {
    rows += 1;
    if ('error' in row) continue;
    if (sample.length < SAMPLE_ROWS) sample.push({ ...row.cells });
    for (const [column, values] of counts) {
      const value = cellText(row.cells[column] ?? '');
      values.set(value, (values.get(value) ?? 0) + 1);
      if (values.size > MOST_DISTINCT) counts.delete(column);
    }
  }
  return {
    format: table.format,
    encoding: table.encoding ?? null,
    delimiter: table.delimiter ?? null,
    sheets: table.sheets ?? null,
    sheet: table.sheet ?? null,
    columns: table.columns,
    rows,
    sample,
    distinct: Object.fromEntries(
      [...counts].map(([column, values]) => [
        column,
        [...values].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count),
      ]),
    ),
    suggestedMapping: suggestMapping(table.columns, sample),
  };
}
