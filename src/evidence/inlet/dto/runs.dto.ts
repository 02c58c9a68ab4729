import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { ReasonResponse } from '../../../obligations/dto/reason.response';

export const POINT_GRADES = ['FINE', 'LATE', 'CRITICAL'] as const;
export type PointGrade = (typeof POINT_GRADES)[number];

export class RunsQuery {
  /** How many days, today included. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 100, default: 35, required: false })
  days: number = 35;
}

/** The runs that began on one day. */
export class DayOfRuns {
  @ApiProperty({ type: String, format: 'date' })
  on: string;

  passed: number;
  partial: number;
  failed: number;
  running: number;

  /** Times at which a run was expected and none passed. */
  missed: number;
}

/** How old the newest recovery point is, beside the recovery point objective. */
export class RecoveryPointGauge {
  @ApiProperty({ format: 'duration' })
  rpo: string;

  /** Null when there is none. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  newestPointAt: Date | null;

  /** RPA: its age. */
  @ApiProperty({ type: String, format: 'duration', nullable: true })
  rpa: string | null;

  /** RPA/RPO: up to 1 is fine, up to 2 late, above critical. */
  @ApiProperty({ type: Number, nullable: true })
  ratio: number | null;

  @ApiProperty({ enum: POINT_GRADES, nullable: true })
  grade: PointGrade | null;
}

export class RequirementRunsResponse {
  asOf: Date;
  days: DayOfRuns[];
  recoveryPoint: RecoveryPointGauge;

  /** What is wrong, in words. */
  findings: ReasonResponse[];
}
