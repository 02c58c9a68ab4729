import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { type PeriodKind } from '../../core/report/reporting-period';
import type { ReportContent } from './content/report-content.response';

/** QUEUED, RUNNING: it is being made. FAILED: that was given up. From DRAFT on its content is frozen. */
export const REPORT_STATUSES = ['QUEUED', 'RUNNING', 'FAILED', 'DRAFT', 'SUBMITTED', 'ACKNOWLEDGED'] as const;
export type ReportStatus = (typeof REPORT_STATUSES)[number];

/** A report to the CISO (CISO報告) on an organisation and all below it, for one period. Its content is written once; a new one is a new version. */
@Entity('report')
@Unique('uq_report_version', ['organisationId', 'periodKind', 'startsOn', 'version'])
@Index('uq_report_scheduled', ['organisationId', 'periodKind', 'startsOn'], {
  unique: true,
  where: 'requested_by_id IS NULL',
})
@Index('ix_report_listed', ['requestedAt', 'id'])
@Check('ck_report_period', `period_kind IN ('MONTH','QUARTER','FISCAL_YEAR') AND ends_on > starts_on`)
@Check('ck_report_status', `status IN ('QUEUED','RUNNING','FAILED','DRAFT','SUBMITTED','ACKNOWLEDGED')`)
@Check(
  'ck_report_made',
  `(status IN ('DRAFT','SUBMITTED','ACKNOWLEDGED')) = (content IS NOT NULL) AND (content IS NULL) = (sha256 IS NULL)
    AND (content IS NULL) = (standing_at IS NULL)`,
)
@Check(
  'ck_report_submitted',
  `(status IN ('SUBMITTED','ACKNOWLEDGED')) = (submitted_by_id IS NOT NULL) AND (submitted_by_id IS NULL) = (submitted_at IS NULL)`,
)
@Check(
  'ck_report_acknowledged',
  `(status = 'ACKNOWLEDGED') = (acknowledged_by_id IS NOT NULL) AND (acknowledged_by_id IS NULL) = (acknowledged_at IS NULL)`,
)
@Check('ck_report_acknowledger', 'acknowledged_by_id <> submitted_by_id')
export class Report {
  @PrimaryColumn('uuid')
  id: string;

  @ForeignKey('organisation', { name: 'fk_report_organisation' })
  @Column('uuid')
  organisationId: string;

  @Column('text')
  periodKind: PeriodKind;

  @Column('date')
  startsOn: string;

  @Column('date')
  endsOn: string;

  /** Counted from 1 for each organisation and period. */
  @Column('integer')
  version: number;

  @Column('text')
  status: ReportStatus;

  /** Null when the calendar asked for it. */
  @ForeignKey('app_user', { name: 'fk_report_requester' })
  @Column('uuid', { nullable: true })
  requestedById: string | null;

  @Column('timestamptz')
  requestedAt: Date;

  /** How often a worker has begun it; one that keeps failing is given up. */
  @Column('integer', { default: 0 })
  attempts: number;

  @Column('integer', { default: 0 })
  sectionsDone: number;

  /** The instant that it is about: the end of the period, or when it was made while the period ran. */
  @Column('timestamptz', { nullable: true })
  standingAt: Date | null;

  @Column('jsonb', { nullable: true })
  content: ReportContent | null;

  /** SHA-256 over the canonical JSON of the content. */
  @Column('text', { nullable: true })
  sha256: string | null;

  @ForeignKey('app_user', { name: 'fk_report_submitter' })
  @Column('uuid', { nullable: true })
  submittedById: string | null;

  @Column('timestamptz', { nullable: true })
  submittedAt: Date | null;

  @ForeignKey('app_user', { name: 'fk_report_acknowledger' })
  @Column('uuid', { nullable: true })
  acknowledgedById: string | null;

  @Column('timestamptz', { nullable: true })
  acknowledgedAt: Date | null;
}
