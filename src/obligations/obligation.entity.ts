import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Tier } from '../core/importance/tier';
import type { ObligationKind, ObligationState } from '../core/obligation/obligation';
import type { Action } from '../core/readiness/next-action';
import type { Reason } from '../core/readiness/reason';

/**
 * One duty of one system, or an improvement item of an organisation that is about no system, derived from facts. Only the obligation ledger writes it. `attentionAt` is the next instant at which time
 * alone changes it, `notifyAt` the next at which somebody is to be told; each has its own partial index, so a sweep reads only what is due. What is nearest in an organisation, a tier and a state stands together in `ix_obligation_nearest` (nearest-due.ts).
 */
@Entity('obligation')
@Index('uq_obligation_duty', ['systemId', 'ruleKey', 'dutyOf'], { unique: true })
@Index('ix_obligation_attention', ['attentionAt'], { where: 'attention_at IS NOT NULL' })
@Index('ix_obligation_notify', ['notifyAt'], { where: 'notify_at IS NOT NULL' })
@Index('ix_obligation_nearest', { synchronize: false })
@Index('uq_obligation_item', ['dutyOf'], { unique: true, where: 'system_id IS NULL' })
@Check('ck_obligation_policy', `(policy_id IS NULL) = (kind = 'IMPROVEMENT')`)
@Check('ck_obligation_system', `system_id IS NOT NULL OR kind = 'IMPROVEMENT'`)
@Check('ck_obligation_state', `state IN ('NOT_APPLICABLE','WAIVED','UNKNOWN','MET','DUE_SOON','OVERDUE','FAILED')`)
export class Obligation {
  @PrimaryColumn('uuid')
  id: string;

  @ForeignKey('system', { name: 'fk_obligation_system' })
  @Column('uuid', { nullable: true })
  systemId: string | null;

  @ForeignKey('backup_requirement', { name: 'fk_obligation_requirement' })
  @Column('uuid', { nullable: true })
  backupRequirementId: string | null;

  /** The id of the requirement or improvement item, or the system's for a duty of the system itself: what makes the duty unique. */
  @Column('uuid')
  dutyOf: string;

  @Column('uuid')
  organisationId: string;

  @Column('text')
  tier: Tier;

  @Column('text')
  ruleKey: string;

  @Column('text')
  kind: ObligationKind;

  @Column('boolean')
  gating: boolean;

  /** Null for improvement items, which no policy asks. */
  @Column('uuid', { nullable: true })
  policyId: string | null;

  @Column('text')
  state: ObligationState;

  @Column('jsonb')
  reason: Reason;

  @Column('jsonb')
  action: Action;

  @Column('date', { nullable: true })
  dueOn: string | null;

  @Column('timestamptz', { nullable: true })
  dueAt: Date | null;

  @Column('timestamptz', { nullable: true })
  since: Date | null;

  @Column('uuid', { nullable: true })
  evidenceId: string | null;

  @Column('timestamptz', { nullable: true })
  attentionAt: Date | null;

  /** What there is to remind about (`occasionOf`); null when nobody has to act. */
  @Column('jsonb', { nullable: true })
  occasion: { occurrence: string; dueOn: string; leadDays: readonly number[]; tier: Tier } | null;

  /** The last civil day up to which the notices of the present occurrence have been written. */
  @Column('date', { nullable: true })
  notifiedThroughOn: string | null;

  @Column('timestamptz', { nullable: true })
  notifyAt: Date | null;
}
