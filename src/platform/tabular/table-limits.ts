/** Bounds that keep an untrusted file from exhausting memory or time. Bytes and characters, never durations. */
export interface TableLimits {
  maxFileBytes: number;
  /** Data rows, faulty ones included; the header and blank rows do not count. */
  maxRows: number;
  maxColumns: number;
  maxCellChars: number;
  /** Entries of the zip archive a workbook is. */
  maxZipEntries: number;
  /** Inflated size of one entry, as declared and as met. */
  maxInflatedEntryBytes: number;
  /** Inflated size of all entries together. */
  maxInflatedBytes: number;
  /** How many times its compressed size an entry may inflate to, once past `inflationFreeBytes`. */
  maxInflationRatio: number;
  inflationFreeBytes: number;
  maxSharedStrings: number;
  maxSharedStringChars: number;
}

const MIB = 1024 * 1024;

export const DEFAULT_TABLE_LIMITS: Readonly<TableLimits> = {
  maxFileBytes: 200 * MIB,
  maxRows: 1_000_000,
  maxColumns: 500,
  maxCellChars: 100_000,
  maxZipEntries: 2_000,
  maxInflatedEntryBytes: 200 * MIB,
  maxInflatedBytes: 300 * MIB,
  maxInflationRatio: 200,
  inflationFreeBytes: 10 * MIB,
  maxSharedStrings: 1_000_000,
  maxSharedStringChars: 32 * MIB,
};
