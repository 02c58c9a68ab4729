import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LoadedPage } from '../shell/loaded-page';
import { api } from '../../api/client';
import type { Policy, PolicyRule } from '../../api/types';
import type { Tier } from '../../api/types';
import { Tag } from '../../ui/badge';
import { Button } from '../../ui/button';
import { ProblemNotice } from '../../ui/feedback';
import { useFormat } from '../../ui/format/format';
import { PageHeader } from '../../ui/page';
import { DataTable, type Column } from '../../ui/table';
import { announce } from '../../ui/toast';
import { policyQuery } from './policy-queries';
import { Conditions, TierTermsCell } from './tier-terms';

const route = getRouteApi('/shell/policies/$policyId');
const TIERS: Tier[] = ['HIGH', 'MODERATE', 'LOW'];

/** One policy version: what each tier owes, rule by rule. */
export function PolicyPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { policyId } = route.useParams();
  const policy = useQuery(policyQuery(policyId));
  const columns: Column<PolicyRule>[] = [
    {
      key: 'title',
      title: t('policies.rule'),
      heads: true,
      cell: ({ title, optional, conditions }) => (
        <>
          <b>{title}</b> {optional && <Tag>{t('policies.optional')}</Tag>}
          <Conditions conditions={conditions} />
        </>
      ),
    },
    {
      key: 'scope',
      title: t('policies.scope'),
      cell: ({ scope }) => (
        <span className="break-keep">
          {t(scope === 'BACKUP_REQUIREMENT' ? 'policies.perBackup' : 'policies.perSystem')}
        </span>
      ),
    },
    ...TIERS.map((tier): Column<PolicyRule> => ({
      key: tier,
      title: t('tier.label', { tier: t(`domain:tier.${tier}`) }),
      cell: ({ tiers }) => <TierTermsCell terms={tiers[tier] ?? null} />,
    })),
  ];
  return (
    <LoadedPage query={policy}>
      {(data) => (
        <>
          <PageHeader
            title={t('policies.of', { organisation: format.name(data.organisation), version: data.version })}
            crumbs={[
              <Link key="policies" to="/policies" className="text-link">
                {t('policies.title')}
              </Link>,
            ]}
            actions={<Publish policy={data} />}
          >
            <p className="mt-1">
              <Tag look={data.status === 'PUBLISHED' ? 'met' : 'soon'}>{t(`policyStatus.${data.status}`)}</Tag>{' '}
              {data.publishedAt && format.instant(data.publishedAt)}
            </p>
          </PageHeader>
          <DataTable caption={t('policies.rules')} columns={columns} rows={data.rules} rowKey={({ key }) => key} />
        </>
      )}
    </LoadedPage>
  );
}

function Publish({ policy }: { policy: Policy }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const publish = useMutation({
    mutationFn: () => api.post(`/policies/${policy.id}/publish`, {}),
    onSuccess: async () => {
      announce(t('policies.published'));
      await client.invalidateQueries();
    },
  });
  if (!policy.offered.includes('publish')) return null;
  return (
    <>
      <Button look="primary" isPending={publish.isPending} onPress={() => publish.mutate()}>
        {t('policies.publish')}
      </Button>
      {publish.error && <ProblemNotice error={publish.error} />}
    </>
  );
}
