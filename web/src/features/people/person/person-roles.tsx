import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { HeldRole, User } from '../../../api/types';
import { Button } from '../../../ui/button';
import { ConfirmDialog } from '../../../ui/dialog';
import { EmptyState, ProblemNotice } from '../../../ui/feedback';
import { useFormat } from '../../../ui/format/format';
import { Section } from '../../../ui/page';
import { announce } from '../../../ui/toast';
import { usePermission } from '../../session/session';
import { useAdministers } from '../roles';
import { AddRoleDialog } from './add-role-dialog';

const isSame = (a: HeldRole, b: HeldRole) => a.role === b.role && a.organisationId === b.organisationId;

/** The roles of a person; those in organisations that one administers are given and taken here. */
export function PersonRoles({ user, etag }: { user: User; etag: string | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const may = usePermission();
  const administers = useAdministers();
  const [adding, setAdding] = useState(false);
  const [taking, setTaking] = useState<HeldRole | null>(null);
  // Roles elsewhere stay by themselves, and naming them would be refused.
  const changeable = user.roles.filter(({ organisationId }) => administers(organisationId));
  const take = useMutation({
    mutationFn: (taken: HeldRole) => {
      const left = changeable.filter((held) => !isSame(held, taken));
      const roles = left.map(({ role, organisationId }) => ({ role, organisationId }));
      return api.put<User>(`/users/${user.id}/roles`, { roles }, etag);
    },
    onSuccess: () => {
      announce(t('users.roleTaken'));
      setTaking(null);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['users'] }),
  });
  const organisation = ({ organisationName: name, organisationNameEn: nameEn }: HeldRole) =>
    format.name({ name, nameEn });
  const words = (held: HeldRole) => ({ role: t(`domain:role.${held.role}`), organisation: organisation(held) });
  const add = may('users:write') && (
    <Button icon="plus" onPress={() => setAdding(true)}>
      {t('users.addRole')}
    </Button>
  );
  return (
    <Section title={t('userFields.roles')} aside={user.roles.length > 0 && add}>
      {user.roles.length === 0 ? (
        <EmptyState title={t('users.noRoles')} action={add}>
          {t('users.noRolesText')}
        </EmptyState>
      ) : (
        <ul className="grid gap-2">
          {user.roles.map((held) => (
            <li
              key={held.role + held.organisationId}
              className="flex min-h-14 flex-wrap items-center justify-between gap-x-4 gap-y-1 rounded-8 border border-line px-4 py-1"
            >
              <p className="min-w-0">
                <b>{t(`domain:role.${held.role}`)}</b>{' '}
                <span className="text-soft">{t('text.aside', { text: organisation(held) })}</span>
              </p>
              {may('users:write') && administers(held.organisationId) && (
                <Button onPress={() => setTaking(held)} aria-label={t('users.takeRoleOf', words(held))}>
                  {t('users.takeRole')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {adding && <AddRoleDialog user={user} etag={etag} kept={changeable} onClose={() => setAdding(false)} />}
      {taking && (
        <ConfirmDialog
          title={t('users.takeRoleTitle', words(taking))}
          confirm={t('users.takeRole')}
          pending={take.isPending}
          onConfirm={() => take.mutate(taking)}
          onCancel={() => {
            take.reset();
            setTaking(null);
          }}
        >
          <div className="grid gap-4">
            {take.error && <ProblemNotice error={take.error} />}
            <p>{t('users.rolesEndSessions')}</p>
          </div>
        </ConfirmDialog>
      )}
    </Section>
  );
}
