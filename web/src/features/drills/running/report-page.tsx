import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { DrillRunReport, RunStep } from '../../../api/types';
import { Tag } from '../../../ui/badge';
import { Button } from '../../../ui/button';
import { Notice } from '../../../ui/feedback';
import { useFormat } from '../../../ui/format/format';
import { Facts, PageHeader, Section } from '../../../ui/page';
import { DataTable } from '../../../ui/table';
import { LoadedPage } from '../../shell/loaded-page';
import { AsOpened } from '../before-it-begins';
import { runReportQuery } from '../drill-queries';
import { useMinutes } from '../minutes';
import { CheckHeld } from './run-check';
import { EventList } from './run-log';
import { WhyFailed } from './why-failed';

const route = getRouteApi('/shell/drill-runs/$runId/report');

/** A run as it was attested, for paper. */
export function ReportPage() {
  const { runId } = route.useParams();
  const report = useQuery(runReportQuery(runId));
  return <LoadedPage query={report}>{(found) => <Page found={found} />}</LoadedPage>;
}

function Page({ found: { report, readiness, sha256, intact } }: { found: DrillRunReport }) {
  const { t } = useTranslation();
  const format = useFormat();
  const minutes = useMinutes();
  const { drill, system, organisation, procedure } = report;
  const crumbs = [
    <Link key="drills" to="/drills" className="text-link">
      {t('drills.page')}
    </Link>,
    <Link key="run" to="/drill-runs/$runId" params={{ runId: report.id }} className="text-link">
      {drill.title}
    </Link>,
  ];
  return (
    <>
      <PageHeader
        title={t('runs.reportTitle', { title: drill.title })}
        crumbs={crumbs}
        actions={
          <Button icon="printer" onPress={() => window.print()}>
            {t('action.print')}
          </Button>
        }
      />
      {!intact && <Notice look="error" title={t('runs.notIntact')} />}
      <Section title={t('runs.result')}>
        <Facts
          facts={[
            [t('drills.system'), `${format.name(system)} (${system.code}) ・ ${format.name(organisation)}`],
            [t('drills.fields.type'), drill.type ? t(`domain:drillType.${drill.type}`) : t(`drillKind.${drill.kind}`)],
            [
              t('runs.outcome'),
              <div key="outcome">
                {report.outcome ? t(`domain:outcome.${report.outcome}`) : '—'}
                <WhyFailed of={report} />
              </div>,
            ],
            [t('runs.countedAs'), report.countsAs ? t(`domain:drillType.${report.countsAs}`) : t('runs.countsAsNone')],
            [t('runs.startedAt'), format.instant(report.startedAt)],
            [t('runs.finishedAt'), format.instant(report.finishedAt)],
            [
              t('runs.rta'),
              <AgainstTarget
                key="rta"
                value={report.rtaMinutes}
                target={report.rtoMinutes}
                missed={t('runs.overRto')}
              />,
            ],
            [
              t('runs.rpa'),
              <AgainstTarget
                key="rpa"
                value={report.rpaMinutes}
                target={report.rpoMinutes}
                missed={t('runs.overRpo')}
              />,
            ],
            [t('runs.pausedFor'), minutes(Math.ceil(report.pausedSeconds / 60))],
            [t('drills.timeBasis'), t(`timeBasis.${drill.timeBasis}`)],
            [t('runs.expectedValue'), report.checkExpected ?? '—'],
            [t('runs.checkObserved'), report.checkObserved ?? '—'],
            [t('runs.checkHeld'), <CheckHeld key="held" held={report.checkHeld} />],
            [t('runs.recoveryPointAt'), format.instant(report.recoveryPointAt)],
            [t('drills.fields.procedure'), procedure ? t('runs.procedureOf', procedure) : '—'],
            [t('runs.summary'), report.note ?? '—'],
            [t('runs.startedByName'), report.startedBy?.displayName ?? '—'],
            [t('runs.completedByName'), report.completedBy?.displayName ?? '—'],
            [
              t('runs.attestedByName'),
              t('runs.attestedBy', {
                name: report.attestedBy?.displayName ?? '—',
                at: format.instant(report.attestedAt),
              }),
            ],
          ]}
        />
      </Section>
      <AsOpened readiness={readiness} participants={report.participants} />
      <Section title={t('drills.fields.steps')}>
        <Steps steps={report.steps} />
      </Section>
      <Section title={t('runs.log')}>
        <EventList events={report.events} steps={report.steps} />
      </Section>
      <p className="text-[0.875rem] break-all">
        {t('runs.digest')} <code>{sha256}</code>
      </p>
    </>
  );
}

interface AgainstTargetProps {
  value: number | null;
  target: number | null;
  /** The words of a value above its target. */
  missed: string;
}

/** Minutes against their target, marked where they are more. */
function AgainstTarget({ value, target, missed }: AgainstTargetProps) {
  const { t } = useTranslation();
  const minutes = useMinutes();
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      {t('runs.against', { value: minutes(value), target: minutes(target) })}
      {value !== null && target !== null && value > target && <Tag look="late">{missed}</Tag>}
    </span>
  );
}

function Steps({ steps }: { steps: RunStep[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const minutes = useMinutes();
  return (
    <DataTable<RunStep>
      caption={t('drills.fields.steps')}
      rows={steps}
      rowKey={({ key }) => key}
      columns={[
        { key: 'title', title: t('runs.stepTitle'), heads: true, cell: ({ title }) => title },
        { key: 'status', title: t('drills.status'), cell: ({ status }) => t(`stepStatus.${status}`) },
        {
          key: 'planned',
          title: t('drills.plannedTime'),
          figure: true,
          cell: ({ plannedMinutes }) => minutes(plannedMinutes),
        },
        { key: 'started', title: t('runs.startedAt'), cell: ({ startedAt }) => format.instant(startedAt) },
        { key: 'ended', title: t('runs.finishedAt'), cell: ({ endedAt }) => format.instant(endedAt) },
        {
          key: 'who',
          title: t('runs.who'),
          cell: ({ endedBy, startedBy }) => (endedBy ?? startedBy)?.displayName ?? '—',
        },
        { key: 'why', title: t('waivers.why'), cell: ({ skipReason }) => skipReason ?? '' },
      ]}
    />
  );
}
