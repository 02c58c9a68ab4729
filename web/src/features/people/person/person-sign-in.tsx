import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { User } from '../../../api/types';
import { Button } from '../../../ui/button';
import { ConfirmDialog } from '../../../ui/dialog';
import { ProblemNotice } from '../../../ui/feedback';
import { Section } from '../../../ui/page';
import { announce } from '../../../ui/toast';

/** How an administrator lets somebody in again who has lost their second factors. */
export function PersonSignIn({ user: { id, displayName: name, email } }: { user: User }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const reset = useMutation({
    mutationFn: () => api.delete(`/users/${id}/factors`, null),
    onSuccess: () => {
      announce(t('users.factorsReset', { name }));
      setAsking(false);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['users'] }),
  });
  const close = () => {
    reset.reset();
    setAsking(false);
  };
  return (
    <Section title={t('factors.title')}>
      <p className="mb-3 text-soft">{t('users.signInText')}</p>
      <Button look="danger" onPress={() => setAsking(true)}>
        {t('users.resetFactors')}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t('users.resetFactorsTitle', { name })}
          confirm={t('users.resetFactors')}
          pending={reset.isPending}
          onConfirm={() => reset.mutate()}
          onCancel={close}
        >
          <div className="grid gap-4">
            {reset.error && <ProblemNotice error={reset.error} />}
            <p>{t('users.resetFactorsText', { email })}</p>
          </div>
        </ConfirmDialog>
      )}
    </Section>
  );
}
