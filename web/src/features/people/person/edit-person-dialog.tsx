import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { Locale, User } from '../../../api/types';
import { Dialog } from '../../../ui/dialog';
import { RadioField } from '../../../ui/form/choice';
import { ComboField } from '../../../ui/form/combo-field';
import { TextField } from '../../../ui/form/field';
import { Form } from '../../../ui/form/form';
import { useForm } from '../../../ui/form/use-form';
import { Merging, useReadVersion } from '../../../ui/merge/merging';
import { announce } from '../../../ui/toast';
import { useFieldText } from '../../audit/field-value';

const LOCALES: Locale[] = ['ja', 'en'];
const ZONES = Intl.supportedValuesOf('timeZone').map((id) => ({ id, label: id }));

const draftOf = ({ displayName, email, locale, timeZone }: User) => ({
  ...{ displayName, email, locale: locale as Locale | '', timeZone },
});

/** Changes name, address, language and time zone of a person. */
export function EditPersonDialog({ user, etag, onClose }: { user: User; etag: string | null; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const text = useFieldText();
  const read = useReadVersion(draftOf(user), etag);
  const refresh = () => void client.invalidateQueries({ queryKey: ['users'] });
  const form = useForm({
    initial: draftOf(user),
    required: () => ['displayName', 'email', 'locale', 'timeZone'],
    save: (values) => api.patch<User>(`/users/${user.id}`, values, read.current.etag),
    onSaved: ({ displayName: name }) => {
      announce(t('users.saved', { name }));
      refresh();
      onClose();
    },
  });
  const newest = async () => {
    const { value, etag } = await api.getTagged<User>(`/users/${user.id}`);
    return { values: draftOf(value), etag };
  };
  const reload = () => {
    refresh();
    onClose();
  };
  const labels = {
    displayName: t('userFields.displayName'),
    email: t('userFields.email'),
    locale: t('userFields.locale'),
    timeZone: t('account.timeZone'),
  };
  return (
    <Dialog title={t('users.editTitle', { name: user.displayName })} onClose={onClose}>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('action.save')} onCancel={onClose}>
        <TextField {...form.bind('displayName')} label={labels.displayName} />
        <TextField {...form.bind('email')} label={labels.email} type="email" />
        <RadioField
          {...form.bind('locale')}
          label={labels.locale}
          options={LOCALES.map((value) => ({ value, label: t(`locale.${value}`) }))}
        />
        <ComboField {...form.bind('timeZone')} label={labels.timeZone} items={ZONES} />
      </Form>
      <Merging
        {...{ form, read, newest, labels }}
        show={(name, value) => (name === 'locale' ? t(`locale.${value as Locale}`) : text(name, value))}
        onReload={reload}
      />
    </Dialog>
  );
}
