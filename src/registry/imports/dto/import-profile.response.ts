import { ApiProperty } from '@nestjs/swagger';
import { OrganisationRef } from '../../../access/references/refs.response';
import { ImportMapping, type ImportMappingTemplate } from './import-mapping.request';

/** A mapping under a name. */
export class ImportProfileResponse {
  id: string;
  name: string;

  /** Comes with the product, is of no organisation and cannot be deleted. */
  builtIn: boolean;

  @ApiProperty({ type: OrganisationRef, nullable: true })
  organisation: OrganisationRef | null;

  /** Without `organisationId` when it is built in. */
  @ApiProperty({ type: ImportMapping })
  mapping: ImportMapping | ImportMappingTemplate;

  version: number;
}

export class ImportProfileList {
  items: ImportProfileResponse[];

  /** Always null: there are few. */
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
