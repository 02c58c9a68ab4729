import { ApiProperty, IntersectionType, OmitType, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsUUID,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { ExportQuery } from '../../../audit/exports/export-query';
import { DRILL_TYPES, type DrillType } from '../../../core/evidence/evidence';
import { CursorQuery } from '../../../platform/http/cursor';
import {
  EmptyIsNull,
  IsCivilDate,
  IsInstant,
  IsLongText,
  IsPlainText,
  MayBeAbsent,
} from '../../../platform/http/validators';
import {
  DRILL_STATUSES,
  type DrillStatus,
  type Recurrence,
  RECURRENCES,
  TIME_BASES,
  type TimeBasis,
} from '../drill.entity';

const STEP_KEY = /^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$/;
/** A drill of a month is a project. */
const LONGEST_MINUTES = 31 * 24 * 60;

export class ParticipantRequest {
  @IsUUID()
  userId: string;

  /** What they do in the drill. */
  @IsOptional()
  @EmptyIsNull()
  @IsPlainText(200)
  @ApiProperty({ type: String, nullable: true, required: false })
  part?: string | null;
}

/** A drill to come. */
export class PlanDrillRequest {
  @IsPlainText(200)
  title: string;

  @IsIn(DRILL_TYPES)
  @ApiProperty({ enum: DRILL_TYPES })
  type: DrillType;

  /** When it begins. Another time asks everybody to confirm anew. */
  @IsInstant()
  scheduledAt: string;

  @IsInt()
  @Min(1)
  @Max(LONGEST_MINUTES)
  plannedMinutes: number;

  @MayBeAbsent()
  @IsIn(RECURRENCES)
  @ApiProperty({ enum: RECURRENCES, required: false })
  recurrence?: Recurrence;

  /** How the time is counted against the RTO. */
  @MayBeAbsent()
  @IsIn(TIME_BASES)
  @ApiProperty({ enum: TIME_BASES, required: false })
  timeBasis?: TimeBasis;

  /** The version of a recovery procedure of the system that is drilled. */
  @IsOptional()
  @IsUUID()
  @ApiProperty({ type: String, format: 'uuid', nullable: true, required: false })
  procedureVersionId?: string | null;

  /** The steps that are drilled; null for all. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique()
  @Matches(STEP_KEY, { each: true })
  @ApiProperty({ type: [String], nullable: true, required: false })
  stepKeys?: string[] | null;

  /** The check that would fail if the data were stale, with the value that is expected. */
  @IsOptional()
  @EmptyIsNull()
  @IsLongText(2000)
  @ApiProperty({ type: String, nullable: true, required: false })
  checkExpected?: string | null;

  /** Everybody who is booked; who is left out is booked no more. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique(({ userId }: ParticipantRequest) => userId)
  @ValidateNested({ each: true })
  @Type(() => ParticipantRequest)
  participants?: ParticipantRequest[];
}

/** What may be changed of a plan. */
export class PatchDrillRequest extends PartialType(PlanDrillRequest, { skipNullProperties: false }) {}

export class CancelDrillRequest {
  /** Why. */
  @EmptyIsNull()
  @IsLongText(2000)
  reason: string;
}

export class DrillsQuery extends CursorQuery {
  @MayBeAbsent()
  @IsUUID()
  systemId?: string;

  @MayBeAbsent()
  @IsUUID()
  organisationId?: string;

  @MayBeAbsent()
  @IsIn(DRILL_STATUSES)
  @ApiProperty({ enum: DRILL_STATUSES, required: false })
  status?: DrillStatus;

  /** The first day. */
  @MayBeAbsent()
  @IsCivilDate()
  from?: string;

  /** The last day. */
  @MayBeAbsent()
  @IsCivilDate()
  to?: string;
}

export class DrillsExportQuery extends IntersectionType(OmitType(DrillsQuery, ['limit', 'cursor']), ExportQuery) {}
