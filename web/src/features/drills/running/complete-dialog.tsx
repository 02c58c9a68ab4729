import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { DrillRun, Outcome } from '../../../api/types';
import { Dialog } from '../../../ui/dialog';
import { Notice } from '../../../ui/feedback';
import { RadioField } from '../../../ui/form/choice';
import { TextField } from '../../../ui/form/field';
import { Form } from '../../../ui/form/form';
import { useForm } from '../../../ui/form/use-form';
import { instantOf, wallClockOf } from '../../../ui/format/format';
import { announce } from '../../../ui/toast';
import { restores } from '../drill-types';
import { refreshDrills } from '../drill-queries';

type Held = 'HELD' | 'NOT_HELD';
const OUTCOMES = ['PASSED', 'PARTIAL', 'FAILED'] as const;

/** Stops the clock for good and says how it went. */
export function CompleteDialog({ run, onClose }: { run: DrillRun; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const isRestoring = restores(run.drill.type);
  const form = useForm({
    initial: {
      outcome: '' as Outcome | '',
      checkObserved: run.checkObserved ?? '',
      checkHeld: '' as Held | '',
      recoveryPointAt: run.recoveryPointAt ? wallClockOf(run.recoveryPointAt) : '',
      finishedAt: '',
      note: '',
    },
    required: ({ outcome, checkObserved }) =>
      run.checkExpected && isRestoring && checkObserved && outcome !== 'FAILED'
        ? ['outcome', 'checkHeld']
        : ['outcome'],
    save: ({ outcome, checkObserved, checkHeld, recoveryPointAt, finishedAt, note }) =>
      api.post(`/drill-runs/${run.id}/complete`, {
        outcome,
        ...(note && { note }),
        ...(finishedAt && { finishedAt: instantOf(finishedAt) }),
        ...(checkHeld && { checkHeld: checkHeld === 'HELD' }),
        ...(isRestoring && {
          checkObserved: checkObserved || null,
          recoveryPointAt: recoveryPointAt ? instantOf(recoveryPointAt) : null,
        }),
      }),
    onSaved: () => {
      announce(t('runs.completed'));
      void refreshDrills(client);
      onClose();
    },
  });
  const labels = {
    outcome: t('runs.outcome'),
    checkObserved: t('runs.checkObserved'),
    checkHeld: t('runs.checkHeld'),
    recoveryPointAt: t('runs.recoveryPointAt'),
    finishedAt: t('outages.finishedAt'),
    note: t('runs.summary'),
  };
  return (
    <Dialog title={t('runs.completeTitle')} onClose={onClose}>
      <div className="mb-4">
        <Notice>{t('runs.completeText')}</Notice>
      </div>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('runs.complete')} onCancel={onClose}>
        <RadioField
          {...form.bind('outcome')}
          label={labels.outcome}
          options={OUTCOMES.map((value) => ({ value, label: t(`domain:outcome.${value}`) }))}
        />
        {isRestoring && (
          <>
            <TextField
              {...form.bind('checkObserved')}
              label={labels.checkObserved}
              hint={run.checkExpected ? t('runs.expected', { expected: run.checkExpected }) : t('runs.noCheck')}
              rows={2}
            />
            {run.checkExpected && (
              <RadioField
                {...form.bind('checkHeld')}
                label={labels.checkHeld}
                options={[
                  { value: 'HELD', label: t('runs.held.HELD') },
                  { value: 'NOT_HELD', label: t('runs.notHeldFails') },
                ]}
              />
            )}
            <TextField {...form.bind('recoveryPointAt')} label={labels.recoveryPointAt} type="datetime-local" />
          </>
        )}
        {run.drill.kind === 'OUTAGE' && (
          <TextField
            {...form.bind('finishedAt')}
            label={labels.finishedAt}
            hint={t('outages.finishedAtHint')}
            type="datetime-local"
          />
        )}
        <TextField {...form.bind('note')} label={labels.note} rows={2} />
      </Form>
    </Dialog>
  );
}
