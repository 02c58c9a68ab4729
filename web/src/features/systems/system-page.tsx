import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LoadedPage } from '../shell/loaded-page';
import type { System } from '../../api/types';
import { Tag, TierBadge } from '../../ui/badge';
import { Button, LinkButton } from '../../ui/button';
import { useFormat } from '../../ui/format/format';
import { Icon } from '../../ui/icon';
import { PageHeader } from '../../ui/page';
import { Tabs } from '../../ui/tabs';
import { History } from '../audit/history';
import { PackButton } from '../audit/pack-button';
import { SystemHandOverDialog } from '../hand-over/system-hand-over-dialog';
import { BackupsTab } from '../backups/backups-tab';
import { DependenciesTab } from '../importance/dependencies-tab';
import { ImportanceTab } from '../importance/importance-tab';
import { ImprovementsTab } from '../improvements/improvements-tab';
import { DrillsTab } from '../drills/drills-tab';
import { EvidenceTab } from '../evidence/evidence-tab';
import { ClearObligation } from '../obligations/clear-obligation';
import { isOpen, isRenewable } from '../obligations/obligation-queries';
import { ProceduresTab } from '../procedures/procedures-tab';
import { SystemDetailsTab } from './system-details-tab';
import { systemObligationsQuery, systemQuery } from './system-queries';
import { SystemObligationsTab } from './system-obligations-tab';
import { useOffered } from './use-offered';
import { VerdictCard } from './verdict-card';

const route = getRouteApi('/shell/systems/$systemId');
const TABS = [
  'obligations',
  'procedures',
  'backups',
  'drills',
  'evidence',
  'importance',
  'dependencies',
  'improvements',
  'details',
  'history',
] as const;
type TabKey = (typeof TABS)[number];

export function SystemPage() {
  const { systemId } = route.useParams();
  const system = useQuery(systemQuery(systemId));
  return <LoadedPage query={system}>{({ value }) => <Page key={systemId} system={value} />}</LoadedPage>;
}

function Page({ system }: { system: System }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { tab, cursor } = route.useSearch();
  const [handingOver, setHandingOver] = useState(false);
  const navigate = route.useNavigate();
  const tabs = TABS.filter((key) => key !== 'procedures' || system.allowed.includes('procedures:read'));
  const selected = tabs.find((key) => key === tab) ?? 'obligations';
  const contents: Record<TabKey, () => React.ReactNode> = {
    obligations: () => <SystemObligationsTab systemId={system.id} />,
    procedures: () => <ProceduresTab systemId={system.id} />,
    backups: () => <BackupsTab systemId={system.id} />,
    drills: () => <DrillsTab systemId={system.id} cursor={cursor} />,
    evidence: () => <EvidenceTab systemId={system.id} />,
    importance: () => <ImportanceTab system={system} />,
    dependencies: () => <DependenciesTab system={system} />,
    improvements: () => <ImprovementsTab system={system} />,
    details: () => <SystemDetailsTab system={system} />,
    history: () => <History systemId={system.id} />,
  };
  const crumbs = [
    <Link key="systems" to="/systems" className="text-link">
      {t('systems.title')}
    </Link>,
  ];
  const actions = (
    <>
      {system.allowed.includes('systems:write') && system.lifecycle !== 'RETIRED' && (
        <>
          <LinkButton to="/systems/$systemId/edit" params={{ systemId: system.id }}>
            {t('systems.edit')}
          </LinkButton>
          <Button onPress={() => setHandingOver(true)}>{t('handOver.action')}</Button>
        </>
      )}
      <PackButton path={`/systems/${system.id}`} name={format.name(system)} />
      <Button icon="printer" onPress={() => window.print()}>
        {t('action.print')}
      </Button>
    </>
  );
  return (
    <>
      <PageHeader title={format.name(system)} crumbs={crumbs} actions={actions}>
        <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-[0.9375rem]">
          <TierBadge tier={system.tier} />
          <Tag>{t(`domain:lifecycle.${system.lifecycle}`)}</Tag>
          <span className="text-soft">{system.code}</span>
          <span>{format.name(system.organisation)}</span>
          <span>{t('obligations.owner', { name: system.owner?.displayName ?? t('systems.noOwner') })}</span>
        </p>
      </PageHeader>
      {system.unreachable && (
        <p className="mb-6 flex flex-wrap items-center gap-x-3 gap-y-2 border-s-4 border-error px-4 py-2">
          <Icon name="alert" className="size-5 text-error" />
          {system.unreachable.text}
          {system.allowed.includes('systems:write') && (
            <Button onPress={() => setHandingOver(true)}>{t('reachable.name')}</Button>
          )}
        </p>
      )}
      <VerdictCard systemId={system.id} withReasons={selected === 'obligations'} />
      <Tabs
        label={t('systems.tabs')}
        selected={selected}
        onSelect={(key) => void navigate({ search: { tab: key } })}
        tabs={tabs.map((key) => ({ key, title: t(`systemTabs.${key}`), content: contents[key] }))}
      />
      <OpenAction systemId={system.id} />
      {handingOver && <SystemHandOverDialog system={system} onClose={() => setHandingOver(false)} />}
    </>
  );
}

/** The dialog of the obligation named in the address: what clears it, or who does, or what renews its waiver. */
function OpenAction({ systemId }: { systemId: string }) {
  const { act } = route.useSearch();
  const navigate = route.useNavigate();
  const obligations = useQuery(systemObligationsQuery(systemId)).data?.items ?? [];
  const named = obligations.find(({ id }) => id === act);
  // Kept while its proof is being shown: the obligation itself may already be met by then.
  const offered = useOffered(named && (isOpen(named) || isRenewable(named)) ? named : undefined, act);
  if (!offered) return null;
  return (
    <ClearObligation
      obligation={offered}
      onClose={() => void navigate({ search: (old) => ({ ...old, act: undefined }), replace: true })}
    />
  );
}
