import { useTranslation } from 'react-i18next';
import type { Report } from './report-types';
import { Tag } from '../../ui/badge';
import { useFormat } from '../../ui/format/format';

const LOOK = {
  QUEUED: 'none',
  RUNNING: 'none',
  FAILED: 'late',
  DRAFT: 'soon',
  SUBMITTED: 'soon',
  ACKNOWLEDGED: 'met',
} as const;

/** The status of a report in a word. */
export function ReportTag({ status }: Pick<Report, 'status'>) {
  const { t } = useTranslation();
  return <Tag look={LOOK[status]}>{t(`reportStatus.${status}`)}</Tag>;
}

/** Words for the period and version of a report. */
export function usePeriod(): (report: Pick<Report, 'periodKind' | 'startsOn' | 'endsOn'>) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ periodKind, startsOn, endsOn }) =>
    t('reports.period', {
      kind: t(`domain:periodKind.${periodKind}`),
      from: format.date(startsOn),
      to: format.date(endsOn),
    });
}
