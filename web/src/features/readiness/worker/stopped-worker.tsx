import { queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { SweepStateResponse } from '../../../api/generated/types.gen';
import { Notice } from '../../../ui/feedback';
import { useFormat } from '../../../ui/format/format';

const sweepQuery = queryOptions({
  queryKey: ['readiness', 'sweep'],
  queryFn: ({ signal }) => api.get<SweepStateResponse>('/readiness/sweep', {}, signal),
  staleTime: 60_000,
});

/** Says that nobody runs what goes by the clock, since when, and what that means for the figures; nothing while all is well. */
export function StoppedWorker() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useQuery(sweepQuery);
  if (!data?.stopped) return null;
  return (
    <div className="mb-6">
      <Notice look="error" title={t('stoppedWorker.title')}>
        <p>
          {data.lastRanAt ? t('stoppedWorker.since', { at: format.instant(data.lastRanAt) }) : t('stoppedWorker.never')}
        </p>
        <p>{t('stoppedWorker.means')}</p>
      </Notice>
    </div>
  );
}
