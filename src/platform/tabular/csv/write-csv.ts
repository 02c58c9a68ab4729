import { Readable } from 'node:stream';

/** A value of a CSV cell; null and undefined become empty cells. */
export type CsvValue = string | number | boolean | null | undefined;

export interface CsvWriting {
  /** Begin with a byte order mark, by which spreadsheets recognise UTF-8. Default false. */
  bom?: boolean;
}

const NEEDS_QUOTES = /[",;\t\r\n]|^\s|\s$/;
/** The full-width forms count, since Japanese spreadsheets read them like the narrow ones. A lone `-` is harmless. */
const FORMULA_LIKE = /^'*[=+\-@\t\r\n＝＋－＠]./s;
const PLAIN_NUMBER = /^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/;

/** One record by RFC 4180, CRLF included. Values are written as they are: see `defuse` for untrusted ones. */
export function csvLine(values: readonly CsvValue[]): string {
  const cells = values.map((value) => {
    const text = value === null || value === undefined ? '' : String(value);
    return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  // A record of one empty cell would be a blank line.
  return `${cells.join(',') || '""'}\r\n`;
}

/**
 * Keeps a spreadsheet from running the cell as a formula (CSV injection, OWASP): text that begins with = + - @, a tab
 * or a line break is prefixed by an apostrophe; plain numbers such as -5 stay. `undefuse` is its exact inverse.
 */
export function defuse(cell: string): string {
  return isFormulaLike(cell) ? `'${cell}` : cell;
}

/** Whether a spreadsheet might take the text for a formula. */
export function isFormulaLike(cell: string): boolean {
  return FORMULA_LIKE.test(cell) && !PLAIN_NUMBER.test(cell);
}

/** The text that `defuse` was given, so that an exported file can be imported again unchanged. */
export function undefuse(cell: string): string {
  return cell.startsWith("'") && FORMULA_LIKE.test(cell) ? cell.slice(1) : cell;
}

/** The text of a CSV file in pieces: header and rows, strings defused. */
export async function* csvText(
  columns: readonly string[],
  rows: Iterable<readonly CsvValue[]> | AsyncIterable<readonly CsvValue[]>,
  { bom = false }: CsvWriting = {},
): AsyncGenerator<string> {
  const line = (values: readonly CsvValue[]) =>
    csvLine(values.map((value) => (typeof value === 'string' ? defuse(value) : value)));
  yield `${bom ? '\uFEFF' : ''}${line(columns)}`;
  for await (const row of rows) yield line(row);
}

/** `csvText` as a byte stream in UTF-8, for an HTTP reply. */
export function csvStream(...parameters: Parameters<typeof csvText>): Readable {
  return Readable.from(csvText(...parameters), { objectMode: false });
}
