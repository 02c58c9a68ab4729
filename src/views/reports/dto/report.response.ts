import { ApiProperty } from '@nestjs/swagger';
import { OrganisationRef, PersonRef } from '../../../access/references/refs.response';
import { PERIOD_KINDS, type PeriodKind } from '../../../core/report/reporting-period';
import { ReportContent } from '../content/report-content.response';
import { REPORT_STATUSES, type ReportStatus } from '../report.entity';

export const REPORT_STEPS = ['comment', 'submit', 'acknowledge'] as const;
export type ReportStep = (typeof REPORT_STEPS)[number];

/** A report without what it says. */
export class ReportSummary {
  id: string;
  organisation: OrganisationRef;

  @ApiProperty({ enum: PERIOD_KINDS })
  periodKind: PeriodKind;

  @ApiProperty({ type: String, format: 'date' })
  startsOn: string;

  @ApiProperty({ type: String, format: 'date' })
  endsOn: string;

  version: number;

  @ApiProperty({ enum: REPORT_STATUSES })
  status: ReportStatus;

  /** How many sections of it have been made. */
  sectionsDone: number;
  sectionsTotal: number;

  /** Null when the calendar asked for it. */
  @ApiProperty({ type: PersonRef, nullable: true })
  requestedBy: PersonRef | null;

  @ApiProperty({ type: String, format: 'date-time' })
  requestedAt: Date;

  /** The instant that it is about; null until it is made. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  asOf: Date | null;

  /** SHA-256 over the canonical JSON of the content. */
  @ApiProperty({ type: String, nullable: true })
  sha256: string | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  submittedBy: PersonRef | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  submittedAt: Date | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  acknowledgedBy: PersonRef | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  acknowledgedAt: Date | null;

  /** What the caller may do with it now. */
  @ApiProperty({ enum: REPORT_STEPS, isArray: true })
  offered: ReportStep[];
}

export class ReportPage {
  items: ReportSummary[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export class ReportCommentResponse {
  id: string;
  author: PersonRef;

  @ApiProperty({ type: String, format: 'date-time' })
  at: Date;

  text: string;
}

/** A report with what it says. */
export class ReportResponse extends ReportSummary {
  /** Null until it is made. */
  @ApiProperty({ type: ReportContent, nullable: true })
  content: ReportContent | null;

  /** The people whose ids stand in the content, by the names of now. */
  people: PersonRef[];

  /** The oldest first. */
  comments: ReportCommentResponse[];
}
