import { useTranslation } from 'react-i18next';
import { Tag } from '../../ui/badge';
import { useMinutes } from '../drills/minutes';

/** How long a recovery took, beside the objective of the system. */
export function MeasuredTime({ minutes, rtoMinutes }: { minutes: number; rtoMinutes: number | null }) {
  const { t } = useTranslation();
  const words = useMinutes();
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <b>{words(minutes)}</b>
      {rtoMinutes === null ? (
        <span className="text-soft">{t('restoreTest.noRto')}</span>
      ) : (
        <>
          <span>{t('restoreTest.rto', { rto: words(rtoMinutes) })}</span>
          <Tag look={minutes <= rtoMinutes ? 'met' : 'late'}>
            {t(minutes <= rtoMinutes ? 'restoreTest.within' : 'restoreTest.beyond')}
          </Tag>
        </>
      )}
    </span>
  );
}
