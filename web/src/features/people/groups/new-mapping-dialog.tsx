import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../../api/types';
import { Dialog } from '../../../ui/dialog';
import { SelectField } from '../../../ui/form/choice';
import { TextField } from '../../../ui/form/field';
import { Form } from '../../../ui/form/form';
import { useForm } from '../../../ui/form/use-form';
import { announce } from '../../../ui/toast';
import { OrganisationField } from '../../organisations/organisation-field';
import { ROLES, useAdministers } from '../roles';
import { changeMappings, isSameMapping } from './group-mappings';

/** Gives the members of a group a role. */
export function NewMappingDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const administers = useAdministers();
  const form = useForm({
    initial: { group: '', role: '' as Role | '', organisationId: '' },
    required: () => ['group', 'role', 'organisationId'],
    fieldOf: (name) => name.replace(/^mappings[[.]\d+\]?\./, ''),
    save: ({ group, role, organisationId }) => {
      const added = { group: group.trim(), role: role as Role, organisationId };
      return changeMappings(client, (present) => [...present.filter((each) => !isSameMapping(each, added)), added]);
    },
    onSaved: () => {
      announce(t('groups.added'));
      onClose();
    },
  });
  const labels = {
    group: t('groups.group'),
    role: t('userFields.role'),
    organisationId: t('userFields.organisationId'),
  };
  return (
    <Dialog title={t('groups.add')} onClose={onClose}>
      <Form {...form} labels={labels} onSubmit={form.submit} submit={t('groups.addSubmit')} onCancel={onClose}>
        <TextField {...form.bind('group')} label={labels.group} hint={t('groups.groupHint')} />
        <SelectField
          {...form.bind('role')}
          label={labels.role}
          options={ROLES.map((value) => ({ value, label: t(`domain:role.${value}`) }))}
        />
        <OrganisationField
          {...form.bind('organisationId')}
          label={labels.organisationId}
          hint={t('users.organisationHint')}
          only={administers}
        />
      </Form>
    </Dialog>
  );
}
