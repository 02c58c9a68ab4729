import type { ExportedList } from '../../../audit/exports/list-export';
import type { ReportSummary } from '../dto/report.response';

/** The reports as a file, in the order of their page. */
export const REPORTS_EXPORT: ExportedList<ReportSummary> = {
  name: 'reports',
  columns: [
    { key: 'periodKind', words: 'periodKind', value: ({ periodKind }) => periodKind },
    { key: 'startsOn', value: ({ startsOn }) => startsOn },
    { key: 'endsOn', value: ({ endsOn }) => endsOn },
    {
      key: 'organisation',
      value: ({ organisation }, { locale }) => (locale === 'en' && organisation.nameEn) || organisation.name,
    },
    { key: 'version', value: ({ version }) => version },
    { key: 'status', words: 'reportStatus', value: ({ status }) => status },
    { key: 'askedBy', value: ({ requestedBy }) => requestedBy?.displayName },
    { key: 'askedAt', value: ({ requestedAt }) => requestedAt },
    { key: 'standingAt', value: ({ asOf }) => asOf },
    { key: 'submittedBy', value: ({ submittedBy }) => submittedBy?.displayName },
    { key: 'submittedAt', value: ({ submittedAt }) => submittedAt },
    { key: 'acknowledgedBy', value: ({ acknowledgedBy }) => acknowledgedBy?.displayName },
    { key: 'acknowledgedAt', value: ({ acknowledgedAt }) => acknowledgedAt },
    { key: 'sha256', value: ({ sha256 }) => sha256 },
  ],
};
