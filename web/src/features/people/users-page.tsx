import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { User } from '../../api/types';
import { Tag } from '../../ui/badge';
import { Button, LinkButton } from '../../ui/button';
import { ExportMenu } from '../../ui/export/export-menu';
import { EmptyState, Loaded } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { PageHeader } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { DataTable, type Column } from '../../ui/table';
import { hintsQuery, usePermission } from '../session/session';
import { NewUserDialog } from './new-user-dialog';
import { usersQuery } from './people-queries';
import { UsersFilters } from './users-filters';

const route = getRouteApi('/shell/users');

/** Who works with the service, and in which role where. */
export function UsersPage() {
  const { t } = useTranslation();
  const may = usePermission();
  const format = useFormat();
  const search = route.useSearch();
  const byGroups = useQuery(hintsQuery).data?.oidc === true;
  const [creating, setCreating] = useState(false);
  const users = useQuery(usersQuery(search));
  const filtered = Object.keys(search).some((name) => name !== 'cursor');
  const nameCell = ({ id, displayName, active }: User) => (
    <>
      <Link to="/users/$userId" params={{ userId: id }} className="text-link inline-flex min-h-6 items-center font-700">
        {displayName}
      </Link>{' '}
      {!active && <Tag>{t('users.closed')}</Tag>}
    </>
  );
  const columns: Column<User>[] = [
    { key: 'name', title: t('userFields.displayName'), heads: true, cell: nameCell },
    { key: 'email', title: t('userFields.email'), cell: ({ email }) => email },
    {
      key: 'roles',
      title: t('userFields.roles'),
      cell: ({ roles }) => (
        <ul>
          {roles.map(({ role, organisationId, organisationName, organisationNameEn }) => (
            <li key={role + organisationId}>
              {t(`domain:role.${role}`)}
              <span className="text-soft">
                {t('text.aside', { text: format.name({ name: organisationName, nameEn: organisationNameEn }) })}
              </span>
            </li>
          ))}
        </ul>
      ),
    },
    { key: 'locale', title: t('userFields.locale'), cell: ({ locale }) => t(`locale.${locale}`) },
    {
      key: 'signIn',
      title: t('users.signIn'),
      cell: ({ canSignIn, active }) => t(canSignIn && active ? 'users.may' : 'users.mayNot'),
    },
  ];
  const create = may('users:write') && (
    <Button look="primary" icon="plus" onPress={() => setCreating(true)}>
      {t('users.create')}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={t('users.title')}
        actions={
          <>
            <ExportMenu path="/users" filters={search} />
            {byGroups && may('users:write') && (
              <LinkButton to="/users/groups" icon="tree">
                {t('groups.title')}
              </LinkButton>
            )}
            {create}
          </>
        }
      />
      <UsersFilters />
      <Loaded query={users}>
        {({ items, nextCursor, total }) =>
          items.length === 0 ? (
            filtered ? (
              <EmptyState
                title={t('users.noMatch')}
                action={<LinkButton to="/users">{t('action.clearFilters')}</LinkButton>}
              />
            ) : (
              <EmptyState title={t('users.empty')} action={create} />
            )
          ) : (
            <>
              <DataTable caption={t('users.title')} columns={columns} rows={items} rowKey={({ id }) => id} />
              <Pager cursor={search.cursor} nextCursor={nextCursor} shown={items.length} total={total} />
            </>
          )
        }
      </Loaded>
      {creating && <NewUserDialog onClose={() => setCreating(false)} />}
    </>
  );
}
