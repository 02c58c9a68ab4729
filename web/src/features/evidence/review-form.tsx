import { useState, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Affected } from '../../api/types';
import type { Outcome } from '../../api/types';
import { Button } from '../../ui/button';
import { RadioField, SelectField } from '../../ui/form/choice';
import { TextField } from '../../ui/form/field';
import { Form } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { refreshSystem } from '../systems/system-queries';
import { AffectedList } from './affected-list';

interface Subject {
  id: string;
  label: string;
  path: string;
}

interface ReviewDraft {
  subject: string;
  performedOn: string;
  outcome: Outcome | '';
  note: string;
}

const OUTCOMES: Outcome[] = ['PASSED', 'FAILED'];

interface ReviewFormProps {
  subjects: Subject[];
  /** What the review is about, above the fields. */
  intro?: ReactNode;
  onClose: () => void;
}

/** The record of a review: which text, on which day, with which result. */
export function ReviewForm({ subjects, intro, onClose }: ReviewFormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [affected, setAffected] = useState<Affected[] | null>(null);
  const form = useForm<ReviewDraft, { affected?: Affected[] }>({
    initial: { subject: subjects[0]?.id ?? '', performedOn: '', outcome: '', note: '' },
    required: () => ['subject', 'performedOn', 'outcome'],
    save: ({ subject, performedOn, outcome, note }) =>
      api.post(subjects.find(({ id }) => id === subject)?.path ?? '', { performedOn, outcome, ...(note && { note }) }),
    onSaved: (sent) => {
      setAffected(sent.affected ?? []);
      void refreshSystem(client);
    },
  });
  const labels = {
    subject: t('review.subject'),
    performedOn: t('review.performedOn'),
    outcome: t('review.outcome'),
    note: t('review.note'),
  };
  if (affected) {
    return (
      <>
        <AffectedList done={t('review.recorded')} affected={affected} />
        <div className="mt-6 flex justify-end">
          <Button look="primary" autoFocus onPress={onClose}>
            {t('action.close')}
          </Button>
        </div>
      </>
    );
  }
  return (
    <>
      {intro}
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('review.submit')} onCancel={onClose}>
        {subjects.length !== 1 && (
          <SelectField
            {...form.bind('subject')}
            label={labels.subject}
            options={subjects.map(({ id, label }) => ({ value: id, label }))}
          />
        )}
        <TextField {...form.bind('performedOn')} label={labels.performedOn} type="date" />
        <RadioField
          {...form.bind('outcome')}
          label={labels.outcome}
          options={OUTCOMES.map((value) => ({ value, label: t(`review.result.${value as 'PASSED' | 'FAILED'}`) }))}
        />
        <TextField {...form.bind('note')} label={labels.note} rows={3} />
      </Form>
    </>
  );
}
