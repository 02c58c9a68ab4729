import { ApiProperty, IntersectionType, OmitType, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsIn,
  IsOptional,
  IsUUID,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { ExportQuery } from '../../../audit/exports/export-query';
import { type Tier, TIERS } from '../../../core/importance/tier';
import { CommentRequest } from '../../../obligations/dto/workflow.request';
import { CursorQuery } from '../../../platform/http/cursor';
import {
  BooleanText,
  CommaList,
  EmptyIsNull,
  IsDurationMinutes,
  IsPeriod,
  IsPlainText,
  MayBeAbsent,
} from '../../../platform/http/validators';
import { BACKUP_REQUIREMENT_STATUSES, type BackupRequirementStatus } from '../backup-requirement.entity';
import { BackupTermsRequest } from './backup-terms.request';

const FINDING_FILTERS = ['any', 'gating'] as const;

export class CreateBackupRequirementRequest extends BackupTermsRequest {
  /** What has to be saved; unique within the system. */
  @IsPlainText(200)
  dataset: string;

  /** The profile that it is written from; it follows the profile when its terms are the same. */
  @IsOptional()
  @IsUUID()
  @ApiProperty({ type: String, format: 'uuid', nullable: true, required: false })
  backupProfileId?: string | null;
}

/** What is absent stays as it is. Whatever changes has to be approved again. */
export class PatchBackupRequirementRequest extends PartialType(
  OmitType(CreateBackupRequirementRequest, ['backupProfileId']),
  {
    skipNullProperties: false,
  },
) {}

/** One copy of a requirement that is still being written. */
export class DraftCopyRequest {
  @IsOptional()
  @MaxLength(200)
  @ApiProperty({ type: String, maxLength: 200, nullable: true, required: false })
  medium?: string | null;

  @MayBeAbsent()
  @IsBoolean()
  offsite?: boolean;

  @MayBeAbsent()
  @IsBoolean()
  offline?: boolean;

  @MayBeAbsent()
  @IsBoolean()
  immutable?: boolean;

  @MayBeAbsent()
  @IsBoolean()
  encrypted?: boolean;
}

/** The terms of a requirement that is still being written; what is absent or null has not been said yet. */
export class CheckBackupRequirementRequest {
  @IsOptional()
  @IsDurationMinutes()
  @ApiProperty({ type: String, format: 'duration', nullable: true, required: false })
  interval?: string | null;

  @IsOptional()
  @IsPeriod()
  @ApiProperty({ type: String, format: 'duration', nullable: true, required: false })
  retention?: string | null;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100_000)
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 100_000, nullable: true, required: false })
  generations?: number | null;

  @IsOptional()
  @IsDurationMinutes()
  @ApiProperty({ type: String, format: 'duration', nullable: true, required: false })
  rpo?: string | null;

  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => DraftCopyRequest)
  copies: DraftCopyRequest[];

  @IsOptional()
  @EmptyIsNull()
  @IsPeriod()
  @ApiProperty({ type: String, format: 'duration', nullable: true, required: false })
  verificationCadence?: string | null;

  @IsOptional()
  @EmptyIsNull()
  @IsPeriod()
  @ApiProperty({ type: String, format: 'duration', nullable: true, required: false })
  restoreTestCadence?: string | null;
}

export class ApproveBackupRequirementRequest extends CommentRequest {
  /** The version that was read; when given, a later one is refused. */
  @MayBeAbsent()
  @IsInt()
  version?: number;
}

export class WithdrawBackupRequirementRequest {
  @IsPlainText(1000)
  reason: string;
}

export class ListBackupRequirementsQuery extends CursorQuery {
  /** Also what has been withdrawn. */
  @IsOptional()
  @BooleanText()
  @IsBoolean()
  withdrawn?: boolean;
}

/** Which requirements, of all systems that the caller may see. */
export class AllBackupRequirementsQuery extends CursorQuery {
  @IsOptional()
  @CommaList()
  @IsArray()
  @IsIn(TIERS, { each: true })
  @ApiProperty({ enum: TIERS, isArray: true, required: false })
  tier?: Tier[];

  @MayBeAbsent()
  @IsUUID()
  systemId?: string;

  /** An organisation and everything below it. */
  @MayBeAbsent()
  @IsUUID()
  organisationId?: string;

  /** Those that came from this profile. */
  @MayBeAbsent()
  @IsUUID()
  backupProfileId?: string;

  @MayBeAbsent()
  @IsIn(BACKUP_REQUIREMENT_STATUSES)
  @ApiProperty({ enum: BACKUP_REQUIREMENT_STATUSES, required: false })
  status?: BackupRequirementStatus;

  /** Those that lack something against the policy of their tier; `gating`: something that decides readiness. */
  @MayBeAbsent()
  @IsIn(FINDING_FILTERS)
  @ApiProperty({ enum: FINDING_FILTERS, required: false })
  findings?: (typeof FINDING_FILTERS)[number];

  /** Those whose review is due soon or overdue. */
  @IsOptional()
  @BooleanText()
  @IsBoolean()
  reviewDue?: boolean;

  /** Those that wait for an approval that the caller may give: where they may approve, and not their own. */
  @IsOptional()
  @BooleanText()
  @IsBoolean()
  approvable?: boolean;
}

export class BackupRequirementsExportQuery extends IntersectionType(
  OmitType(AllBackupRequirementsQuery, ['limit', 'cursor']),
  ExportQuery,
) {}
