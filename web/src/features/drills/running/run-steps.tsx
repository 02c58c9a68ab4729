import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { DrillRun, RunStep } from '../../../api/types';
import { Tag } from '../../../ui/badge';
import { Button } from '../../../ui/button';
import { EmptyState, ProblemNotice } from '../../../ui/feedback';
import { useFormat } from '../../../ui/format/format';
import { runQuery } from '../drill-queries';
import { useMinutes } from '../minutes';
import { ReasonDialog } from './reason-dialog';

const LOOK = { PENDING: 'none', STARTED: 'soon', FINISHED: 'met', SKIPPED: 'none' } as const;
const ENDED: readonly RunStep['status'][] = ['FINISHED', 'SKIPPED'];

/** The steps of a run in the order in which they can be done, each with who did it when. */
export function RunSteps({ run }: { run: DrillRun }) {
  const { t } = useTranslation();
  if (run.steps.length === 0) return <EmptyState title={t('runs.noSteps')}>{t('runs.noStepsText')}</EmptyState>;
  const done = run.steps.filter(({ status }) => ENDED.includes(status)).length;
  return (
    <>
      <p className="mb-2">{t('runs.stepsDone', { done, all: run.steps.length })}</p>
      <ol className="grid gap-3">
        {run.steps.map((step, index) => (
          <Step key={step.key} run={run} step={step} number={index + 1} />
        ))}
      </ol>
    </>
  );
}

function Step({ run, step, number }: { run: DrillRun; step: RunStep; number: number }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [skipping, setSkipping] = useState(false);
  const path = `/drill-runs/${run.id}/steps/${step.key}`;
  const tick = useMutation({
    mutationFn: (act: 'start' | 'finish') => api.post<DrillRun>(`${path}/${act}`, undefined),
    onSettled: () => client.invalidateQueries({ queryKey: runQuery(run.id).queryKey }),
  });
  const waits = run.steps.filter(({ key, status }) => step.dependsOn.includes(key) && !ENDED.includes(status));
  const mayTick = run.offered.includes('tick') && !ENDED.includes(step.status);
  const named = (act: 'start' | 'finish' | 'skip') => ({
    children: t(`runs.step.${act}`),
    'aria-label': t('runs.stepOf', { act: t(`runs.step.${act}`), title: step.title }),
  });
  return (
    <li className={`card grid gap-2 ${step.status === 'STARTED' ? 'border-s-4 border-s-primary' : ''}`}>
      <p className="flex flex-wrap items-center gap-2">
        <span className="tabular-nums">{number}.</span>
        <span className="min-w-0 font-700">{step.title}</span>
        <Tag look={LOOK[step.status]}>{t(`stepStatus.${step.status}`)}</Tag>
      </p>
      <StepFacts step={step} />
      {waits.length > 0 && step.status === 'PENDING' && (
        <p className="text-[0.9375rem] text-soft">
          {t('runs.waits', { steps: waits.map(({ title }) => title).join(', ') })}
        </p>
      )}
      {mayTick && (
        <div className="no-print flex flex-wrap gap-2">
          {step.status === 'STARTED' && (
            <Button
              look="primary"
              isPending={tick.isPending}
              onPress={() => tick.mutate('finish')}
              {...named('finish')}
            />
          )}
          {step.status === 'PENDING' && waits.length === 0 && (
            <Button
              look="primary"
              isPending={tick.isPending}
              onPress={() => tick.mutate('start')}
              {...named('start')}
            />
          )}
          <Button onPress={() => setSkipping(true)} {...named('skip')} />
        </div>
      )}
      {tick.error && <ProblemNotice error={tick.error} />}
      {skipping && (
        <ReasonDialog
          title={t('runs.skipTitle', { title: step.title })}
          submit={t('runs.step.skip')}
          path={`${path}/skip`}
          onClose={() => setSkipping(false)}
        />
      )}
    </li>
  );
}

function StepFacts({ step }: { step: RunStep }) {
  const { t } = useTranslation();
  const format = useFormat();
  const minutes = useMinutes();
  const { role, location, plannedMinutes, instructions, startedBy, startedAt, endedBy, endedAt, status, skipReason } =
    step;
  const facts = [role, location, plannedMinutes !== null && t('runs.plannedStep', { time: minutes(plannedMinutes) })];
  return (
    <>
      {facts.some(Boolean) && <p className="text-[0.9375rem] text-soft">{facts.filter(Boolean).join(' ・ ')}</p>}
      {instructions && <p className="whitespace-pre-wrap">{instructions}</p>}
      {startedBy && (
        <p className="text-[0.875rem]">
          {t('runs.startedBy', { name: startedBy.displayName, at: format.instant(startedAt) })}
        </p>
      )}
      {endedBy && (
        <p className="text-[0.875rem]">
          {t(status === 'SKIPPED' ? 'runs.skippedBy' : 'runs.finishedBy', {
            name: endedBy.displayName,
            at: format.instant(endedAt),
          })}
        </p>
      )}
      {skipReason && <p className="whitespace-pre-wrap">{t('runs.because', { reason: skipReason })}</p>}
    </>
  );
}
