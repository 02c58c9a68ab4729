import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Improvement } from '../../api/types';
import { useFormat } from '../../ui/format/format';
import { DataTable, type Column } from '../../ui/table';
import { HowFar, ImprovementTag } from './how-far';

/** Improvement items with whose they are, how far they are and by when. */
export function ImprovementsList({ items }: { items: Improvement[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns: Column<Improvement>[] = [
    {
      key: 'title',
      title: t('improvements.name'),
      heads: true,
      cell: ({ id, title, source }) => (
        <>
          <Link
            to="/improvements/$itemId"
            params={{ itemId: id }}
            className="text-link inline-flex min-h-6 items-center font-700"
          >
            {title}
          </Link>
          <span className="block font-400 text-soft">{t(`domain:improvementSource.${source}`)}</span>
        </>
      ),
    },
    {
      key: 'about',
      title: t('improvements.about'),
      cell: ({ system, organisation }) => (
        <>
          {system ? format.name(system) : t('improvements.ofOrganisation')}
          <span className="block text-soft">{format.name(organisation)}</span>
        </>
      ),
    },
    { key: 'owner', title: t('improvements.owner'), cell: ({ owner }) => owner?.displayName ?? t('systems.noOwner') },
    {
      key: 'due',
      title: t('improvements.dueOn'),
      cell: ({ dueOn, status, overdue }) => (
        <>
          <span className="block">{format.date(dueOn)}</span>
          <ImprovementTag status={status} overdue={overdue} />
        </>
      ),
    },
    {
      key: 'progress',
      title: t('improvements.progress'),
      cell: ({ percent, parts, partsEnded }) => (
        <>
          <HowFar percent={percent} />
          {parts > 0 && (
            <span className="block">{t('improvements.partsEnded', { count: parts, ended: partsEnded })}</span>
          )}
        </>
      ),
    },
  ];
  return <DataTable caption={t('improvements.title')} columns={columns} rows={items} rowKey={({ id }) => id} />;
}
