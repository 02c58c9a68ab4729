import { useTranslation } from 'react-i18next';
import type { Improvement, PartOfImprovement } from '../../api/types';
import { Tag } from '../../ui/badge';
import { Progress } from '../../ui/feedback';

const LOOK = { OPEN: 'none', IN_PROGRESS: 'soon', CLOSED: 'met', CANCELLED: 'none' } as const;

/** The status of an item in a word, and whether it is overdue. */
export function ImprovementTag({ status, overdue = false }: Pick<PartOfImprovement, 'status'> & { overdue?: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <Tag look={LOOK[status]}>{t(`domain:improvementStatus.${status}`)}</Tag>
      {overdue && <Tag look="late">{t('improvements.overdue')}</Tag>}
    </>
  );
}

/** How much of an item is done, as last reported: in words, and as a bar. */
export function HowFar({ percent }: Pick<Improvement, 'percent'>) {
  const { t } = useTranslation();
  if (percent === null) return <span className="text-soft">{t('improvements.notReported')}</span>;
  return <Progress label={t('improvements.progress')} value={percent} max={100} />;
}
