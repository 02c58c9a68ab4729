import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Inlet } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { TextField } from '../../ui/form/field';
import { Form } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { announce } from '../../ui/toast';

/** Says, with a reason, that the unusual size of the newest backup is right. */
export function SizeDialog({ inlet, onClose }: { inlet: Inlet; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({
    initial: { reason: '' },
    required: () => ['reason'],
    save: (body) => api.post<Inlet>(`/inlets/${inlet.id}/accept-size`, body),
    onSaved: () => {
      announce(t('inlets.sizeAccepted'));
      void client.invalidateQueries({ queryKey: ['inlets'] });
      onClose();
    },
  });
  const labels = { reason: t('inlets.sizeReason') };
  return (
    <Dialog title={t('inlets.acceptSize')} onClose={onClose}>
      <p>{inlet.reason.text}</p>
      <p className="my-4">{t('inlets.acceptSizeText')}</p>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('inlets.acceptSize')} onCancel={onClose}>
        <TextField {...form.bind('reason')} label={labels.reason} rows={2} />
      </Form>
    </Dialog>
  );
}
