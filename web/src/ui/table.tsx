import type { ReactNode } from 'react';

export interface Column<T> {
  key: string;
  title: string;
  /** The cell names the row (one per table). */
  heads?: boolean;
  figure?: boolean;
  /** Replaces the plain title, for example by a sort link. */
  header?: ReactNode;
  sorted?: 'ascending' | 'descending';
  cell: (row: T) => ReactNode;
}

interface DataTableProps<T> {
  caption: string;
  columns: Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  rowClass?: (row: T) => string;
}

/**
 * A table that becomes a list of cards on a narrow screen. The roles are written out because
 * `display: block` takes the table's own semantics away.
 */
export function DataTable<T>({ caption, columns, rows, rowKey, rowClass }: DataTableProps<T>) {
  return (
    <table role="table" className="data-table">
      <caption className="sr-only">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th
              key={column.key}
              role="columnheader"
              scope="col"
              aria-sort={column.sorted}
              className={column.figure ? 'figure' : undefined}
            >
              {column.header ?? column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={rowKey(row)} role="row" id={rowKey(row)} className={rowClass?.(row)}>
            {columns.map((column) =>
              column.heads ? (
                <th key={column.key} role="rowheader" scope="row">
                  {column.cell(row)}
                </th>
              ) : (
                <td
                  key={column.key}
                  role="cell"
                  data-label={column.title}
                  className={column.figure ? 'figure' : undefined}
                >
                  {column.cell(row)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
