import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Tier } from '../core/importance/tier';
import type { Reason } from '../core/readiness/reason';
import type { Verdict } from '../core/readiness/system-verdict';

/** The stored verdict of a system with its counts; written with its obligations, in the same transaction. */
@Entity('system_readiness')
@Check('ck_system_readiness_verdict', `verdict IN ('READY','READY_WITH_WAIVERS','AT_RISK','NOT_READY','UNKNOWN')`)
@Index('ix_system_readiness_verdict', ['organisationId', 'tier', 'verdict'])
export class SystemReadiness {
  @ForeignKey('system', { name: 'fk_system_readiness_system' })
  @PrimaryColumn('uuid')
  systemId: string;

  @Column('uuid')
  organisationId: string;

  @Column('text')
  tier: Tier;

  @Column('text')
  lifecycle: 'PLANNED' | 'OPERATING' | 'RETIRED';

  /** Null for a system that is planned or retired. */
  @Column('text', { nullable: true })
  verdict: Verdict | null;

  @Column('integer', { default: 0 })
  applicable: number;

  @Column('integer', { default: 0 })
  met: number;

  @Column('integer', { default: 0 })
  dueSoon: number;

  @Column('integer', { default: 0 })
  overdue: number;

  @Column('integer', { default: 0 })
  failed: number;

  @Column('integer', { default: 0 })
  unknown: number;

  @Column('integer', { default: 0 })
  waived: number;

  @Column('jsonb')
  sentence: Reason;

  /** The obligation whose action gains most; null when nothing waits. */
  @Column('uuid', { nullable: true })
  nextObligationId: string | null;

  @Column('uuid', { nullable: true })
  policyId: string | null;
}
