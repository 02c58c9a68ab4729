import { ApiProperty, IntersectionType, OmitType, PartialType } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsBoolean, IsOptional, IsUUID } from 'class-validator';
import { ExportQuery } from '../../../../audit/exports/export-query';
import { CursorQuery } from '../../../../platform/http/cursor';
import { BooleanText, IsPlainText, MayBeAbsent } from '../../../../platform/http/validators';
import { BackupTermsRequest } from '../../dto/backup-terms.request';

const MOST_SYSTEMS = 500;

export class CreateBackupProfileRequest extends BackupTermsRequest {
  /** In whose systems, and in those below it, the profile may be used. */
  @IsUUID()
  organisationId: string;

  /** Unique within the organisation. */
  @IsPlainText(200)
  name: string;
}

/** What is absent stays as it is. */
export class PatchBackupProfileRequest extends PartialType(OmitType(CreateBackupProfileRequest, ['organisationId']), {
  skipNullProperties: false,
}) {}

export class AttachBackupProfileRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_SYSTEMS)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  @ApiProperty({ type: String, format: 'uuid', isArray: true, minItems: 1, maxItems: MOST_SYSTEMS, uniqueItems: true })
  systemIds: string[];

  /** What has to be saved of each of them. */
  @IsPlainText(200)
  dataset: string;

  /** Whether requirements that these systems have for the same data take on the terms of the profile; else they are kept. */
  @MayBeAbsent()
  @IsBoolean()
  replace?: boolean;

  /** Only tell what would be done. */
  @MayBeAbsent()
  @IsBoolean()
  dryRun?: boolean;
}

export class RetireBackupProfileRequest {
  /** Lets the requirements that follow it keep their terms as their own; without it a profile that is followed is not retired. */
  @MayBeAbsent()
  @IsBoolean()
  detach?: boolean;
}

export class ListBackupProfilesQuery extends CursorQuery {
  /** Also those that have been retired. */
  @IsOptional()
  @BooleanText()
  @IsBoolean()
  retired?: boolean;

  /** Those that may be used for this system. */
  @MayBeAbsent()
  @IsUUID()
  systemId?: string;
}

export class BackupProfilesExportQuery extends IntersectionType(
  OmitType(ListBackupProfilesQuery, ['limit', 'cursor']),
  ExportQuery,
) {}
