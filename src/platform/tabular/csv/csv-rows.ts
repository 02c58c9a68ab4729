import { declaredDelimiter, Delimiter, guessDelimiter } from './csv-dialect';
import { CsvRecord, CsvSplitter } from './csv-splitter';
import { decodeFile } from '../text/decode-file';
import { TableLimits } from '../table-limits';
import { dataRows, FaultyRow, headerOf, RawRow, TableRow } from '../table-rows';
import { TextEncoding } from '../text/text-encodings';

/** A delimited text file, opened: header read, rows read anew at each iteration. */
export interface CsvTable {
  delimiter: Delimiter;
  columns: string[];
  rows: AsyncIterable<TableRow | FaultyRow>;
}

const SAMPLE_CHARS = 64 * 1024;

/** Opens a text file whose encoding is known (`detectEncoding`). A first line `sep=;` is honoured and not a row. */
export async function openCsv(
  filePath: string,
  encoding: TextEncoding,
  choice: 'auto' | Delimiter,
  limits: TableLimits,
): Promise<CsvTable> {
  const { sample, complete } = await readSample(filePath, encoding);
  const declared = declaredDelimiter(sample);
  const guessed = () => declared ?? guessDelimiter(sample, complete, limits);
  const delimiter = choice === 'auto' ? guessed() : choice;
  const read = () => csvRows(filePath, encoding, delimiter, declared !== null, limits);
  const columns = await headerOf(read(), limits);
  return { delimiter, columns, rows: { [Symbol.asyncIterator]: () => dataRows(read(), columns, limits) } };
}

async function readSample(filePath: string, encoding: TextEncoding) {
  let sample = '';
  for await (const text of decodeFile(filePath, encoding)) {
    sample += text;
    if (sample.length >= SAMPLE_CHARS) return { sample, complete: false };
  }
  return { sample, complete: true };
}

async function* csvRows(
  filePath: string,
  encoding: TextEncoding,
  delimiter: Delimiter,
  hasDeclaration: boolean,
  limits: TableLimits,
): AsyncGenerator<RawRow> {
  const splitter = new CsvSplitter({ delimiter, maxColumns: limits.maxColumns, maxCellChars: limits.maxCellChars });
  const isRow = (record: CsvRecord) => !(hasDeclaration && record.row === 1);
  for await (const text of decodeFile(filePath, encoding)) {
    for (const record of splitter.write(text)) if (isRow(record)) yield rawRow(record);
  }
  for (const record of splitter.end()) if (isRow(record)) yield rawRow(record);
}

function rawRow({ row, line, cells, cutCell }: CsvRecord): RawRow {
  return { row, line, cells, ...(cutCell >= 0 && { fault: { cell: cutCell, code: 'CELL_TOO_LONG' as const } }) };
}
