import { IntersectionType, OmitType, PartialType } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { ExportQuery } from '../../../audit/exports/export-query';
import { CursorQuery } from '../../../platform/http/cursor';
import { IsPlainText, MayBeAbsent } from '../../../platform/http/validators';
import { ORGANISATION_KINDS, type OrganisationKind } from '../organisation.entity';

export class CreateOrganisationRequest {
  /** Short code, unique in the installation. */
  @IsPlainText(50)
  code: string;

  @IsPlainText(200)
  name: string;

  @IsOptional()
  @IsPlainText(200)
  nameEn?: string | null;

  @IsIn(ORGANISATION_KINDS)
  kind: OrganisationKind;

  /** The organisation it belongs to. Only the first one of an installation has none, and that one is made at its set-up. */
  @IsUUID()
  parentId: string;
}

/** What is absent stays as it is. */
export class PatchOrganisationRequest extends PartialType(CreateOrganisationRequest, { skipNullProperties: false }) {
  /** Of an agency: whether the ministry above sees what is inside. Its own administrator decides. */
  @MayBeAbsent()
  @IsBoolean()
  sharesDetails?: boolean;
}

export class ListOrganisationsQuery extends CursorQuery {
  /** Part of the code or of a name. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  q?: string;
}

export class OrganisationsExportQuery extends IntersectionType(
  OmitType(ListOrganisationsQuery, ['limit', 'cursor']),
  ExportQuery,
) {}
