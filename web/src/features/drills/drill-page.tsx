import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Drill, DrillRun } from '../../api/types';
import { Tag, TierBadge } from '../../ui/badge';
import { Button, LinkButton } from '../../ui/button';
import { Loaded, Notice, ProblemNotice } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { Facts, PageHeader, Section } from '../../ui/page';
import { announce } from '../../ui/toast';
import { HistoryButton } from '../audit/history';
import { LoadedPage } from '../shell/loaded-page';
import { ParticipantList, ReadinessList } from './before-it-begins';
import { CancelDrillDialog } from './planning/cancel-drill-dialog';
import { drillQuery, drillReadinessQuery, refreshDrills } from './drill-queries';
import { DriftNotice } from './drift-notice';
import { useMinutes } from './minutes';

const route = getRouteApi('/shell/drills/$drillId');

export function DrillPage() {
  const { drillId } = route.useParams();
  const drill = useQuery(drillQuery(drillId));
  return <LoadedPage query={drill}>{({ value }) => <Page drill={value} />}</LoadedPage>;
}

function Page({ drill }: { drill: Drill }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { system, status, type, kind } = drill;
  const crumbs = [
    <Link key="drills" to="/drills" className="text-link">
      {t('drills.page')}
    </Link>,
    <Link
      key="system"
      to="/systems/$systemId"
      params={{ systemId: system.id }}
      search={{ tab: 'drills' }}
      className="text-link"
    >
      {format.name(system)}
    </Link>,
  ];
  return (
    <>
      <PageHeader title={drill.title} crumbs={crumbs} actions={<Actions drill={drill} />}>
        <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-[0.9375rem]">
          <Tag look={status === 'HELD' ? 'met' : status === 'UNDER_WAY' ? 'soon' : 'none'}>
            {t(`drillStatus.${status}`)}
          </Tag>
          <span>{type ? t(`domain:drillType.${type}`) : t(`drillKind.${kind}`)}</span>
          <TierBadge tier={system.tier} />
          <span>{format.name(system)}</span>
        </p>
      </PageHeader>
      {drill.cancelReason && (
        <Notice look="warning" title={t('drills.cancelledBy', { name: drill.cancelledBy?.displayName ?? '—' })}>
          {drill.cancelReason}
        </Notice>
      )}
      <DriftNotice drift={drill.drift} drilled={drill.procedure} systemId={system.id} />
      {status === 'PLANNED' && <Readiness drillId={drill.id} />}
      <Plan drill={drill} />
      <Participants drill={drill} />
      <Runs drill={drill} />
    </>
  );
}

function Actions({ drill }: { drill: Drill }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [cancelling, setCancelling] = useState(false);
  const acknowledge = useMutation({
    mutationFn: () => api.post(`/drills/${drill.id}/acknowledge`, undefined),
    onSuccess: () => {
      announce(t('drills.acknowledged'));
      void refreshDrills(client);
    },
  });
  const open = useMutation({
    mutationFn: () => api.post<DrillRun>(`/drills/${drill.id}/runs`, undefined),
    onSuccess: (run) => {
      void refreshDrills(client);
      void navigate({ to: '/drill-runs/$runId', params: { runId: run.id } });
    },
  });
  const { offered } = drill;
  return (
    <>
      {offered.includes('acknowledge') && (
        <Button look="primary" isPending={acknowledge.isPending} onPress={() => acknowledge.mutate()}>
          {t('drills.acknowledge')}
        </Button>
      )}
      {offered.includes('open') && (
        <Button
          look={offered.includes('acknowledge') ? 'secondary' : 'primary'}
          isPending={open.isPending}
          onPress={() => open.mutate()}
        >
          {t('drills.open')}
        </Button>
      )}
      {offered.includes('change') && (
        <LinkButton to="/drills/$drillId/edit" params={{ drillId: drill.id }}>
          {t('drills.change')}
        </LinkButton>
      )}
      {offered.includes('cancel') && (
        <Button look="danger" onPress={() => setCancelling(true)}>
          {t('drills.cancel')}
        </Button>
      )}
      <HistoryButton recordId={drill.id} name={drill.title} systemId={drill.system.id} />
      {(acknowledge.error ?? open.error) && <ProblemNotice error={acknowledge.error ?? open.error} />}
      {cancelling && <CancelDrillDialog drill={drill} onClose={() => setCancelling(false)} />}
    </>
  );
}

/** What is there and what is missing before it begins. */
function Readiness({ drillId }: { drillId: string }) {
  const { t } = useTranslation();
  const readiness = useQuery(drillReadinessQuery(drillId));
  return (
    <Section title={t('drills.readiness')}>
      <Loaded query={readiness}>
        {({ ready, items }) => (
          <>
            <p className="mb-2">{t(ready ? 'drills.ready' : 'drills.notReady')}</p>
            <ReadinessList items={items} />
          </>
        )}
      </Loaded>
    </Section>
  );
}

function Plan({ drill }: { drill: Drill }) {
  const { t } = useTranslation();
  const format = useFormat();
  const minutes = useMinutes();
  const { procedure, system, stepKeys } = drill;
  const version = procedure && (
    <Link
      to="/systems/$systemId/procedures/$versionId"
      params={{ systemId: system.id, versionId: procedure.versionId }}
      className="text-link inline-flex min-h-6 items-center"
    >
      {t('drills.versionOf', {
        title: procedure.title,
        version: procedure.version,
        status: t(`procedureStatus.${procedure.status}`),
      })}
    </Link>
  );
  return (
    <Section title={t('drills.planTitle')}>
      <Facts
        facts={[
          [t('drills.fields.scheduledAt'), format.instant(drill.scheduledAt)],
          [t('drills.plannedTime'), minutes(drill.plannedMinutes)],
          [t('drills.fields.procedure'), version ?? t('drills.fields.noProcedure')],
          [t('drills.fields.steps'), stepKeys ? stepKeys.join(', ') : t('drills.allSteps')],
          [t('drills.fields.checkExpected'), drill.checkExpected ?? '—'],
          [t('drills.fields.recurrence'), t(`recurrence.${drill.recurrence}`)],
          [t('drills.timeBasis'), t(`timeBasis.${drill.timeBasis}`)],
          [t('drills.plannedBy'), drill.plannedBy.displayName],
        ]}
      />
    </Section>
  );
}

function Participants({ drill: { participants } }: { drill: Drill }) {
  const { t } = useTranslation();
  if (participants.length === 0) return null;
  return (
    <Section title={t('drills.fields.participants')}>
      <ParticipantList participants={participants} />
    </Section>
  );
}

function Runs({ drill: { runs } }: { drill: Drill }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (runs.length === 0) return null;
  return (
    <Section title={t('drills.runs')}>
      <ul className="grid gap-2">
        {runs.map((run) => (
          <li key={run.id} className="flex flex-wrap items-center gap-3">
            <Link
              to="/drill-runs/$runId"
              params={{ runId: run.id }}
              className="text-link inline-flex min-h-6 items-center"
            >
              {t('drills.runOf', { at: format.instant(run.openedAt) })}
            </Link>
            <Tag look={run.status === 'ATTESTED' ? 'met' : 'none'}>{t(`runStatus.${run.status}`)}</Tag>
          </li>
        ))}
      </ul>
    </Section>
  );
}
