import { useTranslation } from 'react-i18next';
import type { ReportContent } from './report-types';
import { useFormat } from '../../ui/format/format';
import { DataTable } from '../../ui/table';

const VERDICTS = ['READY', 'READY_WITH_WAIVERS', 'AT_RISK', 'NOT_READY', 'UNKNOWN'] as const;

/** The systems of each tier by verdict, with the difference to the end of the period before. */
export function Standing({ standing, before }: Pick<ReportContent, 'standing' | 'before'>) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!standing) return <p className="text-soft">{t('reports.notFrozen')}</p>;
  const then = new Map((before?.tiers ?? []).map((tier) => [tier.tier, tier]));
  const difference = (now: number, past: number | undefined): string =>
    past === undefined || now === past ? String(now) : `${now} (${now > past ? '+' : '−'}${Math.abs(now - past)})`;
  return (
    <>
      <p className="mb-2">
        {standing.on ? t('reports.standingOn', { on: format.date(standing.on) }) : t('reports.standingNow')}{' '}
        {before?.on ? t('reports.comparedWith', { on: format.date(before.on) }) : t('reports.notCompared')}
      </p>
      <DataTable
        caption={t('reports.standing')}
        rows={standing.tiers}
        rowKey={({ tier }) => `standing-${tier}`}
        columns={[
          { key: 'tier', title: t('reports.tier'), heads: true, cell: ({ tier }) => t(`domain:tier.${tier}`) },
          {
            key: 'total',
            title: t('reports.systems'),
            figure: true,
            cell: ({ tier, total }) => difference(total, then.get(tier)?.total),
          },
          ...VERDICTS.map((verdict) => ({
            key: verdict,
            title: t(`domain:verdict.${verdict}`),
            figure: true,
            cell: ({ tier, byVerdict }: ReportedTier) =>
              difference(byVerdict[verdict], then.get(tier)?.byVerdict[verdict]),
          })),
        ]}
      />
    </>
  );
}

type ReportedTier = NonNullable<ReportContent['standing']>['tiers'][number];
