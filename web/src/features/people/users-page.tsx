import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Page, User } from '../../api/types';
import { Button } from '../../ui/button';
import { EmptyState, Loaded } from '../../ui/feedback';
import { PageHeader } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { DataTable, type Column } from '../../ui/table';
import { usePermission } from '../session/session';
import { NewUserDialog } from './new-user-dialog';

const route = getRouteApi('/shell/users');

/** Who works with the service, and in which role where. */
export function UsersPage() {
  const { t } = useTranslation();
  const may = usePermission();
  const { cursor } = route.useSearch();
  const [creating, setCreating] = useState(false);
  const users = useQuery({
    queryKey: ['users', 'list', cursor],
    queryFn: ({ signal }) => api.get<Page<User>>('/users', { cursor }, signal),
  });
  const columns: Column<User>[] = [
    { key: 'name', title: t('userFields.displayName'), heads: true, cell: ({ displayName }) => <b>{displayName}</b> },
    { key: 'email', title: t('userFields.email'), cell: ({ email }) => email },
    {
      key: 'roles',
      title: t('userFields.roles'),
      cell: ({ roles }) => (
        <ul>
          {roles.map(({ role, organisationId, organisationName }) => (
            <li key={role + organisationId}>
              {t(`domain:role.${role}`)}
              {organisationName && <span className="text-soft">{t('text.aside', { text: organisationName })}</span>}
            </li>
          ))}
        </ul>
      ),
    },
    { key: 'locale', title: t('userFields.locale'), cell: ({ locale }) => t(`locale.${locale}`) },
    { key: 'signIn', title: t('users.signIn'), cell: ({ canSignIn }) => t(canSignIn ? 'users.may' : 'users.mayNot') },
  ];
  const create = may('users:write') && (
    <Button look="primary" icon="plus" onPress={() => setCreating(true)}>
      {t('users.create')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('users.title')} actions={create} />
      <Loaded query={users}>
        {({ items, nextCursor, total }) =>
          items.length === 0 ? (
            <EmptyState title={t('users.empty')} action={create} />
          ) : (
            <>
              <DataTable caption={t('users.title')} columns={columns} rows={items} rowKey={({ id }) => id} />
              <Pager cursor={cursor} nextCursor={nextCursor} shown={items.length} total={total} />
            </>
          )
        }
      </Loaded>
      {creating && <NewUserDialog onClose={() => setCreating(false)} />}
    </>
  );
}
