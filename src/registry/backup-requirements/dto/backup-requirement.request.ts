import { ApiProperty, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsInt, IsOptional, ValidateNested } from 'class-validator';
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

/** One stored copy. */
export class CopyRequest {
  @IsPlainText(200)
  site: string;

  @IsPlainText(200)
  medium: string;

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

  /** The account or network it is kept apart in. */
  @IsOptional()
  @EmptyIsNull()
  @IsPlainText(200)
  @ApiProperty({ type: String, nullable: true, required: false })
  account?: string | null;
}

export class CreateBackupRequirementRequest {
  /** What has to be saved; unique within the system. */
  @IsPlainText(200)
  dataset: string;

  @IsPlainText(500)
  method: string;

  /** How often it is saved; not longer than `rpo`. */
  @IsDurationMinutes()
  interval: string;

  /** How long a backup is kept. */
  @IsPeriod()
  retention: string;

  /** How much may be lost. */
  @IsDurationMinutes()
  rpo: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => CopyRequest)
  copies: CopyRequest[];
}

/** What is absent stays as it is. Whatever changes has to be approved again. */
export class PatchBackupRequirementRequest extends PartialType(CreateBackupRequirementRequest, {
  skipNullProperties: false,
}) {}

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
