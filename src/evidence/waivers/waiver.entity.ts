import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

export const WAIVER_STATUSES = ['REQUESTED', 'APPROVED', 'REJECTED', 'WITHDRAWN', 'REVOKED'] as const;
export type WaiverStatus = (typeof WAIVER_STATUSES)[number];

/**
 * A permission, limited in time, not to meet one rule for one system (or one of its backup requirements), and the measure taken instead. It
 * makes nothing green. One that has ended keeps its status; the day decides.
 */
@Entity('waiver')
@Check('ck_waiver_status', `status IN ('REQUESTED','APPROVED','REJECTED','WITHDRAWN','REVOKED')`)
@Check(
  'ck_waiver_decided',
  `(status = 'REQUESTED') = (decided_by_id IS NULL) AND (status = 'REQUESTED') = (decided_at IS NULL)`,
)
@Check('ck_waiver_decider', `(decided_by_id <> requested_by_id) = (status <> 'WITHDRAWN')`)
@Check('ck_waiver_revoked', `(status = 'REVOKED') = (revoked_by_id IS NOT NULL)`)
@Index('uq_waiver_open', ['dutyOf', 'ruleKey'], { unique: true, where: `status = 'REQUESTED'` })
@Index('ix_waiver_system', ['systemId', 'requestedAt'])
export class Waiver {
  @PrimaryColumn('uuid')
  id: string;

  @ForeignKey('system', { name: 'fk_waiver_system' })
  @Column('uuid')
  systemId: string;

  @Column('text')
  ruleKey: string;

  @ForeignKey('backup_requirement', { name: 'fk_waiver_requirement' })
  @Column('uuid', { nullable: true })
  backupRequirementId: string | null;

  /** The requirement's id, or the system's: with the rule, what the obligation is known by. */
  @Column('uuid')
  dutyOf: string;

  @Column('text')
  reason: string;

  @Column('text')
  compensatingMeasure: string;

  /** Where the measure is on record. */
  @Column('text', { nullable: true })
  evidence: string | null;

  /** The last day it holds. */
  @Column('date')
  expiresOn: string;

  /** How many waivers of the same obligation went before it without a gap. */
  @Column('integer', { default: 0 })
  renewals: number;

  @Column('text', { default: 'REQUESTED' })
  status: WaiverStatus;

  @ForeignKey('app_user', { name: 'fk_waiver_requester' })
  @Column('uuid')
  requestedById: string;

  @Column('timestamptz')
  requestedAt: Date;

  @ForeignKey('app_user', { name: 'fk_waiver_decider' })
  @Column('uuid', { nullable: true })
  decidedById: string | null;

  @Column('timestamptz', { nullable: true })
  decidedAt: Date | null;

  @Column('text', { nullable: true })
  comment: string | null;

  @ForeignKey('app_user', { name: 'fk_waiver_revoker' })
  @Column('uuid', { nullable: true })
  revokedById: string | null;

  @Column('timestamptz', { nullable: true })
  revokedAt: Date | null;
}
