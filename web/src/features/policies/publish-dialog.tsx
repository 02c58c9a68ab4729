import { useEffect } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Policy } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { ProblemNotice } from '../../ui/feedback';
import { TextField } from '../../ui/form/field';
import { Form } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { announce } from '../../ui/toast';
import { EffectsSummary } from './preview/effects';
import { askPreview, previewQuery } from './preview/preview-queries';
import { PreviewState } from './preview/preview-tab';

/** Asks once more before a draft is put in force, with what that changes. */
export function PublishDialog({ policy, onClose }: { policy: Policy; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const query = previewQuery(policy.id);
  const preview = useQuery(query);
  const ask = useMutation({
    mutationFn: (effectiveOn: string) => askPreview(policy.id, effectiveOn),
    onSuccess: (answer) => client.setQueryData(query.queryKey, answer),
  });
  const form = useForm({
    initial: { effectiveOn: '' },
    save: ({ effectiveOn }) => api.post(`/policies/${policy.id}/publish`, effectiveOn ? { effectiveOn } : {}),
    onSaved: async () => {
      announce(t('policies.published'));
      onClose();
      await client.invalidateQueries();
    },
  });
  const { effectiveOn } = form.values;
  const { mutate } = ask;
  useEffect(() => mutate(effectiveOn), [mutate, effectiveOn]);
  const labels = { effectiveOn: t('policies.effectiveOn') };
  return (
    <Dialog title={t('policies.publishTitle')} onClose={onClose}>
      <div className="mb-6 grid gap-3" aria-live="polite">
        <p>{t('policies.publishText')}</p>
        {ask.error && <ProblemNotice error={ask.error} />}
        {preview.data && <PreviewState preview={preview.data} />}
        {preview.data?.effects && <EffectsSummary effects={preview.data.effects} />}
      </div>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('policies.publish')} onCancel={onClose}>
        <TextField
          {...form.bind('effectiveOn')}
          type="date"
          label={labels.effectiveOn}
          hint={t('policies.effectiveOnHint')}
        />
      </Form>
    </Dialog>
  );
}
