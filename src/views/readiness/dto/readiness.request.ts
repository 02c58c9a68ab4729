import { ApiProperty } from '@nestjs/swagger';
import { IsArray, IsIn, IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import { Type } from 'class-transformer';
import { type Verdict, VERDICTS } from '../../../core/readiness/system-verdict';
import { CommaList, IsCivilDate } from '../../../platform/http/validators';
import { SystemFilterQuery } from '../../../platform/search/system-filter.request';

export class TiersQuery {
  /** This organisation and everything below it; everything in scope when absent. */
  @IsOptional()
  @IsUUID()
  organisationId?: string;
}

export class TiersAtQuery extends TiersQuery {
  /** As it stood at the end of this day, when it is frozen; now when absent. */
  @IsOptional()
  @IsCivilDate()
  asOf?: string;
}

export class ReadinessDueQuery extends TiersQuery {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(50)
  limit: number = 10;
}

export class ReadinessSystemsQuery extends SystemFilterQuery {
  @IsOptional()
  @CommaList()
  @IsArray()
  @IsIn(VERDICTS, { each: true })
  @ApiProperty({ enum: VERDICTS, isArray: true, required: false })
  verdict?: Verdict[];
}
