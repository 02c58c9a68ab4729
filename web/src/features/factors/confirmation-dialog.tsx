import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { TextField } from '../../ui/form/field';
import { Form } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { factorsQuery, hasFactor } from './factor-queries';

/** Asks once more who that is: by the password, or by a code for who has a second factor. */
export function ConfirmationDialog({ onConfirmed, onClose }: { onConfirmed: () => void; onClose: () => void }) {
  const { t } = useTranslation();
  const factors = useQuery(factorsQuery).data;
  const [proof, setProof] = useState<'password' | 'code'>('password');
  const other = proof === 'password' ? 'code' : 'password';
  const form = useForm({
    initial: { password: '', code: '' },
    required: () => [proof],
    save: (values) => api.post('/me/confirmation', { [proof]: values[proof].trim() }),
    onSaved: onConfirmed,
  });
  const labels = { password: t('signIn.password'), code: t('factors.anyCode') };
  return (
    <Dialog title={t('factors.confirmTitle')} onClose={onClose}>
      <p className="mb-4">{t('factors.confirmText')}</p>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('factors.confirm')} onCancel={onClose}>
        {proof === 'password' ? (
          <TextField
            key="password"
            {...form.bind('password')}
            label={labels.password}
            type="password"
            autoComplete="current-password"
          />
        ) : (
          <TextField
            key="code"
            {...form.bind('code')}
            label={labels.code}
            hint={t('factors.anyCodeHint')}
            autoComplete="one-time-code"
          />
        )}
        {factors && hasFactor(factors) && (
          <div>
            <Button look="quiet" onPress={() => setProof(other)}>
              {t(other === 'code' ? 'factors.confirmByCode' : 'factors.confirmByPassword')}
            </Button>
          </div>
        )}
      </Form>
    </Dialog>
  );
}
