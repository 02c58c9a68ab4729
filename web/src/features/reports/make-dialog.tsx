import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Report } from './report-types';
import { Dialog } from '../../ui/dialog';
import { SelectField } from '../../ui/form/choice';
import { TextField } from '../../ui/form/field';
import { Form } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { OrganisationField } from '../organisations/organisation-field';

export const PERIOD_KINDS = ['MONTH', 'QUARTER', 'FISCAL_YEAR'] as const;

/** Asks for a report on a period. */
export function MakeDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({
    initial: { organisationId: '', periodKind: 'MONTH', on: '' },
    required: () => ['organisationId', 'periodKind', 'on'],
    save: (asked) => api.post<Report>('/reports', asked),
    onSaved: ({ id }) => {
      void client.invalidateQueries({ queryKey: ['reports'] });
      void navigate({ to: '/reports/$reportId', params: { reportId: id } });
    },
  });
  const labels = {
    organisationId: t('reports.organisation'),
    periodKind: t('reports.kind'),
    on: t('reports.on'),
  };
  return (
    <Dialog title={t('reports.make')} onClose={onClose}>
      <p className="mb-4">{t('reports.makeText')}</p>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('reports.submitMake')} onCancel={onClose}>
        <OrganisationField {...form.bind('organisationId')} label={labels.organisationId} inside />
        <SelectField
          {...form.bind('periodKind')}
          label={labels.periodKind}
          options={PERIOD_KINDS.map((value) => ({ value: value as string, label: t(`domain:periodKind.${value}`) }))}
        />
        <TextField {...form.bind('on')} label={labels.on} type="date" hint={t('reports.onHint')} />
      </Form>
    </Dialog>
  );
}
