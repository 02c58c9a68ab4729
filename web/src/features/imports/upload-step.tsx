import { useId } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ImportRunSummary } from '../../api/types';
import { Tag } from '../../ui/badge';
import { ProblemNotice } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { Section } from '../../ui/page';
import { DataTable, type Column } from '../../ui/table';
import { importsQuery, templateHref } from './import-queries';

interface UploadStepProps {
  pending: boolean;
  problem: unknown;
  onFile: (file: File) => void;
}

/** The register as a file; it can also be dropped on the field. */
export function UploadStep({ pending, problem, onFile }: UploadStepProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <>
      <div className="mb-10 grid max-w-2xl gap-4">
        <label htmlFor={id} className="font-700">
          {t('imports.file')}
        </label>
        <p id={`${id}-hint`} className="text-soft">
          {t('imports.fileHint')}{' '}
          <a href={templateHref} download className="text-link inline-flex min-h-6 items-center">
            {t('imports.template')}
          </a>
        </p>
        <input
          id={id}
          type="file"
          accept=".csv,.tsv,.txt,.xlsx"
          aria-describedby={`${id}-hint`}
          disabled={pending}
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) onFile(file);
          }}
          className="control h-auto border-dashed p-6 file:me-4 file:min-h-11 file:cursor-pointer file:rounded-8 file:border file:border-primary file:bg-page file:px-4 file:font-700 file:text-primary"
        />
        {pending && (
          <p role="status" className="text-soft">
            {t('imports.reading')}
          </p>
        )}
        {problem ? <ProblemNotice error={problem} /> : null}
        <p className="text-[0.9375rem] text-soft">{t('imports.promise')}</p>
      </div>
      <Earlier />
    </>
  );
}

const LOOK = { QUEUED: 'none', RUNNING: 'none', DONE: 'met', FAILED: 'late' } as const;

function Earlier() {
  const { t } = useTranslation();
  const format = useFormat();
  const runs = useQuery(importsQuery).data?.items ?? [];
  if (runs.length === 0) return null;
  const columns: Column<ImportRunSummary>[] = [
    {
      key: 'file',
      title: t('imports.file'),
      heads: true,
      cell: ({ id, fileName }) => (
        <Link to="/imports" search={{ run: id }} className="text-link inline-flex min-h-6 items-center font-700">
          {fileName}
        </Link>
      ),
    },
    { key: 'at', title: t('imports.startedAt'), cell: ({ createdAt }) => format.instant(createdAt) },
    { key: 'who', title: t('imports.startedBy'), cell: ({ createdBy }) => createdBy.displayName },
    {
      key: 'kind',
      title: t('imports.runKind'),
      cell: ({ dryRun }) => t(dryRun ? 'imports.step.check' : 'imports.step.import'),
    },
    {
      key: 'status',
      title: t('imports.status'),
      cell: ({ status }) => <Tag look={LOOK[status]}>{t(`importStatus.${status}`)}</Tag>,
    },
    { key: 'created', title: t('imports.count.created'), figure: true, cell: ({ created }) => format.number(created) },
    { key: 'updated', title: t('imports.count.updated'), figure: true, cell: ({ updated }) => format.number(updated) },
    {
      key: 'rejected',
      title: t('imports.count.rejected'),
      figure: true,
      cell: ({ rejectedCount }) => format.number(rejectedCount),
    },
  ];
  return (
    <Section title={t('imports.earlier')}>
      <DataTable caption={t('imports.earlier')} columns={columns} rows={runs} rowKey={({ id }) => id} />
    </Section>
  );
}
