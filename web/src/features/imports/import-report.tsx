import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportRun } from '../../api/types';
import { useFormat } from '../../ui/format/format';
import { Section } from '../../ui/page';
import { DataTable, type Column } from '../../ui/table';
import { rejectedHref } from './import-queries';

type Fault = ImportRun['rejected'][number] & { id: string };
type Change = ImportRun['changes'][number];

function Faults({ caption, faults }: { caption: string; faults: ImportRun['rejected'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns: Column<Fault>[] = [
    { key: 'row', title: t('imports.row'), figure: true, cell: ({ row }) => format.number(row) },
    { key: 'column', title: t('imports.column'), cell: ({ column }) => column ?? '—' },
    { key: 'message', title: t('imports.problem'), heads: true, cell: ({ message }) => message },
  ];
  const rows = faults.map((fault, index) => ({ ...fault, id: `${caption}-${index}` }));
  return <DataTable caption={caption} columns={columns} rows={rows} rowKey={({ id }) => id} />;
}

function Changes({ changes }: { changes: Change[] }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  // A field the pages have no word for is named as the service names it.
  const fieldName = (field: string) =>
    i18n.exists(`systemFields.${field}`) ? i18n.t(`systemFields.${field}` as never) : field;
  const columns: Column<Change>[] = [
    { key: 'row', title: t('imports.row'), figure: true, cell: ({ row }) => format.number(row) },
    { key: 'code', title: t('systems.code'), heads: true, cell: ({ code }) => code },
    {
      key: 'action',
      title: t('imports.change'),
      cell: ({ action }) => t(action === 'CREATED' ? 'imports.creates' : 'imports.updates'),
    },
    {
      key: 'fields',
      title: t('imports.fields'),
      cell: ({ fields }) => fields.map(fieldName).join(t('form.listComma')),
    },
  ];
  return (
    <DataTable caption={t('imports.changes')} columns={columns} rows={changes} rowKey={({ row }) => `change-${row}`} />
  );
}

/** What the run would do, or did, row by row. */
export function ImportReport({ run }: { run: ImportRun }) {
  const { t } = useTranslation();
  const format = useFormat();
  const counts: [string, number][] = [
    [t('imports.count.read'), run.rowsRead],
    [t('imports.count.created'), run.created],
    [t('imports.count.updated'), run.updated],
    [t('imports.count.unchanged'), run.unchanged],
    [t('imports.count.rejected'), run.rejectedCount],
    [t('imports.count.missing'), run.missingCount],
  ];
  return (
    <>
      <dl className="mb-10 grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-6">
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
      <Part title={t('imports.rejected')} count={run.rejectedCount}>
        <p className="mb-2">
          <a href={rejectedHref(run.id)} download className="text-link inline-flex min-h-6 items-center">
            {t('imports.rejectedFile')}
          </a>
        </p>
        <Faults caption={t('imports.rejected')} faults={run.rejected} />
      </Part>
      <Part title={t('imports.warnings')} count={run.warningCount}>
        <Faults caption={t('imports.warnings')} faults={run.warnings} />
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
              <span className="me-4">{code}</span>
              {name}
            </li>
          ))}
        </ul>
      </Part>
      <Part
        title={t('imports.organisationsCreated')}
        count={run.organisationsCreatedCount}
        shown={run.organisationsCreated.length}
      >
        <ul className="list-disc ps-5">
          {run.organisationsCreated.map((path) => (
            <li key={path}>{path}</li>
          ))}
        </ul>
      </Part>
      {run.peopleCreatedCount > 0 && (
        <p className="mb-10">{t('imports.peopleCreated', { count: run.peopleCreatedCount })}</p>
      )}
      <Part title={t('imports.ignoredColumns')} count={run.ignoredColumns.length}>
        <p>{run.ignoredColumns.join(t('form.listComma'))}</p>
      </Part>
      <Part title={t('imports.changes')} count={run.created + run.updated} shown={run.changes.length}>
        <Changes changes={run.changes} />
      </Part>
    </>
  );
}

interface PartProps {
  title: string;
  count: number;
  shown?: number;
  text?: string;
  children: ReactNode;
}

function Part({ title, count, shown = count, text, children }: PartProps) {
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
