import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { ImprovementSource, ImprovementStatus } from '../../core/improvement/improvement-item';

/** Something that a drill, audit, incident or self-check found to be improved (改善事項), about one system or one organisation. */
@Entity('improvement_item')
@Check('ck_improvement_source', `source IN ('DRILL','AUDIT','INCIDENT','SELF_CHECK')`)
@Check('ck_improvement_status', `status IN ('OPEN','IN_PROGRESS','CLOSED','CANCELLED')`)
@Check('ck_improvement_about', 'num_nonnulls(system_id, organisation_id) = 1')
@Check('ck_improvement_part', 'parent_id IS NULL OR organisation_id IS NOT NULL')
@Check(
  'ck_improvement_ended',
  `(status IN ('CLOSED','CANCELLED')) = (ended_by_id IS NOT NULL)
    AND (ended_by_id IS NULL) = (ended_at IS NULL) AND (ended_by_id IS NULL OR comment IS NOT NULL)`,
)
@Check('ck_improvement_closer', 'ended_by_id <> owner_id')
@Check('ck_improvement_proof', `(status = 'CLOSED') = (evidence_id IS NOT NULL)`)
@Index('uq_improvement_part', ['parentId', 'organisationId'], { unique: true, where: 'parent_id IS NOT NULL' })
@Index('ix_improvement_listed', ['dueOn', 'id'])
export class ImprovementItem {
  @PrimaryColumn('uuid')
  id: string;

  @Index('ix_improvement_system', { where: 'system_id IS NOT NULL' })
  @ForeignKey('system', { name: 'fk_improvement_system' })
  @Column('uuid', { nullable: true })
  systemId: string | null;

  /** Whose it is, when it is about no single system. */
  @Index('ix_improvement_organisation', { where: 'organisation_id IS NOT NULL' })
  @ForeignKey('organisation', { name: 'fk_improvement_organisation' })
  @Column('uuid', { nullable: true })
  organisationId: string | null;

  /** The item that this is one organisation's part of. */
  @ForeignKey('improvement_item', { name: 'fk_improvement_parent' })
  @Column('uuid', { nullable: true })
  parentId: string | null;

  @Column('text')
  source: ImprovementSource;

  /** The failed proof that it came from; it is closed when that has passed since. */
  @Index('ix_improvement_source_evidence', { where: 'source_evidence_id IS NOT NULL' })
  @ForeignKey('evidence', { name: 'fk_improvement_source_evidence' })
  @Column('uuid', { nullable: true })
  sourceEvidenceId: string | null;

  @Column('text')
  title: string;

  /** Markdown. */
  @Column('text', { nullable: true })
  description: string | null;

  /** Where its papers are. */
  @Column('text', { nullable: true })
  link: string | null;

  @Index('ix_improvement_owner')
  @ForeignKey('app_user', { name: 'fk_improvement_owner' })
  @Column('uuid', { nullable: true })
  ownerId: string | null;

  @Column('date')
  dueOn: string;

  @Column('text', { default: 'OPEN' })
  status: ImprovementStatus;

  @ForeignKey('app_user', { name: 'fk_improvement_opener' })
  @Column('uuid')
  openedById: string;

  @Column('timestamptz')
  openedAt: Date;

  /** Who closed or cancelled it: never its owner. */
  @ForeignKey('app_user', { name: 'fk_improvement_ender' })
  @Column('uuid', { nullable: true })
  endedById: string | null;

  @Column('timestamptz', { nullable: true })
  endedAt: Date | null;

  /** What was done, or why it is not to be. */
  @Column('text', { nullable: true })
  comment: string | null;

  /** The proof that it was closed on. */
  @ForeignKey('evidence', { name: 'fk_improvement_evidence' })
  @Column('uuid', { nullable: true })
  evidenceId: string | null;

  /** The proof that what had failed has passed. */
  @ForeignKey('evidence', { name: 'fk_improvement_retest' })
  @Column('uuid', { nullable: true })
  retestEvidenceId: string | null;

  @Column('integer', { default: 1 })
  rowVersion: number;
}
