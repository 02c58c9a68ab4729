import { useTranslation } from 'react-i18next';
import type { Assessment, System } from '../../api/types';
import { Notice } from '../../ui/feedback';
import { useDuration } from '../../ui/format/duration';

/** Says that the RTO of the system is longer than the stop that its impact analysis found bearable, whatever its MTD is. */
export function RtoAboveMtd({ system: { rto }, assessment }: { system: System; assessment: Assessment }) {
  const { t } = useTranslation();
  const duration = useDuration();
  if (!assessment.rtoAboveMtd || !rto || !assessment.mtd) return null;
  return (
    <Notice look="warning" title={t('importance.rtoAboveMtd')}>
      {t('importance.rtoAboveMtdText', { rto: duration(rto), stop: duration(assessment.mtd) })}
    </Notice>
  );
}
