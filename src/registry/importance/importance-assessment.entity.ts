import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Impacts } from '../../core/importance/impact';
import type { Dependent } from '../../core/importance/dependents';
import type { Answers, Ground } from '../../core/importance/questionnaire';
import type { Tier } from '../../core/importance/tier';

export const ASSESSMENT_STATUSES = ['SUBMITTED', 'APPROVED', 'SUPERSEDED'] as const;
export type AssessmentStatus = (typeof ASSESSMENT_STATUSES)[number];

/** The answers about a system's importance, the tier they suggest, and the one that another person approved. Each new one is kept beside the old. */
@Entity('importance_assessment')
@Unique('uq_importance_assessment', ['systemId', 'number'])
@Index('uq_importance_assessment_open', ['systemId'], { unique: true, where: `status = 'SUBMITTED'` })
@Check('ck_importance_assessment_status', `status IN ('SUBMITTED','APPROVED','SUPERSEDED')`)
@Check(
  'ck_importance_assessment_tiers',
  `suggested_tier IN ('HIGH','MODERATE','LOW') AND (approved_tier IS NULL OR approved_tier IN ('HIGH','MODERATE','LOW'))`,
)
@Check(
  'ck_importance_assessment_approved',
  `(status = 'APPROVED') = (approved_by_id IS NOT NULL) AND (status = 'APPROVED') = (approved_tier IS NOT NULL)
    AND (status = 'APPROVED') = (approved_at IS NOT NULL) AND (status = 'APPROVED') = (rationale IS NOT NULL)`,
)
@Check('ck_importance_assessment_approver', 'approved_by_id <> made_by_id')
export class ImportanceAssessment {
  @PrimaryColumn('uuid')
  id: string;

  @ForeignKey('system', { name: 'fk_importance_assessment_system' })
  @Column('uuid')
  systemId: string;

  /** Counted from 1 for each system. */
  @Column('integer')
  number: number;

  @Column('text', { default: 'SUBMITTED' })
  status: AssessmentStatus;

  @Column('jsonb')
  answers: Answers;

  @Column('jsonb', { nullable: true })
  impacts: Impacts | null;

  @Column('text')
  suggestedTier: Tier;

  @Column('boolean')
  provisional: boolean;

  @Column('jsonb')
  grounds: Ground[];

  /** The systems that could not do without this one when it was assessed. */
  @Index('ix_importance_assessment_dependents', { synchronize: false })
  @Column('jsonb', { default: [] })
  dependents: Dependent[];

  /** Since when its dependents are others; null while they are the same. */
  @Index('ix_importance_assessment_outdated', { synchronize: false })
  @Column('timestamptz', { nullable: true })
  outdatedAt: Date | null;

  /** The longest stop that can be borne, out of the impacts; null when there are none, or none gets serious. */
  @Column('integer', { nullable: true })
  mtdMinutes: number | null;

  @ForeignKey('app_user', { name: 'fk_importance_assessment_maker' })
  @Column('uuid')
  madeById: string;

  @Column('timestamptz')
  madeAt: Date;

  @Column('text', { nullable: true })
  approvedTier: Tier | null;

  @Column('text', { nullable: true })
  rationale: string | null;

  @ForeignKey('app_user', { name: 'fk_importance_assessment_approver' })
  @Column('uuid', { nullable: true })
  approvedById: string | null;

  @Column('timestamptz', { nullable: true })
  approvedAt: Date | null;

  /** The day by which it is to be looked at again, earlier than the policy asks: after a lowering. */
  @Column('date', { nullable: true })
  reviewOn: string | null;
}
