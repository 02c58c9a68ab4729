import { ownCopy } from '../own-copy';
import { TabularError } from '../tabular-error';

/** One record of a delimited text. Cells beyond the bounds are counted but not kept, so memory stays bounded. */
export interface CsvRecord {
  /** Number of the record, blank lines counted: the row a spreadsheet shows. */
  row: number;
  /** Physical line on which the record begins. */
  line: number;
  cells: string[];
  /** Number of cells met, which may exceed `cells.length`. */
  width: number;
  /** Index of the first cell that was cut because it is too long, or -1. */
  cutCell: number;
}

export interface CsvSplitterOptions {
  delimiter: string;
  maxColumns: number;
  maxCellChars: number;
}

const QUOTE = '"';
const LINE_BREAKS = /\r\n|\n|\r/g;

/**
 * Splits delimited text into records as RFC 4180 says, fed in chunks of any size. Lenient where spreadsheets agree:
 * CRLF, LF and CR all end a record, a quote inside an unquoted cell (`19" rack`) is text, and blanks between a closing
 * quote and the delimiter are dropped. Strict where leniency would swallow rows: other text after a closing quote
 * (QUOTE_MISPLACED) and a quote still open at the end (QUOTE_UNTERMINATED), both naming the row where it began.
 */
export class CsvSplitter {
  private state: 'cellStart' | 'unquoted' | 'quoted' | 'quoteInQuoted' | 'afterQuoted' = 'cellStart';
  private record: CsvRecord;
  private cell = '';
  private cellWasCut = false;
  private line = 1;
  private afterCarriageReturn = false;
  private readonly unquotedEnd: RegExp;

  constructor(private readonly options: CsvSplitterOptions) {
    this.record = this.newRecord(1);
    this.unquotedEnd = new RegExp(`[${options.delimiter}\r\n]`, 'g');
  }

  /** The records that end within this chunk; a blank line is a record of one empty cell. */
  write(text: string): CsvRecord[] {
    const finished: CsvRecord[] = [];
    let at = 0;
    if (this.afterCarriageReturn && text.length > 0) {
      this.afterCarriageReturn = false;
      if (text[0] === '\n') {
        // The second half of a line break whose first half ended the last chunk.
        if (this.state === 'quoted') this.append('\n');
        at = 1;
      }
    }
    while (at < text.length) at = this.step(text, at, finished);
    return finished;
  }

  /** The last record, when the text does not end with a line break. */
  end(): CsvRecord[] {
    if (this.state === 'quoted') {
      throw new TabularError(
        'QUOTE_UNTERMINATED',
        `The quoted cell in row ${this.record.row}, which begins on line ${this.record.line}, is never closed.`,
        this.place(),
      );
    }
    const finished: CsvRecord[] = [];
    if (this.state !== 'cellStart' || this.record.width > 0) this.endRecord(finished);
    return finished;
  }

  /** Consumes what the state allows from `at` on; answers where to go on. */
  private step(text: string, at: number, finished: CsvRecord[]): number {
    if (this.state === 'quoted') return this.stepQuoted(text, at);
    const character = text[at]!;
    if (this.state === 'quoteInQuoted' && character === QUOTE) {
      this.append(QUOTE);
      this.state = 'quoted';
      return at + 1;
    }
    if (this.state === 'cellStart' && character === QUOTE) {
      this.state = 'quoted';
      return at + 1;
    }
    if (character === this.options.delimiter) {
      this.endCell();
      return at + 1;
    }
    if (character === '\n' || character === '\r') return this.stepLineBreak(text, at, finished);
    if (this.state === 'quoteInQuoted' || this.state === 'afterQuoted') {
      if (character !== ' ' && character !== '\t') throw this.misplaced();
      this.state = 'afterQuoted';
      return at + 1;
    }
    this.state = 'unquoted';
    this.unquotedEnd.lastIndex = at;
    const end = this.unquotedEnd.exec(text)?.index ?? text.length;
    this.append(text.slice(at, end));
    return end;
  }

  private stepQuoted(text: string, at: number): number {
    const quoteAt = text.indexOf(QUOTE, at);
    const end = quoteAt < 0 ? text.length : quoteAt;
    const piece = text.slice(at, end);
    this.append(piece);
    this.line += piece.match(LINE_BREAKS)?.length ?? 0;
    if (quoteAt < 0) {
      this.afterCarriageReturn = piece.endsWith('\r');
      return end;
    }
    this.state = 'quoteInQuoted';
    return end + 1;
  }

  private stepLineBreak(text: string, at: number, finished: CsvRecord[]): number {
    this.line += 1;
    this.endRecord(finished);
    if (text[at] === '\n') return at + 1;
    if (at + 1 === text.length) this.afterCarriageReturn = true;
    return text[at + 1] === '\n' ? at + 2 : at + 1;
  }

  private append(piece: string): void {
    const room = this.options.maxCellChars - this.cell.length;
    if (piece.length > room) this.cellWasCut = true;
    if (room > 0) this.cell += piece.length > room ? piece.slice(0, room) : piece;
  }

  private endCell(): void {
    const { record } = this;
    if (record.width < this.options.maxColumns) record.cells.push(ownCopy(this.cell));
    // Beyond the last column only "blank or not" matters: one kept cell that is not blank says it.
    else if (record.cells.length === this.options.maxColumns && this.cell.trim() !== '') record.cells.push('…');
    if (this.cellWasCut && record.cutCell < 0) record.cutCell = record.width;
    record.width += 1;
    this.cell = '';
    this.cellWasCut = false;
    this.state = 'cellStart';
  }

  private endRecord(finished: CsvRecord[]): void {
    this.endCell();
    finished.push(this.record);
    this.record = this.newRecord(this.record.row + 1);
  }

  private newRecord(row: number): CsvRecord {
    return { row, line: this.line, cells: [], width: 0, cutCell: -1 };
  }

  private place() {
    return { row: this.record.row, line: this.record.line };
  }

  private misplaced(): TabularError {
    return new TabularError(
      'QUOTE_MISPLACED',
      `In row ${this.record.row}, which begins on line ${this.record.line}, text follows a closing quote: ` +
        'the cell was opened by mistake, never closed, or a quote inside it is not doubled.',
      this.place(),
    );
  }
}
