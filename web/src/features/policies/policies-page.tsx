import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { PolicySummary } from '../../api/types';
import { Tag } from '../../ui/badge';
import { Button, LinkButton } from '../../ui/button';
import { EmptyState, Loaded, ProblemNotice } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { PageHeader } from '../../ui/page';
import { DataTable, type Column } from '../../ui/table';
import { announce } from '../../ui/toast';
import { OrganisationField, organisationsQuery } from '../organisations/organisation-field';
import { usePermission } from '../session/session';
import { NewDraftDialog } from './new-draft-dialog';
import { policiesQuery } from './policy-queries';
import { STATUS_LOOK } from './policy-status';

/** The policies in force, and the pack to begin with. */
export function PoliciesPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const may = usePermission();
  const policies = useQuery(policiesQuery);
  const [isDrafting, setDrafting] = useState(false);
  const columns: Column<PolicySummary>[] = [
    {
      key: 'organisation',
      title: t('readiness.organisation'),
      heads: true,
      cell: ({ id, organisation }) => (
        <Link
          to="/policies/$policyId"
          params={{ policyId: id }}
          className="text-link inline-flex min-h-6 items-center font-700"
        >
          {format.name(organisation)}
        </Link>
      ),
    },
    { key: 'version', title: t('policies.version'), figure: true, cell: ({ version }) => version },
    {
      key: 'status',
      title: t('policies.status'),
      cell: ({ status }) => <Tag look={STATUS_LOOK[status]}>{t(`policyStatus.${status}`)}</Tag>,
    },
    { key: 'published', title: t('policies.publishedAt'), cell: ({ publishedAt }) => format.instant(publishedAt) },
  ];
  return (
    <>
      <PageHeader
        title={t('policies.title')}
        actions={may('policies:write') && <Button onPress={() => setDrafting(true)}>{t('policies.newDraft')}</Button>}
      >
        <p className="text-soft">{t('policies.text')}</p>
      </PageHeader>
      <Loaded query={policies}>
        {({ items }) =>
          items.length > 0 ? (
            <DataTable caption={t('policies.title')} columns={columns} rows={items} rowKey={({ id }) => id} />
          ) : (
            <EmptyState title={t('policies.empty')} action={may('policies:write') && <ChoosePack />}>
              {t('policies.emptyText')}
            </EmptyState>
          )
        }
      </Loaded>
      {isDrafting && <NewDraftDialog onClose={() => setDrafting(false)} />}
    </>
  );
}

/** Takes the pack of rules the product ships with and puts it in force for an organisation. */
function ChoosePack() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const organisations = useQuery(organisationsQuery).data ?? [];
  const [chosen, setChosen] = useState('');
  const organisationId = chosen || organisations[0]?.id || '';
  const choose = useMutation({
    mutationFn: () => api.post('/policies/adopt', { organisationId }),
    onSuccess: async () => {
      announce(t('policies.chosen'));
      await client.invalidateQueries();
    },
  });
  if (organisations.length === 0) return <LinkButton to="/organisations">{t('policies.organisationFirst')}</LinkButton>;
  return (
    <div className="grid w-full max-w-md gap-4 text-start">
      <OrganisationField
        name="organisation"
        label={t('policies.forOrganisation')}
        isRequired
        value={organisationId}
        onChange={setChosen}
      />
      {choose.error && <ProblemNotice error={choose.error} />}
      <Button look="primary" isPending={choose.isPending} onPress={() => choose.mutate()}>
        {t('policies.choose')}
      </Button>
    </div>
  );
}
