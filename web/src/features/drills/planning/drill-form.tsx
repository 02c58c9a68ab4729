import type { FormEvent } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ProcedureVersion } from '../../../api/types';
import { Notice } from '../../../ui/feedback';
import { CheckField, RadioField, SelectField } from '../../../ui/form/choice';
import { TextField } from '../../../ui/form/field';
import { Form, UnsavedGuard } from '../../../ui/form/form';
import type { useForm } from '../../../ui/form/use-form';
import { procedureVersionQuery } from '../../procedures/procedure-queries';
import type { DrillDraft } from './drill-draft';
import { DRILL_TYPES, restores } from '../drill-types';
import { useDrillLabels, useVersionChoice } from './drill-words';
import { ParticipantsField } from './participants-field';

interface DrillFormProps {
  systemId: string;
  form: ReturnType<typeof useForm<DrillDraft, { id: string }>>;
  submit: string;
  onSubmit: (event: FormEvent) => void;
  onCancel: () => void;
}

/** The version that is chosen, with its steps; undefined while none is, or it is being read. */
export function useDrilledVersion(versionId: string): ProcedureVersion | undefined {
  return useQuery({ ...procedureVersionQuery(versionId), enabled: versionId !== '' }).data;
}

/** What is drilled, when, by whom, and by which check it is judged. */
export function DrillForm({ systemId, form, submit, onSubmit, onCancel }: DrillFormProps) {
  const { t } = useTranslation();
  const version = useDrilledVersion(form.values.procedureVersionId);
  const labels = useDrillLabels();
  const versions = useVersionChoice(systemId);
  const { bind } = form;
  return (
    <Form {...form} labels={labels} onSubmit={onSubmit} submit={submit} onCancel={onCancel}>
      <UnsavedGuard isDirty={form.isDirty} />
      <Notice>{t('drills.planProvesNothing')}</Notice>
      <TextField {...bind('title')} label={labels.title} />
      <RadioField
        {...bind('type')}
        label={labels.type}
        onChange={(type) => form.set('type', type)}
        options={DRILL_TYPES.map((value) => ({ value, label: t(`domain:drillType.${value}`) }))}
      />
      <TextField {...bind('scheduledAt')} label={labels.scheduledAt} type="datetime-local" />
      <TextField {...bind('plannedMinutes')} label={labels.plannedMinutes} type="number" inputMode="numeric" />
      <SelectField
        {...bind('procedureVersionId')}
        label={labels.procedureVersionId}
        hint={t('drills.fields.procedureHint')}
        empty={t('drills.fields.noProcedure')}
        options={versions}
        onChange={(chosen) => {
          form.set('procedureVersionId', chosen);
          form.set('leftOut', []);
        }}
      />
      {version && form.values.type !== 'NOTIFICATION' && version.steps.length > 0 && (
        <fieldset>
          <legend className="mb-1 font-700">{t('drills.fields.steps')}</legend>
          <div className="grid">
            {version.order.map((key) => {
              const isIn = !form.values.leftOut.includes(key);
              const others = form.values.leftOut.filter((each) => each !== key);
              return (
                <CheckField
                  key={key}
                  name={`step-${key}`}
                  value={isIn}
                  onChange={(chosen) => form.set('leftOut', chosen ? others : [...others, key])}
                >
                  {version.steps.find((step) => step.key === key)?.title ?? key}
                </CheckField>
              );
            })}
          </div>
        </fieldset>
      )}
      {restores(form.values.type) && (
        <TextField
          {...bind('checkExpected')}
          label={labels.checkExpected}
          hint={t('drills.fields.checkHint')}
          rows={2}
        />
      )}
      <ParticipantsField
        label={labels.participants}
        value={form.values.participants}
        onChange={(participants) => form.set('participants', participants)}
        errorOf={(index) => form.errorOf(`participants.${index}.userId`)}
      />
      <RadioField
        {...bind('recurrence')}
        label={labels.recurrence}
        onChange={(recurrence) => recurrence && form.set('recurrence', recurrence)}
        options={(['ONCE', 'BY_POLICY'] as const).map((value) => ({ value, label: t(`recurrence.${value}`) }))}
      />
      <RadioField
        {...bind('timeBasis')}
        label={labels.timeBasis}
        onChange={(timeBasis) => timeBasis && form.set('timeBasis', timeBasis)}
        options={(['ELAPSED', 'SUPPORT_HOURS'] as const).map((value) => ({ value, label: t(`timeBasis.${value}`) }))}
      />
    </Form>
  );
}
