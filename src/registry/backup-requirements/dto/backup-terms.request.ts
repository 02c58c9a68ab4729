import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsOptional,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { EmptyIsNull, IsDurationMinutes, IsPeriod, IsPlainText, MayBeAbsent } from '../../../platform/http/validators';

const MOST_GENERATIONS = 100_000;

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

  /** The account or network it is kept apart in; null when it shares that of the system. */
  @IsOptional()
  @EmptyIsNull()
  @IsPlainText(200)
  @ApiProperty({ type: String, nullable: true, required: false })
  account?: string | null;
}

/** What a backup requirement and a profile ask for alike. */
export class BackupTermsRequest {
  /** Free text; usual words are FULL, INCREMENTAL, DIFFERENTIAL, SNAPSHOT, REPLICATION and LOG_SHIPPING. */
  @IsPlainText(500)
  method: string;

  /** How often it is saved; not longer than `rpo`. */
  @IsDurationMinutes()
  interval: string;

  /** How long a backup is kept. */
  @IsPeriod()
  retention: string;

  /** How many backups are kept at least; null when the retention alone decides. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MOST_GENERATIONS)
  @ApiProperty({ type: 'integer', minimum: 1, maximum: MOST_GENERATIONS, nullable: true, required: false })
  generations?: number | null;

  /** How much may be lost. */
  @IsDurationMinutes()
  rpo: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => CopyRequest)
  copies: CopyRequest[];

  /** How often a backup is verified; what the policy asks is owed at least. Null when the policy alone decides. */
  @IsOptional()
  @EmptyIsNull()
  @IsPeriod()
  @ApiProperty({ type: String, format: 'duration', nullable: true, required: false })
  verificationCadence?: string | null;

  /** How often a restore is tested; as `verificationCadence`. */
  @IsOptional()
  @EmptyIsNull()
  @IsPeriod()
  @ApiProperty({ type: String, format: 'duration', nullable: true, required: false })
  restoreTestCadence?: string | null;
}
