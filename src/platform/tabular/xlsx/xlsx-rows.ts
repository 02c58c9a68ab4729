import { TableLimits } from '../table-limits';
import { dataRows, FaultyRow, headerOf, TableRow } from '../table-rows';
import { TabularError } from '../tabular-error';
import { readNumberFormats } from './number-formats';
import { readSharedStrings } from './shared-strings';
import { SheetContext, sheetRows } from './sheet-rows';
import { readWorkbook, Worksheet } from './workbook';
import { invalid, XlsxArchive } from './xlsx-archive';

/** A worksheet as a person may choose it. */
export interface SheetName {
  name: string;
  hidden: boolean;
}

/** A workbook, opened: sheet chosen, header read, rows read anew at each iteration. */
export interface XlsxTable {
  sheets: SheetName[];
  sheet: string;
  columns: string[];
  rows: AsyncIterable<TableRow | FaultyRow>;
  close(): Promise<void>;
}

/**
 * Opens an .xlsx workbook at the named sheet, or else at the first visible one. Formulas are data by the value a
 * spreadsheet calculated last; merged cells count as their first cell; hidden rows and columns are read.
 */
export async function openXlsx(filePath: string, wanted: string | undefined, limits: TableLimits): Promise<XlsxTable> {
  const archive = await XlsxArchive.open(filePath, limits);
  try {
    const workbook = await readWorkbook(archive);
    const { name, part } = chooseSheet(workbook.worksheets, wanted);
    const { sharedStringsPart, stylesPart, usesDates1904 } = workbook;
    const context: SheetContext = {
      part,
      sharedStrings: sharedStringsPart ? await readSharedStrings(archive, sharedStringsPart, limits) : [],
      formats: stylesPart ? await readNumberFormats(archive, stylesPart) : [],
      usesDates1904,
      limits,
    };
    const read = () => sheetRows(archive.text(part), context);
    const columns = await headerOf(read(), limits);
    return {
      sheets: workbook.worksheets.map(({ name: sheetName, hidden }) => ({ name: sheetName, hidden })),
      sheet: name,
      columns,
      rows: { [Symbol.asyncIterator]: () => dataRows(read(), columns, limits) },
      close: () => archive.close(),
    };
  } catch (error) {
    await archive.close();
    throw error;
  }
}

function chooseSheet(worksheets: readonly Worksheet[], wanted: string | undefined): Worksheet {
  if (worksheets.length === 0) throw invalid('The workbook has no worksheet.');
  if (wanted === undefined) return worksheets.find(({ hidden }) => !hidden) ?? worksheets[0]!;
  const found = worksheets.find(({ name }) => name === wanted);
  if (found) return found;
  const names = worksheets.map(({ name }) => name).join(', ');
  throw new TabularError('SHEET_NOT_FOUND', `The workbook has no sheet "${wanted}"; it has ${names}.`, {
    details: { sheet: wanted },
  });
}
