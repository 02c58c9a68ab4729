import { ApiProperty } from '@nestjs/swagger';
import { type Tier, TIERS } from '../../../../core/importance/tier';

/** With which frozen day the present is compared: one week, one month before. */
export const CHANGE_PERIODS = ['WEEK', 'MONTH'] as const;
export type ChangePeriod = (typeof CHANGE_PERIODS)[number];

/** How many systems more, or fewer, than on the day compared with. */
export class TierDifference {
  @ApiProperty({ enum: TIERS })
  tier: Tier;

  total: number;

  /** Ready, with waivers or without. */
  ready: number;
  notReady: number;
}

/** What has changed since a frozen day. */
export class ReadinessChange {
  @ApiProperty({ enum: CHANGE_PERIODS })
  period: ChangePeriod;

  /** The day compared with: the last frozen one at least a period ago, at most six days more. */
  @ApiProperty({ type: String, format: 'date' })
  on: string;

  tiers: TierDifference[];
}
