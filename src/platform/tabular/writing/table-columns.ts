/** What a cell of a written table may hold. An instant is written in the zone of the reader. */
export type TableValue = string | number | boolean | Date | null | undefined;

/** A column of a written table: its key for programs, its heading for people, and what it holds of a row. */
export interface TableColumn<Row> {
  key: string;
  title: string;
  value: (row: Row) => TableValue;
  /** What people read in place of the value, such as the word for a code. */
  word?: (value: string) => string;
}

/** How the reader is written for. */
export interface Reader {
  timeZone: string;
  yes: string;
  no: string;
}

/** The value of a cell as people read it; numbers stay numbers. */
export function shownValue<Row>(column: TableColumn<Row>, row: Row, reader: Reader): string | number | null {
  const value = column.value(row);
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return localText(value, reader.timeZone);
  if (typeof value === 'boolean') return value ? reader.yes : reader.no;
  return typeof value === 'string' && column.word ? column.word(value) : value;
}

/** `2026-11-23 09:00`: sorts as text, and every spreadsheet reads it as a time. */
function localText(instant: Date, timeZone: string): string {
  return instant.toLocaleString('sv-SE', { timeZone }).slice(0, 16);
}
