import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsUUID } from 'class-validator';
import { PERIOD_KINDS, type PeriodKind } from '../../../core/report/reporting-period';
import { CursorQuery } from '../../../platform/http/cursor';
import { EmptyIsNull, IsCivilDate, IsLongText, MayBeAbsent } from '../../../platform/http/validators';
import { REPORT_STATUSES, type ReportStatus } from '../report.entity';

export class MakeReportRequest {
  /** On whom: the organisation and all below it. */
  @IsUUID()
  organisationId: string;

  @IsIn(PERIOD_KINDS)
  @ApiProperty({ enum: PERIOD_KINDS })
  periodKind: PeriodKind;

  /** Any day of the period. */
  @IsCivilDate()
  on: string;
}

export class CommentReportRequest {
  @EmptyIsNull()
  @IsLongText(10_000)
  text: string;
}

export class ReportsQuery extends CursorQuery {
  @MayBeAbsent()
  @IsUUID()
  organisationId?: string;

  @MayBeAbsent()
  @IsIn(PERIOD_KINDS)
  @ApiProperty({ enum: PERIOD_KINDS, required: false })
  periodKind?: PeriodKind;

  @MayBeAbsent()
  @IsIn(REPORT_STATUSES)
  @ApiProperty({ enum: REPORT_STATUSES, required: false })
  status?: ReportStatus;
}
