import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Evidence } from '../../../api/types';
import { Tag } from '../../../ui/badge';
import { LinkButton } from '../../../ui/button';
import { EmptyState, Loaded } from '../../../ui/feedback';
import { useFormat } from '../../../ui/format/format';
import { Section } from '../../../ui/page';
import { DataTable } from '../../../ui/table';
import { useAllowed } from '../../systems/use-allowed';
import { OUTCOME_LOOK, proves } from '../outcome-look';
import { newestEvidenceQuery } from './record-queries';

interface NewestEvidenceProps {
  systemId: string;
  requirementId: string;
  /** Whether a restore test may still be recorded for it. */
  inForce: boolean;
}

/** What was proven of one requirement, newest first, and the way to record a restore test of it. */
export function NewestEvidence({ systemId, requirementId, inForce }: NewestEvidenceProps) {
  const { t } = useTranslation();
  const may = useAllowed(systemId);
  const evidence = useQuery(newestEvidenceQuery(systemId, requirementId));
  const record = inForce && may('backup-evidence:write') && (
    <LinkButton
      icon="plus"
      to="/systems/$systemId/restore-tests/new"
      params={{ systemId }}
      search={{ requirement: requirementId }}
    >
      {t('restoreTest.record')}
    </LinkButton>
  );
  return (
    <Section title={t('record.newest')}>
      <Loaded query={evidence}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('record.newestNone')} action={record}>
              {t('record.newestNoneText')}
            </EmptyState>
          ) : (
            <>
              <div className="no-print mb-4 flex flex-wrap gap-2">
                {record}
                <LinkButton look="quiet" to="/systems/$systemId" params={{ systemId }} search={{ tab: 'evidence' }}>
                  {t('record.all')}
                </LinkButton>
              </div>
              <Records items={items} />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

function Records({ items }: { items: Evidence[] }) {
  const { t } = useTranslation();
  return (
    <DataTable
      caption={t('record.newest')}
      rows={items}
      rowKey={({ id }) => id}
      columns={[
        { key: 'at', title: t('evidence.performedAt'), heads: true, cell: (row) => <EvidenceLink evidence={row} /> },
        { key: 'kind', title: t('evidence.kind'), cell: ({ kind }) => t(`domain:evidenceKind.${kind}`) },
        {
          key: 'outcome',
          title: t('evidence.outcome'),
          cell: ({ outcome }) => <Tag look={OUTCOME_LOOK[outcome]}>{t(`domain:outcome.${outcome}`)}</Tag>,
        },
        {
          key: 'strength',
          title: t('evidence.strength'),
          cell: ({ outcome, strength }) => (proves(outcome) ? t(`domain:strength.${strength}`) : '—'),
        },
        {
          key: 'who',
          title: t('evidence.performer'),
          cell: ({ performer, inlet }) => performer?.displayName ?? inlet?.name,
        },
      ]}
    />
  );
}

/** Its time, leading to its page. */
export function EvidenceLink({ evidence: { id, performedAt } }: { evidence: Pick<Evidence, 'id' | 'performedAt'> }) {
  const format = useFormat();
  return (
    <Link
      to="/evidence/$evidenceId"
      params={{ evidenceId: id }}
      className="text-link inline-flex min-h-6 items-center font-700"
    >
      {format.instant(performedAt)}
    </Link>
  );
}
