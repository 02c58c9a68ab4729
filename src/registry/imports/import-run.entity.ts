import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

export type ImportStatus = 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED';

/** One upload of a register: the file as received, the mapping it was read with, and the report. */
@Entity('import_run')
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

  @Column('jsonb')
  mapping: Record<string, unknown>;

  @Column('integer', { default: 0 })
  rowsRead: number;

  @Column('integer', { nullable: true })
  rowsTotal: number | null;

  @Column('jsonb', { nullable: true })
  report: Record<string, unknown> | null;

  @Column('jsonb', { nullable: true })
  error: Record<string, unknown> | null;

  @Index('ix_import_run_created_by')
  @ForeignKey('app_user', { name: 'fk_import_run_created_by' })
  @Column('uuid')
  createdById: string;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  finishedAt: Date | null;
}
