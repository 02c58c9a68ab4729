import { ApiProperty, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsOptional,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { CommentRequest } from '../../../obligations/dto/workflow.request';
import { CursorQuery } from '../../../platform/http/cursor';
import {
  BooleanText,
  EmptyIsNull,
  IsDurationMinutes,
  IsPeriod,
  IsPlainText,
  MayBeAbsent,
} from '../../../platform/http/validators';
import { BackupTermsRequest } from './backup-terms.request';

export class CreateBackupRequirementRequest extends BackupTermsRequest {
  /** What has to be saved; unique within the system. */
  @IsPlainText(200)
  dataset: string;
}

/** What is absent stays as it is. Whatever changes has to be approved again. */
export class PatchBackupRequirementRequest extends PartialType(CreateBackupRequirementRequest, {
  skipNullProperties: false,
}) {}

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
