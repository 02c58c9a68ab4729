import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import { Dialog } from '../../../ui/dialog';
import { TextField } from '../../../ui/form/field';
import { Form } from '../../../ui/form/form';
import { useForm } from '../../../ui/form/use-form';
import { refreshDrills } from '../drill-queries';

interface ReasonDialogProps {
  title: string;
  submit: string;
  path: string;
  onClose: () => void;
}

/** Does something with a run that is not done without saying why. */
export function ReasonDialog({ title, submit, path, onClose }: ReasonDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({
    initial: { reason: '' },
    required: () => ['reason'],
    save: (body) => api.post(path, body),
    onSaved: () => {
      void refreshDrills(client);
      onClose();
    },
  });
  const labels = { reason: t('waivers.why') };
  return (
    <Dialog title={title} onClose={onClose}>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={submit} onCancel={onClose}>
        <TextField {...form.bind('reason')} label={labels.reason} rows={2} />
      </Form>
    </Dialog>
  );
}
