import { ownCopy } from '../own-copy';
import { TableLimits } from '../table-limits';
import { RawRow } from '../table-rows';
import { NumberFormat } from './number-formats';
import { numberText } from './number-text';
import { RichText, unescapeXstring } from './shared-strings';
import { invalid } from './xlsx-archive';
import { XmlHandlers, XmlReader } from './xml-reader';

/** What the cells of a sheet refer to. */
export interface SheetContext {
  part: string;
  sharedStrings: readonly string[];
  formats: readonly NumberFormat[];
  usesDates1904: boolean;
  limits: TableLimits;
}

const LAST_ROW = 1_048_576;
const LAST_COLUMN = 16_384;

/** Streams the rows of a worksheet part; rows and cells the file leaves out are not made up. */
export async function* sheetRows(chunks: AsyncIterable<string>, context: SheetContext): AsyncGenerator<RawRow> {
  const sheet = new SheetHandlers(context);
  const reader = new XmlReader(context.part, sheet);
  for await (const chunk of chunks) {
    reader.write(chunk);
    yield* sheet.takeRows();
  }
  reader.end();
  yield* sheet.takeRows();
}

class SheetHandlers implements XmlHandlers {
  private finished: RawRow[] = [];
  private row: { row: number; cells: (string | undefined)[]; fault?: RawRow['fault'] } | undefined;
  private lastRow = 0;
  private cellIndex = -1;
  private cellType = '';
  private cellFormat: NumberFormat | undefined;
  private inSheetData = false;
  private inCell = false;
  private inValue = false;
  private value = '';
  private hasFormula = false;
  private readonly inline: RichText;

  constructor(private readonly context: SheetContext) {
    this.inline = new RichText(context.limits.maxCellChars);
  }

  takeRows(): RawRow[] {
    const rows = this.finished;
    this.finished = [];
    return rows;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'sheetData') this.inSheetData = true;
    // Form controls name their anchor `row`, too, behind the data.
    else if (name === 'row' && this.inSheetData) this.openRow(attributes['r']);
    else if (name === 'c' && this.row) this.openCell(attributes);
    else if (!this.inCell) return;
    else if (name === 'v') this.inValue = true;
    else if (name === 'f') this.hasFormula = true;
    else this.inline.open(name);
  }

  text(text: string): void {
    if (this.inValue) this.value += this.value.length > this.context.limits.maxCellChars ? '' : text;
    // The text of a formula is never looked at: RichText gathers from `t` elements only.
    else if (this.inCell) this.inline.text(text);
  }

  close(name: string): void {
    if (name === 'v') this.inValue = false;
    else if (name === 'sheetData') this.inSheetData = false;
    else if (name === 'c' && this.inCell) this.closeCell();
    else if (name === 'row' && this.row) {
      this.finished.push(this.row);
      this.row = undefined;
    } else if (this.inCell) this.inline.close(name);
  }

  private openRow(reference: string | undefined): void {
    const row = reference === undefined ? this.lastRow + 1 : Number(reference);
    if (!Number.isInteger(row) || row <= this.lastRow || row > LAST_ROW) {
      throw invalid(`The sheet has a row "${reference ?? row}" after row ${this.lastRow}.`);
    }
    this.lastRow = row;
    this.row = { row, cells: [] };
    this.cellIndex = -1;
  }

  private openCell(attributes: Readonly<Record<string, string>>): void {
    const reference = attributes['r'];
    const index = reference === undefined ? this.cellIndex + 1 : columnIndex(reference);
    if (index <= this.cellIndex || index >= LAST_COLUMN) {
      throw invalid(`Row ${this.lastRow} of the sheet has its cell "${reference ?? index + 1}" out of place.`);
    }
    this.cellIndex = index;
    this.cellType = attributes['t'] ?? 'n';
    this.cellFormat = this.context.formats[Number(attributes['s'] ?? 0)];
    this.value = '';
    this.hasFormula = false;
    this.inline.reset();
    this.inCell = true;
  }

  private closeCell(): void {
    this.inCell = false;
    const row = this.row!;
    const text = this.cellText();
    // An empty result is a text (`t="str"`); no value at all comes from writers that cannot calculate.
    if (this.hasFormula && !this.value && this.cellType !== 'str') {
      row.fault ??= { cell: this.cellIndex, code: 'FORMULA_NOT_CALCULATED' };
    } else if (text.length > this.context.limits.maxCellChars) {
      row.fault ??= { cell: this.cellIndex, code: 'CELL_TOO_LONG' };
    } else if (text !== '') {
      row.cells[this.cellIndex] = ownCopy(text);
    }
  }

  /** The text a person sees, also of an error cell (`#N/A`); of a formula the value calculated last. */
  private cellText(): string {
    const { value } = this;
    switch (this.cellType) {
      case 's':
        return value.trim() === '' ? '' : this.sharedString(value);
      case 'inlineStr':
        return this.inline.value;
      case 'str':
        return unescapeXstring(value);
      case 'b':
        return value.trim() === '' ? '' : /^(?:1|true)$/.test(value.trim()) ? 'TRUE' : 'FALSE';
      case 'd':
        return value.replace(/T00:00(?::00(?:\.0+)?)?Z?$/, '');
      case 'n':
        return numberText(value, this.cellFormat ?? { kind: 'plain' }, this.context.usesDates1904);
      default:
        return value;
    }
  }

  private sharedString(index: string): string {
    const text = this.context.sharedStrings[Number(index)];
    if (text === undefined) throw invalid(`Row ${this.lastRow} of the sheet refers to a text that does not exist.`);
    return text;
  }
}

/** `AB12` is column 27, counted from 0. */
function columnIndex(reference: string): number {
  const letters = /^\$?([A-Z]{1,3})\$?\d*$/i.exec(reference)?.[1];
  if (!letters) throw invalid(`"${reference}" is not a cell.`);
  let number = 0;
  for (const letter of letters.toUpperCase()) number = number * 26 + (letter.charCodeAt(0) - 64);
  return number - 1;
}
