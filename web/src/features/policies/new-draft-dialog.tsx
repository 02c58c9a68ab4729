import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Policy } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { RadioField } from '../../ui/form/choice';
import { Form } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { OrganisationField } from '../organisations/organisation-field';

type Pack = 'in-force' | 'default';

/** Begins the next version of an organisation's policy, and opens it for editing. */
export function NewDraftDialog({ organisationId = '', onClose }: { organisationId?: string; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({
    initial: { organisationId, pack: 'in-force' as Pack },
    required: () => ['organisationId'],
    save: (asked) => api.post<Policy>('/policies', asked),
    onSaved: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['policies'] });
      void navigate({ to: '/policies/$policyId/edit', params: { policyId: id } });
    },
  });
  const labels = { organisationId: t('policies.forOrganisation'), pack: t('policies.beginFrom') };
  return (
    <Dialog title={t('policies.newDraft')} onClose={onClose}>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('policies.begin')} onCancel={onClose}>
        <OrganisationField {...form.bind('organisationId')} label={labels.organisationId} inside />
        <RadioField
          {...form.bind('pack')}
          label={labels.pack}
          onChange={(pack) => pack && form.set('pack', pack)}
          options={[
            { value: 'in-force', label: t('policies.fromInForce') },
            { value: 'default', label: t('policies.fromPack') },
          ]}
        />
      </Form>
    </Dialog>
  );
}
