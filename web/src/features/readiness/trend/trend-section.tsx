import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Trend, TrendDay } from '../../../api/readiness-types';
import type { Tier } from '../../../api/types';
import { EmptyState, Loaded } from '../../../ui/feedback';
import { SelectField } from '../../../ui/form/choice';
import { plusDays, useFormat } from '../../../ui/format/format';
import { Section } from '../../../ui/page';
import { DataTable, type Column } from '../../../ui/table';
import { TrendChart, pointsOf } from './trend-chart';
import { trendQuery } from './trend-queries';

const route = getRouteApi('/shell/');
const TIERS: Tier[] = ['HIGH', 'MODERATE', 'LOW'];
const SPANS = ['30', '90', '365'] as const;
type Span = (typeof SPANS)[number];

/** How readiness went over the last days, as it was frozen: a chart for each tier, and the figures behind it. */
export function TrendSection({ to }: { to: string }) {
  const { t } = useTranslation();
  const { organisationId, trend } = route.useSearch();
  const navigate = route.useNavigate();
  const span = SPANS.find((days) => days === trend) ?? '90';
  const query = useQuery(trendQuery({ organisationId, from: plusDays(to, -Number(span)), to }));
  return (
    <Section
      title={t('trend.title')}
      aside={
        <div className="no-print w-40">
          <SelectField
            quiet
            name="trend"
            label={t('trend.span')}
            empty={null}
            value={span}
            onChange={(days: Span | '') => void navigate({ search: (old) => ({ ...old, trend: days || undefined }) })}
            options={SPANS.map((value) => ({ value, label: t(`trend.days${value}`) }))}
          />
        </div>
      }
    >
      <Loaded query={query}>{(data) => <Days trend={data} />}</Loaded>
    </Section>
  );
}

function Days({ trend }: { trend: Trend }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { firstOn, days } = trend;
  if (!firstOn) return <EmptyState title={t('trend.none')}>{t('trend.tonight')}</EmptyState>;
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last)
    return <EmptyState title={t('trend.noneHere')}>{t('trend.firstOn', { date: format.date(firstOn) })}</EmptyState>;
  const madeUp = days.filter((day) => day.madeUp).length;
  const missing = Math.round((Date.parse(last.on) - Date.parse(first.on)) / 86_400_000) + 1 - days.length;
  return (
    <>
      <p className="mb-3">
        {t('trend.text', { first: format.date(first.on), last: format.date(last.on) })}
        {missing > 0 && ` ${t('trend.missing', { count: missing })}`}
        {madeUp > 0 && ` ${t('trend.madeUp', { count: madeUp })}`}
      </p>
      <div className="grid gap-x-8 gap-y-6 md:grid-cols-2 xl:grid-cols-3">
        {TIERS.map((tier) => ({ tier, points: pointsOf(days, tier) }))
          .filter(({ points }) => points.some(({ total }) => total > 0))
          .map(({ tier, points }) => (
            <TrendChart key={tier} tier={tier} points={points} from={first.on} to={last.on} />
          ))}
      </div>
      <details className="mt-4 not-open:print:hidden">
        <summary className="text-link inline-flex min-h-11 cursor-pointer items-center">{t('trend.figures')}</summary>
        <div className="print-whole overflow-x-auto">
          <Figures days={days} />
        </div>
      </details>
    </>
  );
}

/** The days behind the charts, the latest first. */
function Figures({ days }: { days: readonly TrendDay[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns: Column<TrendDay>[] = [
    {
      key: 'on',
      title: t('trend.day'),
      heads: true,
      cell: ({ on, frozenAt, madeUp }) => (
        <>
          <span className="block">{format.date(on)}</span>
          <span className="block text-[0.8125rem] font-400 text-soft">
            {t(madeUp ? 'trend.madeUpAt' : 'trend.frozenAt', { at: format.instant(frozenAt) })}
          </span>
        </>
      ),
    },
    ...TIERS.map((tier): Column<TrendDay> => ({
      key: tier,
      title: t('tier.label', { tier: t(`domain:tier.${tier}`) }),
      cell: (day) => {
        const [point] = pointsOf([day], tier);
        if (!point || point.total === 0) return <span className="text-soft">—</span>;
        return t('trend.cell', { ready: point.ready, total: point.total, notReady: point.notReady });
      },
    })),
  ];
  return (
    <DataTable caption={t('trend.figures')} columns={columns} rows={[...days].reverse()} rowKey={({ on }) => on} />
  );
}
