import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

export const PROCEDURE_STATUSES = ['DRAFT', 'SUBMITTED', 'APPROVED', 'RETURNED', 'SUPERSEDED'] as const;
export type ProcedureStatus = (typeof PROCEDURE_STATUSES)[number];

/** One step of a recovery procedure, in the words of the person who wrote it. */
export interface ProcedureStep {
  key: string;
  title: string;
  role: string | null;
  instructions: string | null;
  location: string | null;
  plannedMinutes: number | null;
  dependsOn: string[];
}

export interface ProcedureContact {
  name: string;
  role: string | null;
  phone: string | null;
  email: string | null;
  confirmedOn: string | null;
}

/** One version of a recovery procedure: draft -> submitted -> approved or returned -> superseded. Approver other than author and submitter. */
@Entity('procedure_version')
@Unique('uq_procedure_version', ['procedureId', 'version'])
@Check('ck_procedure_version_status', `status IN ('DRAFT','SUBMITTED','APPROVED','RETURNED','SUPERSEDED')`)
@Check('ck_procedure_version_approver', 'approved_by_id <> author_id')
@Check('ck_procedure_version_submitter', 'approved_by_id <> submitted_by_id')
@Index('uq_procedure_version_approved', ['procedureId'], { unique: true, where: `status = 'APPROVED'` })
export class ProcedureVersion {
  @PrimaryColumn('uuid')
  id: string;

  @ForeignKey('procedure', { name: 'fk_procedure_version_procedure' })
  @Column('uuid')
  procedureId: string;

  @Column('integer')
  version: number;

  @Column('text')
  status: ProcedureStatus;

  @Column('text', { default: '' })
  markdown: string;

  @Column('text', { nullable: true })
  launchCriteria: string | null;

  @Column('text', { nullable: true })
  launchedBy: string | null;

  @Column('jsonb', { default: [] })
  steps: ProcedureStep[];

  @Column('jsonb', { default: [] })
  contacts: ProcedureContact[];

  @ForeignKey('app_user', { name: 'fk_procedure_version_author' })
  @Column('uuid')
  authorId: string;

  @Column('timestamptz', { nullable: true })
  submittedAt: Date | null;

  @ForeignKey('app_user', { name: 'fk_procedure_version_submitter' })
  @Column('uuid', { nullable: true })
  submittedById: string | null;

  @ForeignKey('app_user', { name: 'fk_procedure_version_approver' })
  @Column('uuid', { nullable: true })
  approvedById: string | null;

  @Column('timestamptz', { nullable: true })
  approvedAt: Date | null;

  @Column('text', { nullable: true })
  comment: string | null;

  @Column('integer', { default: 1 })
  rowVersion: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;
}
