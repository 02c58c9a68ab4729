import { type ReactNode, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Dependency, System } from '../../api/types';
import { Tag, TierBadge, VerdictBadge } from '../../ui/badge';
import { Button } from '../../ui/button';
import { EmptyState, Loaded } from '../../ui/feedback';
import { useDuration } from '../../ui/format/duration';
import { useFormat } from '../../ui/format/format';
import { Section } from '../../ui/page';
import { DataTable, type Column } from '../../ui/table';
import { DependenciesDialog } from './dependencies-dialog';
import { dependenciesQuery } from './importance-queries';

/** What a system needs and what needs it, and where the needed one is held to less. */
export function DependenciesTab({ system }: { system: System }) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const dependencies = useQuery(dependenciesQuery(system.id));
  const mayEdit = system.allowed.includes('systems:write') && system.lifecycle !== 'RETIRED';
  const edit = mayEdit && (
    <Button look="primary" onPress={() => setEditing(true)}>
      {t('dependencies.edit')}
    </Button>
  );
  return (
    <Loaded query={dependencies}>
      {({ value, etag }) => (
        <>
          {value.dependsOn.length > 0 && <div className="no-print mb-4">{edit}</div>}
          <Section title={t('dependencies.needs')}>
            <Ends
              rows={value.dependsOn}
              caption={t('dependencies.needs')}
              empty={<EmptyState title={t('dependencies.needsNothing')} action={edit} />}
            />
          </Section>
          <Section title={t('dependencies.neededBy')}>
            <Ends
              rows={value.dependents}
              caption={t('dependencies.neededBy')}
              empty={<p className="text-soft">{t('dependencies.neededByNone')}</p>}
            />
          </Section>
          {value.hidden > 0 && <p className="text-soft">{t('dependencies.hidden', { count: value.hidden })}</p>}
          {editing && (
            <DependenciesDialog system={system} dependencies={value} etag={etag} onClose={() => setEditing(false)} />
          )}
        </>
      )}
    </Loaded>
  );
}

function Ends({ rows, caption, empty }: { rows: Dependency[]; caption: string; empty: ReactNode }) {
  const { t } = useTranslation();
  const format = useFormat();
  const duration = useDuration();
  const columns: Column<Dependency>[] = [
    {
      key: 'name',
      title: t('systemFields.name'),
      heads: true,
      cell: (row) => (
        <Link
          to="/systems/$systemId"
          params={{ systemId: row.systemId }}
          search={{ tab: 'dependencies' }}
          className="text-link inline-flex min-h-6 items-center"
        >
          {format.name(row)}
        </Link>
      ),
    },
    { key: 'organisation', title: t('readiness.organisation'), cell: ({ organisation }) => format.name(organisation) },
    {
      key: 'kind',
      title: t('dependencies.kind'),
      cell: ({ hard }) => t(hard ? 'dependencies.hard' : 'dependencies.soft'),
    },
    { key: 'tier', title: t('systemFields.tier'), cell: ({ tier }) => <TierBadge tier={tier} /> },
    { key: 'rto', title: t('systemFields.rto'), cell: ({ rto }) => duration(rto) },
    { key: 'verdict', title: t('verdict.title'), cell: ({ verdict }) => <VerdictBadge verdict={verdict} /> },
    {
      key: 'inversions',
      title: t('dependencies.inversions'),
      cell: ({ inversions }) =>
        inversions.length === 0
          ? '—'
          : inversions.map((inversion) => (
              <Tag key={inversion} look="late">
                {t(`dependencies.inversion.${inversion}`)}
              </Tag>
            )),
    },
  ];
  if (rows.length === 0) return empty;
  return <DataTable caption={caption} columns={columns} rows={rows} rowKey={({ systemId }) => systemId} />;
}
