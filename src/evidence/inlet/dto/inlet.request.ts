import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { IsIn, IsInt, IsObject, IsOptional, Max, Min } from 'class-validator';
import {
  EmptyIsNull,
  IsDurationMinutes,
  IsIanaTimeZone,
  IsPlainText,
  IsPlainTextList,
  MayBeAbsent,
} from '../../../platform/http/validators';
import { SCHEDULE_KINDS, type ScheduleKind } from '../inlet.entity';

export class InletRequest {
  @IsPlainText(100)
  name: string;

  /** Name of the tool that reports, such as `restic`; recognised by what it says when absent. */
  @IsOptional()
  @EmptyIsNull()
  @IsPlainText(50)
  @ApiProperty({ type: String, nullable: true, required: false })
  tool?: string | null;

  /** Zone of the schedule, and of local times that the tool prints. */
  @IsIanaTimeZone()
  @IsPlainText(64)
  timeZone: string;

  @IsIn(SCHEDULE_KINDS)
  @ApiProperty({ enum: SCHEDULE_KINDS })
  scheduleKind: ScheduleKind;

  /** When runs begin: `PT24H`, five fields of crontab, or a calendar expression such as `Mon..Fri 02:30`. */
  @IsPlainText(100)
  schedule: string;

  /** How much later a run may begin, and how long it may take. */
  @IsDurationMinutes()
  grace: string;

  /** Site of the declared copy that it reports of. */
  @IsOptional()
  @EmptyIsNull()
  @IsPlainText(200)
  @ApiProperty({ type: String, nullable: true, required: false })
  copySite?: string | null;

  /**
   * Of what the tool reports counts only what has one of these names: host, dataset, location, or the name in the run key, without regard to case;
   * `*` at the beginning or the end stands for anything. All counts when there are none.
   */
  @MayBeAbsent()
  @IsPlainTextList(20, 200)
  ownNames?: string[];

  /** How generic JSON is read; see the guide to inlets. */
  @IsOptional()
  @IsObject()
  @ApiPropertyOptional({ type: 'object', additionalProperties: true, nullable: true })
  mapping?: Record<string, unknown> | null;
}

/** What is absent stays as it is. */
export class PatchInletRequest extends PartialType(InletRequest, { skipNullProperties: false }) {}

export class RotateInletRequest {
  /** How long the present address stays valid beside the new one. */
  @IsInt()
  @Min(0)
  @Max(720)
  graceHours: number = 24;
}

export class AcceptSizeRequest {
  /** Why it is right, such as what was moved into the backup. */
  @IsPlainText(1000)
  reason: string;
}
