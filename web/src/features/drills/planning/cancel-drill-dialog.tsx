import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { Drill } from '../../../api/types';
import { Dialog } from '../../../ui/dialog';
import { TextField } from '../../../ui/form/field';
import { Form } from '../../../ui/form/form';
import { useForm } from '../../../ui/form/use-form';
import { announce } from '../../../ui/toast';
import { refreshDrills } from '../drill-queries';

/** Calls a planned drill off, saying why. */
export function CancelDrillDialog({ drill, onClose }: { drill: Drill; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({
    initial: { reason: '' },
    required: () => ['reason'],
    save: (body) => api.post(`/drills/${drill.id}/cancel`, body),
    onSaved: () => {
      announce(t('drills.cancelled'));
      void refreshDrills(client);
      onClose();
    },
  });
  const labels = { reason: t('waivers.why') };
  return (
    <Dialog title={t('drills.cancelTitle', { title: drill.title })} onClose={onClose}>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('drills.cancel')} onCancel={onClose}>
        <TextField {...form.bind('reason')} label={labels.reason} rows={2} />
      </Form>
    </Dialog>
  );
}
