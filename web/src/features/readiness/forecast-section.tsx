import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Forecast } from '../../api/types';
import { useFormat } from '../../ui/format/format';
import { Section } from '../../ui/page';
import { DataTable, type Column } from '../../ui/table';
import { forecastQuery } from './readiness-queries';

const EVENTS = 4;
const DAY_MS = 86_400_000;

type Row = Forecast['tiers'][number];

/** A curve in steps: from a day on so many systems are not ready, until the next day on which more fall. */
function Curve({ points, total }: { points: Row['points']; total: number }) {
  const dayOf = (on: string) => Date.parse(on) / DAY_MS;
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;
  const x = (on: string) => (100 * (dayOf(on) - dayOf(first.on))) / (dayOf(last.on) - dayOf(first.on));
  const y = (systems: number) => 40 - (38 * systems) / total;
  const path = points.map(({ on, notReady }) => `H${x(on)}V${y(notReady)}`).join('');
  return (
    <svg aria-hidden="true" viewBox="0 0 100 40" preserveAspectRatio="none" className="h-10 w-40 max-w-full bg-tint">
      <path d={`M0 40${path}V40Z`} className="fill-error opacity-25" />
      <path
        d={`M0 ${y(first.notReady)}${path}`}
        fill="none"
        className="stroke-error"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

/** What becomes of each tier if nobody acts, and which days and rules bring it about. */
export function ForecastSection({ organisationId }: { organisationId?: string | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const forecast = useQuery(forecastQuery(organisationId)).data;
  const rows = forecast?.tiers.filter(({ total }) => total > 0) ?? [];
  if (!forecast || rows.length === 0) return null;
  const where = organisationId ? { organisationId } : {};
  const columns: Column<Row>[] = [
    { key: 'tier', title: t('readiness.tier'), heads: true, cell: ({ tier }) => <b>{t(`domain:tier.${tier}`)}</b> },
    {
      key: 'now',
      title: t('forecast.now'),
      figure: true,
      cell: ({ points }) => format.number(points[0]?.notReady ?? 0),
    },
    {
      key: 'then',
      title: t('forecast.then', { date: format.date(forecast.until) }),
      figure: true,
      cell: ({ points, total }) => t('forecast.ofTotal', { count: points.at(-1)?.notReady ?? 0, total }),
    },
    { key: 'curve', title: t('forecast.curve'), cell: ({ points, total }) => <Curve points={points} total={total} /> },
    {
      key: 'events',
      title: t('forecast.events'),
      cell: ({ tier, events }) =>
        events.length === 0 ? (
          <span className="text-soft">{t('forecast.noEvents')}</span>
        ) : (
          <ul>
            {events.slice(0, EVENTS).map(({ on, ruleKey, ruleTitle, systems }) => (
              <li key={`${on} ${ruleKey}`}>
                <Link
                  to="/obligations"
                  search={{ ...where, tier, ruleKey, gating: 'true', dueBefore: on, sort: 'dueOn' }}
                  className="text-link inline-block min-h-6"
                >
                  {t('forecast.event', { date: format.date(on), rule: ruleTitle, count: systems })}
                </Link>
              </li>
            ))}
            {events.length > EVENTS && (
              <li className="text-soft">{t('forecast.more', { count: events.length - EVENTS })}</li>
            )}
          </ul>
        ),
    },
  ];
  return (
    <Section title={t('forecast.title')}>
      <p className="mb-3">{t('forecast.text', { date: format.date(forecast.until) })}</p>
      <div className="print-whole overflow-x-auto">
        <DataTable caption={t('forecast.title')} columns={columns} rows={rows} rowKey={({ tier }) => tier} />
      </div>
    </Section>
  );
}
