import { ApiProperty } from '@nestjs/swagger';
import { IsArray, IsIn, IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min, ValidateIf } from 'class-validator';
import { Type } from 'class-transformer';
import { type Tier, TIERS } from '../../../core/importance/tier';
import { type Verdict, VERDICTS } from '../../../core/readiness/system-verdict';
import { CursorQuery } from '../../../platform/http/cursor';
import { CommaList } from '../../../platform/http/validators';

export class TiersQuery {
  /** This organisation and everything below it; everything in scope when absent. */
  @IsOptional()
  @IsUUID()
  organisationId?: string;
}

export class ReadinessDueQuery extends TiersQuery {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(50)
  limit: number = 10;
}

export class ReadinessSystemsQuery extends CursorQuery {
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
  @IsIn(VERDICTS, { each: true })
  @ApiProperty({ enum: VERDICTS, isArray: true, required: false })
  verdict?: Verdict[];

  /** `me`, or the id of an owner or deputy. */
  @IsOptional()
  @ValidateIf(({ owner }: ReadinessSystemsQuery) => owner !== 'me')
  @IsUUID()
  owner?: string;

  /** Part of the code or name of the system. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  q?: string;
}
