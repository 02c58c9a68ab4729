import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Channel, IssuedChannel } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { SelectField } from '../../ui/form/choice';
import { TextField } from '../../ui/form/field';
import { Form } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { OrganisationField } from '../organisations/organisation-field';

const KINDS = ['MAIL', 'WEBHOOK', 'SLACK', 'TEAMS'] as const;
const LOCALES = ['ja', 'en'] as const;

/** Adds a channel. */
export function ChannelDialog({ onClose, onMade }: { onClose: () => void; onMade: (made: IssuedChannel) => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({
    initial: {
      organisationId: '',
      name: '',
      kind: 'MAIL' as Channel['kind'] | '',
      address: '',
      locale: 'ja' as Channel['locale'] | '',
    },
    required: () => ['organisationId', 'name', 'kind', 'address', 'locale'],
    save: (values) => api.post<IssuedChannel>('/channels', values),
    onSaved: async (made) => {
      await client.invalidateQueries({ queryKey: ['channels'] });
      onMade(made);
    },
  });
  const kind = form.values.kind || 'MAIL';
  const labels = {
    organisationId: t('channels.organisation'),
    name: t('channels.name'),
    kind: t('channels.kindLabel'),
    address: t(`channels.address.${kind}`),
    locale: t('channels.locale'),
  };
  return (
    <Dialog title={t('channels.add')} onClose={onClose}>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('channels.make')} onCancel={onClose}>
        <OrganisationField
          {...form.bind('organisationId')}
          label={labels.organisationId}
          hint={t('channels.organisationHint')}
          inside
        />
        <TextField {...form.bind('name')} label={labels.name} />
        <SelectField
          {...form.bind('kind')}
          label={labels.kind}
          empty={null}
          options={KINDS.map((value) => ({ value, label: t(`channels.kind.${value}`) }))}
        />
        <TextField {...form.bind('address')} label={labels.address} hint={t(`channels.addressHint.${kind}`)} />
        <SelectField
          {...form.bind('locale')}
          label={labels.locale}
          empty={null}
          options={LOCALES.map((value) => ({ value, label: t(`locale.${value}`) }))}
        />
      </Form>
    </Dialog>
  );
}
