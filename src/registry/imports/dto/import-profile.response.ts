import { ApiProperty, OmitType } from '@nestjs/swagger';
import { OrganisationRef } from '../../../access/references/refs.response';
import { ImportMapping } from './import-mapping.request';

/** A mapping as it is kept: one that is built in is of no organisation. */
export class KeptMapping extends OmitType(ImportMapping, ['organisationId']) {
  organisationId?: string;
}

/** A mapping under a name. */
export class ImportProfileResponse {
  id: string;
  name: string;

  /** Comes with the product, is of no organisation and cannot be deleted. */
  builtIn: boolean;

  @ApiProperty({ type: OrganisationRef, nullable: true })
  organisation: OrganisationRef | null;

  /** Without `organisationId` when it is built in. */
  @ApiProperty({ type: KeptMapping })
  mapping: KeptMapping;

  version: number;
}

export class ImportProfileList {
  items: ImportProfileResponse[];

  /** Always null: there are few. */
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
