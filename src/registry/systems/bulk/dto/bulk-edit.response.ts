import { ApiProperty } from '@nestjs/swagger';
import { OrganisationRef } from '../../../../access/references/refs.response';
import { BULK_FIELDS, type BulkField } from './bulk-edit.request';

/** One field of one system: what it says, and what it would say; people and organisations by name, lists joined. */
export class BulkDifference {
  @ApiProperty({ enum: BULK_FIELDS })
  field: BulkField;

  @ApiProperty({ type: String, nullable: true })
  before: string | null;

  @ApiProperty({ type: String, nullable: true })
  after: string | null;
}

/** Why a system would not be changed. */
export class BulkRefusal {
  /** `id` where it is about the system as a whole. */
  field: string;
  code: string;

  /** In the reader's language. */
  message: string;
}

export class BulkPreviewItem {
  id: string;
  code: string;
  name: string;

  @ApiProperty({ type: String, nullable: true })
  nameEn: string | null;

  organisation: OrganisationRef;

  /** Send it with the change: whatever is written in between is then noticed. */
  version: number;

  /** Empty when it is so already. */
  differences: BulkDifference[];

  /** Empty when it can be changed. */
  refusals: BulkRefusal[];
}

export class BulkPreviewResponse {
  items: BulkPreviewItem[];

  /** Systems that would be changed. */
  changing: number;

  /** Systems that say so already. */
  unchanged: number;

  /** Systems that would not be changed, for the reasons beside them. */
  refused: number;
}

export class BulkEditResponse {
  /** How many systems say something else now. */
  changed: number;
}
