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

/** What must be saved of a system, how often, kept how long, in how many copies. */
export class BackupRequirementResponse {
  id: string;
  systemId: string;
  dataset: string;
  method: string;

  @ApiProperty({ format: 'duration' })
  interval: string;

  @ApiProperty({ format: 'duration' })
  retention: string;

  @ApiProperty({ format: 'duration' })
  rpo: string;

  copies: CopyResponse[];

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

  /** Where it asks for less than the policy in force allows. */
  findings: ReasonResponse[];

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
