import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Policy } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { RadioField } from '../../ui/form/choice';
import { ErrorText, fieldId, LABEL } from '../../ui/form/field';
import { Form } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { OrganisationField } from '../organisations/organisation-field';

interface Draft {
  organisationId: string;
  from: 'in-force' | 'default' | 'file';
  /** The content of the chosen file. */
  pack: string;
}

/** Begins the next version of an organisation's policy, and opens it for editing. */
export function NewDraftDialog({ organisationId = '', onClose }: { organisationId?: string; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const form = useForm<Draft, Policy>({
    initial: { organisationId, from: 'in-force', pack: '' },
    required: ({ from }) => ['organisationId', ...(from === 'file' ? (['pack'] as const) : [])],
    fieldOf: (name) => (name === 'organisationId' ? name : 'pack'),
    save: ({ from, pack, ...at }) =>
      from === 'file' ? api.post('/policies/packs', { ...at, pack }) : api.post('/policies', { ...at, pack: from }),
    onSaved: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['policies'] });
      void navigate({ to: '/policies/$policyId/edit', params: { policyId: id } });
    },
  });
  const labels = {
    organisationId: t('policies.forOrganisation'),
    from: t('policies.beginFrom'),
    pack: t('policies.packFile'),
  };
  const error = form.errorOf('pack');
  return (
    <Dialog title={t('policies.newDraft')} onClose={onClose}>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('policies.begin')} onCancel={onClose}>
        <OrganisationField {...form.bind('organisationId')} label={labels.organisationId} inside />
        <RadioField
          {...form.bind('from')}
          label={labels.from}
          onChange={(from) => from && form.set('from', from)}
          options={[
            { value: 'in-force', label: t('policies.fromInForce') },
            { value: 'default', label: t('policies.fromPack') },
            { value: 'file', label: t('policies.fromFile') },
          ]}
        />
        {form.values.from === 'file' && (
          <div>
            <label htmlFor={fieldId('pack')} className={LABEL}>
              {labels.pack}
            </label>
            <input
              id={fieldId('pack')}
              type="file"
              accept=".yaml,.yml"
              aria-invalid={error ? 'true' : undefined}
              onChange={async (event) => form.set('pack', (await event.target.files?.[0]?.text()) ?? '')}
              className="control h-auto p-3"
            />
            {error && <ErrorText>{error}</ErrorText>}
          </div>
        )}
      </Form>
    </Dialog>
  );
}
