import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { BackupRequirement, RequirementRuns } from '../../api/types';
import { Button } from '../../ui/button';
import { EmptyState, Loaded, Notice } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { PageHeader, Section } from '../../ui/page';
import { backupQuery } from '../backups/backup-queries';
import { NewestEvidence } from '../evidence/record/newest-evidence';
import { systemQuery } from '../systems/system-queries';
import { useAllowed } from '../systems/use-allowed';
import { InletCard } from './inlet-card';
import { inletsQuery, runsQuery } from './inlet-queries';
import { PointGauge } from './point-gauge';
import { RunCalendar } from './run-calendar';
import { ConnectDialog } from './writing/connect-dialog';

const route = getRouteApi('/shell/systems/$systemId/backups/$requirementId/runs');

/** How the backups of one requirement go: the age of the newest point, the days, and the tools that report. */
export function InletsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { systemId, requirementId } = route.useParams();
  const system = useQuery(systemQuery(systemId)).data?.value;
  const requirement = useQuery(backupQuery(requirementId));
  const runs = useQuery(runsQuery(requirementId));
  const crumbs = [
    <Link key="systems" to="/systems" className="text-link">
      {t('systems.title')}
    </Link>,
    <Link key="system" to="/systems/$systemId" params={{ systemId }} search={{ tab: 'backups' }} className="text-link">
      {system ? format.name(system) : '…'}
    </Link>,
  ];
  return (
    <Loaded query={requirement}>
      {({ value }) => (
        <>
          <PageHeader title={t('inlets.title', { dataset: value.dataset })} crumbs={crumbs} />
          <Loaded query={runs}>{(shown) => <Runs runs={shown} />}</Loaded>
          <Inlets systemId={systemId} requirement={value} />
          <NewestEvidence systemId={systemId} requirementId={value.id} inForce={value.withdrawnOn === null} />
        </>
      )}
    </Loaded>
  );
}

function Runs({ runs }: { runs: RequirementRuns }) {
  const { t } = useTranslation();
  return (
    <>
      <Section title={t('inlets.point')}>
        <PointGauge gauge={runs.recoveryPoint} />
        {runs.findings.length > 0 && (
          <Notice look="warning" title={t('inlets.findings')}>
            <ul className="list-disc pl-5">
              {runs.findings.map(({ code, params, text }) => (
                <li key={`${code} ${String(params.site ?? '')}`}>{text}</li>
              ))}
            </ul>
          </Notice>
        )}
      </Section>
      <Section title={t('inlets.calendar')}>
        <RunCalendar days={runs.days} />
      </Section>
    </>
  );
}

function Inlets({ systemId, requirement }: { systemId: string; requirement: BackupRequirement }) {
  const { t } = useTranslation();
  const may = useAllowed(systemId);
  const inlets = useQuery(inletsQuery(requirement.id));
  const [connecting, setConnecting] = useState(false);
  const connect = may('inlets:write') && (
    <Button look="primary" icon="plus" onPress={() => setConnecting(true)}>
      {t('inlets.connect')}
    </Button>
  );
  return (
    <Section title={t('inlets.sources')}>
      <Loaded query={inlets}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('inlets.empty')} action={connect}>
              {t('inlets.emptyText')}
            </EmptyState>
          ) : (
            <>
              <div className="no-print mb-4">{connect}</div>
              <ul className="grid gap-4">
                {items.map((inlet) => (
                  <InletCard key={inlet.id} systemId={systemId} requirement={requirement} inlet={inlet} />
                ))}
              </ul>
            </>
          )
        }
      </Loaded>
      {connecting && <ConnectDialog requirement={requirement} onClose={() => setConnecting(false)} />}
    </Section>
  );
}
