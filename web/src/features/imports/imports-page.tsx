import { useState } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ImportRun, Inspection } from '../../api/administration-types';
import { Loaded } from '../../ui/feedback';
import { PageHeader } from '../../ui/page';
import { importQuery, inspectFile, isRunning, startImport } from './import-queries';
import { ImportResult } from './import-result';
import { ImportStepper, type ImportStep } from './import-stepper';
import { draftOf, mappingOf, type MappingDraft } from './mapping-draft';
import { MappingStep } from './mapping-step';
import { UploadStep } from './upload-step';

const route = getRouteApi('/shell/imports');

interface Work {
  file: File;
  inspection: Inspection;
  draft: MappingDraft;
}

function stepOf(work: Work | null, run: ImportRun | undefined): ImportStep {
  if (run) return run.dryRun ? 'check' : 'import';
  return work ? 'mapping' : 'upload';
}

/** A register becomes systems: upload, map, check, import. The run is in the address, so its report survives a reload. */
export function ImportsPage() {
  const { t } = useTranslation();
  const { run: runId } = route.useSearch();
  const navigate = route.useNavigate();
  const [work, setWork] = useState<Work | null>(null);
  const run = useQuery({ ...importQuery(runId ?? ''), enabled: runId !== undefined });
  const inspect = useMutation({
    mutationFn: async (file: File) => ({ file, inspection: await inspectFile(file) }),
    onSuccess: ({ file, inspection }) =>
      setWork({ file, inspection, draft: draftOf(inspection.suggestedMapping, inspection) }),
  });
  const start = useMutation({
    mutationFn: ({ file, draft, dryRun }: Work & { dryRun: boolean }) => startImport(file, mappingOf(draft), dryRun),
    onSuccess: ({ id }) => void navigate({ search: { run: id } }),
  });
  const again = () => {
    setWork(null);
    void navigate({ search: {} });
  };
  const shown = runId ? run.data : undefined;
  return (
    <>
      <PageHeader title={t('imports.title')}>
        <p className="text-soft">{t('imports.text')}</p>
      </PageHeader>
      <ImportStepper current={stepOf(work, shown)} />
      {runId ? (
        <Loaded query={run}>
          {(data) => (
            <ImportResult
              run={data}
              canConfirm={work !== null && !isRunning(data)}
              starting={start.isPending}
              problem={start.error}
              onConfirm={() => work && start.mutate({ ...work, dryRun: false })}
              onBack={() => void navigate({ search: {} })}
              onAgain={again}
            />
          )}
        </Loaded>
      ) : work ? (
        <MappingStep
          inspection={work.inspection}
          fileName={work.file.name}
          draft={work.draft}
          onChange={(draft) => setWork({ ...work, draft })}
          checking={start.isPending}
          problem={start.error}
          onCheck={() => start.mutate({ ...work, dryRun: true })}
          onBack={again}
        />
      ) : (
        <UploadStep pending={inspect.isPending} problem={inspect.error} onFile={(file) => inspect.mutate(file)} />
      )}
    </>
  );
}
