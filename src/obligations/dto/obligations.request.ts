import { ApiProperty } from '@nestjs/swagger';
import { IsArray, IsBoolean, IsIn, IsOptional, IsString, IsUUID, MaxLength, ValidateIf } from 'class-validator';
import { type Tier, TIERS } from '../../core/importance/tier';
import { type ObligationState, STATES } from '../../core/obligation/obligation';
import { CursorQuery } from '../../platform/http/cursor';
import { BooleanText, CommaList, IsCivilDate } from '../../platform/http/validators';

export const OBLIGATION_SORTS = ['dueOn', '-dueOn', 'name'] as const;

export class ObligationsQuery extends CursorQuery {
  @IsOptional()
  @IsUUID()
  systemId?: string;

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

  /** `me`, or the id of an owner or deputy. */
  @IsOptional()
  @ValidateIf(({ owner }: ObligationsQuery) => owner !== 'me')
  @IsUUID()
  owner?: string;

  @IsOptional()
  @IsCivilDate()
  dueBefore?: string;

  /** Part of the code or name of the system. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  q?: string;

  @IsOptional()
  @IsIn(OBLIGATION_SORTS)
  @ApiProperty({ enum: OBLIGATION_SORTS, required: false })
  sort?: (typeof OBLIGATION_SORTS)[number];
}
