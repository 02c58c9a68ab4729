import { ApiProperty, PartialType, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsInt, IsUUID, Min, ValidateNested } from 'class-validator';
import { CreateSystemRequest } from '../../dto/system.request';

/** So many systems are changed in one request. */
export const MOST_EDITED = 500;

/** The fields that many systems can be given at once; the tier has its own way, and names and codes are each system's own. */
export const BULK_FIELDS = [
  ...(['organisationId', 'ownerId', 'deputyId', 'lifecycle', 'confidentiality', 'integrity', 'availability'] as const),
  ...(['publicFacing', 'outsourced', 'hosting', 'sites', 'supplier', 'rto', 'rpo', 'mtd'] as const),
] as const;
export type BulkField = (typeof BULK_FIELDS)[number];

/** What all of the systems are to have; what is absent stays, null clears. */
export class BulkChange extends PartialType(PickType(CreateSystemRequest, BULK_FIELDS), {
  skipNullProperties: false,
}) {}

export class BulkPreviewRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_EDITED)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  @ApiProperty({ type: String, format: 'uuid', isArray: true })
  systemIds: string[];

  @ValidateNested()
  @Type(() => BulkChange)
  change: BulkChange;
}

/** A system as it was seen in the preview. */
export class SeenSystem {
  @IsUUID()
  id: string;

  @IsInt()
  @Min(1)
  version: number;
}

export class BulkEditRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_EDITED)
  @ArrayUnique(({ id }: SeenSystem) => id)
  @ValidateNested({ each: true })
  @Type(() => SeenSystem)
  @ApiProperty({ type: SeenSystem, isArray: true })
  systems: SeenSystem[];

  @ValidateNested()
  @Type(() => BulkChange)
  change: BulkChange;
}
