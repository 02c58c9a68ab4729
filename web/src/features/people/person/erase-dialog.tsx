import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { User } from '../../../api/types';
import { Dialog } from '../../../ui/dialog';
import { Notice } from '../../../ui/feedback';
import { TextField } from '../../../ui/form/field';
import { Form } from '../../../ui/form/form';
import { useForm } from '../../../ui/form/use-form';
import { announce } from '../../../ui/toast';

/** Erases a person for good, once their address has been typed. */
export function EraseDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({
    initial: { confirm: '' },
    required: () => ['confirm'],
    save: (values) => api.post(`/users/${user.id}/erase`, values),
    onSaved: async () => {
      announce(t('users.erasedNow'));
      onClose();
      await client.invalidateQueries();
    },
  });
  const labels = { confirm: t('users.eraseConfirm', { email: user.email }) };
  return (
    <Dialog title={t('users.eraseTitle', { name: user.displayName })} onClose={onClose} mustAnswer>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('users.erase')} onCancel={onClose}>
        <Notice look="warning">{t('users.eraseText')}</Notice>
        <TextField {...form.bind('confirm')} label={labels.confirm} autoComplete="off" />
      </Form>
    </Dialog>
  );
}
