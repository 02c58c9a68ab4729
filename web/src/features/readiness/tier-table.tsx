import type { ReactNode } from 'react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { metCount } from '../../api/met-count';
import type { TierReadiness, TierRow, Verdict } from '../../api/types';
import { VERDICT_LOOK } from '../../ui/badge';
import { useFormat } from '../../ui/format/format';
import { Icon } from '../../ui/icon';
import { DataTable, type Column } from '../../ui/table';
import { ChangeCell } from './trend/change-cell';

/** The best first, as figures of a tier are read. */
export const VERDICTS: Verdict[] = ['READY', 'READY_WITH_WAIVERS', 'AT_RISK', 'NOT_READY', 'UNKNOWN'];

function PercentBar({ percent }: { percent: number }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 100 10" preserveAspectRatio="none" className="h-2.5 w-16 rounded-4 bg-line">
      <rect width={percent} height="10" className="fill-on-met" />
    </svg>
  );
}

export function VerdictHeading({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation('domain');
  return (
    <span className="inline-flex items-center gap-1">
      <Icon name={VERDICT_LOOK[verdict].icon} className="size-4" />
      {t(`verdict.${verdict}`)}
    </span>
  );
}

/** A link to a list, or the words alone for a day of the past: lists are of now. */
function Unless({
  past,
  link,
  children,
}: {
  past: boolean;
  link: (words: ReactNode) => ReactNode;
  children: ReactNode;
}) {
  return past ? <span className="whitespace-nowrap">{children}</span> : link(children);
}

/** Per tier: how many systems stand where, and how many of their obligations are met. Every figure leads to its list. */
export function TierTable({
  readiness,
  organisationId,
}: {
  readiness: TierReadiness;
  organisationId?: string | undefined;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const where = organisationId ? { organisationId } : {};

  const figure = (row: TierRow, count: number, verdict?: Verdict): ReactNode => {
    if (row.total === 0) return <span className="text-soft">—</span>;
    if (count === 0) return <span className="text-soft">0</span>;
    // Lists are of now, and would show others.
    if (readiness.on) return format.number(count);
    const search = { ...where, tier: row.tier, lifecycle: 'OPERATING', ...(verdict && { verdict }) };
    const bad = verdict === 'NOT_READY' ? 'font-700 text-error' : '';
    return (
      <Link
        to="/systems"
        search={search}
        className={`text-link inline-flex min-h-8 min-w-8 items-center justify-end ${bad}`}
      >
        {format.number(count)}
      </Link>
    );
  };

  const columns: Column<TierRow>[] = [
    { key: 'tier', title: t('readiness.tier'), heads: true, cell: (row) => <b>{t(`domain:tier.${row.tier}`)}</b> },
    { key: 'total', title: t('readiness.systems'), figure: true, cell: (row) => figure(row, row.total) },
    ...VERDICTS.map((verdict): Column<TierRow> => ({
      key: verdict,
      title: t(`domain:verdict.${verdict}`),
      header: <VerdictHeading verdict={verdict} />,
      figure: true,
      cell: (row) => figure(row, row.byVerdict[verdict], verdict),
    })),
    ...(readiness.changes.length > 0
      ? [
          {
            key: 'change',
            title: t('change.title'),
            cell: (row: TierRow) =>
              row.total === 0 ? (
                <span className="text-soft">—</span>
              ) : (
                <ChangeCell readiness={readiness} tier={row.tier} />
              ),
          },
        ]
      : []),
    {
      key: 'met',
      title: t('readiness.percentMet'),
      figure: true,
      cell: (row) =>
        row.total === 0 || row.percentMet === null ? (
          <span className="text-soft">—</span>
        ) : (
          <span className="inline-flex flex-wrap items-center justify-end gap-2">
            <Unless
              past={readiness.on !== null}
              link={(words) => (
                <Link
                  to="/obligations"
                  search={{ ...where, tier: row.tier }}
                  className="text-link min-h-6 whitespace-nowrap"
                >
                  {words}
                </Link>
              )}
            >
              {format.percent(row.percentMet)}
              <span className="ms-1 text-[0.8125rem]">
                {t('readiness.metOf', { met: metCount(row.obligations), applicable: row.obligations.applicable })}
              </span>
            </Unless>
            <PercentBar percent={row.percentMet} />
          </span>
        ),
    },
  ];
  return (
    <>
      <div className="print-whole overflow-x-auto">
        <DataTable
          caption={t('readiness.byTier')}
          columns={columns}
          rows={readiness.tiers}
          rowKey={({ tier }) => tier}
        />
      </div>
      <p className="mt-2 flex flex-wrap gap-x-4 text-[0.875rem] text-soft">
        {(['PLANNED', 'RETIRED'] as const).map((lifecycle) => (
          <Unless
            key={lifecycle}
            past={readiness.on !== null}
            link={(words) => (
              <Link
                to="/systems"
                search={{ ...where, lifecycle }}
                className="text-link inline-flex min-h-6 items-center"
              >
                {words}
              </Link>
            )}
          >
            {t('readiness.apart', {
              lifecycle: t(`domain:lifecycle.${lifecycle}`),
              count: lifecycle === 'PLANNED' ? readiness.planned : readiness.retired,
            })}
          </Unless>
        ))}
        {readiness.changes.map(({ period, on }) => (
          <span key={period} className="inline-flex min-h-6 items-center">
            {t(`change.since.${period}`, { date: format.date(on) })}
          </span>
        ))}
      </p>
    </>
  );
}
