import { ApiProperty } from '@nestjs/swagger';
import type { Trend } from '../../../core/drill/achieved';
import { DRILL_TYPES, type DrillType, type Outcome, OUTCOMES } from '../../../core/evidence/evidence';
import { TIME_BASES, type TimeBasis } from '../../drills/drill.entity';

const SOURCES = ['DRILL', 'RESTORE_TEST', 'OUTAGE'] as const;
const TRENDS = ['BETTER', 'WORSE', 'SAME'] as const;

/** One recovery that was tried. */
export class AchievedPointResponse {
  id: string;

  @ApiProperty({ enum: SOURCES })
  source: (typeof SOURCES)[number];

  @ApiProperty({ enum: DRILL_TYPES, nullable: true })
  drillType: DrillType | null;

  at: Date;

  @ApiProperty({ type: 'integer', nullable: true })
  rtaMinutes: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  rpaMinutes: number | null;

  /** How the time was counted. */
  @ApiProperty({ enum: TIME_BASES })
  timeBasis: TimeBasis;

  @ApiProperty({ enum: OUTCOMES })
  outcome: Outcome;

  /** Whether anything was recovered, be it slower than claimed. What was not has no minutes. */
  recovered: boolean;

  /** The run that measured it. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  runId: string | null;
}

/** What the measured recoveries come to; minutes are null when it was never measured. */
export class AchievedSummary {
  measured: number;

  @ApiProperty({ type: 'integer', nullable: true })
  last: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  best: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  worst: number | null;

  /** The last against the one before. */
  @ApiProperty({ enum: TRENDS, nullable: true })
  trend: Trend | null;

  /** Whether the last was within what is claimed. */
  @ApiProperty({ type: Boolean, nullable: true })
  withinTarget: boolean | null;
}

export class AchievedResponse {
  /** What is claimed. */
  @ApiProperty({ type: 'integer', nullable: true })
  rtoMinutes: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  rpoMinutes: number | null;

  rta: AchievedSummary;
  rpa: AchievedSummary;

  /** The newest first. */
  items: AchievedPointResponse[];
}
