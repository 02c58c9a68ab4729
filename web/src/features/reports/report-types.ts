import type { ReportedSystem, ReportedTurn, ReportResponse, ReportSummary } from '../../api/generated/types.gen';

export type Report = ReportResponse;
export type ReportListItem = ReportSummary;
export type ReportContent = NonNullable<ReportResponse['content']>;
export type ReportedDuty = Pick<ReportedTurn, 'obligationId' | 'system' | 'organisation' | 'ruleKey' | 'title'>;
export type { ReportedSystem };
