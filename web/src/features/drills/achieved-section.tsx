import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Achieved, AchievedPoint, AchievedSummary } from '../../api/types';
import { Tag } from '../../ui/badge';
import { EmptyState, Loaded } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { Section } from '../../ui/page';
import { DataTable } from '../../ui/table';
import { achievedQuery } from './drill-queries';
import { useMinutes } from './minutes';

/** What a system has really achieved, against what is claimed. */
export function AchievedSection({ systemId }: { systemId: string }) {
  const { t } = useTranslation();
  const achieved = useQuery(achievedQuery(systemId));
  return (
    <Section title={t('achieved.title')}>
      <Loaded query={achieved}>
        {(found) => (
          <>
            <div className="mb-4 grid gap-4 sm:grid-cols-2">
              <Figure title={t('achieved.rta')} target={found.rtoMinutes} summary={found.rta} />
              <Figure title={t('achieved.rpa')} target={found.rpoMinutes} summary={found.rpa} />
            </div>
            {found.items.length === 0 ? (
              <EmptyState title={t('achieved.never')}>{t('achieved.neverText')}</EmptyState>
            ) : (
              <Points items={found.items} />
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
}

function Figure({ title, target, summary }: { title: string; target: number | null; summary: AchievedSummary }) {
  const { t } = useTranslation();
  const minutes = useMinutes();
  const { measured, last, best, worst, trend, withinTarget } = summary;
  const claimed = target === null ? t('achieved.claimsNothing') : t('achieved.claimed', { target: minutes(target) });
  return (
    <div className="card grid gap-1">
      <h3>{title}</h3>
      <p>
        {measured === 0
          ? t('achieved.claimedNever', { claimed })
          : t('achieved.claimedBest', { claimed, best: minutes(best) })}
      </p>
      {measured > 0 && (
        <>
          <p className="flex flex-wrap gap-x-4">
            <span>{t('achieved.last', { time: minutes(last) })}</span>
            <span>{t('achieved.worst', { time: minutes(worst) })}</span>
            <span>{t('achieved.measured', { count: measured })}</span>
          </p>
          <p className="flex flex-wrap gap-2">
            {withinTarget !== null && (
              <Tag look={withinTarget ? 'met' : 'late'}>{t(withinTarget ? 'achieved.within' : 'achieved.beyond')}</Tag>
            )}
            {trend && <Tag>{t(`achieved.trend.${trend}`)}</Tag>}
          </p>
        </>
      )}
      {measured === 0 && (
        <p>
          <Tag look="soon">{t('achieved.never')}</Tag>
        </p>
      )}
    </div>
  );
}

function Points({ items }: { items: Achieved['items'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const minutes = useMinutes();
  return (
    <DataTable<AchievedPoint>
      caption={t('achieved.title')}
      rows={items}
      rowKey={({ id }) => id}
      columns={[
        { key: 'at', title: t('achieved.at'), heads: true, cell: ({ at }) => format.instant(at) },
        { key: 'source', title: t('achieved.source'), cell: (point) => <Source point={point} /> },
        { key: 'rta', title: t('achieved.rtaShort'), figure: true, cell: ({ rtaMinutes }) => minutes(rtaMinutes) },
        { key: 'rpa', title: t('achieved.rpaShort'), figure: true, cell: ({ rpaMinutes }) => minutes(rpaMinutes) },
        { key: 'basis', title: t('drills.timeBasis'), cell: ({ timeBasis }) => t(`timeBasis.${timeBasis}`) },
        { key: 'outcome', title: t('achieved.outcome'), cell: ({ outcome }) => t(`domain:outcome.${outcome}`) },
      ]}
    />
  );
}

function Source({ point: { source, drillType, runId } }: { point: AchievedPoint }) {
  const { t } = useTranslation();
  const words =
    source === 'OUTAGE'
      ? t('drillKind.OUTAGE')
      : source === 'DRILL' && drillType
        ? t(`domain:drillType.${drillType}`)
        : t(`domain:evidenceKind.${source}`);
  if (!runId) return words;
  return (
    <Link to="/drill-runs/$runId" params={{ runId }} className="text-link inline-flex min-h-6 items-center">
      {words}
    </Link>
  );
}
