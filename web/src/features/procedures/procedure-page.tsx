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
          <SignOff />
          <Decision systemId={systemId} version={data} />
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
