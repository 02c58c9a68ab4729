import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { FirstFactor } from '../../../api/types';
import { Dialog } from '../../../ui/dialog';
import { TextField } from '../../../ui/form/field';
import { Form } from '../../../ui/form/form';
import { useForm } from '../../../ui/form/use-form';
import { makePasskey, withoutField } from './passkey';
import type { Confirmed } from '../use-confirmed';

interface PasskeyDialogProps {
  confirmed: Confirmed;
  onSaved: (recoveryCodes: string[] | null) => void;
  onClose: () => void;
}

/** Names a new passkey and lets the browser make it. */
export function PasskeyDialog({ confirmed, onSaved, onClose }: PasskeyDialogProps) {
  const { t } = useTranslation();
  const form = useForm({
    initial: { name: '' },
    required: () => ['name'],
    save: async ({ name }) => {
      const credential = await makePasskey(confirmed, t);
      return withoutField(api.post<FirstFactor>('/me/factors/passkeys', { name: name.trim(), credential }));
    },
    onSaved: ({ recoveryCodes }) => onSaved(recoveryCodes),
  });
  const labels = { name: t('factors.passkeyName') };
  return (
    <Dialog title={t('factors.passkeyAdd')} onClose={onClose}>
      <p className="mb-4">{t('factors.passkeyAddText')}</p>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('factors.passkeySubmit')} onCancel={onClose}>
        <TextField {...form.bind('name')} label={labels.name} hint={t('factors.passkeyNameHint')} />
      </Form>
    </Dialog>
  );
}
