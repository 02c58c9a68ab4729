/** How a property of a row is sent: its column and the type of one element. */
export type ColumnTypes<T> = { readonly [K in keyof T]?: string };

const snake = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();

/** A row source for a bulk statement: `FROM ${source} AS t`, its columns in snake_case, and the arrays to bind. */
export interface RowSource {
  columns: string[];
  source: string;
  values: unknown[][];
}

/**
 * Turns rows into one `unnest(...) AS name(columns)` with an array per column: one statement whatever the number of rows (docs/adr/0018).
 * Values of type `jsonb` are written as JSON. Arrays cannot be elements, since `unnest` would flatten them.
 * @param firstParameter number of the first placeholder.
 */
export function unnest<T extends object>(
  rows: readonly T[],
  types: ColumnTypes<T>,
  name: string,
  firstParameter = 1,
): RowSource {
  const properties = Object.keys(types) as (keyof T & string)[];
  const columns = properties.map(snake);
  const placeholders = properties.map((property, index) => `$${firstParameter + index}::${types[property]}[]`);
  const values = properties.map((property) => rows.map((row) => sent(row[property], types[property])));
  return { columns, source: `unnest(${placeholders.join(', ')}) AS ${name}(${columns.join(', ')})`, values };
}

function sent(value: unknown, type: string | undefined): unknown {
  if (type === 'jsonb' && value !== null) return JSON.stringify(value);
  // The driver would write it in local time, piece by piece: a tenth of the time of a large import.
  return value instanceof Date ? value.toISOString() : value;
}
