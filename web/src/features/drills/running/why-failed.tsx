import { useTranslation } from 'react-i18next';
import type { DrillRun, DrillRunReport } from '../../../api/types';

type Judged = Pick<
  DrillRun & DrillRunReport['report'],
  'claimed' | 'outcome' | 'checkHeld' | 'rtaMinutes' | 'rtoMinutes'
>;

/** Why a run is a failure although those who ran it say something else. */
export function WhyFailed({ of: { claimed, outcome, checkHeld, rtaMinutes, rtoMinutes } }: { of: Judged }) {
  const { t } = useTranslation();
  if (outcome === claimed) return null;
  const isSlow = rtaMinutes !== null && rtoMinutes !== null && rtaMinutes > rtoMinutes;
  return (
    <>
      {checkHeld === false && <p>{t('runs.checkNotHeld')}</p>}
      {isSlow && <p>{t('runs.slower')}</p>}
    </>
  );
}
