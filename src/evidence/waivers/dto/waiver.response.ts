import { ApiProperty } from '@nestjs/swagger';
import { OrganisationRef, PersonRef } from '../../../access/references/refs.response';
import { type Tier, TIERS } from '../../../core/importance/tier';
import { WAIVER_STATUSES, type WaiverStatus } from '../waiver.entity';

export const WAIVER_DECISIONS = ['approve', 'reject', 'withdraw', 'revoke'] as const;
export type WaiverDecision = (typeof WAIVER_DECISIONS)[number];

/** The system that a waiver is for. */
export class WaivedSystem {
  id: string;
  code: string;
  name: string;

  @ApiProperty({ type: String, nullable: true })
  nameEn: string | null;

  @ApiProperty({ enum: TIERS })
  tier: Tier;
}

/** A permission, limited in time, not to meet a rule, or the request for one. */
export class WaiverResponse {
  id: string;
  system: WaivedSystem;
  organisation: OrganisationRef;
  ruleKey: string;
  ruleTitle: string;

  /** The backup requirement that it is limited to. */
  @ApiProperty({ type: String, nullable: true })
  dataset: string | null;

  reason: string;
  compensatingMeasure: string;

  @ApiProperty({ type: String, nullable: true })
  evidence: string | null;

  /** The last day it holds. */
  @ApiProperty({ type: String, format: 'date' })
  expiresOn: string;

  /** How many waivers of the same obligation went before it without a gap. */
  renewals: number;

  @ApiProperty({ enum: WAIVER_STATUSES })
  status: WaiverStatus;

  /** Approved and not ended. */
  inForce: boolean;

  requestedBy: PersonRef;
  requestedAt: Date;

  @ApiProperty({ type: PersonRef, nullable: true })
  decidedBy: PersonRef | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  decidedAt: Date | null;

  @ApiProperty({ type: String, nullable: true })
  comment: string | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  revokedBy: PersonRef | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  revokedAt: Date | null;

  /** What the caller may do with it now. */
  @ApiProperty({ enum: WAIVER_DECISIONS, isArray: true })
  offered: WaiverDecision[];
}

export class WaiverPage {
  items: WaiverResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
