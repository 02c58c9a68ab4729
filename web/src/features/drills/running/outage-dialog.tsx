import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { DrillRun } from '../../../api/types';
import { Dialog } from '../../../ui/dialog';
import { TextField } from '../../../ui/form/field';
import { Form } from '../../../ui/form/form';
import { useForm } from '../../../ui/form/use-form';
import { instantOf, wallClockOf } from '../../../ui/format/format';
import { now } from '../../../ui/format/now';
import { proceduresQuery } from '../../procedures/procedure-queries';
import { refreshDrills } from '../drill-queries';

/** Records a real outage: its clock began when the service was lost. */
export function OutageDialog({ systemId, onClose }: { systemId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const inForce = useQuery(proceduresQuery(systemId)).data?.items.find(({ current }) => current)?.current;
  const form = useForm({
    initial: { title: '', startedAt: wallClockOf(now()), plannedMinutes: '240' },
    required: () => ['title', 'startedAt', 'plannedMinutes'],
    save: ({ title, startedAt, plannedMinutes }) =>
      api.post<DrillRun>(`/systems/${systemId}/outages`, {
        ...{ title, startedAt: instantOf(startedAt), plannedMinutes: Number(plannedMinutes) },
        procedureVersionId: inForce?.versionId ?? null,
      }),
    onSaved: (run) => {
      void refreshDrills(client);
      void navigate({ to: '/drill-runs/$runId', params: { runId: run.id } });
    },
  });
  const labels = {
    title: t('outages.title'),
    startedAt: t('outages.startedAt'),
    plannedMinutes: t('outages.plannedMinutes'),
  };
  return (
    <Dialog title={t('outages.record')} onClose={onClose}>
      <p className="mb-4">{t('outages.text')}</p>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('outages.start')} onCancel={onClose}>
        <TextField {...form.bind('title')} label={labels.title} />
        <TextField {...form.bind('startedAt')} label={labels.startedAt} type="datetime-local" />
        <TextField {...form.bind('plannedMinutes')} label={labels.plannedMinutes} type="number" inputMode="numeric" />
      </Form>
    </Dialog>
  );
}
