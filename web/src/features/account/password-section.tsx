import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { TextField } from '../../ui/form/field';
import { Form } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { Section } from '../../ui/page';
import { announce } from '../../ui/toast';

export function PasswordSection() {
  const { t } = useTranslation();
  const [changing, setChanging] = useState(false);
  return (
    <Section title={t('signIn.password')}>
      <p className="mb-3 text-soft">{t('account.passwordText')}</p>
      <Button onPress={() => setChanging(true)}>{t('account.changePassword')}</Button>
      {changing && <PasswordDialog onClose={() => setChanging(false)} />}
    </Section>
  );
}

function PasswordDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const form = useForm({
    initial: { currentPassword: '', newPassword: '' },
    required: () => ['currentPassword', 'newPassword'],
    save: (passwords) => api.post('/me/password', passwords),
    onSaved: () => {
      announce(t('account.passwordChanged'));
      onClose();
    },
  });
  const labels = { currentPassword: t('account.currentPassword'), newPassword: t('account.newPassword') };
  return (
    <Dialog title={t('account.changePassword')} onClose={onClose}>
      <Form
        {...form}
        labels={labels}
        onSubmit={form.submit}
        submit={t('account.changePasswordSubmit')}
        onCancel={onClose}
      >
        <TextField
          {...form.bind('currentPassword')}
          label={labels.currentPassword}
          type="password"
          autoComplete="current-password"
        />
        <TextField
          {...form.bind('newPassword')}
          label={labels.newPassword}
          type="password"
          autoComplete="new-password"
          hint={t('account.passwordHint')}
        />
      </Form>
    </Dialog>
  );
}
