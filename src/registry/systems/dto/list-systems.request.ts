import { ApiProperty, IntersectionType, OmitType } from '@nestjs/swagger';
import { ExportQuery } from '../../../audit/exports/export-query';
import { IsArray, IsBoolean, IsIn, IsOptional } from 'class-validator';
import { type Covered, COVERED } from '../../../core/readiness/coverage';
import { type Verdict, VERDICTS } from '../../../core/readiness/system-verdict';
import { BooleanText, CommaList } from '../../../platform/http/validators';
import { SystemFilterQuery } from '../../../platform/search/system-filter.request';
import { type Lifecycle, LIFECYCLES } from '../system.entity';

export const SYSTEM_SORTS = ['code', 'name', 'tier', 'verdict'] as const;
export type SystemSort = (typeof SYSTEM_SORTS)[number];

export class ListSystemsQuery extends SystemFilterQuery {
  @IsOptional()
  @CommaList()
  @IsArray()
  @IsIn(LIFECYCLES, { each: true })
  @ApiProperty({ enum: LIFECYCLES, isArray: true, required: false })
  lifecycle?: Lifecycle[];

  @IsOptional()
  @CommaList()
  @IsArray()
  @IsIn(VERDICTS, { each: true })
  @ApiProperty({ enum: VERDICTS, isArray: true, required: false })
  verdict?: Verdict[];

  /** Only systems in operation that stand so with everything they cannot do without. */
  @IsOptional()
  @CommaList()
  @IsArray()
  @IsIn(VERDICTS, { each: true })
  @ApiProperty({ enum: VERDICTS, isArray: true, required: false })
  effectiveVerdict?: Verdict[];

  /** `true`: only systems in operation that stand better by themselves than with everything they cannot do without; `false`: those that do not. */
  @IsOptional()
  @BooleanText()
  @IsBoolean()
  heldBack?: boolean;

  /** `false`: only systems in operation that nobody can be reminded about; `true`: all others. */
  @IsOptional()
  @BooleanText()
  @IsBoolean()
  reachable?: boolean;

  /** Only systems in operation whose backups, copies or restores are so. */
  @IsOptional()
  @IsIn(COVERED)
  @ApiProperty({ enum: COVERED, required: false })
  coverage?: Covered;

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

export class SystemsExportQuery extends IntersectionType(
  OmitType(ListSystemsQuery, ['limit', 'cursor', 'total']),
  ExportQuery,
) {}
