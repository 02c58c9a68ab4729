import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Tier } from '../../core/importance/tier';

export const TIER_CHANGE_STATUSES = ['REQUESTED', 'APPROVED', 'REJECTED', 'WITHDRAWN'] as const;
export type TierChangeStatus = (typeof TIER_CHANGE_STATUSES)[number];

/** A request to change the tier of a system, and what became of it. The decider is another person than the requester. */
@Entity('tier_change')
@Check('ck_tier_change_status', `status IN ('REQUESTED','APPROVED','REJECTED','WITHDRAWN')`)
@Check(
  'ck_tier_change_tiers',
  `from_tier IN ('HIGH','MODERATE','LOW') AND requested_tier IN ('HIGH','MODERATE','LOW') AND from_tier <> requested_tier`,
)
@Check('ck_tier_change_reason', 'reason IS NOT NULL OR import_id IS NOT NULL')
@Check(
  'ck_tier_change_decided',
  `(status = 'REQUESTED') = (decided_by_id IS NULL) AND (status = 'REQUESTED') = (decided_at IS NULL)`,
)
@Check('ck_tier_change_decider', `(decided_by_id <> requested_by_id) = (status <> 'WITHDRAWN')`)
@Check('ck_tier_change_applied', `NOT applied OR status = 'APPROVED'`)
@Index('uq_tier_change_open', ['systemId'], { unique: true, where: `status = 'REQUESTED'` })
@Index('ix_tier_change_system', ['systemId', 'requestedAt'])
export class TierChange {
  @PrimaryColumn('uuid')
  id: string;

  @ForeignKey('system', { name: 'fk_tier_change_system' })
  @Column('uuid')
  systemId: string;

  /** The tier when it was requested. */
  @Column('text')
  fromTier: Tier;

  @Column('text')
  requestedTier: Tier;

  /** Null for a request that an import made. */
  @Column('text', { nullable: true })
  reason: string | null;

  @ForeignKey('import_run', { name: 'fk_tier_change_import' })
  @Column('uuid', { nullable: true })
  importId: string | null;

  @Column('text', { default: 'REQUESTED' })
  status: TierChangeStatus;

  @ForeignKey('app_user', { name: 'fk_tier_change_requester' })
  @Column('uuid')
  requestedById: string;

  @Column('timestamptz')
  requestedAt: Date;

  @ForeignKey('app_user', { name: 'fk_tier_change_decider' })
  @Column('uuid', { nullable: true })
  decidedById: string | null;

  @Column('timestamptz', { nullable: true })
  decidedAt: Date | null;

  @Column('text', { nullable: true })
  comment: string | null;

  /** Whether the approval has changed the system; the database sets it. */
  @Column('boolean', { default: false })
  applied: boolean;
}
