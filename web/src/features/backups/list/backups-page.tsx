import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { BackupRequirement } from '../../../api/types';
import { StateBadge, Tag, TierBadge } from '../../../ui/badge';
import { LinkButton } from '../../../ui/button';
import { ExportMenu } from '../../../ui/export/export-menu';
import { EmptyState, Loaded } from '../../../ui/feedback';
import { CheckField } from '../../../ui/form/choice';
import { useDuration } from '../../../ui/format/duration';
import { useFormat } from '../../../ui/format/format';
import { PageHeader } from '../../../ui/page';
import { Pager } from '../../../ui/pager';
import { type Column, DataTable } from '../../../ui/table';
import { usePermission } from '../../session/session';
import { ApprovalBar, type Selection } from '../approving/approval-bar';
import { allBackupsQuery } from '../backup-queries';
import { BackupsFilters } from './backups-filters';

const route = getRouteApi('/shell/backups');

/** The backup requirements of all systems: what is promised, what is lacking, what is to be reviewed. */
export function BackupsPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const may = usePermission();
  const [selected, setSelected] = useState<Selection>(new Map());
  const select = (requirements: readonly BackupRequirement[]) =>
    setSelected(new Map(requirements.map((requirement) => [requirement.id, requirement])));
  const toggle = (requirement: BackupRequirement, on: boolean) =>
    select([...[...selected.values()].filter(({ id }) => id !== requirement.id), ...(on ? [requirement] : [])]);
  const backups = useQuery(allBackupsQuery(search));
  const filtered = Object.keys(search).some((name) => name !== 'cursor');
  return (
    <>
      <PageHeader title={t('backups.title')} actions={<ExportMenu path="/backup-requirements" filters={search} />} />
      <BackupsFilters />
      {may('backups:approve') && (
        <ApprovalBar selected={selected} onSelect={select} filters={{ ...search, cursor: undefined }} />
      )}
      <Loaded query={backups}>
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            filtered ? (
              <EmptyState
                title={t('backups.noMatch')}
                action={<LinkButton to="/backups">{t('action.clearFilters')}</LinkButton>}
              />
            ) : (
              <EmptyState
                title={t('backups.empty')}
                action={<LinkButton to="/systems">{t('backups.toSystems')}</LinkButton>}
              >
                {t('backups.emptyText')}
              </EmptyState>
            )
          ) : (
            <>
              <BackupsTable backups={items} {...(may('backups:approve') && { selected, onToggle: toggle })} />
              <Pager cursor={search.cursor} nextCursor={nextCursor} shown={items.length} />
            </>
          )
        }
      </Loaded>
    </>
  );
}

interface TableProps {
  backups: BackupRequirement[];
  /** Absent for who approves none. */
  selected?: Selection;
  onToggle?: (requirement: BackupRequirement, on: boolean) => void;
}

function BackupsTable({ backups, selected, onToggle }: TableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const duration = useDuration();
  const columns: Column<BackupRequirement>[] = [
    ...(selected && onToggle
      ? [
          {
            key: 'select',
            title: t('bulk.column'),
            header: <span className="sr-only">{t('bulk.column')}</span>,
            cell: (requirement: BackupRequirement) => (
              <SelectCell
                requirement={requirement}
                selected={selected.has(requirement.id)}
                onSelect={(on) => onToggle(requirement, on)}
              />
            ),
          },
        ]
      : []),
    {
      key: 'system',
      title: t('backups.ofSystem'),
      heads: true,
      cell: ({ id, systemId, system, dataset, organisation }) => (
        <>
          <Link
            to="/systems/$systemId/backups/$requirementId"
            params={{ systemId, requirementId: id }}
            className="text-link inline-flex min-h-6 items-center font-700"
          >
            {t('backups.dataOf', { system: format.name(system), dataset })}
          </Link>
          <span className="block text-[0.8125rem] text-soft">{format.name(organisation)}</span>
        </>
      ),
    },
    { key: 'tier', title: t('readiness.tier'), cell: ({ system }) => <TierBadge tier={system.tier} /> },
    {
      key: 'status',
      title: t('backups.status'),
      cell: ({ status }) => <Tag look={status === 'APPROVED' ? 'met' : 'soon'}>{t(`backupStatus.${status}`)}</Tag>,
    },
    {
      key: 'terms',
      title: t('backups.intervalAndRetention'),
      cell: ({ interval, retention }) =>
        t('backups.keptFor', { interval: duration(interval), retention: duration(retention) }),
    },
    {
      key: 'profile',
      title: t('backups.profile'),
      cell: ({ profile }) =>
        profile && (profile.follows ? profile.name : t('backups.ownTermsOf', { name: profile.name })),
    },
    {
      key: 'findings',
      title: t('backups.lacks'),
      cell: ({ findings }) =>
        findings.length > 0 && (
          <ul>
            {findings.map((finding) => (
              <li key={finding.text} className="text-[0.875rem]">
                {finding.text} {finding.gating && <Tag look="late">{t('backups.gating')}</Tag>}
              </li>
            ))}
          </ul>
        ),
    },
    {
      key: 'review',
      title: t('backups.reviewTitle'),
      cell: ({ review }) => review && <StateBadge state={review.state} dueOn={review.dueOn} />,
    },
  ];
  return <DataTable caption={t('backups.title')} columns={columns} rows={backups} rowKey={({ id }) => id} />;
}

interface SelectCellProps {
  requirement: BackupRequirement;
  selected: boolean;
  onSelect: (on: boolean) => void;
}

/** What waits can be chosen, and what one has written oneself says so. */
function SelectCell({ requirement, selected, onSelect }: SelectCellProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { status, ownRequest, system, dataset } = requirement;
  if (status !== 'DRAFT') return null;
  if (ownRequest) return <span className="text-[0.8125rem] text-soft">{t('approveMany.own')}</span>;
  const name = t('backups.dataOf', { system: format.name(system), dataset });
  return (
    <CheckField value={selected} onChange={onSelect}>
      <span className="sr-only">{t('bulk.select', { name })}</span>
    </CheckField>
  );
}
