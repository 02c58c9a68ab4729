import { ORGANISATION_KINDS, type OrganisationKind } from '../organisation.entity';
import { ApiProperty } from '@nestjs/swagger';

export class OrganisationResponse {
  id: string;
  code: string;
  name: string;
  nameEn: string | null;

  @ApiProperty({ enum: ORGANISATION_KINDS })
  kind: OrganisationKind;

  parentId: string | null;

  /** How many organisations stand above it. */
  depth: number;

  /** Names from the top of the tree down to this organisation. */
  path: string[];

  version: number;
}

/** In the order of the tree: each organisation before those below it. */
export class OrganisationPage {
  items: OrganisationResponse[];
  nextCursor: string | null;
}
