import { Readable } from 'node:stream';
import { csvText } from '../csv/write-csv';
import { encodeText } from '../text/text-encodings';
import { findLosses } from './cp932-losses';
import { type Reader, shownValue, type TableColumn } from './table-columns';
import { type WrittenSheet, xlsxStream } from './xlsx-stream';
import { type ZipEntry, zipStream } from './zip-stream';

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
      return textFile(findLosses([{ titles, rows: cellsOf(table) }]), JSON_TYPE, 'json');
    case 'xlsx':
      return { stream: xlsxStream([sheetOf(table)]), type: XLSX_TYPE, extension: 'xlsx' };
    case 'json':
      return textFile(jsonText(table), JSON_TYPE, 'json');
  }
}

/** A table of several that make one file, and the name of its part where they are files of their own. */
export type NamedTable<Row> = WrittenTable<Row> & { name: string };

/** Several tables as one file: a workbook with a sheet for each, or a ZIP with a CSV file for each; `cp932-losses` as for one. */
export function tablesFile<Row>(tables: readonly NamedTable<Row>[], format: Exclude<TableFormat, 'json'>): TableFile {
  if (format === 'xlsx') return { stream: xlsxStream(tables.map(sheetOf)), type: XLSX_TYPE, extension: 'xlsx' };
  if (format === 'cp932-losses') {
    const parts = tables.map((table) => ({ titles: partTitles(table), rows: cellsOf(table) }));
    return textFile(findLosses(parts), JSON_TYPE, 'json');
  }
  const entries = tables.map((table): ZipEntry => {
    const { stream, extension } = tableFile(table, format);
    return [`${table.name}.${extension}`, stream];
  });
  return { stream: zipStream(entries), type: 'application/zip', extension: 'zip' };
}

/** What is no table, for programs. */
export function jsonFile(value: object): TableFile {
  return { stream: Readable.from([`${JSON.stringify(value, null, 2)}\n`]), type: JSON_TYPE, extension: 'json' };
}

/** Which table a column is of. */
function partTitles<Row>({ title, columns }: WrittenTable<Row>): string[] {
  return columns.map((column) => `${title}: ${column.title}`);
}

function sheetOf<Row>(table: WrittenTable<Row>): WrittenSheet {
  return { title: table.title, headings: table.columns.map(({ title }) => title), rows: cellsOf(table) };
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
