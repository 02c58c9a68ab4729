import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Report } from './report-types';
import { Button } from '../../ui/button';
import { ExportMenu } from '../../ui/export/export-menu';
import { Notice, ProblemNotice, Progress } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { Facts, PageHeader } from '../../ui/page';
import { announce } from '../../ui/toast';
import { SignOff } from '../procedures/sign-off';
import { LoadedPage } from '../shell/loaded-page';
import { Comments } from './comments';
import { isUnderWay, reportQuery } from './report-queries';
import { ReportSections } from './report-sections';
import { ReportTag, usePeriod } from './report-words';

const route = getRouteApi('/shell/reports/$reportId');

/** A report as it was frozen, for the screen and for paper. */
export function ReportPage() {
  const { reportId } = route.useParams();
  const report = useQuery(reportQuery(reportId));
  return <LoadedPage query={report}>{(data) => <Page key={reportId} report={data} />}</LoadedPage>;
}

function Page({ report }: { report: Report }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const format = useFormat();
  const period = usePeriod();
  const facts = useFacts(report);
  const { id, offered, content, status, sectionsDone, sectionsTotal } = report;
  const step = useMutation({
    mutationFn: (name: 'submit' | 'acknowledge') => api.post<Report>(`/reports/${id}/${name}`, {}),
    onSuccess: ({ status: reached }) => {
      announce(t(`reports.reached.${reached === 'ACKNOWLEDGED' ? 'acknowledged' : 'submitted'}`));
      void client.invalidateQueries({ queryKey: ['reports'] });
    },
  });
  const crumbs = [
    <Link key="reports" to="/reports" className="text-link">
      {t('reports.title')}
    </Link>,
  ];
  const steps = (['submit', 'acknowledge'] as const).filter((name) => offered.includes(name));
  return (
    <>
      <PageHeader
        title={t('reports.titleOf', { name: format.name(report.organisation), period: period(report) })}
        crumbs={crumbs}
        actions={
          <>
            {content && <ExportMenu path={`/reports/${id}`} filters={{}} />}
            {content && (
              <Button icon="printer" onPress={() => window.print()}>
                {t('action.print')}
              </Button>
            )}
            {steps.map((name) => (
              <Button key={name} look="primary" isPending={step.isPending} onPress={() => step.mutate(name)}>
                {t(`reports.${name}`)}
              </Button>
            ))}
          </>
        }
      >
        <p className="mt-1">
          <ReportTag status={status} />
        </p>
      </PageHeader>
      {step.error && <ProblemNotice error={step.error} />}
      {status === 'FAILED' && <Notice look="error" title={t('reports.failed')} />}
      {isUnderWay(report) && (
        <div className="max-w-prose" role="status">
          <Progress label={t('reports.underWay')} value={sectionsDone} max={sectionsTotal} />
        </div>
      )}
      {content && (
        <>
          <SignOff />
          <div className="mb-8">
            <Facts facts={facts} />
          </div>
          <ReportSections content={content} people={report.people} />
        </>
      )}
      {content && <Comments report={report} />}
      {report.sha256 && (
        <p className="text-[0.875rem] break-all">
          {t('reports.digest')} <code>{report.sha256}</code>
        </p>
      )}
    </>
  );
}

function useFacts(report: Report): [string, string][] {
  const { t } = useTranslation();
  const format = useFormat();
  const { content, requestedBy, submittedBy, acknowledgedBy } = report;
  const by = (name: string | undefined, at: string | null): string =>
    name ? t('reports.byAt', { name, at: format.instant(at) }) : '—';
  const asOf = format.instant(report.asOf);
  return [
    [t('reports.asOf'), content?.running ? t('reports.stillRunning', { asOf }) : asOf],
    [t('reports.version'), String(report.version)],
    [
      t('reports.requestedBy'),
      t('reports.byAt', {
        name: requestedBy?.displayName ?? t('reports.byCalendar'),
        at: format.instant(report.requestedAt),
      }),
    ],
    [t('reports.submittedBy'), by(submittedBy?.displayName, report.submittedAt)],
    [t('reports.acknowledgedBy'), by(acknowledgedBy?.displayName, report.acknowledgedAt)],
  ];
}
