import { ApiProperty } from '@nestjs/swagger';
import { OrganisationRef, PersonRef } from '../../../access/references/refs.response';
import { type Tier, TIERS } from '../../../core/importance/tier';
import { type ObligationState, STATES } from '../../../core/obligation/obligation';
import { AffectedObligation } from '../../../obligations/dto/affected.response';
import { ReasonResponse } from '../../../obligations/dto/reason.response';
import { BACKUP_REQUIREMENT_STATUSES, type BackupRequirementStatus } from '../backup-requirement.entity';

/** One stored copy. */
export class CopyResponse {
  site: string;
  medium: string;
  offsite: boolean;
  offline: boolean;
  immutable: boolean;
  encrypted: boolean;

  @ApiProperty({ type: String, nullable: true })
  account: string | null;
}

const FIELDS = [
  ...(['interval', 'rpo', 'retention', 'generations', 'copies', 'verificationCadence', 'restoreTestCadence'] as const),
] as const;

/** One way in which a requirement asks for less than the policy in force, or contradicts itself. */
export class BackupFindingResponse extends ReasonResponse {
  @ApiProperty({ enum: FIELDS })
  field: (typeof FIELDS)[number];

  /** The rule that is not kept; null for what no rule says. */
  @ApiProperty({ type: String, nullable: true })
  ruleKey: string | null;

  /** Whether an approval leaves an obligation failed that decides readiness. */
  gating: boolean;
}

export class CheckedBackupRequirementResponse {
  findings: BackupFindingResponse[];
}

/** What a backup requirement and a profile ask for alike. */
export class BackupTermsResponse {
  method: string;

  @ApiProperty({ format: 'duration' })
  interval: string;

  @ApiProperty({ format: 'duration' })
  retention: string;

  /** How many backups are kept at least; null when the retention alone decides. */
  @ApiProperty({ type: 'integer', nullable: true })
  generations: number | null;

  @ApiProperty({ format: 'duration' })
  rpo: string;

  copies: CopyResponse[];

  /** How often a backup is verified; null when the policy alone decides. */
  @ApiProperty({ type: String, format: 'duration', nullable: true })
  verificationCadence: string | null;

  @ApiProperty({ type: String, format: 'duration', nullable: true })
  restoreTestCadence: string | null;
}

/** The system that a requirement is of. */
export class BackedUpSystemResponse {
  id: string;
  code: string;
  name: string;

  @ApiProperty({ type: String, nullable: true })
  nameEn: string | null;

  @ApiProperty({ enum: TIERS })
  tier: Tier;
}

/** The profile that a requirement came from. */
export class ProfileOfRequirement {
  id: string;
  name: string;

  /** Whether the terms are those of the profile and change with them; else they are the requirement's own. */
  follows: boolean;

  retired: boolean;
}

/** How the duty to review a requirement stands. */
export class ReviewOfRequirement {
  @ApiProperty({ enum: STATES })
  state: ObligationState;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  dueOn: string | null;
}

/** What must be saved of a system, how often, kept how long, in how many copies. */
export class BackupRequirementResponse extends BackupTermsResponse {
  id: string;
  systemId: string;
  system: BackedUpSystemResponse;
  organisation: OrganisationRef;
  dataset: string;

  @ApiProperty({ type: ProfileOfRequirement, nullable: true })
  profile: ProfileOfRequirement | null;

  /** Null as long as nothing is owed. */
  @ApiProperty({ type: ReviewOfRequirement, nullable: true })
  review: ReviewOfRequirement | null;

  @ApiProperty({ enum: BACKUP_REQUIREMENT_STATUSES })
  status: BackupRequirementStatus;

  /** Who wrote it or changed it last; never the one who approves it. */
  @ApiProperty({ type: PersonRef, nullable: true })
  author: PersonRef | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  approvedBy: PersonRef | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  approvedAt: Date | null;

  @ApiProperty({ format: 'date' })
  declaredOn: string;

  /** The last day on which it was changed after an approval. */
  @ApiProperty({ type: String, format: 'date', nullable: true })
  changedOn: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  withdrawnOn: string | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  lastReviewedOn: string | null;

  /** Whether the caller has written it since it was last approved, and so does not approve it. */
  ownRequest: boolean;

  /** Where it asks for less than the policy in force. */
  findings: BackupFindingResponse[];

  version: number;
  createdAt: Date;
  updatedAt: Date;
}

export class BackupRequirementPage {
  items: BackupRequirementResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export class ApprovedBackupRequirementResponse extends BackupRequirementResponse {
  affected: AffectedObligation[];
}
