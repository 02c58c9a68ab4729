import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Channel } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { SelectField } from '../../ui/form/choice';
import { TextField } from '../../ui/form/field';
import { Form } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { announce } from '../../ui/toast';

const LOCALES = ['ja', 'en'] as const;

/** Changes a channel. Its address is not shown; one that is written replaces it. */
export function EditChannelDialog({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({
    initial: { name: channel.name, address: '', locale: channel.locale as Channel['locale'] | '' },
    required: () => ['name', 'locale'],
    save: ({ address, ...rest }) =>
      api.patch<Channel>(`/channels/${channel.id}`, { ...rest, ...(address && { address }) }, `"${channel.version}"`),
    onSaved: async () => {
      announce(t('channels.changed'));
      await client.invalidateQueries({ queryKey: ['channels'] });
      onClose();
    },
  });
  const labels = {
    name: t('channels.name'),
    address: t(`channels.address.${channel.kind}`),
    locale: t('channels.locale'),
  };
  return (
    <Dialog title={t('channels.edit')} onClose={onClose}>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('action.save')} onCancel={onClose}>
        <TextField {...form.bind('name')} label={labels.name} />
        <TextField
          {...form.bind('address')}
          label={labels.address}
          hint={t('channels.keepAddress', { hint: channel.addressHint })}
        />
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
