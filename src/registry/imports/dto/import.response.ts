import { ApiProperty } from '@nestjs/swagger';
import { OrganisationRef, PersonRef } from '../../../access/references/refs.response';
import { IMPORT_STATUSES, type ImportStatus } from '../import-run.entity';

/** One cell that is wrong, or wants a look. */
export class ImportFaultResponse {
  /** Row as a spreadsheet numbers it: the header of an ordinary table is row 1. */
  row: number;

  /** Null when the whole row is meant. */
  @ApiProperty({ type: String, nullable: true })
  column: string | null;

  code: string;

  /** In the caller's language. */
  message: string;
}

export class UnmappedValueResponse {
  column: string;
  /** As it stands in the file; empty for a blank cell. */
  value: string;
  /** Rows that were rejected for it. */
  count: number;
}

export class MissingSystemResponse {
  code: string;
  name: string;
}

export class ImportChangeResponse {
  row: number;
  code: string;

  @ApiProperty({ enum: ['CREATED', 'UPDATED'] })
  action: 'CREATED' | 'UPDATED';

  /** The fields that changed; empty for a new system. */
  fields: string[];
}

/** Why an import failed as a whole. */
export class ImportErrorResponse {
  /** `file`, or the part of the mapping that does not fit it. */
  field: string;
  code: string;
  message: string;
}

/** An import as lists show it. */
export class ImportSummary {
  id: string;

  @ApiProperty({ enum: IMPORT_STATUSES })
  status: ImportStatus;

  /** Everything was checked and compared, and nothing written. */
  dryRun: boolean;

  fileName: string;

  /** Digest of the file, in hex. */
  sha256: string;

  organisation: OrganisationRef;
  createdBy: PersonRef;
  createdAt: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finishedAt: Date | null;

  rowsRead: number;

  /** Rows found so far; all of them once `rowsRead` moves. */
  @ApiProperty({ type: Number, nullable: true })
  rowsTotal: number | null;

  created: number;
  updated: number;
  unchanged: number;

  /** Rows, each of which may have several faults. */
  rejectedCount: number;

  @ApiProperty({ type: ImportErrorResponse, nullable: true })
  error: ImportErrorResponse | null;
}

/** An import with its report. Lists hold at most 1,000 entries; the counts are exact. */
export class ImportResponse extends ImportSummary {
  @ApiProperty({ enum: ['csv', 'xlsx'], nullable: true })
  format: 'csv' | 'xlsx' | null;

  @ApiProperty({ type: String, nullable: true })
  encoding: string | null;

  @ApiProperty({ type: String, nullable: true })
  delimiter: string | null;

  @ApiProperty({ type: String, nullable: true })
  sheet: string | null;

  /** Columns of the file that the mapping does not use. */
  ignoredColumns: string[];

  /** The faults of the rejected rows; all of them are in `rejected.csv`. */
  rejected: ImportFaultResponse[];

  /** Raw values that the mapping does not name, with the rows that were rejected for them. */
  unmapped: UnmappedValueResponse[];

  /** Systems of the organisation that the file does not name. Nothing is removed. */
  missing: MissingSystemResponse[];
  missingCount: number;

  changes: ImportChangeResponse[];

  /** Rows that were taken although something about them wants a look. */
  warnings: ImportFaultResponse[];
  warningCount: number;

  /** Organisations that were made, or would be, as paths below the one the register is of. */
  organisationsCreated: string[];
  organisationsCreatedCount: number;

  /** People without sign-in that were made, or would be. */
  peopleCreatedCount: number;
}

export class ImportPage {
  items: ImportSummary[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
