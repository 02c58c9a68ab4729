import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Organisation } from '../../api/types';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { ProblemNotice } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { announce } from '../../ui/toast';

/** For the administrator of an agency: opens what is inside to those above it, or closes it. Nothing for everybody else. */
export function SharingSwitch({ organisation }: { organisation: Organisation }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const [step] = organisation.offered;
  if (!step) return null;
  return (
    <>
      <Button onPress={() => setAsking(true)}>{t(`organisations.${step}`)}</Button>
      {asking && <SharingDialog organisation={organisation} step={step} onClose={() => setAsking(false)} />}
    </>
  );
}

interface SharingDialogProps {
  organisation: Organisation;
  step: Organisation['offered'][number];
  onClose: () => void;
}

function SharingDialog({ organisation, step, onClose }: SharingDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: async () => {
      const { etag } = await api.getTagged<Organisation>(`/organisations/${organisation.id}`);
      return api.patch(`/organisations/${organisation.id}`, { sharesDetails: step === 'share-details' }, etag);
    },
    onSuccess: async () => {
      announce(t(`organisations.done.${step}`));
      await client.invalidateQueries();
      onClose();
    },
  });
  return (
    <Dialog title={t(`organisations.${step}`)} onClose={onClose}>
      <p className="mb-2 font-700">{format.name(organisation)}</p>
      <p className="mb-4">{t(`organisations.effect.${step}`)}</p>
      {change.error && <ProblemNotice error={change.error} />}
      <div className="mt-6 flex flex-wrap justify-end gap-3">
        <Button onPress={onClose}>{t('action.cancel')}</Button>
        <Button look="primary" isPending={change.isPending} onPress={() => change.mutate()}>
          {t(`organisations.${step}`)}
        </Button>
      </div>
    </Dialog>
  );
}
