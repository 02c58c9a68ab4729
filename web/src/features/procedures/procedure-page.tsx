import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LoadedPage } from '../shell/loaded-page';
import { api } from '../../api/client';
import type { Affected, ProcedureVersion } from '../../api/types';
import { Tag } from '../../ui/badge';
import { Button, LinkButton } from '../../ui/button';
import { Notice, ProblemNotice } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { now } from '../../ui/format/now';
import { useRunningHeader } from '../../ui/format/running-header';
import { TextField } from '../../ui/form/field';
import { PageHeader, Section } from '../../ui/page';
import { History } from '../audit/history';
import { AffectedList } from '../evidence/affected-list';
import { useAllowed } from '../systems/use-allowed';
import { refreshSystem, systemQuery } from '../systems/system-queries';
import { VersionDiff } from './version-diff';
import { ProcedureText } from './procedure-text';
import { SignOff } from './sign-off';
import { procedureVersionQuery } from './procedure-queries';

const route = getRouteApi('/shell/systems/$systemId/procedures/$versionId');

export function ProcedurePage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { systemId, versionId } = route.useParams();
  const version = useQuery(procedureVersionQuery(versionId));
  const system = useQuery(systemQuery(systemId)).data?.value;
  const crumbs = [
    <Link key="systems" to="/systems" className="text-link">
      {t('systems.title')}
    </Link>,
    <Link
      key="system"
      to="/systems/$systemId"
      params={{ systemId }}
      search={{ tab: 'procedures' }}
      className="text-link"
    >
      {system ? format.name(system) : '…'}
    </Link>,
  ];
  return (
    <LoadedPage query={version}>
      {(data) => (
        <>
          <PageHeader title={data.title} crumbs={crumbs} actions={<Actions systemId={systemId} version={data} />}>
            <p className="mt-1 flex flex-wrap items-center gap-3">
              {t('procedures.version', { version: data.version })}
              <Tag look={data.status === 'APPROVED' ? 'met' : 'soon'}>{t(`procedureStatus.${data.status}`)}</Tag>
              {data.approvedAt &&
                t('procedures.approvedBy', {
                  name: data.approvedBy?.displayName ?? '—',
                  at: format.instant(data.approvedAt),
                })}
            </p>
          </PageHeader>
          <RunningHeader version={data} systemName={system ? format.name(system) : ''} />
          <SignOff />
          <LastDrill version={data} />
          <div className="no-print">
            <Decision systemId={systemId} version={data} />
          </div>
          {data.status !== 'APPROVED' && data.status !== 'SUPERSEDED' && <VersionDiff versionId={data.id} />}
          <ProcedureText version={data} rto={system?.rto ?? null} />
          <div className="no-print">
            <Section title={t('audit.history')}>
              <History systemId={systemId} recordId={versionId} />
            </Section>
          </div>
        </>
      )}
    </LoadedPage>
  );
}

/** On each sheet: of which system, which version, approved by whom, and as of when. */
function RunningHeader({ version, systemName }: { version: ProcedureVersion; systemName: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const approval = version.approvedAt
    ? t('procedures.approvedBy', {
        name: version.approvedBy?.displayName ?? '—',
        at: format.instant(version.approvedAt),
      })
    : t(`procedureStatus.${version.status}`);
  useRunningHeader(
    [
      systemName,
      version.title,
      t('procedures.version', { version: version.version }),
      approval,
      t('readiness.asOf', { at: format.instant(now()) }),
    ]
      .filter(Boolean)
      .join(' ／ '),
  );
  return null;
}

/** The version in force has not been drilled yet: the last drill followed another, or none. */
function LastDrill({ version: { status, version, lastDrill } }: { version: ProcedureVersion }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (status !== 'APPROVED' || !lastDrill || lastDrill.version === version) return null;
  const date = format.date(lastDrill.performedOn);
  return (
    <div className="mb-6">
      <Notice look="warning" title={t('procedures.drilledOlder')}>
        {lastDrill.version === null
          ? t('procedures.drilledBefore', { date })
          : t('procedures.drilledVersion', { date, drilled: lastDrill.version, version })}
      </Notice>
    </div>
  );
}

function Actions({ systemId, version }: { systemId: string; version: ProcedureVersion }) {
  const { t } = useTranslation();
  const may = useAllowed(systemId);
  return (
    <>
      {may('procedures:write') && (
        <LinkButton to="/systems/$systemId/procedures/$versionId/edit" params={{ systemId, versionId: version.id }}>
          {t('procedures.revise')}
        </LinkButton>
      )}
      <Button icon="printer" onPress={() => window.print()}>
        {t('action.print')}
      </Button>
    </>
  );
}

type Step = 'submit' | 'approve' | 'return';

/** The next step of a version on its way into force. The approver is neither its author nor who submitted it. */
function Decision({ systemId, version }: { systemId: string; version: ProcedureVersion }) {
  const { t } = useTranslation();
  const may = useAllowed(systemId);
  const client = useQueryClient();
  const [comment, setComment] = useState('');
  const [affected, setAffected] = useState<Affected[] | null>(null);
  const decide = useMutation({
    mutationFn: (step: Step) =>
      api.post<{ affected?: Affected[] } | undefined>(
        `/procedure-versions/${version.id}/${step}`,
        comment ? { comment } : {},
      ),
    onSuccess: (answer) => {
      setAffected(answer?.affected ?? null);
      void refreshSystem(client);
    },
  });
  const button = (step: Step, look: 'primary' | 'secondary') => (
    <Button look={look} isPending={decide.isPending && decide.variables === step} onPress={() => decide.mutate(step)}>
      {t(`procedures.${step}`)}
    </Button>
  );
  const draft = version.status === 'DRAFT' || version.status === 'RETURNED';
  const submitted = version.status === 'SUBMITTED';
  if (affected) {
    return (
      <div className="mb-8">
        <AffectedList done={t('procedures.approved')} affected={affected} />
      </div>
    );
  }
  if (!draft && !submitted) return null;
  return (
    <Section title={t('procedures.decision')}>
      <div className="card no-print grid gap-4">
        <p>{t(draft ? 'procedures.draftText' : 'procedures.submittedText')}</p>
        {version.comment && <Notice title={t('procedures.comment')}>{version.comment}</Notice>}
        {decide.error && <ProblemNotice error={decide.error} />}
        {draft && may('procedures:write') && <div>{button('submit', 'primary')}</div>}
        {submitted && may('procedures:approve') && !version.ownRequest && (
          <>
            <TextField name="comment" label={t('procedures.comment')} value={comment} onChange={setComment} rows={2} />
            <div className="flex flex-wrap gap-2">
              {button('approve', 'primary')}
              {button('return', 'secondary')}
            </div>
          </>
        )}
      </div>
    </Section>
  );
}
