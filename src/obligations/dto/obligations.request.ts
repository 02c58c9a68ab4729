import { ApiProperty } from '@nestjs/swagger';
import { IsArray, IsBoolean, IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { type ObligationState, STATES } from '../../core/obligation/obligation';
import { BooleanText, CommaList, IsCivilDate } from '../../platform/http/validators';
import { SystemFilterQuery } from '../../platform/search/system-filter.request';

export const OBLIGATION_SORTS = ['dueOn', '-dueOn', 'name'] as const;

export class ObligationsQuery extends SystemFilterQuery {
  @IsOptional()
  @IsUUID()
  systemId?: string;

  @IsOptional()
  @CommaList()
  @IsArray()
  @IsIn(STATES, { each: true })
  @ApiProperty({ enum: STATES, isArray: true, required: false })
  state?: ObligationState[];

  @IsOptional()
  @IsString()
  @MaxLength(100)
  ruleKey?: string;

  @IsOptional()
  @BooleanText()
  @IsBoolean()
  gating?: boolean;

  @IsOptional()
  @IsCivilDate()
  dueBefore?: string;

  @IsOptional()
  @IsCivilDate()
  dueOn?: string;

  @IsOptional()
  @IsIn(OBLIGATION_SORTS)
  @ApiProperty({ enum: OBLIGATION_SORTS, required: false })
  sort?: (typeof OBLIGATION_SORTS)[number];
}
