import { ORGANISATION_KINDS, type OrganisationKind } from '../organisation.entity';
import { ApiProperty } from '@nestjs/swagger';

const SHARING = ['share-details', 'close-details'] as const;

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

  /** Of an agency: whether roles above it reach what is inside. */
  sharesDetails: boolean;

  /** Whether the caller sees what is inside. */
  detailsOpen: boolean;

  /** What the caller may do with it now, besides the permissions. */
  @ApiProperty({ enum: SHARING, isArray: true })
  offered: (typeof SHARING)[number][];

  version: number;
}

/** In the order of the tree: each organisation before those below it. */
export class OrganisationPage {
  items: OrganisationResponse[];
  nextCursor: string | null;
}
