/** How a property of a row is sent: its column and the type of one element. */
export type ColumnTypes<T> = { readonly [K in keyof T]?: string };

const snake = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();

/** A row source for a bulk statement: `FROM ${source} AS t`, its columns in snake_case, and the arrays to bind, as PostgreSQL writes them. */
export interface RowSource {
  columns: string[];
  source: string;
  values: string[];
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
  const values = properties.map((property) => arrayOf(rows, property, types[property] === 'jsonb'));
  return { columns, source: `unnest(${placeholders.join(', ')}) AS ${name}(${columns.join(', ')})`, values };
}

/** Written here and not by the driver, which takes twice as long for the rows of a large import. */
function arrayOf<T extends object>(rows: readonly T[], property: keyof T, isJson: boolean): string {
  let array = '{';
  for (const row of rows) {
    const value = row[property];
    if (array.length > 1) array += ',';
    if (value === null || value === undefined) array += 'NULL';
    // JSON within JSON is escaped as text within an array is: it holds no control characters, which alone are written differently.
    else array += isJson ? JSON.stringify(JSON.stringify(value)) : element(value);
  }
  return `${array}}`;
}

const MUST_BE_ESCAPED = /["\\]/g;
const mustBeEscaped = (text: string): boolean => text.includes('"') || text.includes('\\');

function element(value: unknown): string {
  if (typeof value === 'string') return `"${mustBeEscaped(value) ? value.replace(MUST_BE_ESCAPED, '\\$&') : value}"`;
  // Not left to the driver either: it would write it in local time, piece by piece.
  if (value instanceof Date) return `"${value.toISOString()}"`;
  return Buffer.isBuffer(value) ? `"\\\\x${value.toString('hex')}"` : String(value);
}
