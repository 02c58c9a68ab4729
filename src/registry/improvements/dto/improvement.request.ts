import { applyDecorators } from '@nestjs/common';
import { ApiProperty, IntersectionType, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  IsUUID,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import {
  IMPROVEMENT_SOURCES,
  IMPROVEMENT_STATUSES,
  type ImprovementSource,
  type ImprovementStatus,
} from '../../../core/improvement/improvement-item';
import { ExportQuery } from '../../../audit/exports/export-query';
import { CursorQuery } from '../../../platform/http/cursor';
import {
  BooleanText,
  CommaList,
  EmptyIsNull,
  IsCivilDate,
  IsLongText,
  IsPlainText,
  MayBeAbsent,
} from '../../../platform/http/validators';

const IsLink = (): PropertyDecorator =>
  applyDecorators(
    IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false }),
    MaxLength(2000),
    ApiProperty({ type: String, format: 'uri', maxLength: 2000, nullable: true, required: false }),
  );

/** An item as it is raised, about one system or by an organisation for itself: exactly one of the two is named. */
export class RaiseImprovementRequest {
  @IsIn(IMPROVEMENT_SOURCES)
  @ApiProperty({ enum: IMPROVEMENT_SOURCES })
  source: ImprovementSource;

  @IsPlainText(200)
  title: string;

  /** Markdown. */
  @IsOptional()
  @EmptyIsNull()
  @IsLongText()
  @ApiProperty({ type: String, nullable: true, required: false })
  description?: string | null;

  /** Where its papers are. */
  @IsOptional()
  @EmptyIsNull()
  @IsLink()
  link?: string | null;

  @IsOptional()
  @IsUUID()
  @ApiProperty({ type: String, format: 'uuid', nullable: true, required: false })
  systemId?: string | null;

  @IsOptional()
  @IsUUID()
  @ApiProperty({ type: String, format: 'uuid', nullable: true, required: false })
  organisationId?: string | null;

  /** The failed proof of the system that it comes from. */
  @IsOptional()
  @IsUUID()
  @ApiProperty({ type: String, format: 'uuid', nullable: true, required: false })
  sourceEvidenceId?: string | null;

  /** Null: whoever owns the system. */
  @IsOptional()
  @IsUUID()
  @ApiProperty({ type: String, format: 'uuid', nullable: true, required: false })
  ownerId?: string | null;

  /** By default 30 days from now after a drill or an incident, else 90. */
  @IsOptional()
  @IsCivilDate()
  dueOn?: string;
}

/** What changes of an open item; absent fields stay. */
export class PatchImprovementRequest {
  @MayBeAbsent()
  @IsPlainText(200)
  title?: string;

  @IsOptional()
  @EmptyIsNull()
  @IsLongText()
  @ApiProperty({ type: String, nullable: true, required: false })
  description?: string | null;

  @IsOptional()
  @EmptyIsNull()
  @IsLink()
  link?: string | null;

  @IsOptional()
  @IsUUID()
  @ApiProperty({ type: String, format: 'uuid', nullable: true, required: false })
  ownerId?: string | null;

  /** A later day needs a reason, and whoever may close the item. */
  @MayBeAbsent()
  @IsCivilDate()
  dueOn?: string;

  /** Why it is due later. */
  @IsOptional()
  @EmptyIsNull()
  @IsLongText(2000)
  @ApiProperty({ type: String, nullable: true, required: false })
  reason?: string | null;
}

export class ProgressRequest {
  /** What has been done. */
  @EmptyIsNull()
  @IsLongText(2000)
  text: string;

  /** How much is done. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(100)
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 100, nullable: true, required: false })
  percent?: number | null;

  /** Where it is to be seen. */
  @IsOptional()
  @EmptyIsNull()
  @IsLink()
  link?: string | null;
}

/** The part of one organisation. */
export class PartRequest {
  @IsUUID()
  organisationId: string;

  @IsOptional()
  @IsUUID()
  @ApiProperty({ type: String, format: 'uuid', nullable: true, required: false })
  ownerId?: string | null;

  /** By default the day of the whole, and never after it. */
  @MayBeAbsent()
  @IsCivilDate()
  dueOn?: string;
}

export class SplitRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => PartRequest)
  parts: PartRequest[];
}

/** The proof that an item is done. */
export class CloseImprovementRequest {
  /** What was done and how that was checked. */
  @EmptyIsNull()
  @IsLongText(2000)
  note: string;

  /** Where the proof is. */
  @IsOptional()
  @EmptyIsNull()
  @IsLink()
  link?: string | null;
}

export class CancelImprovementRequest {
  /** Why it is not to be done. */
  @EmptyIsNull()
  @IsLongText(2000)
  reason: string;
}

export class ImprovementsQuery extends CursorQuery {
  @MayBeAbsent()
  @IsUUID()
  systemId?: string;

  /** This organisation and everything below it. */
  @MayBeAbsent()
  @IsUUID()
  organisationId?: string;

  @IsOptional()
  @CommaList()
  @IsArray()
  @IsIn(IMPROVEMENT_SOURCES, { each: true })
  @ApiProperty({ enum: IMPROVEMENT_SOURCES, isArray: true, required: false })
  source?: ImprovementSource[];

  @IsOptional()
  @CommaList()
  @IsArray()
  @IsIn(IMPROVEMENT_STATUSES, { each: true })
  @ApiProperty({ enum: IMPROVEMENT_STATUSES, isArray: true, required: false })
  status?: ImprovementStatus[];

  /** Open, and past their day. */
  @IsOptional()
  @BooleanText()
  @IsBoolean()
  overdue?: boolean;

  /** `me`, or the id of an owner; a system's owner and deputy own the items that name nobody else. */
  @IsOptional()
  @ValidateIf(({ owner }: ImprovementsQuery) => owner !== 'me')
  @IsUUID()
  owner?: string;

  /** Words of the title. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  q?: string;
}

export class ImprovementsExportQuery extends IntersectionType(
  OmitType(ImprovementsQuery, ['limit', 'cursor']),
  ExportQuery,
) {}
