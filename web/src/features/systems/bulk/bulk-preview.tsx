import { useTranslation } from 'react-i18next';
import type { BulkDifference, BulkPreview, BulkPreviewItem, Hosting, Lifecycle } from '../../../api/types';
import { Tag } from '../../../ui/badge';
import { useDuration } from '../../../ui/format/duration';
import { useFormat } from '../../../ui/format/format';
import { DataTable, type Column } from '../../../ui/table';

/** What would change, system by system: old and new side by side, and the reasons where nothing would. */
export function BulkPreviewTable({ preview }: { preview: BulkPreview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns: Column<BulkPreviewItem>[] = [
    {
      key: 'system',
      title: t('systems.name'),
      heads: true,
      cell: (item) => (
        <>
          {format.name(item)} <span className="block text-[0.8125rem] text-soft">{item.code}</span>
        </>
      ),
    },
    { key: 'change', title: t('bulk.change'), cell: (item) => <Outcome item={item} /> },
  ];
  return (
    <>
      <p className="mb-2" role="status">
        {t('bulk.sum', { changing: preview.changing, unchanged: preview.unchanged, refused: preview.refused })}
      </p>
      <div className="mb-4 max-h-96 overflow-y-auto" tabIndex={0} role="region" aria-label={t('bulk.preview')}>
        <DataTable caption={t('bulk.preview')} columns={columns} rows={preview.items} rowKey={({ id }) => id} />
      </div>
    </>
  );
}

function Outcome({ item }: { item: BulkPreviewItem }) {
  const { t } = useTranslation();
  if (item.refusals.length > 0)
    return (
      <ul>
        {item.refusals.map(({ field, code, message }) => (
          <li key={`${field} ${code}`}>
            <Tag look="late">{t('bulk.refused')}</Tag>{' '}
            {field === 'id' ? message : t('form.errorOf', { label: t(`systemFields.${field as 'rto'}`), message })}
          </li>
        ))}
      </ul>
    );
  if (item.differences.length === 0) return <span className="text-soft">{t('bulk.same')}</span>;
  return (
    <ul>
      {item.differences.map((difference) => (
        <Difference key={difference.field} {...difference} />
      ))}
    </ul>
  );
}

function Difference({ field, before, after }: BulkDifference) {
  const { t } = useTranslation();
  const shown = useShown();
  return (
    <li>
      {t(`systemFields.${field}`)}: <del className="text-soft">{shown(field, before)}</del> →{' '}
      <ins className="font-700 no-underline">{shown(field, after)}</ins>
    </li>
  );
}

function useShown() {
  const { t } = useTranslation();
  const duration = useDuration();
  return (field: BulkDifference['field'], value: string | null) => {
    if (value === null) return t('bulk.none');
    if (field === 'lifecycle') return t(`domain:lifecycle.${value as Lifecycle}`);
    if (field === 'hosting') return t(`domain:hosting.${value as Hosting}`);
    if (field === 'publicFacing' || field === 'outsourced') return t(value === 'true' ? 'bulk.yes' : 'bulk.no');
    return field === 'rto' || field === 'rpo' || field === 'mtd' ? duration(value) : value;
  };
}
