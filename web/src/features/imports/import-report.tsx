import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportRun } from '../../api/administration-types';
import type { SystemFields } from '../../api/types';
import { useFormat } from '../../ui/format';
import { Section } from '../../ui/page';
import { DataTable, type Column } from '../../ui/table';

type Rejected = ImportRun['rejected'][number] & { id: string };
type Change = ImportRun['changes'][number];

/** What the run would do, or did, row by row. */
export function ImportReport({ run }: { run: ImportRun }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  // A field the pages have no word for is named as the service names it.
  const fieldName = (field: string) =>
    i18n.exists(`systemFields.${field}`) ? t(`systemFields.${field as keyof SystemFields}`) : field;
  const counts: [string, number][] = [
    [t('imports.count.read'), run.rowsRead],
    [t('imports.count.created'), run.created],
    [t('imports.count.updated'), run.updated],
    [t('imports.count.unchanged'), run.unchanged],
    [t('imports.count.rejected'), run.rejectedCount],
    [t('imports.count.missing'), run.missingCount],
  ];
  const rejected: Column<Rejected>[] = [
    { key: 'row', title: t('imports.row'), figure: true, cell: ({ row }) => format.number(row) },
    { key: 'column', title: t('imports.column'), cell: ({ column }) => column ?? '—' },
    { key: 'message', title: t('imports.problem'), heads: true, cell: ({ message }) => message },
  ];
  const changes: Column<Change>[] = [
    { key: 'row', title: t('imports.row'), figure: true, cell: ({ row }) => format.number(row) },
    { key: 'code', title: t('systems.code'), heads: true, cell: ({ code }) => code },
    {
      key: 'action',
      title: t('imports.change'),
      cell: ({ action }) => t(action === 'CREATE' || action === 'CREATED' ? 'imports.creates' : 'imports.updates'),
    },
    {
      key: 'fields',
      title: t('imports.fields'),
      cell: ({ fields }) => fields.map(fieldName).join(t('form.listComma')),
    },
  ];
  return (
    <>
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-6">
        {counts.map(([name, count]) => (
          <div key={name} className="card">
            <dt className="text-[0.875rem] text-soft">{name}</dt>
            <dd className="text-[1.5rem] font-700 tabular-nums">{format.number(count)}</dd>
          </div>
        ))}
      </dl>
      <Part title={t('imports.unmapped')} count={run.unmapped.length} text={t('imports.unmappedText')}>
        <ul className="list-disc ps-5">
          {run.unmapped.map(({ column, value, count }) => (
            <li key={column + value}>
              {t('imports.unmappedValue', { column, value: value || t('imports.blankValue'), count })}
            </li>
          ))}
        </ul>
      </Part>
      <Part title={t('imports.rejected')} count={run.rejectedCount} shown={run.rejected.length}>
        <DataTable
          caption={t('imports.rejected')}
          columns={rejected}
          rows={run.rejected.map((each, index) => ({ ...each, id: `rejected-${index}` }))}
          rowKey={({ id }) => id}
        />
      </Part>
      <Part
        title={t('imports.missing')}
        count={run.missingCount}
        shown={run.missing.length}
        text={t('imports.missingText')}
      >
        <ul className="list-disc ps-5">
          {run.missing.map(({ code, name }) => (
            <li key={code}>
              {code}　{name}
            </li>
          ))}
        </ul>
      </Part>
      <Part title={t('imports.changes')} count={run.changes.length}>
        <DataTable
          caption={t('imports.changes')}
          columns={changes}
          rows={run.changes}
          rowKey={({ row }) => `change-${row}`}
        />
      </Part>
    </>
  );
}

function Part({
  title,
  count,
  shown = count,
  text,
  children,
}: {
  title: string;
  count: number;
  shown?: number;
  text?: string;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  if (count === 0) return null;
  return (
    <Section title={t('imports.part', { title, count })}>
      {text && <p className="mb-2 text-soft">{text}</p>}
      {children}
      {shown < count && <p className="mt-2 text-soft">{t('imports.onlyFirst', { shown, count })}</p>}
    </Section>
  );
}
