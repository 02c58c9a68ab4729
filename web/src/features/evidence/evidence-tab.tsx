import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Evidence } from '../../api/types';
import type { Page } from '../../api/types';
import { Tag } from '../../ui/badge';
import { Button, LinkButton } from '../../ui/button';
import { ExportMenu } from '../../ui/export/export-menu';
import { EmptyState, Loaded } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { Pager } from '../../ui/pager';
import { DataTable, type Column } from '../../ui/table';
import { RaiseDialog } from '../improvements/dialogs/raise-dialog';
import { neededToProve } from '../obligations/clear-obligation';
import { useAllowed } from '../systems/use-allowed';
import { EvidenceDialog } from './evidence-dialog';
import { NewEvidenceDialog } from './new-evidence-dialog';
import { OUTCOME_LOOK, proves } from './outcome-look';
import { EvidenceLink } from './record/newest-evidence';

const route = getRouteApi('/shell/systems/$systemId');

/** What was proven about a system; nothing here is ever edited, only superseded. */
export function EvidenceTab({ systemId }: { systemId: string }) {
  const { t } = useTranslation();
  const may = useAllowed(systemId);
  const { cursor } = route.useSearch();
  const [sending, setSending] = useState(false);
  const evidence = useQuery({
    queryKey: ['systems', systemId, 'evidence', cursor],
    queryFn: ({ signal }) => api.get<Page<Evidence>>(`/systems/${systemId}/evidence`, { cursor }, signal),
  });
  const send = may('backup-evidence:write') && (
    <>
      <Button look="primary" icon="plus" onPress={() => setSending(true)}>
        {t('evidence.new')}
      </Button>
      <LinkButton icon="plus" to="/systems/$systemId/restore-tests/new" params={{ systemId }}>
        {t('restoreTest.record')}
      </LinkButton>
    </>
  );
  return (
    <>
      <Loaded query={evidence}>
        {({ items, nextCursor, total }) =>
          items.length === 0 ? (
            <EmptyState title={t('evidence.empty')} action={send}>
              {t('evidence.emptyText')}
            </EmptyState>
          ) : (
            <>
              <div className="no-print mb-4 flex flex-wrap gap-2">
                {send}
                <ExportMenu path={`/systems/${systemId}/evidence`} filters={{}} />
              </div>
              <EvidenceTable systemId={systemId} evidence={items} />
              <Pager cursor={cursor} nextCursor={nextCursor} shown={items.length} total={total} />
            </>
          )
        }
      </Loaded>
      {sending && <NewEvidenceDialog systemId={systemId} onClose={() => setSending(false)} />}
    </>
  );
}

function EvidenceTable({ systemId, evidence }: { systemId: string; evidence: Evidence[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const may = useAllowed(systemId);
  const [raising, setRaising] = useState<Evidence | null>(null);
  const [superseding, setSuperseding] = useState<Evidence | null>(null);
  const columns: Column<Evidence>[] = [
    {
      key: 'at',
      title: t('evidence.performedAt'),
      heads: true,
      cell: (row) => <EvidenceLink evidence={row} />,
    },
    { key: 'kind', title: t('evidence.kind'), cell: ({ kind }) => t(`domain:evidenceKind.${kind}`) },
    {
      key: 'outcome',
      title: t('evidence.outcome'),
      cell: ({ outcome }) => <Tag look={OUTCOME_LOOK[outcome]}>{t(`domain:outcome.${outcome}`)}</Tag>,
    },
    {
      key: 'strength',
      title: t('evidence.strength'),
      cell: ({ outcome, strength }) => (strength && proves(outcome) ? t(`domain:strength.${strength}`) : '—'),
    },
    {
      key: 'who',
      title: t('evidence.performer'),
      cell: ({ performer, inlet }) => performer?.displayName ?? inlet?.name,
    },
    {
      key: 'note',
      title: t('evidence.note'),
      cell: ({ note, link, sha256, supersededById }) => (
        <>
          {note}
          {link && (
            <a href={link} rel="noreferrer" target="_blank" className="text-link block">
              {t('evidence.openLink')}
            </a>
          )}
          <span className="block font-mono text-[0.75rem] text-soft">
            {t('evidence.digest', { digest: sha256.slice(0, 12) })}
          </span>
          {supersededById && <Tag>{t('evidence.superseded')}</Tag>}
        </>
      ),
    },
    {
      key: 'act',
      title: '',
      header: <span className="sr-only">{t('evidence.actions')}</span>,
      cell: (row) =>
        row.supersededById ? null : (
          <span className="no-print flex flex-wrap">
            {row.outcome === 'FAILED' && may('improvements:write') && (
              <Button
                look="quiet"
                aria-label={t('improvements.raiseOf', { what: format.instant(row.performedAt) })}
                onPress={() => setRaising(row)}
              >
                {t('improvements.raise')}
              </Button>
            )}
            {may(neededToProve(row.kind)) && row.source === 'MANUAL' && (
              <Button
                look="quiet"
                aria-label={t('evidence.supersedeOf', { at: format.instant(row.performedAt) })}
                onPress={() => setSuperseding(row)}
              >
                {t('evidence.supersede')}
              </Button>
            )}
          </span>
        ),
    },
  ];
  return (
    <>
      <DataTable caption={t('systemTabs.evidence')} columns={columns} rows={evidence} rowKey={({ id }) => id} />
      {raising && (
        <RaiseDialog
          systemId={systemId}
          failedEvidenceId={raising.id}
          source={raising.kind === 'DRILL' ? 'DRILL' : 'SELF_CHECK'}
          onClose={() => setRaising(null)}
        />
      )}
      {superseding && (
        <EvidenceDialog
          systemId={systemId}
          kind={superseding.kind}
          obligation={null}
          supersedes={superseding}
          onClose={() => setSuperseding(null)}
        />
      )}
    </>
  );
}
