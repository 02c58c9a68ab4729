import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { System } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { TextField } from '../../ui/form/field';
import { Form } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { useFormat } from '../../ui/format/format';
import { announce } from '../../ui/toast';
import { PersonField } from '../people/person-field';
import { refreshSystem } from '../systems/system-queries';
import { handOverQuery } from './hand-over-queries';

/** Another owner for one system, another deputy, or both: shows what goes with it first. */
export function SystemHandOverDialog({ system, onClose }: { system: System; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const form = useForm({
    initial: { ownerId: '', deputyId: '', note: '' },
    required: ({ deputyId }) => (deputyId ? [] : ['ownerId']),
    save: ({ ownerId, deputyId, note }) =>
      api.post(`/systems/${system.id}/hand-over`, {
        ...(ownerId && { ownerId }),
        ...(deputyId && { deputyId }),
        ...(note && { note }),
      }),
    onSaved: () => {
      announce(t('handOver.done', { name: format.name(system) }));
      void refreshSystem(client);
      void client.invalidateQueries({ queryKey: ['users'] });
      onClose();
    },
  });
  const labels = { ownerId: t('handOver.owner'), deputyId: t('handOver.deputy'), note: t('handOver.note') };
  return (
    <Dialog title={t('handOver.title', { name: format.name(system) })} onClose={onClose}>
      <p className="mb-4">{t('handOver.text')}</p>
      {system.owner && <Moving userId={system.owner.id} systemId={system.id} />}
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('handOver.submit')} onCancel={onClose}>
        <PersonField {...form.bind('ownerId')} label={labels.ownerId} />
        <PersonField {...form.bind('deputyId')} label={labels.deputyId} hint={t('handOver.deputyHint')} />
        <TextField {...form.bind('note')} label={labels.note} rows={3} hint={t('handOver.noteHint')} />
      </Form>
    </Dialog>
  );
}

/** What goes from the present owner to the next one. */
function Moving({ userId, systemId }: { userId: string; systemId: string }) {
  const { t } = useTranslation();
  const item = useQuery(handOverQuery(userId)).data?.items.find(({ id }) => id === systemId);
  if (!item) return null;
  return (
    <section aria-label={t('handOver.moves')} className="mb-4 rounded-8 border border-line px-4 py-3">
      <p>{t('handOver.open', { count: item.openObligations, overdue: item.overdue })}</p>
      <p>{t('handOver.reminders', { count: item.waitingReminders })}</p>
      {item.improvementItems > 0 && <p>{t('handOver.items', { count: item.improvementItems })}</p>}
    </section>
  );
}
