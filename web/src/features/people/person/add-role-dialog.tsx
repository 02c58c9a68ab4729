import { useRef } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { HeldRole, Role, User } from '../../../api/types';
import { ConfirmDialog, Dialog } from '../../../ui/dialog';
import { SelectField } from '../../../ui/form/choice';
import { Form } from '../../../ui/form/form';
import { useForm } from '../../../ui/form/use-form';
import { announce } from '../../../ui/toast';
import { OrganisationField } from '../../organisations/organisation-field';
import { ROLES, useAdministers } from '../roles';

interface AddRoleProps {
  user: User;
  etag: string | null;
  /** The roles that the person has in the organisations one administers. */
  kept: HeldRole[];
  onClose: () => void;
}

/** Gives a person one more role in an organisation and everything below it. */
export function AddRoleDialog({ user, etag, kept, onClose }: AddRoleProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const administers = useAdministers();
  const read = useRef({ kept, etag });
  const form = useForm({
    initial: { role: '' as Role | '', organisationId: '' },
    required: () => ['role', 'organisationId'],
    // The service names a refused role by its place in the list; the one that can be refused is the new one.
    fieldOf: (name) => name.replace(/^roles\[\d+\]\./, ''),
    save: ({ role, organisationId }) => {
      const others = read.current.kept
        .filter((held) => held.role !== role || held.organisationId !== organisationId)
        .map((held) => ({ role: held.role, organisationId: held.organisationId }));
      return api.put<User>(
        `/users/${user.id}/roles`,
        { roles: [...others, { role, organisationId }] },
        read.current.etag,
      );
    },
    onSaved: () => {
      announce(t('users.roleGiven'));
      refresh();
    },
  });
  const refresh = () => {
    void client.invalidateQueries({ queryKey: ['users'] });
    onClose();
  };
  // A role is added to those that somebody else has given or taken meanwhile; what is filled in stays.
  const readAgain = async () => {
    const { value, etag: now } = await api.getTagged<User>(`/users/${user.id}`);
    read.current = { kept: value.roles.filter(({ organisationId }) => administers(organisationId)), etag: now };
    form.dismissStale();
  };
  const labels = { role: t('userFields.role'), organisationId: t('userFields.organisationId') };
  return (
    <Dialog title={t('users.addRoleTitle', { name: user.displayName })} onClose={onClose}>
      <p className="mb-4 text-soft">{t('users.rolesEndSessions')}</p>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('users.addRoleSubmit')} onCancel={onClose}>
        <SelectField
          {...form.bind('role')}
          label={labels.role}
          options={ROLES.map((value) => ({ value, label: t(`domain:role.${value}`) }))}
        />
        {form.values.role && <p className="text-[0.9375rem] text-soft">{t(`roleText.${form.values.role}`)}</p>}
        <OrganisationField
          {...form.bind('organisationId')}
          label={labels.organisationId}
          hint={t('users.organisationHint')}
          only={administers}
        />
      </Form>
      {form.stale && (
        <ConfirmDialog
          title={t('stale.title')}
          confirm={t('stale.reload')}
          look="primary"
          onConfirm={() => void readAgain()}
          onCancel={form.dismissStale}
        >
          <p>{t('users.rolesStale')}</p>
        </ConfirmDialog>
      )}
    </Dialog>
  );
}
