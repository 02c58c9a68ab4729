import { ApiProperty } from '@nestjs/swagger';
import { IsArray, IsIn, IsOptional, IsUUID } from 'class-validator';
import { type Tier, TIERS } from '../../../core/importance/tier';
import { CommaList, IsCivilDate } from '../../../platform/http/validators';

/** What stands in the calendar (domain.md section 2): a duty that falls due, a drill or outage, a waiver that ends, an improvement item that falls due. */
export const CALENDAR_KINDS = ['DUTY', 'DRILL', 'WAIVER', 'IMPROVEMENT'] as const;
export type CalendarKind = (typeof CALENDAR_KINDS)[number];

export class CalendarQuery {
  /** The first civil day; that of the present month when absent. */
  @IsOptional()
  @IsCivilDate()
  from?: string;

  /** The last one, at most 400 days later; the last of the month of `from` when absent. */
  @IsOptional()
  @IsCivilDate()
  to?: string;

  /** This organisation and everything below it. */
  @IsOptional()
  @IsUUID()
  organisationId?: string;

  @IsOptional()
  @CommaList()
  @IsArray()
  @IsIn(TIERS, { each: true })
  @ApiProperty({ enum: TIERS, isArray: true, required: false })
  tier?: Tier[];

  /** `me`: what one owns, is the deputy for, or is booked for. */
  @IsOptional()
  @IsIn(['me'])
  @ApiProperty({ enum: ['me'], required: false })
  owner?: 'me';

  @IsOptional()
  @CommaList()
  @IsArray()
  @IsIn(CALENDAR_KINDS, { each: true })
  @ApiProperty({ enum: CALENDAR_KINDS, isArray: true, required: false })
  kind?: CalendarKind[];
}
