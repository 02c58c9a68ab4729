import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { CursorQuery } from '../../../platform/http/cursor';
import { TABLE_FORMATS } from '../../../platform/tabular/writing/table-file';
import { IsCivilDate, IsPlainText } from '../../../platform/http/validators';

const NAME = /^[a-z][a-z0-9._-]*$/;
const HASH = /^[0-9a-f]{64}$/;

export const EXPORT_FORMATS = ['ndjson', ...TABLE_FORMATS] as const;

/** Which audit events. */
export interface AuditFilter {
  from?: string;
  to?: string;
  actorId?: string;
  action?: string;
  recordType?: string;
  recordId?: string;
  systemId?: string;
  organisationId?: string;
  denied?: boolean;
  q?: string;
}

export class AuditFilterQuery implements AuditFilter {
  /** First day, in the zone of who asks. */
  @IsOptional()
  @IsCivilDate()
  from?: string;

  /** Last day, in the zone of who asks. */
  @IsOptional()
  @IsCivilDate()
  to?: string;

  @IsOptional()
  @IsUUID()
  actorId?: string;

  /** An action, `system.changed`, or all that begin with `system.`. */
  @IsOptional()
  @IsString()
  @MaxLength(60)
  @Matches(NAME)
  action?: string;

  @IsOptional()
  @IsString()
  @MaxLength(60)
  @Matches(NAME)
  recordType?: string;

  @IsOptional()
  @IsUUID()
  recordId?: string;

  /** Events of a system and of its evidence, procedures, backup requirements, drills and improvement items. */
  @IsOptional()
  @IsUUID()
  systemId?: string;

  /** An organisation and everything below it. */
  @IsOptional()
  @IsUUID()
  organisationId?: string;

  /** With `true`, only what somebody attempted and was not let: requests that were denied and sign-ins that were refused. */
  @IsOptional()
  @Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  denied?: boolean;

  /** Part of the action, of the request's id, of a person's name, or of what was before or after. */
  @IsOptional()
  @IsPlainText(100)
  q?: string;
}

export class AuditEventsQuery extends IntersectionType(CursorQuery, AuditFilterQuery) {}

export class HistoryQuery extends CursorQuery {
  /** Only what was done to this one of its records. */
  @IsOptional()
  @IsUUID()
  recordId?: string;
}

export class AuditExportQuery extends AuditFilterQuery {
  /** `ndjson` can be verified without the service; the others are the tables that every list is exported as. */
  @IsOptional()
  @IsIn(EXPORT_FORMATS)
  @ApiProperty({ enum: EXPORT_FORMATS, required: false, default: 'ndjson' })
  format?: (typeof EXPORT_FORMATS)[number];
}

export class AuditVerifyQuery {
  /** Place of a head that was written down before; the chain must still have it. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  seq?: number;

  /** Hash of that head. */
  @IsOptional()
  @Matches(HASH)
  hash?: string;
}
