import { ApiProperty } from '@nestjs/swagger';
import { AffectedObligation } from '../../../../obligations/dto/affected.response';
import { BackedUpSystemResponse } from '../../dto/backup-requirement.response';

const REFUSALS = [
  ...(['NOT_ALLOWED', 'BACKUP_REQUIREMENT_WITHDRAWN', 'BACKUP_REQUIREMENT_APPROVED', 'OWN_REQUEST', 'STALE'] as const),
] as const;

/** Why a requirement was not approved. */
export class ApprovalRefusal {
  @ApiProperty({ enum: REFUSALS })
  code: (typeof REFUSALS)[number];

  /** In the reader's language. */
  message: string;
}

/** What became of one requirement. */
export class ApprovedOrRefused {
  id: string;
  dataset: string;
  system: BackedUpSystemResponse;

  /** Null for what was approved. */
  @ApiProperty({ type: ApprovalRefusal, nullable: true })
  refusal: ApprovalRefusal | null;

  /** What its approval did to the duties of the requirement. */
  affected: AffectedObligation[];
}

export class ApproveManyResponse {
  approved: number;

  /** Those that were left as they are, for the reasons beside them. */
  refused: number;

  /** In the order of the request. */
  items: ApprovedOrRefused[];
}
