import { ApiProperty } from '@nestjs/swagger';
import { PersonRef } from '../../../access/references/refs.response';
import { type Tier, TIERS } from '../../../core/importance/tier';
import { AffectedObligation } from '../../../obligations/dto/affected.response';
import { ASSESSMENT_STATUSES, type AssessmentStatus } from '../importance-assessment.entity';
import { AnswersRequest, ImpactsRequest } from './assessment.request';

/** What speaks for a tier: an answer, or a fact of the register (availability, integrity, dependentsTier). */
export class GroundResponse {
  of: string;
  answer: string;

  @ApiProperty({ enum: TIERS })
  tier: Tier;
}

/** A system that needs this one, and its tier when the importance was assessed and now. */
export class ChangedDependentResponse {
  systemId: string;
  code: string;
  name: string;

  @ApiProperty({ type: String, nullable: true })
  nameEn: string | null;

  /** Null when it did not depend on this one then. */
  @ApiProperty({ enum: TIERS, nullable: true })
  from: Tier | null;

  /** Null when it depends on it no longer, or is retired. */
  @ApiProperty({ enum: TIERS, nullable: true })
  to: Tier | null;
}

/** That other systems depend on this one than when it was assessed. */
export class OutdatedResponse {
  since: Date;

  /** The tier that the same answers suggest now. */
  @ApiProperty({ enum: TIERS })
  suggestedTier: Tier;

  /** Weightiest first; those that the caller may see. */
  dependents: ChangedDependentResponse[];

  /** How many more there are that the caller may not see. */
  hidden: number;
}

/** The answers about a system, the tier they suggest and the one that was approved. */
export class AssessmentResponse {
  id: string;
  systemId: string;
  number: number;

  @ApiProperty({ enum: ASSESSMENT_STATUSES })
  status: AssessmentStatus;

  answers: AnswersRequest;

  @ApiProperty({ type: ImpactsRequest, nullable: true })
  impacts: ImpactsRequest | null;

  @ApiProperty({ enum: TIERS })
  suggestedTier: Tier;

  /** An answer was missing, and the weightiest counted. */
  provisional: boolean;

  grounds: GroundResponse[];

  /** The longest stop that can be borne, out of the impact analysis. */
  @ApiProperty({ type: String, format: 'duration', nullable: true })
  mtd: string | null;

  /** The RTO of the system is longer than that, and no later impact analysis says otherwise. */
  rtoAboveMtd: boolean;

  @ApiProperty({ type: PersonRef, nullable: true })
  madeBy: PersonRef | null;

  madeAt: Date;

  @ApiProperty({ enum: TIERS, nullable: true })
  approvedTier: Tier | null;

  @ApiProperty({ type: String, nullable: true })
  rationale: string | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  approvedBy: PersonRef | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  approvedAt: Date | null;

  /** Look at it again by then, earlier than the policy asks. */
  @ApiProperty({ type: String, format: 'date', nullable: true })
  reviewOn: string | null;

  /** Null while the same systems depend on it, and for earlier assessments. */
  @ApiProperty({ type: OutdatedResponse, nullable: true })
  outdated: OutdatedResponse | null;

  /** Whether the caller may approve it; lowering a HIGH system needs more than that. */
  mayApprove: boolean;
}

export class AssessmentPage {
  /** Newest first. */
  items: AssessmentResponse[];
}

export class ApprovedAssessmentResponse extends AssessmentResponse {
  affected: AffectedObligation[];
}
