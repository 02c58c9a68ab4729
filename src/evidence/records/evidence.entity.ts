import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { CopyFacts, DrillType, EvidenceKind, Outcome, Subject } from '../../core/evidence/evidence';
import type { DrillFacts } from '../../core/evidence/drill-credit';
import type { Strength } from '../../core/evidence/evidence-strength';

export type EvidenceSource = 'MANUAL' | 'WORKFLOW';

/** Dated proof (証跡). Rows are never edited: a correction supersedes them. */
@Entity('evidence')
@Index('ix_evidence_heads', ['systemId', 'kind', 'backupRequirementId', 'performedAt'], {
  where: 'superseded_by_id IS NULL',
})
@Index('ix_evidence_listed', ['systemId', 'performedAt', 'id'])
@Index('uq_evidence_run', ['systemId', 'tool', 'runId'], {
  unique: true,
  where: 'run_id IS NOT NULL AND superseded_by_id IS NULL',
})
@Check('ck_evidence_outcome', `outcome IN ('PASSED','PARTIAL','FAILED')`)
@Check('ck_evidence_not_future', `performed_at <= recorded_at + interval '5 minutes'`)
@Check('ck_evidence_recovery_point', 'recovery_point_at <= performed_at')
@Check('ck_evidence_system', `system_id IS NOT NULL OR coalesce(subject, '') = 'IMPROVEMENT'`)
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
  outcome: Outcome;

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

  @Column('jsonb', { nullable: true })
  drill: DrillFacts | null;

  @Column('text', { nullable: true })
  creditedDrillType: DrillType | null;

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

  /** The person who did it, or whose approval it is. */
  @Index('ix_evidence_performer')
  @ForeignKey('app_user', { name: 'fk_evidence_performer' })
  @Column('uuid')
  performerId: string;

  @ForeignKey('app_user', { name: 'fk_evidence_recorded_by' })
  @Column('uuid')
  recordedById: string;

  /** SHA-256 over the canonical JSON of what was sent. */
  @Column('text')
  sha256: string;

  @Index('ix_evidence_superseded_by', { where: 'superseded_by_id IS NOT NULL' })
  @ForeignKey('evidence', { name: 'fk_evidence_superseded_by', deferrable: 'INITIALLY IMMEDIATE' })
  @Column('uuid', { nullable: true })
  supersededById: string | null;
}
