import { open } from 'node:fs/promises';
import { Delimiter } from './csv/csv-dialect';
import { openCsv } from './csv/csv-rows';
import { detectEncoding, EncodingChoice } from './text/detect-encoding';
import { DEFAULT_TABLE_LIMITS, TableLimits } from './table-limits';
import { FaultyRow, TableRow } from './table-rows';
import { TabularError } from './tabular-error';
import { TextEncoding } from './text/text-encodings';
import { openXlsx, SheetName } from './xlsx/xlsx-rows';

export interface OpenTableOptions {
  /** Text files only; default `auto`. */
  encoding?: EncodingChoice;
  /** Text files only; default `auto`. */
  delimiter?: 'auto' | Delimiter;
  /** Workbooks only; default the first sheet a person sees. */
  sheet?: string;
  /** What differs from `DEFAULT_TABLE_LIMITS`. */
  limits?: Partial<TableLimits>;
}

/** A table opened for reading. */
export interface OpenTable {
  format: 'csv' | 'xlsx';
  /** Text files only. */
  encoding?: TextEncoding;
  /** Text files only. */
  delimiter?: Delimiter;
  /** Workbooks only: all worksheets in order, hidden ones marked. */
  sheets?: SheetName[];
  /** Workbooks only: the sheet being read. */
  sheet?: string;
  columns: string[];
  /** Streams the rows from the file; each iteration begins anew. A fault of the whole file is thrown, a TabularError. */
  rows: AsyncIterable<TableRow | FaultyRow>;
  /** Frees the file; call it when done, also after a failure. */
  close(): Promise<void>;
}

/**
 * Opens an untrusted table, a delimited text or an .xlsx workbook by its content and not by its name, and reads its
 * header: the first row that is not blank. Throws TabularError when the file cannot be a table.
 */
export async function openTable(filePath: string, options: OpenTableOptions = {}): Promise<OpenTable> {
  const limits: TableLimits = { ...DEFAULT_TABLE_LIMITS, ...options.limits };
  const beginning = await readBeginning(filePath, limits);
  if (/^PK(?:\x03\x04|\x05\x06)/.test(beginning)) {
    return { format: 'xlsx', ...(await openXlsx(filePath, options.sheet, limits)) };
  }
  refuseKnownFormats(beginning);
  const encoding = await detectEncoding(filePath, options.encoding);
  const csv = await openCsv(filePath, encoding, options.delimiter ?? 'auto', limits);
  return { format: 'csv', encoding, ...csv, close: () => Promise.resolve() };
}

/** The first bytes, one character each. */
async function readBeginning(filePath: string, limits: TableLimits): Promise<string> {
  const file = await open(filePath);
  try {
    const { size } = await file.stat();
    if (size === 0) throw new TabularError('FILE_EMPTY', 'The file is empty.');
    if (size > limits.maxFileBytes) {
      throw new TabularError('FILE_TOO_LARGE', `The file has ${size} bytes; ${limits.maxFileBytes} are allowed.`, {
        details: { bytes: size, maxFileBytes: limits.maxFileBytes },
      });
    }
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}

const NOT_TEXT = /^(?:\x89PNG|GIF8|\xFF\xD8\xFF|%PDF-|\x1F\x8B|7z\xBC\xAF|Rar!)/;
const OLD_OFFICE = /^\xD0\xCF\x11\xE0/;
const MARKUP = /^(?:\xEF\xBB\xBF)?\s*<(?:!doctype|html|\?xml|table)/i;

function refuseKnownFormats(beginning: string): void {
  if (NOT_TEXT.test(beginning)) {
    throw new TabularError('FILE_NOT_TEXT', 'The file is a picture, a document or an archive, not a table.');
  }
  if (OLD_OFFICE.test(beginning)) {
    throw new TabularError(
      'FILE_FORMAT_UNSUPPORTED',
      'The file is an old .xls workbook or one with a password. Save it as .xlsx without a password.',
    );
  }
  if (MARKUP.test(beginning)) {
    throw new TabularError('FILE_FORMAT_UNSUPPORTED', 'The file is a web page or XML. Save it as .xlsx or CSV.');
  }
}
