import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** What is wrong in one cell: the column (null when the row as a whole is meant), a stable code, and what its sentence needs. */
export interface RowFault {
  column: string | null;
  code: string;
  params?: Readonly<Record<string, string | number>>;
}

/** A row of the file that was not taken, as it stood there, so that it can be put right and sent again. */
@Entity('import_rejection')
export class ImportRejection {
  @ForeignKey('import_run', { name: 'fk_import_rejection_import' })
  @PrimaryColumn('uuid')
  importId: string;

  /** Row as a spreadsheet numbers it. */
  @PrimaryColumn('integer')
  rowNumber: number;

  @Column('jsonb')
  faults: RowFault[];

  /** The cells in the order of the file's columns; empty when the row could not be read. */
  @Column('jsonb')
  cells: string[];
}
