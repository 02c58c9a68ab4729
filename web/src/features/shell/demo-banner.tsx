import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { ConfirmDialog } from '../../ui/dialog';
import { ProblemNotice } from '../../ui/feedback';
import { announce } from '../../ui/toast';
import { sessionQuery, useMe, usePermission } from '../session/session';

/** Says that the figures are invented, and takes them away after asking. */
export function DemoBanner() {
  const { t } = useTranslation();
  const me = useMe();
  const may = usePermission();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const clear = useMutation({
    mutationFn: () => api.post('/demo/clear'),
    onSuccess: async () => {
      setAsking(false);
      announce(t('demo.cleared'));
      await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
      await client.invalidateQueries();
      await navigate({ to: '/' });
    },
  });
  if (!me.demo) return null;
  return (
    <section
      aria-label={t('demo.label')}
      className="no-print flex flex-wrap items-center justify-center gap-x-4 gap-y-1 bg-soon px-4 py-1 text-[0.9375rem] text-on-soon"
    >
      <p>{t('demo.text')}</p>
      {may('demo:clear') && (
        <button type="button" className="min-h-11 cursor-pointer font-700 underline" onClick={() => setAsking(true)}>
          {t('demo.clear')}
        </button>
      )}
      {asking && (
        <ConfirmDialog
          title={t('demo.confirmTitle')}
          confirm={t('demo.clear')}
          pending={clear.isPending}
          onConfirm={() => clear.mutate()}
          onCancel={() => setAsking(false)}
        >
          <p>{t('demo.confirmText')}</p>
          {clear.error && <ProblemNotice error={clear.error} />}
        </ConfirmDialog>
      )}
    </section>
  );
}
