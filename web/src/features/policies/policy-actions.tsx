import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Policy } from '../../api/types';
import { Button, buttonClass, LinkButton } from '../../ui/button';
import { ConfirmDialog } from '../../ui/dialog';
import { ProblemNotice } from '../../ui/feedback';
import { announce } from '../../ui/toast';
import { NewDraftDialog } from './new-draft-dialog';
import { packHref } from './policy-queries';
import { PublishDialog } from './publish-dialog';

/** What the signed-in person may do with a version of a policy. */
export function PolicyActions({ policy }: { policy: Policy }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [asks, setAsks] = useState<'draft' | 'discard' | 'publish' | null>(null);
  const discard = useMutation({
    mutationFn: () => api.delete(`/policies/${policy.id}`, `"${policy.rowVersion}"`),
    onSuccess: async () => {
      announce(t('policies.discarded'));
      await navigate({ to: '/policies' });
      await client.invalidateQueries({ queryKey: ['policies'] });
    },
  });
  const { offered } = policy;
  return (
    <>
      <a href={packHref(policy.id)} download className={buttonClass()}>
        {t('policies.exportPack')}
      </a>
      {offered.includes('draft') && <Button onPress={() => setAsks('draft')}>{t('policies.newDraft')}</Button>}
      {offered.includes('edit') && (
        <>
          <Button look="danger" onPress={() => setAsks('discard')}>
            {t('policies.discard')}
          </Button>
          <LinkButton to="/policies/$policyId/edit" params={{ policyId: policy.id }}>
            {t('policies.edit')}
          </LinkButton>
        </>
      )}
      {offered.includes('publish') && (
        <Button look="primary" onPress={() => setAsks('publish')}>
          {t('policies.publish')}
        </Button>
      )}
      {asks === 'publish' && <PublishDialog policy={policy} onClose={() => setAsks(null)} />}
      {asks === 'draft' && <NewDraftDialog organisationId={policy.organisation.id} onClose={() => setAsks(null)} />}
      {asks === 'discard' && (
        <ConfirmDialog
          title={t('policies.discardTitle')}
          confirm={t('policies.discard')}
          pending={discard.isPending}
          onConfirm={() => discard.mutate()}
          onCancel={() => setAsks(null)}
        >
          <p>{t('policies.discardText')}</p>
          {discard.error && <ProblemNotice error={discard.error} />}
        </ConfirmDialog>
      )}
    </>
  );
}
