import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { type Outcome, OUTCOMES } from '../../../../core/evidence/evidence';
import { CursorQuery } from '../../../../platform/http/cursor';
import { EmptyIsNull, IsInstant, IsLongText, IsPlainText } from '../../../../platform/http/validators';

export class ReasonRequest {
  /** Why. */
  @EmptyIsNull()
  @IsLongText(2000)
  reason: string;
}

export class PauseRequest {
  /** Why. */
  @IsOptional()
  @EmptyIsNull()
  @IsLongText(2000)
  @ApiProperty({ type: String, nullable: true, required: false })
  reason?: string | null;
}

export class NoteRequest {
  @EmptyIsNull()
  @IsLongText(2000)
  text: string;
}

/** What was seen so far; what is absent stays as it is. */
export class ObserveRequest {
  /** The instant that the restored data stood at. */
  @IsOptional()
  @IsInstant()
  @ApiProperty({ type: String, format: 'date-time', nullable: true, required: false })
  recoveryPointAt?: string | null;

  /** The value that the check gave. */
  @IsOptional()
  @EmptyIsNull()
  @IsLongText(2000)
  @ApiProperty({ type: String, nullable: true, required: false })
  checkObserved?: string | null;
}

export class CompleteRequest extends ObserveRequest {
  /** How it went. A check that did not hold and a recovery slower than the RTO are failures all the same. */
  @IsIn(OUTCOMES)
  @ApiProperty({ enum: OUTCOMES })
  outcome: Outcome;

  /** When an outage ended, where it was not just now; a drill ends when it is completed. */
  @IsOptional()
  @IsInstant()
  @ApiProperty({ type: String, format: 'date-time', nullable: true, required: false })
  finishedAt?: string | null;

  /**
   * Whether the check that was named beforehand held. To be said where a value was observed, unless the run failed anyway; one that did not hold makes it
   * a failure, whatever was claimed.
   */
  @IsOptional()
  @IsBoolean()
  @ApiProperty({ type: Boolean, nullable: true, required: false })
  checkHeld?: boolean | null;

  @IsOptional()
  @EmptyIsNull()
  @IsLongText(2000)
  @ApiProperty({ type: String, nullable: true, required: false })
  note?: string | null;
}

export class OutageRequest {
  @IsPlainText(200)
  title: string;

  /** When the service was lost. */
  @IsInstant()
  startedAt: string;

  /** How long the recovery is expected to take. */
  @IsInt()
  @Min(1)
  @Max(31 * 24 * 60)
  plannedMinutes: number;

  /** The version of a recovery procedure of the system that is followed. */
  @IsOptional()
  @IsUUID()
  @ApiProperty({ type: String, format: 'uuid', nullable: true, required: false })
  procedureVersionId?: string | null;
}

export class RunEventsQuery extends CursorQuery {}
