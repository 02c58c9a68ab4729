import { Readable } from 'node:stream';
import { csvText } from '../csv/write-csv';
import { encodeText } from '../text/text-encodings';
import { findLosses } from './cp932-losses';
import { type Reader, shownValue, type TableColumn } from './table-columns';
import { xlsxStream } from './xlsx-stream';

export const TABLE_FORMATS = ['csv', 'csv-cp932', 'cp932-losses', 'xlsx', 'json'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** A table to be written: rows are asked for as fast as they are taken, so that memory does not grow with their number. */
export interface WrittenTable<Row> {
  title: string;
  columns: readonly TableColumn<Row>[];
  rows: AsyncIterable<Row>;
  reader: Reader;
}

export interface TableFile {
  stream: Readable;
  type: string;
  extension: string;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** Small pieces are gathered before they go out: each one costs a stream event. */
const BLOCK = 64 * 1024;

/**
 * A table as a file that is made while it is read. `csv` is UTF-8 with a byte order mark; `csv-cp932` writes `?` for what CP932 does not have, and
 * `cp932-losses` tells which characters those are without writing the table.
 */
export function tableFile<Row>(table: WrittenTable<Row>, format: TableFormat): TableFile {
  const titles = table.columns.map(({ title }) => title);
  switch (format) {
    case 'csv':
      return textFile(csvText(titles, cellsOf(table), { bom: true }), 'text/csv; charset=utf-8', 'csv');
    case 'csv-cp932': {
      const bytes = inCp932(csvText(titles, cellsOf(table)));
      return { stream: Readable.from(bytes), type: 'text/csv; charset=shift_jis', extension: 'csv' };
    }
    case 'cp932-losses':
      return textFile(findLosses(titles, cellsOf(table)), JSON_TYPE, 'json');
    case 'xlsx':
      return { stream: xlsxStream(table.title, titles, cellsOf(table)), type: XLSX_TYPE, extension: 'xlsx' };
    case 'json':
      return textFile(jsonText(table), JSON_TYPE, 'json');
  }
}

function textFile(text: AsyncIterable<string>, type: string, extension: string): TableFile {
  return { stream: Readable.from(inBlocks(text), { objectMode: false }), type, extension };
}

async function* cellsOf<Row>({ columns, rows, reader }: WrittenTable<Row>): AsyncGenerator<(string | number | null)[]> {
  for await (const row of rows) yield columns.map((column) => shownValue(column, row, reader));
}

/** For programs: keys in place of headings, codes in place of words, instants in UTC. */
async function* jsonText<Row>({ columns, rows }: WrittenTable<Row>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const row of rows) {
    const fields = columns.map(({ key, value }) => [key, value(row) ?? null] as const);
    yield `${before}${JSON.stringify(Object.fromEntries(fields))}`;
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

async function* inCp932(text: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const block of inBlocks(text)) yield encodeText(block, 'cp932').bytes;
}

async function* inBlocks(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let block = '';
  for await (const piece of pieces) {
    block += piece;
    if (block.length < BLOCK) continue;
    yield block;
    block = '';
  }
  if (block !== '') yield block;
}
