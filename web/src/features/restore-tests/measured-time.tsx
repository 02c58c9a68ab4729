import { useTranslation } from 'react-i18next';
import type { Outcome } from '../../api/types';
import { Tag } from '../../ui/badge';
import { useMinutes } from '../drills/minutes';

interface MeasuredTimeProps {
  minutes: number;
  rtoMinutes: number | null;
  /** How the test went, once that is known: what recovered nothing was not in time. */
  outcome?: Outcome;
}

/** How long a recovery took, beside the objective of the system. */
export function MeasuredTime({ minutes, rtoMinutes, outcome }: MeasuredTimeProps) {
  const { t } = useTranslation();
  const words = useMinutes();
  const isWithin = rtoMinutes !== null && minutes <= rtoMinutes;
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <b>{words(minutes)}</b>
      {rtoMinutes === null ? (
        <span className="text-soft">{t('restoreTest.noRto')}</span>
      ) : (
        <>
          <span>{t('restoreTest.rto', { rto: words(rtoMinutes) })}</span>
          {!(isWithin && outcome === 'FAILED') && (
            <Tag look={isWithin ? 'met' : 'late'}>{t(isWithin ? 'restoreTest.within' : 'restoreTest.beyond')}</Tag>
          )}
        </>
      )}
    </span>
  );
}
