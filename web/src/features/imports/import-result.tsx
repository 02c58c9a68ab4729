import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ImportRun } from '../../api/types';
import { Button, LinkButton } from '../../ui/button';
import { Notice, ProblemNotice, Progress } from '../../ui/feedback';
import { refreshSystem } from '../systems/system-queries';
import { ImportReport } from './import-report';
import { isRunning } from './import-queries';

interface ImportResultProps {
  run: ImportRun;
  canConfirm: boolean;
  starting: boolean;
  problem: unknown;
  onConfirm: () => void;
  onBack: () => void;
  onAgain: () => void;
}

/** The progress of a run, then its report; after a check, the decision to import. */
export function ImportResult({ run, canConfirm, starting, problem, onConfirm, onBack, onAgain }: ImportResultProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const imported = run.status === 'DONE' && !run.dryRun;
  useEffect(() => {
    if (imported) void refreshSystem(client);
  }, [imported, client]);
  if (isRunning(run)) {
    return (
      <div className="max-w-2xl">
        <Progress
          label={t(run.dryRun ? 'imports.checking' : 'imports.importing', { file: run.fileName })}
          value={run.rowsRead}
          max={run.rowsTotal}
        />
      </div>
    );
  }
  if (run.status === 'FAILED') {
    return (
      <div className="grid max-w-2xl gap-4">
        <Notice look="error" title={t('imports.failed')}>
          {run.error?.message}
        </Notice>
        <div>
          <Button onPress={onAgain}>{t('imports.otherFile')}</Button>
        </div>
      </div>
    );
  }
  const blocked = run.unmapped.length > 0;
  return (
    <div>
      <div className="mb-6">
        {imported ? (
          <Notice look="success" title={t('imports.done', { file: run.fileName })} />
        ) : (
          <Notice look={blocked ? 'error' : 'info'} title={t(blocked ? 'imports.blocked' : 'imports.nothingWritten')} />
        )}
      </div>
      <ImportReport run={run} />
      {problem ? <ProblemNotice error={problem} /> : null}
      <div className="mt-4 flex flex-wrap gap-3">
        {run.dryRun && canConfirm && (
          <>
            <Button
              look="primary"
              isDisabled={blocked || run.created + run.updated === 0}
              isPending={starting}
              onPress={onConfirm}
            >
              {t('imports.confirm', { count: run.created + run.updated })}
            </Button>
            <Button onPress={onBack}>{t('imports.backToMapping')}</Button>
          </>
        )}
        {imported && (
          <LinkButton look="primary" to="/systems">
            {t('imports.toSystems')}
          </LinkButton>
        )}
        {(!run.dryRun || !canConfirm) && <Button onPress={onAgain}>{t('imports.otherFile')}</Button>}
      </div>
    </div>
  );
}
