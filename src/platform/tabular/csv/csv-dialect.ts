import { CsvRecord, CsvSplitter } from './csv-splitter';
import { TableLimits } from '../table-limits';
import { TabularError } from '../tabular-error';

export type Delimiter = ',' | ';' | '\t';

const DELIMITERS: readonly Delimiter[] = [',', ';', '\t'];
const SAMPLE_RECORDS = 100;

/** The delimiter a file names itself in a first line `sep=;`, as spreadsheets write it, or null. */
export function declaredDelimiter(text: string): Delimiter | null {
  const declared = /^"?sep=([,;\t])"?(?:\r\n?|\n|$)/i.exec(text)?.[1];
  return (declared as Delimiter | undefined) ?? null;
}

/**
 * The delimiter by which the most records of a sample have as many cells as the first; with equal claims the one that
 * gives more cells. `complete` says that the sample is the whole text, not its beginning.
 */
export function guessDelimiter(sample: string, complete: boolean, limits: TableLimits): Delimiter {
  let best: { delimiter: Delimiter; share: number; width: number } = { delimiter: ',', share: 0, width: 1 };
  for (const delimiter of DELIMITERS) {
    const records = sampleRecords(sample, delimiter, complete, limits);
    const width = records[0]?.width ?? 0;
    if (width < 2) continue;
    const share = records.filter((record) => record.width === width).length / records.length;
    if (share > best.share || (share === best.share && width > best.width)) best = { delimiter, share, width };
  }
  return best.delimiter;
}

function sampleRecords(sample: string, delimiter: Delimiter, complete: boolean, limits: TableLimits): CsvRecord[] {
  const splitter = new CsvSplitter({ delimiter, maxColumns: limits.maxColumns, maxCellChars: limits.maxCellChars });
  try {
    const records = splitter.write(sample);
    if (complete) records.push(...splitter.end());
    return records.filter((record) => record.cells.some((cell) => cell.trim() !== '')).slice(0, SAMPLE_RECORDS);
  } catch (error) {
    // Quotes that make no sense with this delimiter rule it out.
    if (error instanceof TabularError) return [];
    throw error;
  }
}
