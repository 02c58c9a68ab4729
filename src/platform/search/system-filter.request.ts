import { ApiProperty } from '@nestjs/swagger';
import { IsArray, IsIn, IsOptional, IsString, IsUUID, MaxLength, ValidateIf } from 'class-validator';
import { type Tier, TIERS } from '../../core/importance/tier';
import { CursorQuery } from '../http/cursor';
import { CommaList } from '../http/validators';

/** What every list of systems, or of what systems owe, filters by. */
export class SystemFilterQuery extends CursorQuery {
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

  /** `me`, or the id of an owner or deputy. */
  @IsOptional()
  @ValidateIf(({ owner }: SystemFilterQuery) => owner !== 'me')
  @IsUUID()
  owner?: string;

  /** Words that occur in the code or a name of the system, in any order. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  q?: string;
}
