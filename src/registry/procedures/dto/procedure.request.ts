import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsEmail,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { EmptyIsNull, IsCivilDate, IsLongText, IsPlainText, MayBeAbsent } from '../../../platform/http/validators';

const STEP_KEY = /^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$/;

export class StepRequest {
  /** Names the step within the procedure, through all versions. */
  @Matches(STEP_KEY)
  key: string;

  @IsPlainText(200)
  title: string;

  /** Who does it. */
  @IsOptional()
  @EmptyIsNull()
  @IsPlainText(200)
  @ApiProperty({ type: String, nullable: true, required: false })
  role?: string | null;

  @IsOptional()
  @EmptyIsNull()
  @IsLongText(10_000)
  @ApiProperty({ type: String, nullable: true, required: false })
  instructions?: string | null;

  @IsOptional()
  @EmptyIsNull()
  @IsPlainText(200)
  @ApiProperty({ type: String, nullable: true, required: false })
  location?: string | null;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(525_600)
  @ApiProperty({ type: 'integer', nullable: true, required: false })
  plannedMinutes?: number | null;

  /** Keys of the steps that have to be finished before. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsString({ each: true })
  dependsOn?: string[];
}

export class ContactRequest {
  @IsPlainText(200)
  name: string;

  @IsOptional()
  @EmptyIsNull()
  @IsPlainText(200)
  @ApiProperty({ type: String, nullable: true, required: false })
  role?: string | null;

  @IsOptional()
  @EmptyIsNull()
  @IsPlainText(50)
  @ApiProperty({ type: String, nullable: true, required: false })
  phone?: string | null;

  @IsOptional()
  @EmptyIsNull()
  @IsEmail({ require_tld: false })
  @ApiProperty({ type: String, format: 'email', nullable: true, required: false })
  email?: string | null;

  /** The day on which somebody last made sure that it is still right. */
  @IsOptional()
  @EmptyIsNull()
  @IsCivilDate()
  @ApiProperty({ type: String, format: 'date', nullable: true, required: false })
  confirmedOn?: string | null;
}

/** What a version says. */
export class ProcedureContentRequest {
  @MayBeAbsent()
  @IsLongText(100_000)
  markdown?: string;

  /** When the procedure is to be started. */
  @IsOptional()
  @EmptyIsNull()
  @IsLongText(5000)
  @ApiProperty({ type: String, nullable: true, required: false })
  launchCriteria?: string | null;

  /** Who may start it. */
  @IsOptional()
  @EmptyIsNull()
  @IsPlainText(500)
  @ApiProperty({ type: String, nullable: true, required: false })
  launchedBy?: string | null;

  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => StepRequest)
  steps?: StepRequest[];

  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => ContactRequest)
  contacts?: ContactRequest[];
}

export class ProcedureVersionRequest extends ProcedureContentRequest {
  /** The version that it was written from: it is refused when there is a newer one by now. Without it, it takes the place of whatever is there. */
  @MayBeAbsent()
  @IsUUID()
  @ApiProperty({ type: String, format: 'uuid', required: false })
  basedOn?: string;
}

export class CreateProcedureRequest extends ProcedureContentRequest {
  @IsPlainText(200)
  title: string;
}

export class ReturnRequest {
  /** What has to be changed. */
  @EmptyIsNull()
  @IsLongText(2000)
  comment: string;
}
