import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { GroupMapping } from '../../../api/types';
import { Button } from '../../../ui/button';
import { ConfirmDialog } from '../../../ui/dialog';
import { EmptyState, Loaded, ProblemNotice } from '../../../ui/feedback';
import { useFormat } from '../../../ui/format/format';
import { PageHeader } from '../../../ui/page';
import { DataTable, type Column } from '../../../ui/table';
import { announce } from '../../../ui/toast';
import { organisationsQuery } from '../../organisations/organisation-field';
import { groupMappingsQuery } from '../people-queries';
import { changeMappings, isSameMapping } from './group-mappings';
import { NewMappingDialog } from './new-mapping-dialog';

/** Which groups at the office's provider have which role where. */
export function GroupMappingsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const mappings = useQuery(groupMappingsQuery);
  const organisations = useQuery(organisationsQuery).data ?? [];
  const [adding, setAdding] = useState(false);
  const [asked, setAsked] = useState<GroupMapping | null>(null);
  const remove = useMutation({
    mutationFn: (gone: GroupMapping) =>
      changeMappings(client, (present) => present.filter((each) => !isSameMapping(each, gone))),
    onSuccess: () => {
      announce(t('groups.removed'));
      setAsked(null);
    },
  });
  const nameOf = (organisationId: string) => {
    const found = organisations.find(({ id }) => id === organisationId);
    return found ? format.name(found) : '—';
  };
  const words = ({ group, role }: GroupMapping) => ({ group, role: t(`domain:role.${role}`) });
  const columns: Column<GroupMapping>[] = [
    { key: 'group', title: t('groups.group'), heads: true, cell: ({ group }) => <b className="break-all">{group}</b> },
    { key: 'role', title: t('userFields.role'), cell: ({ role }) => t(`domain:role.${role}`) },
    {
      key: 'organisation',
      title: t('userFields.organisationId'),
      cell: ({ organisationId }) => nameOf(organisationId),
    },
    {
      key: 'remove',
      title: t('groups.actions'),
      cell: (mapping) => (
        <Button onPress={() => setAsked(mapping)} aria-label={t('groups.removeOf', words(mapping))}>
          {t('groups.remove')}
        </Button>
      ),
    },
  ];
  const add = (
    <Button look="primary" icon="plus" onPress={() => setAdding(true)}>
      {t('groups.add')}
    </Button>
  );
  const users = (
    <Link to="/users" className="text-link">
      {t('users.title')}
    </Link>
  );
  return (
    <>
      <PageHeader title={t('groups.title')} crumbs={[users]} actions={add}>
        <p className="mt-1 max-w-prose text-soft">{t('groups.text')}</p>
      </PageHeader>
      <Loaded query={mappings}>
        {({ mappings: rows }) =>
          rows.length === 0 ? (
            <EmptyState title={t('groups.empty')} action={add}>
              {t('groups.emptyText')}
            </EmptyState>
          ) : (
            <DataTable
              caption={t('groups.title')}
              columns={columns}
              rows={rows}
              rowKey={({ group, role, organisationId }) => `${group} ${role} ${organisationId}`}
            />
          )
        }
      </Loaded>
      {adding && <NewMappingDialog onClose={() => setAdding(false)} />}
      {asked && (
        <ConfirmDialog
          title={t('groups.removeTitle', words(asked))}
          confirm={t('groups.remove')}
          pending={remove.isPending}
          onConfirm={() => remove.mutate(asked)}
          onCancel={() => setAsked(null)}
        >
          <div className="grid gap-4">
            {remove.error && <ProblemNotice error={remove.error} />}
            <p>{t('groups.removeText')}</p>
          </div>
        </ConfirmDialog>
      )}
    </>
  );
}
