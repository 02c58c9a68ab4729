import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Advice } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { TextField } from '../../ui/form/field';
import { Form } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { announce } from '../../ui/toast';
import { OrganisationField } from '../organisations/organisation-field';

interface AskDialogProps {
  /** What the question is about, and whose it is; absent: the organisation is chosen. */
  about?: { organisationId: string; systemId?: string; improvementItemId?: string };
  onClose: () => void;
}

/** Puts a question to the ministry above. */
export function AskDialog({ about, onClose }: AskDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({
    initial: { organisationId: about?.organisationId ?? '', title: '', question: '', dueOn: '' },
    required: () => ['organisationId', 'title', 'question'],
    save: ({ dueOn, ...asked }) => api.post<Advice>('/advice', { ...about, ...asked, ...(dueOn && { dueOn }) }),
    onSaved: ({ id }) => {
      announce(t('advice.asked'));
      void client.invalidateQueries({ queryKey: ['advice'] });
      void navigate({ to: '/advice/$adviceId', params: { adviceId: id } });
    },
  });
  const labels = {
    organisationId: t('advice.organisation'),
    title: t('advice.name'),
    question: t('advice.question'),
    dueOn: t('advice.dueOn'),
  };
  return (
    <Dialog title={t('advice.ask')} onClose={onClose}>
      <p className="mb-4">{t(about ? 'advice.askAboutText' : 'advice.askText')}</p>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('advice.submit')} onCancel={onClose}>
        {!about && <OrganisationField {...form.bind('organisationId')} label={labels.organisationId} inside />}
        <TextField {...form.bind('title')} label={labels.title} />
        <TextField {...form.bind('question')} label={labels.question} rows={5} />
        <TextField {...form.bind('dueOn')} label={labels.dueOn} type="date" />
      </Form>
    </Dialog>
  );
}
