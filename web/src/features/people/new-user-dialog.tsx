import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Locale, Role, User } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { RadioField, SelectField } from '../../ui/form/choice';
import { TextField } from '../../ui/form/field';
import { Form } from '../../ui/form/form';
import { useForm } from '../../ui/form/use-form';
import { announce } from '../../ui/toast';
import { OrganisationField } from '../organisations/organisation-field';
import { ROLES } from './roles';

interface UserDraft {
  displayName: string;
  email: string;
  locale: Locale | '';
  password: string;
  role: Role | '';
  organisationId: string;
}

const LOCALES: Locale[] = ['ja', 'en'];

/** Adds a person with a first role; without a password the person cannot sign in by password. */
export function NewUserDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm<UserDraft, User>({
    initial: { displayName: '', email: '', locale: 'ja', password: '', role: '', organisationId: '' },
    required: ({ role }) => ['displayName', 'email', 'locale', ...(role ? (['organisationId'] as const) : [])],
    save: ({ role, organisationId, password, ...rest }) =>
      api.post('/users', {
        ...rest,
        ...(password && { password }),
        ...(role && { roles: [{ role, organisationId }] }),
      }),
    onSaved: ({ displayName }) => {
      announce(t('users.created', { name: displayName }));
      void client.invalidateQueries({ queryKey: ['users'] });
      onClose();
    },
  });
  const names = ['displayName', 'email', 'locale', 'password', 'role', 'organisationId'] as const;
  const labels = Object.fromEntries(names.map((name) => [name, t(`userFields.${name}`)])) as Record<
    (typeof names)[number],
    string
  >;
  return (
    <Dialog title={t('users.create')} onClose={onClose}>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('users.createSubmit')} onCancel={onClose}>
        <TextField {...form.bind('displayName')} label={labels.displayName} />
        <TextField {...form.bind('email')} label={labels.email} type="email" />
        <RadioField
          {...form.bind('locale')}
          label={labels.locale}
          options={LOCALES.map((value) => ({ value, label: t(`locale.${value}`) }))}
        />
        <TextField
          {...form.bind('password')}
          label={labels.password}
          type="password"
          autoComplete="new-password"
          hint={t('users.passwordHint')}
        />
        <SelectField
          {...form.bind('role')}
          label={labels.role}
          empty={t('users.noRole')}
          options={ROLES.map((value) => ({ value, label: t(`domain:role.${value}`) }))}
        />
        {form.values.role && <OrganisationField {...form.bind('organisationId')} label={labels.organisationId} />}
      </Form>
    </Dialog>
  );
}
