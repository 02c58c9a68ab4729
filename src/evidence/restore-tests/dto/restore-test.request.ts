import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsOptional, IsUrl, IsUUID, ValidateNested } from 'class-validator';
import { type Outcome, OUTCOMES } from '../../../core/evidence/evidence';
import { EmptyIsNull, IsInstant, IsLongText, IsPlainText, MayBeAbsent } from '../../../platform/http/validators';

/** Something that was looked at after the restore. */
export class RestoreCheckRequest {
  @IsPlainText(200)
  title: string;

  @IsPlainText(500)
  expected: string;

  @IsPlainText(500)
  observed: string;

  /** When absent, it passed if both values are the same. */
  @IsOptional()
  @IsBoolean()
  @ApiProperty({ type: Boolean, nullable: true, required: false })
  passed?: boolean | null;
}

export class RestoreTestRequest {
  /** What was restored. */
  @IsPlainText(200)
  restored: string;

  /** From which copy. */
  @IsPlainText(200)
  fromCopy: string;

  @IsInstant()
  startedAt: string;

  @IsInstant()
  finishedAt: string;

  /** How it went; a check that did not pass makes it a failure all the same. */
  @MayBeAbsent()
  @IsIn(OUTCOMES)
  @ApiProperty({ enum: OUTCOMES, required: false, default: 'PASSED' })
  outcome?: Outcome;

  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => RestoreCheckRequest)
  checks?: RestoreCheckRequest[];

  @IsOptional()
  @IsUUID()
  @ApiProperty({ type: String, format: 'uuid', nullable: true, required: false })
  backupRequirementId?: string | null;

  /** The instant that the restored data stood at. */
  @IsOptional()
  @IsInstant()
  @ApiProperty({ type: String, format: 'date-time', nullable: true, required: false })
  recoveryPointAt?: string | null;

  /** The program that ran it. */
  @IsOptional()
  @EmptyIsNull()
  @IsPlainText(100)
  @ApiProperty({ type: String, nullable: true, required: false })
  tool?: string | null;

  /** The run of that program; the same one twice is refused. */
  @IsOptional()
  @EmptyIsNull()
  @IsPlainText(200)
  @ApiProperty({ type: String, nullable: true, required: false })
  runId?: string | null;

  @IsOptional()
  @EmptyIsNull()
  @IsLongText(2000)
  @ApiProperty({ type: String, nullable: true, required: false })
  note?: string | null;

  /** Where more of it is on record, such as a protocol. */
  @IsOptional()
  @EmptyIsNull()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  @ApiProperty({ type: String, format: 'uri', nullable: true, required: false })
  link?: string | null;
}
