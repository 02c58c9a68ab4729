import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ImprovementDetail, PartOfImprovement } from '../../api/types';
import { Button } from '../../ui/button';
import { useFormat } from '../../ui/format/format';
import { Section } from '../../ui/page';
import { DataTable, type Column } from '../../ui/table';
import { SplitDialog } from './dialogs/split-dialog';
import { HowFar, ImprovementTag } from './how-far';

/** How far each organisation is with its part; the parts of those that keep their details to themselves cannot be opened. */
export function ImprovementParts({ item }: { item: ImprovementDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [splitting, setSplitting] = useState(false);
  const maySplit = item.offered.includes('split');
  if (item.partsOf.length === 0 && !maySplit) return null;
  const columns: Column<PartOfImprovement>[] = [
    {
      key: 'organisation',
      title: t('improvements.organisation'),
      heads: true,
      cell: ({ id, organisation, open }) =>
        open ? (
          <Link
            to="/improvements/$itemId"
            params={{ itemId: id }}
            className="text-link inline-flex min-h-6 items-center font-700"
          >
            {format.name(organisation)}
          </Link>
        ) : (
          format.name(organisation)
        ),
    },
    {
      key: 'owner',
      title: t('improvements.owner'),
      cell: ({ open, owner }) =>
        open ? (
          (owner?.displayName ?? t('systems.noOwner'))
        ) : (
          <span className="text-soft">{t('improvements.closedPart')}</span>
        ),
    },
    { key: 'due', title: t('improvements.dueOn'), cell: ({ dueOn }) => format.date(dueOn) },
    { key: 'status', title: t('improvements.status'), cell: ({ status }) => <ImprovementTag status={status} /> },
    { key: 'progress', title: t('improvements.progress'), cell: ({ percent }) => <HowFar percent={percent} /> },
  ];
  const split = maySplit && (
    <span className="no-print">
      <Button onPress={() => setSplitting(true)}>{t('improvements.split')}</Button>
    </span>
  );
  return (
    <Section title={t('improvements.parts')} aside={split}>
      {item.partsOf.length > 0 && (
        <>
          <p className="mb-2">{t('improvements.partsEnded', { count: item.parts, ended: item.partsEnded })}</p>
          <DataTable caption={t('improvements.parts')} columns={columns} rows={item.partsOf} rowKey={({ id }) => id} />
        </>
      )}
      {splitting && <SplitDialog item={item} onClose={() => setSplitting(false)} />}
    </Section>
  );
}
