import { useState } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ImportRun, Inspection } from '../../api/types';
import { Loaded, ProblemNotice } from '../../ui/feedback';
import { PageHeader } from '../../ui/page';
import { FileFacts } from './file-facts';
import { importQuery, inspectFile, isRunning, startImport, type FileChoice } from './import-queries';
import { ImportResult } from './import-result';
import { ImportStepper, type ImportStep } from './import-stepper';
import { draftOf, mappingOf, type MappingDraft } from './mapping/mapping-draft';
import { MappingStep } from './mapping/mapping-step';
import { UploadStep } from './upload-step';

const route = getRouteApi('/shell/imports');

interface Work {
  file: File;
  choice: FileChoice;
  inspection: Inspection;
  draft: MappingDraft;
}

function stepOf(work: Work | null, run: ImportRun | undefined): ImportStep {
  if (run) return run.dryRun ? 'check' : 'import';
  return work ? 'mapping' : 'upload';
}

/** What the file looks like, with the suggested mapping; how it was opened becomes part of the mapping. */
async function open(file: File, choice: FileChoice): Promise<Work> {
  const inspection = await inspectFile(file, choice);
  const chosen = Object.fromEntries(Object.entries(choice).filter(([, value]) => value));
  const suggested = { ...inspection.suggestedMapping, ...(Object.keys(chosen).length > 0 && { file: chosen }) };
  return { file, choice, inspection, draft: draftOf(suggested, inspection) };
}

/** A register becomes systems: upload, map, check, import. The run is in the address, so its report survives a reload. */
export function ImportsPage() {
  const { t } = useTranslation();
  const { run: runId } = route.useSearch();
  const navigate = route.useNavigate();
  const [work, setWork] = useState<Work | null>(null);
  const run = useQuery({ ...importQuery(runId ?? ''), enabled: runId !== undefined });
  const inspect = useMutation({
    mutationFn: ({ file, choice }: { file: File; choice: FileChoice }) => open(file, choice),
    onSuccess: setWork,
  });
  const start = useMutation({
    mutationFn: ({ file, draft, dryRun }: Work & { dryRun: boolean }) => startImport(file, mappingOf(draft), dryRun),
    onSuccess: ({ id }) => void navigate({ search: { run: id } }),
  });
  const again = () => {
    setWork(null);
    void navigate({ search: {} });
  };
  return (
    <>
      <PageHeader title={t('imports.title')}>
        <p className="text-soft">{t('imports.text')}</p>
      </PageHeader>
      <ImportStepper current={stepOf(work, runId ? run.data : undefined)} />
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
        <>
          <FileFacts
            fileName={work.file.name}
            inspection={work.inspection}
            choice={work.choice}
            onChoose={(choice) => inspect.mutate({ file: work.file, choice })}
          />
          {inspect.error && <ProblemNotice error={inspect.error} />}
          <MappingStep
            inspection={work.inspection}
            draft={work.draft}
            onChange={(draft) => setWork({ ...work, draft })}
            checking={start.isPending}
            problem={start.error}
            onCheck={() => start.mutate({ ...work, dryRun: true })}
            onBack={again}
          />
        </>
      ) : (
        <UploadStep
          pending={inspect.isPending}
          problem={inspect.error}
          onFile={(file) => inspect.mutate({ file, choice: {} })}
        />
      )}
    </>
  );
}
