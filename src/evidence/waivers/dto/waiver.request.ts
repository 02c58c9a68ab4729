import { ApiProperty, IntersectionType, OmitType } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { ExportQuery } from '../../../audit/exports/export-query';
import { CursorQuery } from '../../../platform/http/cursor';
import { EmptyIsNull, IsCivilDate, IsLongText, MayBeAbsent } from '../../../platform/http/validators';
import { WAIVER_STATUSES, type WaiverStatus } from '../waiver.entity';

export class WaiverRequest {
  /** Why the rule cannot be met. */
  @EmptyIsNull()
  @IsLongText(2000)
  reason: string;

  /** What is done instead. */
  @EmptyIsNull()
  @IsLongText(2000)
  compensatingMeasure: string;

  /** Where that is on record. */
  @IsOptional()
  @EmptyIsNull()
  @IsLongText(2000)
  @ApiProperty({ type: String, nullable: true, required: false })
  evidence?: string | null;

  /** The last day it holds. */
  @IsCivilDate()
  expiresOn: string;
}

export class WaiverDecisionRequest {
  /** Why. */
  @EmptyIsNull()
  @IsLongText(2000)
  comment: string;
}

export class WaiversQuery extends CursorQuery {
  @MayBeAbsent()
  @IsUUID()
  systemId?: string;

  @MayBeAbsent()
  @IsUUID()
  organisationId?: string;

  @MayBeAbsent()
  @IsIn(WAIVER_STATUSES)
  @ApiProperty({ enum: WAIVER_STATUSES, required: false })
  status?: WaiverStatus;
}

export class WaiversExportQuery extends IntersectionType(OmitType(WaiversQuery, ['limit', 'cursor']), ExportQuery) {}
