import { ApiProperty } from '@nestjs/swagger';
import { IsArray, IsBoolean, IsIn, IsOptional, IsString, IsUUID, MaxLength, ValidateIf } from 'class-validator';
import { type Tier, TIERS } from '../../../core/importance/tier';
import { type Verdict, VERDICTS } from '../../../core/readiness/system-verdict';
import { CursorQuery } from '../../../platform/http/cursor';
import { BooleanText, CommaList } from '../../../platform/http/validators';
import { type Lifecycle, LIFECYCLES } from '../system.entity';

export const SYSTEM_SORTS = ['code', 'name', 'tier', 'verdict'] as const;
export type SystemSort = (typeof SYSTEM_SORTS)[number];

export class ListSystemsQuery extends CursorQuery {
  @IsOptional()
  @CommaList()
  @IsArray()
  @IsIn(TIERS, { each: true })
  @ApiProperty({ enum: TIERS, isArray: true, required: false })
  tier?: Tier[];

  @IsOptional()
  @CommaList()
  @IsArray()
  @IsIn(LIFECYCLES, { each: true })
  @ApiProperty({ enum: LIFECYCLES, isArray: true, required: false })
  lifecycle?: Lifecycle[];

  /** This organisation and everything below it. */
  @IsOptional()
  @IsUUID()
  organisationId?: string;

  /** `me`, or the id of an owner or deputy. */
  @IsOptional()
  @ValidateIf(({ owner }: ListSystemsQuery) => owner !== 'me')
  @IsUUID()
  owner?: string;

  @IsOptional()
  @CommaList()
  @IsArray()
  @IsIn(VERDICTS, { each: true })
  @ApiProperty({ enum: VERDICTS, isArray: true, required: false })
  verdict?: Verdict[];

  /** Words that occur in the code or a name, in any order. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  q?: string;

  /** `tier` lists the most important first, `verdict` the worst. */
  @IsOptional()
  @IsIn(SYSTEM_SORTS)
  @ApiProperty({ enum: SYSTEM_SORTS, required: false, default: 'code' })
  sort?: SystemSort;

  /** Also count the whole list. */
  @IsOptional()
  @BooleanText()
  @IsBoolean()
  total?: boolean;
}
