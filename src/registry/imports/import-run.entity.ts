import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { ImportMapping } from './dto/import-mapping.request';
import type { RowFault } from './import-rejection.entity';

export const IMPORT_STATUSES = ['QUEUED', 'RUNNING', 'DONE', 'FAILED'] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

/** Why a file could not be imported at all: the part of the request that is to blame, and a stable code. */
export interface ImportError {
  field: string;
  code: string;
  params?: Readonly<Record<string, string | number>>;
}

/** A row that was imported although one thing about it wants a look. */
export type RowWarning = RowFault & { row: number };

/** What an import did, or would do. Lists are cut at `LISTED`; the counts are exact. */
export interface ImportReport {
  format: 'csv' | 'xlsx';
  encoding: string | null;
  delimiter: string | null;
  sheet: string | null;
  columns: string[];
  /** Columns of the file that the mapping does not use. */
  ignoredColumns: string[];
  created: number;
  updated: number;
  unchanged: number;
  /** Rows, not faults. */
  rejectedCount: number;
  unmapped: { column: string; value: string; count: number }[];
  /** Systems of the organisation that the file does not name; retired ones are not missed. */
  missing: { code: string; name: string }[];
  missingCount: number;
  changes: { row: number; code: string; action: 'CREATED' | 'UPDATED'; fields: string[] }[];
  warnings: RowWarning[];
  warningCount: number;
  /** Paths of the organisations that were made. */
  organisationsCreated: string[];
  organisationsCreatedCount: number;
  peopleCreatedCount: number;
}

/** How many entries of a list a report keeps. */
export const LISTED = 1_000;

/** One upload of a register: the file as received, the mapping it was read with, and the report. */
@Entity('import_run')
@Index('ix_import_run_organisation', ['organisationId', 'id'])
@Check('ck_import_run_status', `status IN ('QUEUED','RUNNING','DONE','FAILED')`)
export class ImportRun {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  status: ImportStatus;

  @Column('boolean')
  dryRun: boolean;

  @Column('text')
  fileName: string;

  @Column('text')
  sha256: string;

  /** The bytes until the import has ended; then only the digest stays. */
  @Column('bytea', { nullable: true, select: false })
  content: Buffer | null;

  /** The organisation whose subtree the register is of. */
  @ForeignKey('organisation', { name: 'fk_import_run_organisation' })
  @Column('uuid')
  organisationId: string;

  @Column('jsonb')
  mapping: ImportMapping;

  /** How often a worker has begun it; one that keeps failing is given up. */
  @Column('integer', { default: 0 })
  attempts: number;

  @Column('integer', { default: 0 })
  rowsRead: number;

  /** Rows found so far; the number of all rows once `rowsRead` moves. */
  @Column('integer', { nullable: true })
  rowsTotal: number | null;

  @Column('jsonb', { nullable: true })
  report: ImportReport | null;

  @Column('jsonb', { nullable: true })
  error: ImportError | null;

  @Index('ix_import_run_created_by')
  @ForeignKey('app_user', { name: 'fk_import_run_created_by' })
  @Column('uuid')
  createdById: string;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  finishedAt: Date | null;
}
