import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { CopyFacts, DrillType, EvidenceKind, KeptOutcome, Subject } from '../../core/evidence/evidence';
import type { DrillFacts } from '../../core/evidence/drill-credit';
import type { Strength } from '../../core/evidence/evidence-strength';
import type { RunFacts } from '../../core/evidence/run-facts';

/** MANUAL: told by a person. WORKFLOW: an approval or review in the product. INLET: told by a tool. */
export const EVIDENCE_SOURCES = ['MANUAL', 'WORKFLOW', 'INLET'] as const;
export type EvidenceSource = (typeof EVIDENCE_SOURCES)[number];

/** Dated proof (証跡). Rows are never edited: a correction supersedes them. */
@Entity('evidence')
// Their columns are expressions, which TypeORM cannot say: see the migration of evidence-sorts.
@Index('ix_evidence_sorts', { synchronize: false })
@Index('ix_evidence_points', { synchronize: false })
@Index('ix_evidence_failures', { synchronize: false })
@Index('ix_evidence_approvals', { synchronize: false })
@Index('ix_evidence_recoveries', { synchronize: false })
@Index('ix_evidence_sizes', ['inletId', 'performedAt', 'id'], {
  where: `superseded_by_id IS NULL AND outcome = 'PASSED' AND size_bytes IS NOT NULL`,
})
@Index('ix_evidence_listed', ['systemId', 'performedAt', 'id'])
@Index('uq_evidence_run', ['systemId', 'tool', 'runId'], {
  unique: true,
  where: 'run_id IS NOT NULL AND inlet_id IS NULL AND superseded_by_id IS NULL',
})
@Index('uq_evidence_inlet_run', ['inletId', 'runId'], {
  unique: true,
  where: 'inlet_id IS NOT NULL AND run_id IS NOT NULL AND superseded_by_id IS NULL',
})
@Check('ck_evidence_outcome', `outcome IN ('PASSED','PARTIAL','FAILED','RUNNING')`)
@Check('ck_evidence_running', `outcome <> 'RUNNING' OR NOT usable`)
@Check(
  'ck_evidence_person',
  '(inlet_id IS NULL) = (performer_id IS NOT NULL) AND (inlet_id IS NULL) = (recorded_by_id IS NOT NULL)',
)
@Check('ck_evidence_inlet', `(inlet_id IS NULL) = (source <> 'INLET') AND (inlet_id IS NULL) = (submission_id IS NULL)`)
@Check('ck_evidence_not_future', `performed_at <= recorded_at + interval '5 minutes'`)
@Check('ck_evidence_recovery_point', 'recovery_point_at <= performed_at')
@Check('ck_evidence_system', `system_id IS NOT NULL OR coalesce(subject, '') = 'IMPROVEMENT'`)
@Check(
  'ck_evidence_shared',
  `shared_from_id IS NULL OR (kind = 'DRILL' AND credited_drill_type IS NOT NULL AND measured_minutes IS NULL AND recovery_point_at IS NULL)`,
)
@Check('ck_evidence_measured', 'measured_minutes >= 0')
export class Evidence {
  @PrimaryColumn('uuid')
  id: string;

  @ForeignKey('system', { name: 'fk_evidence_system' })
  /** Null only for what an organisation has improved that is about no system. */
  @Column('uuid', { nullable: true })
  systemId: string | null;

  @Index('ix_evidence_requirement', { where: 'backup_requirement_id IS NOT NULL' })
  @ForeignKey('backup_requirement', { name: 'fk_evidence_requirement' })
  @Column('uuid', { nullable: true })
  backupRequirementId: string | null;

  @Column('text')
  kind: EvidenceKind;

  @Column('text', { nullable: true })
  subject: Subject | null;

  @Column('text', { nullable: true })
  ruleKey: string | null;

  @Column('text')
  outcome: KeptOutcome;

  @Column('text')
  strength: Strength;

  @Column('timestamptz')
  performedAt: Date;

  @Column('timestamptz')
  recordedAt: Date;

  @Column('timestamptz', { nullable: true })
  recoveryPointAt: Date | null;

  @Column('integer', { nullable: true })
  measuredMinutes: number | null;

  /** Whether a drill or restore test recovered anything, be it slower than the RTO; null for all else, and from before it was kept. */
  @Column('boolean', { nullable: true })
  recovered: boolean | null;

  @Column('jsonb', { nullable: true })
  drill: DrillFacts | null;

  @Column('text', { nullable: true })
  creditedDrillType: DrillType | null;

  /** The drill of a system that this one cannot do without, of which this record is the part of this one. */
  @Index('ix_evidence_shared_from', { where: 'shared_from_id IS NOT NULL' })
  @ForeignKey('evidence', { name: 'fk_evidence_shared_from' })
  @Column('uuid', { nullable: true })
  sharedFromId: string | null;

  @Column('jsonb', { nullable: true })
  copyFacts: CopyFacts | null;

  @Column('text', { nullable: true })
  tool: string | null;

  @Column('text', { nullable: true })
  runId: string | null;

  @Column('text', { nullable: true })
  note: string | null;

  @Column('text', { nullable: true })
  link: string | null;

  @Column('text')
  source: EvidenceSource;

  /** The person who did it, or whose approval it is; null for what a tool told. */
  @Index('ix_evidence_performer', { where: 'performer_id IS NOT NULL' })
  @ForeignKey('app_user', { name: 'fk_evidence_performer' })
  @Column('uuid', { nullable: true })
  performerId: string | null;

  @ForeignKey('app_user', { name: 'fk_evidence_recorded_by' })
  @Column('uuid', { nullable: true })
  recordedById: string | null;

  /** Whether it may meet or fail anything: not while a run goes on, nor when its times lie in the future. */
  @Column('boolean', { default: true })
  usable: boolean;

  @ForeignKey('inlet', { name: 'fk_evidence_inlet' })
  @Column('uuid', { nullable: true })
  inletId: string | null;

  @Index('ix_evidence_submission', { where: 'submission_id IS NOT NULL' })
  @ForeignKey('submission', { name: 'fk_evidence_submission' })
  @Column('uuid', { nullable: true })
  submissionId: string | null;

  @Column('timestamptz', { nullable: true })
  startedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  finishedAt: Date | null;

  /** The amount protected; text, since it may exceed what a number holds. */
  @Column('bigint', { nullable: true })
  sizeBytes: string | null;

  /** What the run added to the store. */
  @Column('bigint', { nullable: true })
  storedBytes: string | null;

  /** Only sizes of one basis are compared. */
  @Column('text', { nullable: true })
  sizeBasis: string | null;

  @Column('jsonb', { default: [] })
  flags: string[];

  /** What else the tool told of the run. */
  @Column('jsonb', { nullable: true })
  run: RunFacts | null;

  /** SHA-256 over the canonical JSON of what was sent. */
  @Column('text')
  sha256: string;

  @Index('ix_evidence_superseded_by', { where: 'superseded_by_id IS NOT NULL' })
  @ForeignKey('evidence', { name: 'fk_evidence_superseded_by', deferrable: 'INITIALLY IMMEDIATE' })
  @Column('uuid', { nullable: true })
  supersededById: string | null;
}
