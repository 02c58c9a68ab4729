import { ApiProperty } from '@nestjs/swagger';
import { OrganisationRef, PersonRef } from '../../../access/references/refs.response';
import { type Tier, TIERS } from '../../../core/importance/tier';
import { TIER_CHANGE_STATUSES, type TierChangeStatus } from '../tier-change.entity';

export const TIER_CHANGE_DECISIONS = ['approve', 'reject', 'withdraw'] as const;
export type TierChangeDecision = (typeof TIER_CHANGE_DECISIONS)[number];

/** The system whose tier it is about. */
export class TierChangeSystem {
  id: string;
  code: string;
  name: string;

  @ApiProperty({ type: String, nullable: true })
  nameEn: string | null;
}

/** A request to change the tier of a system, and what became of it. */
export class TierChangeResponse {
  id: string;
  system: TierChangeSystem;
  organisation: OrganisationRef;

  @ApiProperty({ enum: TIERS })
  fromTier: Tier;

  @ApiProperty({ enum: TIERS })
  requestedTier: Tier;

  /** Null for a request that an import made. */
  @ApiProperty({ type: String, nullable: true })
  reason: string | null;

  /** The import that asked for it. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  importId: string | null;

  @ApiProperty({ enum: TIER_CHANGE_STATUSES })
  status: TierChangeStatus;

  requestedBy: PersonRef;
  requestedAt: Date;

  @ApiProperty({ type: PersonRef, nullable: true })
  decidedBy: PersonRef | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  decidedAt: Date | null;

  @ApiProperty({ type: String, nullable: true })
  comment: string | null;

  /** What the caller may do with it now. */
  @ApiProperty({ enum: TIER_CHANGE_DECISIONS, isArray: true })
  offered: TierChangeDecision[];
}

export class TierChangePage {
  items: TierChangeResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
