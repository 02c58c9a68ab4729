import { ApiProperty } from '@nestjs/swagger';
import { OrganisationRef } from '../../../../access/references/refs.response';
import { BackupFindingResponse, BackupTermsResponse } from '../../dto/backup-requirement.response';

/** What is amiss in the terms for an ordinary system of each tier: confidentiality 2, on the premises, not outsourced, not public. */
export class FindingsByTier {
  HIGH: BackupFindingResponse[];
  MODERATE: BackupFindingResponse[];
  LOW: BackupFindingResponse[];
}

/** Terms of backups under a name. */
export class BackupProfileResponse extends BackupTermsResponse {
  id: string;
  name: string;
  organisation: OrganisationRef;

  /** How many requirements follow it, of systems that the caller may see. */
  @ApiProperty({ type: 'integer' })
  followers: number;

  /** How many requirements came from it and have terms of their own by now. */
  @ApiProperty({ type: 'integer' })
  detached: number;

  /** How many of both wait for approval. */
  @ApiProperty({ type: 'integer' })
  waiting: number;

  /** By the policy in force for its organisation. */
  findings: FindingsByTier;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  retiredOn: string | null;

  /** Whether the caller may change it. */
  editable: boolean;

  version: number;
  createdAt: Date;
  updatedAt: Date;
}

export class BackupProfilePage {
  items: BackupProfileResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export class RetiredBackupProfileResponse extends BackupProfileResponse {
  /** How many requirements have kept its terms as their own. */
  @ApiProperty({ type: 'integer' })
  leftBehind: number;
}
