import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { metCount } from '../../../api/met-count';
import type { SystemSummary } from '../../../api/types';
import { Tag, TierBadge, VerdictBadge } from '../../../ui/badge';
import { LinkButton } from '../../../ui/button';
import { ExportMenu } from '../../../ui/export/export-menu';
import { EmptyState, Loaded } from '../../../ui/feedback';
import { CheckField } from '../../../ui/form/choice';
import { useFormat } from '../../../ui/format/format';
import { PageHeader } from '../../../ui/page';
import { Pager } from '../../../ui/pager';
import { SortHeader } from '../../../ui/sort-header';
import { DataTable, type Column } from '../../../ui/table';
import { clearingPlace } from '../../obligations/clearing-place';
import { usePermission } from '../../session/session';
import { SelectionBar } from '../bulk/selection-bar';
import { systemsQuery } from '../system-queries';
import { SystemsFilters } from './systems-filters';

const route = getRouteApi('/shell/systems');

export function SystemsPage() {
  const { t } = useTranslation();
  const may = usePermission();
  const search = route.useSearch();
  const systems = useQuery(systemsQuery(search));
  const filtered = Object.keys(search).some((name) => name !== 'sort' && name !== 'cursor');
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string, on: boolean) =>
    setSelected((old) => new Set(on ? [...old, id] : [...old].filter((other) => other !== id)));
  const actions = (
    <>
      {may('systems:create') && (
        <LinkButton to="/systems/new" look="primary" icon="plus">
          {t('systems.register')}
        </LinkButton>
      )}
      <ExportMenu path="/systems" filters={search} />
      {may('systems:import') && (
        <LinkButton to="/imports" icon="upload">
          {t('systems.import')}
        </LinkButton>
      )}
    </>
  );
  return (
    <>
      <PageHeader title={t('systems.title')} actions={actions} />
      <SystemsFilters />
      <Loaded query={systems}>
        {({ items, nextCursor, total }) =>
          items.length === 0 ? (
            filtered ? (
              <EmptyState
                title={t('systems.noMatch')}
                action={<LinkButton to="/systems">{t('action.clearFilters')}</LinkButton>}
              />
            ) : (
              <EmptyState title={t('systems.empty')} action={actions}>
                {t('systems.emptyText')}
              </EmptyState>
            )
          ) : (
            <>
              {may('systems:write') && (
                <SelectionBar
                  selected={selected}
                  onSelect={(ids) => setSelected(new Set(ids))}
                  filters={{ ...search, cursor: undefined }}
                  total={total ?? 0}
                />
              )}
              <SystemsTable systems={items} {...(may('systems:write') && { selected, onToggle: toggle })} />
              <Pager cursor={search.cursor} nextCursor={nextCursor} shown={items.length} total={total} />
            </>
          )
        }
      </Loaded>
    </>
  );
}

interface TableProps {
  systems: SystemSummary[];
  /** Absent for who may change none. */
  selected?: ReadonlySet<string>;
  onToggle?: (id: string, on: boolean) => void;
}

function SystemsTable({ systems, selected, onToggle }: TableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { sort = 'name' } = route.useSearch();
  const sortable = (key: string, title: string) => ({
    key,
    title,
    header: <SortHeader sort={sort} by={key} title={title} />,
    ...(sort === key && { sorted: 'ascending' as const }),
  });
  const columns: Column<SystemSummary>[] = [
    ...(selected && onToggle
      ? [
          {
            key: 'select',
            title: t('bulk.column'),
            header: <span className="sr-only">{t('bulk.column')}</span>,
            cell: (system: SystemSummary) => (
              <CheckField value={selected.has(system.id)} onChange={(on) => onToggle(system.id, on)}>
                <span className="sr-only">{t('bulk.select', { name: format.name(system) })}</span>
              </CheckField>
            ),
          },
        ]
      : []),
    {
      ...sortable('name', t('systems.name')),
      heads: true,
      cell: (system) => (
        <>
          <Link
            to="/systems/$systemId"
            params={{ systemId: system.id }}
            className="text-link inline-flex min-h-6 items-center font-700"
          >
            {format.name(system)}
          </Link>
          <span className="block text-[0.8125rem] text-soft">{format.name(system.organisation)}</span>
        </>
      ),
    },
    { ...sortable('code', t('systems.code')), cell: ({ code }) => code },
    { ...sortable('tier', t('readiness.tier')), cell: ({ tier }) => <TierBadge tier={tier} /> },
    {
      key: 'lifecycle',
      title: t('systems.lifecycle'),
      cell: ({ lifecycle }) => <span className="break-keep">{t(`domain:lifecycle.${lifecycle}`)}</span>,
    },
    {
      ...sortable('verdict', t('systems.verdict')),
      cell: ({ verdict, effectiveVerdict }) => (
        <>
          <VerdictBadge verdict={verdict} />
          {effectiveVerdict && effectiveVerdict !== verdict && (
            <span className="block text-[0.8125rem] text-soft">
              {t('effective.with', { verdict: t(`domain:verdict.${effectiveVerdict}`) })}
            </span>
          )}
        </>
      ),
    },
    {
      key: 'met',
      title: t('systems.met'),
      figure: true,
      cell: ({ counts }) => (counts.applicable === 0 ? '—' : `${metCount(counts)} / ${counts.applicable}`),
    },
    {
      key: 'owner',
      title: t('systems.owner'),
      cell: ({ owner, unreachable }) => (
        <span className="break-keep">
          {owner?.displayName ?? t('systems.noOwner')} {unreachable && <Tag look="late">{t('reachable.nobody')}</Tag>}
        </span>
      ),
    },
    {
      key: 'next',
      title: t('systems.nextAction'),
      cell: ({ id, nextAction }) =>
        nextAction && (
          <>
            <Link
              {...clearingPlace({ obligationId: nextAction.obligationId, systemId: id })}
              className="text-link inline-flex min-h-6 items-center"
            >
              {nextAction.ruleTitle}
            </Link>
            <span className="block text-[0.8125rem] text-soft">{nextAction.text}</span>
          </>
        ),
    },
  ];
  return <DataTable caption={t('systems.title')} columns={columns} rows={systems} rowKey={({ id }) => id} />;
}
