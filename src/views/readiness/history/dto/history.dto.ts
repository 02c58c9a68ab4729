import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { type Tier, TIERS } from '../../../../core/importance/tier';
import { IsCivilDate } from '../../../../platform/http/validators';
import { TiersQuery } from '../../dto/readiness.request';
import { VerdictFigures } from '../../dto/verdict-figures.response';

export class TrendQuery extends TiersQuery {
  /** The first day; 90 days before the last when absent. */
  @IsOptional()
  @IsCivilDate()
  from?: string;

  /** The last day, at most 731 days after the first; today when absent. */
  @IsOptional()
  @IsCivilDate()
  to?: string;

  @IsOptional()
  @IsIn(TIERS)
  tier?: Tier;
}

/** Systems of a tier in operation on a day. */
export class TrendTier {
  @ApiProperty({ enum: TIERS })
  tier: Tier;

  total: number;
  byVerdict: VerdictFigures;
}

/** A frozen day. */
export class TrendDay {
  @ApiProperty({ type: String, format: 'date' })
  on: string;

  @ApiProperty({ type: String, format: 'date-time' })
  frozenAt: Date;

  /** Whether it was missed and derived afterwards from the facts as of its end. */
  madeUp: boolean;

  tiers: TrendTier[];
}

/** Readiness as it was frozen day by day. A day that is missing was not frozen and can no longer be derived. */
export class TrendResponse {
  @ApiProperty({ type: String, format: 'date-time' })
  asOf: Date;

  @ApiProperty({ type: String, format: 'date' })
  from: string;

  @ApiProperty({ type: String, format: 'date' })
  to: string;

  /** The first day ever frozen; null before the first. */
  @ApiProperty({ type: String, format: 'date', nullable: true })
  firstOn: string | null;

  days: TrendDay[];
}
