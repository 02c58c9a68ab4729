/** Stable codes; the edge translates them, so their meaning never changes. */
export type TabularErrorCode =
  // the file as a whole
  | 'FILE_EMPTY'
  | 'FILE_TOO_LARGE'
  | 'FILE_NOT_TEXT'
  | 'FILE_FORMAT_UNSUPPORTED'
  | 'ENCODING_MISMATCH'
  | 'ENCODING_UNKNOWN'
  // the header and the shape of the table
  | 'HEADER_DUPLICATE'
  | 'COLUMNS_TOO_MANY'
  | 'ROWS_TOO_MANY'
  | 'QUOTE_MISPLACED'
  | 'QUOTE_UNTERMINATED'
  // workbooks
  | 'XLSX_INVALID'
  | 'XLSX_ENCRYPTED'
  | 'ZIP_BOMB'
  | 'SHARED_STRINGS_TOO_LARGE'
  | 'SHEET_NOT_FOUND'
  // one row; reading goes on behind it
  | 'ROW_TOO_LONG'
  | 'CELL_TOO_LONG'
  | 'FORMULA_NOT_CALCULATED';

/** Where a fault lies, as far as it is known. */
export interface TabularPlace {
  /** Row as a spreadsheet numbers it: the header of an ordinary table is row 1. */
  row?: number;
  /** Physical line of a text file, counted from 1; differs from `row` once a cell contains a line break. */
  line?: number;
  /** Header name of the column, or `column N` where the table has no name for it. */
  column?: string;
  /** Offset of the first unreadable byte, counted from 0. */
  byteOffset?: number;
  /** What a translated message needs besides the place, such as a limit or a name. */
  details?: Readonly<Record<string, string | number>>;
}

/** A table that cannot be read, or one row of it. `message` is English and for logs; show texts by `code`. */
export class TabularError extends Error implements TabularPlace {
  readonly row?: number;
  readonly line?: number;
  readonly column?: string;
  readonly byteOffset?: number;
  readonly details?: Readonly<Record<string, string | number>>;

  constructor(
    readonly code: TabularErrorCode,
    message: string,
    place: TabularPlace = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'TabularError';
    Object.assign(this, place);
  }
}
