import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { Affected, DrillRun } from '../../../api/types';
import { TierBadge } from '../../../ui/badge';
import { Button, LinkButton } from '../../../ui/button';
import { ConfirmDialog, Dialog } from '../../../ui/dialog';
import { Notice, ProblemNotice } from '../../../ui/feedback';
import { useFormat } from '../../../ui/format/format';
import { PageHeader, Section } from '../../../ui/page';
import { AffectedList } from '../../evidence/affected-list';
import { LoadedPage } from '../../shell/loaded-page';
import { AsOpened } from '../before-it-begins';
import { DriftNotice } from '../drift-notice';
import { drillQuery, refreshDrills, runQuery } from '../drill-queries';
import { CompleteDialog } from './complete-dialog';
import { ReasonDialog } from './reason-dialog';
import { RunCheck } from './run-check';
import { WhyFailed } from './why-failed';
import { RunClock } from './run-clock';
import { RunLog } from './run-log';
import { RunSteps } from './run-steps';
import { useRunEvents } from './use-run-events';

const route = getRouteApi('/shell/drill-runs/$runId');
const OPEN: readonly DrillRun['status'][] = ['PREPARING', 'RUNNING', 'COMPLETED'];

/** A run as it goes on: the clock, the steps, the notes. */
export function RunPage() {
  const { runId } = route.useParams();
  const run = useQuery(runQuery(runId));
  return <LoadedPage query={run}>{(value) => <Page run={value} answeredAt={run.dataUpdatedAt} />}</LoadedPage>;
}

function Page({ run, answeredAt }: { run: DrillRun; answeredAt: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isOpen = OPEN.includes(run.status);
  const isConnected = useRunEvents(run.id, isOpen);
  const drill = useQuery(drillQuery(run.drill.id)).data?.value;
  const { system } = run;
  const asOpened = <AsOpened readiness={run.readiness} participants={run.participants} />;
  const crumbs = [
    <Link key="drills" to="/drills" className="text-link">
      {t('drills.page')}
    </Link>,
    <Link key="drill" to="/drills/$drillId" params={{ drillId: run.drill.id }} className="text-link">
      {run.drill.title}
    </Link>,
  ];
  return (
    <>
      <PageHeader title={t('runs.title', { title: run.drill.title })} crumbs={crumbs} actions={<Actions run={run} />}>
        <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-[0.9375rem]">
          <span>{run.drill.type ? t(`domain:drillType.${run.drill.type}`) : t(`drillKind.${run.drill.kind}`)}</span>
          <TierBadge tier={system.tier} />
          <span>{format.name(system)}</span>
        </p>
      </PageHeader>
      <div role="status">
        {isOpen && !isConnected && (
          <div className="mb-4">
            <Notice look="warning" title={t('runs.disconnected')}>
              {t('runs.disconnectedText')}
            </Notice>
          </div>
        )}
      </div>
      <Outcome run={run} />
      <RunClock key={answeredAt} run={run} answeredAt={answeredAt} />
      {drill && <DriftNotice drift={drill.drift} drilled={drill.procedure} systemId={system.id} />}
      {run.status === 'PREPARING' && asOpened}
      <div className="grid gap-x-8 lg:grid-cols-[3fr_2fr]">
        <Section title={t('drills.fields.steps')}>
          <RunSteps run={run} />
        </Section>
        <div>
          <RunCheck run={run} />
          <Section title={t('runs.log')}>
            <RunLog run={run} />
          </Section>
          {run.status !== 'PREPARING' && asOpened}
        </div>
      </div>
    </>
  );
}

/** How it ended, or that it waits for somebody to attest it. */
function Outcome({ run }: { run: DrillRun }) {
  const { t } = useTranslation();
  const { status, outcome, countsAs, drill } = run;
  if (status === 'ABANDONED')
    return (
      <div className="mb-6">
        <Notice look="warning" title={t('runStatus.ABANDONED')}>
          {run.endReason}
        </Notice>
      </div>
    );
  if (!outcome) return null;
  const counts =
    drill.kind === 'OUTAGE' || !countsAs
      ? t('runs.countsAsNone')
      : t('runs.countsAs', { type: t(`domain:drillType.${countsAs}`) });
  return (
    <div className="mb-6">
      <Notice look={outcome === 'PASSED' ? 'success' : 'warning'} title={t(`domain:outcome.${outcome}`)}>
        <WhyFailed of={run} />
        <p>{counts}</p>
        {status === 'COMPLETED' && (
          <p>{t(run.offered.includes('attest') ? 'runs.waitsForYou' : 'runs.waitsForOther')}</p>
        )}
      </Notice>
    </div>
  );
}

type Asked = 'complete' | 'abandon' | 'attest' | 'affected';

function Actions({ run }: { run: DrillRun }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asked, setAsked] = useState<Asked | null>(null);
  const path = `/drill-runs/${run.id}`;
  const clock = useMutation({
    mutationFn: (act: 'begin' | 'pause' | 'resume') => api.post(`${path}/${act}`, act === 'pause' ? {} : undefined),
    onSettled: () => refreshDrills(client),
  });
  const attest = useMutation({
    mutationFn: () => api.post<{ affected: Affected[] }>(`${path}/attest`, undefined),
    onSuccess: () => {
      setAsked('affected');
      void refreshDrills(client);
    },
    onError: () => setAsked(null),
  });
  const offers = (act: DrillRun['offered'][number]) => run.offered.includes(act);
  return (
    <>
      {(['begin', 'pause', 'resume'] as const).filter(offers).map((act) => (
        <Button
          key={act}
          look={act === 'pause' ? 'secondary' : 'primary'}
          isPending={clock.isPending}
          onPress={() => clock.mutate(act)}
        >
          {t(`runs.${act}`)}
        </Button>
      ))}
      {offers('complete') && (
        <Button look="primary" onPress={() => setAsked('complete')}>
          {t('runs.complete')}
        </Button>
      )}
      {offers('attest') && (
        <Button look="primary" onPress={() => setAsked('attest')}>
          {t('runs.attest')}
        </Button>
      )}
      {offers('abandon') && (
        <Button look="danger" onPress={() => setAsked('abandon')}>
          {t('runs.abandon')}
        </Button>
      )}
      {run.status === 'ATTESTED' && (
        <LinkButton icon="printer" to="/drill-runs/$runId/report" params={{ runId: run.id }}>
          {t('runs.report')}
        </LinkButton>
      )}
      {(clock.error ?? attest.error) && <ProblemNotice error={clock.error ?? attest.error} />}
      {asked === 'complete' && <CompleteDialog run={run} onClose={() => setAsked(null)} />}
      {asked === 'abandon' && (
        <ReasonDialog
          title={t('runs.abandonTitle')}
          submit={t('runs.abandon')}
          path={`${path}/abandon`}
          onClose={() => setAsked(null)}
        />
      )}
      {asked === 'attest' && (
        <ConfirmDialog
          title={t('runs.attestTitle')}
          confirm={t('runs.attest')}
          look="primary"
          pending={attest.isPending}
          onConfirm={() => attest.mutate()}
          onCancel={() => setAsked(null)}
        >
          <p>{t('runs.attestText')}</p>
        </ConfirmDialog>
      )}
      {asked === 'affected' && attest.data && (
        <Dialog title={t('runs.attested')} onClose={() => setAsked(null)}>
          <AffectedList done={t('runs.attested')} affected={attest.data.affected} />
        </Dialog>
      )}
    </>
  );
}
