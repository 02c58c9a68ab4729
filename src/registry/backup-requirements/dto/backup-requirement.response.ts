import { ApiProperty } from '@nestjs/swagger';
import { PersonRef } from '../../../access/references/refs.response';
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

/** What must be saved of a system, how often, kept how long, in how many copies. */
export class BackupRequirementResponse extends BackupTermsResponse {
  id: string;
  systemId: string;
  dataset: string;

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
