import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DrillProposal } from '../../api/types';
import { Button, LinkButton } from '../../ui/button';
import { EmptyState, Loaded } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { Section } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { useAllowed } from '../systems/use-allowed';
import { AchievedSection } from './achieved-section';
import { DrillItem } from './drill-item';
import { systemDrillsQuery } from './drill-queries';
import { OutageDialog } from './running/outage-dialog';

/** The drills of a system: what its policy asks for, what is planned and was held, and what was achieved. */
export function DrillsTab({ systemId, cursor }: { systemId: string; cursor: string | undefined }) {
  const { t } = useTranslation();
  const may = useAllowed(systemId);
  const drills = useQuery(systemDrillsQuery(systemId, cursor));
  const [outage, setOutage] = useState(false);
  const plan = may('evidence:write') && (
    <LinkButton look="primary" icon="plus" to="/systems/$systemId/drills/new" params={{ systemId }}>
      {t('drills.plan')}
    </LinkButton>
  );
  return (
    <>
      <AchievedSection systemId={systemId} />
      <Section title={t('drills.title')}>
        <div className="no-print mb-4 flex flex-wrap gap-2">
          {plan}
          {may('backup-evidence:write') && <Button onPress={() => setOutage(true)}>{t('outages.record')}</Button>}
        </div>
        <Loaded query={drills}>
          {({ items, proposals, nextCursor }) => (
            <>
              {proposals.length > 0 && (
                <Proposals systemId={systemId} proposals={proposals} mayPlan={may('evidence:write')} />
              )}
              {items.length === 0 ? (
                <EmptyState title={t('drills.none')} action={plan}>
                  {t('drills.noneText')}
                </EmptyState>
              ) : (
                <>
                  <ul className="divide-y divide-line border-y border-line">
                    {items.map((drill) => (
                      <DrillItem key={drill.id} drill={drill} />
                    ))}
                  </ul>
                  <Pager cursor={cursor} nextCursor={nextCursor} shown={items.length} />
                </>
              )}
            </>
          )}
        </Loaded>
      </Section>
      {outage && <OutageDialog systemId={systemId} onClose={() => setOutage(false)} />}
    </>
  );
}

interface ProposalsProps {
  systemId: string;
  proposals: DrillProposal[];
  mayPlan: boolean;
}

/** What the policy asks for and nobody has planned in time. */
function Proposals({ systemId, proposals, mayPlan }: ProposalsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="card mb-6">
      <h3 className="mb-2">{t('drills.proposals')}</h3>
      <ul className="divide-y divide-line">
        {proposals.map(({ ruleKey, ruleTitle, type, dueOn, proposedOn, likeDrillId }) => (
          <li key={ruleKey} className="flex flex-wrap items-center justify-between gap-3 py-2">
            <span>
              <span className="block font-700">{ruleTitle}</span>
              {t('drills.proposed', { due: format.date(dueOn), on: format.date(proposedOn) })}
            </span>
            {mayPlan && (
              <LinkButton
                to="/systems/$systemId/drills/new"
                params={{ systemId }}
                search={{ type, on: proposedOn, ...(likeDrillId && { like: likeDrillId }) }}
                aria-label={t('drills.planFor', { rule: ruleTitle })}
              >
                {t('drills.plan')}
              </LinkButton>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
