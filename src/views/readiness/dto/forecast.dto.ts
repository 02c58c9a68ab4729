import { ApiProperty } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { type Tier, TIERS } from '../../../core/importance/tier';
import { IsCivilDate } from '../../../platform/http/validators';
import { TiersQuery } from './readiness.request';

export class ForecastQuery extends TiersQuery {
  /** The last day, at most 366 days ahead; 90 days ahead when absent. */
  @IsOptional()
  @IsCivilDate()
  until?: string;
}

export class ForecastPointResponse {
  @ApiProperty({ type: String, format: 'date' })
  on: string;

  /** Systems that are not ready from that day on. */
  notReady: number;
}

/** Systems that stop being ready on a day under one rule. One that several rules bring down on the same day is in each of them. */
export class ForecastEvent {
  @ApiProperty({ type: String, format: 'date' })
  on: string;

  ruleKey: string;
  ruleTitle: string;
  systems: number;
}

export class TierForecast {
  @ApiProperty({ enum: TIERS })
  tier: Tier;

  /** Operating systems of the tier whose details are open to the caller. */
  total: number;
  points: ForecastPointResponse[];

  /** The days and rules behind the curve, the earliest first. */
  events: ForecastEvent[];
}

/** What becomes of readiness if nobody acts, while backups go on as they do. */
export class ForecastResponse {
  @ApiProperty({ type: String, format: 'date-time' })
  asOf: Date;

  @ApiProperty({ type: String, format: 'date' })
  from: string;

  @ApiProperty({ type: String, format: 'date' })
  until: string;

  tiers: TierForecast[];
}
